"""Sending the rows of a file and telling what became of each, in the file's order."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from blackkonnect_sms_api.models import MessageDestination, SmsMessage

from blackkonnect_sms.cli.bulk_input import InputError
from blackkonnect_sms.cli.bulk_results import RowResult
from blackkonnect_sms.cli.exit_codes import ExitCode
from blackkonnect_sms.cli.failures import exit_code_of
from blackkonnect_sms.cli.output import plain
from blackkonnect_sms.errors import BlackkonnectError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from blackkonnect_sms import BlackkonnectSMS, BulkResult, BulkSends, Fate
    from blackkonnect_sms.cli.bulk_input import Row
    from blackkonnect_sms.cli.interrupts import Interrupts

__all__ = ["BulkSending"]

_INTERRUPTED = "interrupted before it was begun"


class _StoppedError(Exception):
    """Nothing more is to be read."""


class BulkSending:
    """Sends rows as they are read and records what became of them.

    At most the rows of some requests are held. Every row is recorded once, in its order, whatever ends it:
    those that were not begun as refused, those that a second Ctrl-C left under way as unknown.

    Args:
        rows: The rows.
        record: Told of each row.
        synced: Told after the rows of each request.
        interrupts: Whether it is to stop.

    Attributes:
        failure: What ended it early, in words.
        codes: The exit codes of the requests that failed.
    """

    def __init__(
        self,
        rows: Iterator[Row],
        record: Callable[[RowResult], None],
        synced: Callable[[], None],
        interrupts: Interrupts,
    ) -> None:
        self._rows = rows
        self._record = record
        self._synced = synced
        self._interrupts = interrupts
        self._held: deque[Row] = deque()
        self.failure: str | None = None
        self.codes: set[ExitCode] = set()

    def run(self, sms: BlackkonnectSMS, text: str | None, **options: Any) -> None:  # noqa: ANN401
        """Send everything.

        Args:
            sms: The client.
            text: The text of all rows, where they have none of their own.
            **options: Those of `BlackkonnectSMS.send_bulks`.

        Raises:
            InvalidArgument: An option is wrong; nothing was sent.
            OSError: What became of a row could not be recorded.
        """
        sends = sms.send_bulks(self._messages() if text is None else self._numbers(), text, **options)
        left = "refused"
        try:
            self._take(sends)
            with self._interrupts.waiting():
                unclaimed = sends.close()
        except KeyboardInterrupt:
            self.failure, left = "interrupted while it was under way; it may have been sent", "unknown"
        except BaseException:
            sends.close()
            raise
        else:
            for result in unclaimed:
                self._told(result)
        self._rest(left)

    def _take(self, sends: BulkSends) -> None:
        try:
            while not self._interrupts.asked:
                with self._interrupts.waiting():
                    result = next(sends, None)
                if result is None:
                    return
                self._told(result)
            self.failure = _INTERRUPTED
        except _StoppedError:
            self.failure = _INTERRUPTED
        except InputError as error:
            self.codes.add(ExitCode.USAGE)
            self.failure = str(error)
        except BlackkonnectError as error:
            self.codes.add(exit_code_of(error))
            self.failure = str(error)

    def _read(self) -> Iterator[Row]:
        for row in self._rows:
            if self._interrupts.asked:
                raise _StoppedError
            self._held.append(row)
            if row.wrong is None:
                yield row

    def _numbers(self) -> Iterator[str]:
        return (row.destination for row in self._read())

    def _messages(self) -> Iterator[SmsMessage]:
        for row in self._read():
            yield SmsMessage(
                destinations=[MessageDestination(destination=row.destination)], text=row.text or ""
            )

    def _told(self, result: BulkResult) -> None:
        if result.error is not None:
            self.codes.add(exit_code_of(result.error))
        for fate in result:
            self._wrong_ones()
            row = self._held.popleft()
            error = _reason(result, fate)
            self._record(
                RowResult(row.number, row.destination, fate.message_id, result.bulk_id, fate.outcome, error)
            )
        self._synced()

    def _wrong_ones(self) -> None:
        while self._held and self._held[0].wrong is not None:
            row = self._held.popleft()
            self._record(RowResult(row.number, row.destination, error=row.wrong or ""))

    def _rest(self, left: str) -> None:
        """Record what was read and not sent, and what was not read."""
        why = plain(self.failure or "not begun")
        while self._held:
            row = self._held.popleft()
            if row.wrong is not None:
                self._record(RowResult(row.number, row.destination, error=row.wrong))
            else:
                self._record(RowResult(row.number, row.destination, outcome=left, error=why))
        if self.failure is not None:
            try:
                for row in self._rows:
                    self._record(RowResult(row.number, row.destination, error=row.wrong or "not begun"))
            except InputError as error:
                self.failure = str(error)
        self._synced()


def _reason(result: BulkResult, fate: Fate) -> str:
    if fate.outcome == "accepted":
        return ""
    if result.error is not None:
        return plain(result.error)
    if fate.outcome == "refused":
        return f"the gateway refused it: {plain(fate.description or fate.status or 'it told no reason')}"
    return "the gateway told nothing of it; it may have been sent"
