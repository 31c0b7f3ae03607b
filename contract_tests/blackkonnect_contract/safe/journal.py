"""What was sent, one line of JSON for each thing, written before it leaves.

A line is on the disk before the request that it tells of is on the wire. So a journal tells of what the
gateway saw or of more, never of less, however the run ended. It holds ids whole, the last digits of numbers
with their place in the user's list, and neither texts nor secrets.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from blackkonnect_contract.safe.refusals import JournalError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

__all__ = ["VERSION", "Journal", "Sent", "Summary", "read"]

VERSION: Final = 1
"""The version of the form; another one has another number."""

_ENDS = {
    "finished": "The run came to its end.",
    "interrupted": "The run was interrupted.",
    "failed": "The run failed.",
}
_CUT_OFF = "The run was cut off: there may be answers that the journal does not hold."


class Journal:
    """Writes a journal.

    Args:
        path: A file that is not there yet.
        now: Tells the time.

    Raises:
        JournalError: The file is there already, or can't be made.
    """

    def __init__(self, path: Path, now: Callable[[], dt.datetime] | None = None) -> None:
        self._path = path
        self._now = now or (lambda: dt.datetime.now(dt.UTC))
        self._broken = False
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL
        try:
            self._file = os.open(path, flags, 0o600)
        except FileExistsError:
            message = f"{path} is there already, and tells of an earlier run: name another file"
            raise JournalError(message) from None
        except OSError as error:
            raise JournalError(f"{path} can't be written: {error.strerror}") from None
        self._keep_name()

    def write(self, event: str, **facts: object) -> None:
        """Write a line, and return when the disk has it.

        Args:
            event: What happens.
            facts: What there is to tell of it.

        Raises:
            JournalError: It can't be written; nothing is written behind it then.
        """
        if self._broken:
            raise JournalError(f"{self._path} could not be written, so nothing more is sent")
        line = json.dumps({"event": event, "at": self._now().isoformat(), **facts}) + "\n"
        rest = memoryview(line.encode())
        # Until all of it is there, an interruption leaves half a line, which has to be the last one.
        self._broken = True
        try:
            while rest:
                rest = rest[os.write(self._file, rest) :]
            os.fsync(self._file)
        except OSError as error:
            message = f"{self._path} can't be written, so nothing more is sent: {error.strerror}"
            raise JournalError(message) from None
        self._broken = False

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def _keep_name(self) -> None:
        """Have the disk know the file's name as well, where a directory can be opened for that."""
        with contextlib.suppress(OSError):
            directory = os.open(self._path.parent, os.O_RDONLY)
            try:
                os.fsync(directory)
            finally:
                os.close(directory)


@dataclass(slots=True)
class Sent:
    """A request that may have sent something.

    Attributes:
        number: Its number in the run.
        step: The step of the plan that it was for.
        operation: Its operationId.
        destinations: Each place in the user's list (0 for no number), the number's last digits and the id.
        bulk_id: The id that the gate chose for the bulk; empty for none.
        status: What it was answered with; none where no answer came.
        ids: The ids that the gateway gave, by the names of their fields.
    """

    number: int
    step: str
    operation: str
    destinations: tuple[tuple[int, str, str], ...]
    bulk_id: str = ""
    status: int | None = None
    ids: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Summary:
    """What a journal tells.

    Attributes:
        begun: What the run set out to do.
        sent: What may have sent something, in its order.
        asked: How many requests left in all.
        refused: How many did not leave, by the rule that they would have broken.
        ended: How the run ended; none where it was cut off.
    """

    begun: dict[str, Any] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    asked: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    ended: str | None = None

    @property
    def sends(self) -> int:
        """To how many destinations something may have been sent."""
        return sum(len(one.destinations) for one in self.sent)

    def lines(self) -> list[str]:
        """Return it in words, a line for each destination."""
        most = self.begun.get("maxSends", "?")
        told = [
            _ENDS.get(self.ended or "", _CUT_OFF),
            f"{self.asked} requests left; they may have sent to {self.sends} destinations of at most {most}.",
        ]
        for one in self.sent:
            answer = "no answer" if one.status is None else f"answered {one.status}"
            where = f"{one.number}. {one.operation} ({one.step}), {answer}"
            known = {message_id for _, _, message_id in one.destinations} | {one.bulk_id}
            ids = "".join(f", {name} {value}" for name, value in one.ids if value not in known)
            bulk = f", bulkId {one.bulk_id}" if one.bulk_id else ""
            for place, shown, message_id in one.destinations:
                to = f"number {place} ({shown})" if place else "no number"
                told.append(f"{where}: to {to}, messageId {message_id or 'not chosen'}{bulk}{ids}")
        told += [f"{count} not sent: {rule}" for rule, count in sorted(self.refused.items())]
        return told


def read(path: Path) -> Summary:
    """Sum up a journal, that of a run which was cut off as well.

    Args:
        path: The journal's file.

    Raises:
        JournalError: It is no journal of this version, or can't be read.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise JournalError(f"{path} can't be read: {error.strerror}") from None
    # What has no end of line was not on the disk yet when its request was to leave, so that one did not.
    lines.pop()
    summary = Summary()
    by_number: dict[int, Sent] = {}
    try:
        for line in lines:
            _add(summary, by_number, json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise JournalError(f"{path} is no journal of a safe run, or was changed") from None
    if summary.begun and summary.begun["version"] != VERSION:
        raise JournalError(f"{path} was written by another version")
    return summary


def _add(summary: Summary, by_number: dict[int, Sent], facts: dict[str, Any]) -> None:
    event = facts["event"]
    if event == "begun":
        summary.begun = facts
    elif event == "asking":
        summary.asked += 1
        if facts["destinations"]:
            sent = Sent(
                number=facts["number"],
                step=facts["step"],
                operation=facts["operation"],
                destinations=_destinations(facts["destinations"]),
                bulk_id=facts["bulkId"],
            )
            by_number[sent.number] = sent
            summary.sent.append(sent)
    elif event == "answered" and facts["number"] in by_number:
        by_number[facts["number"]].status = facts["status"]
        by_number[facts["number"]].ids = tuple((name, value) for name, value in facts["ids"])
    elif event == "not asked":
        summary.refused[facts["rule"]] = summary.refused.get(facts["rule"], 0) + 1
    elif event == "ended":
        summary.ended = facts["how"]


def _destinations(held: Sequence[dict[str, Any]]) -> tuple[tuple[int, str, str], ...]:
    return tuple((one["to"], one["number"], one["messageId"]) for one in held)
