"""The result file of a bulk: what became of each row, as soon as it is known."""

from __future__ import annotations

import csv
import os
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["COLUMNS", "ResultFile", "RowResult"]


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of a row; the names are the columns of the file.

    Attributes:
        row: The row's number in the file that was sent.
        destination: The number.
        messageId: The message's id, where one was chosen.
        bulkId: The id of the request that it went with.
        outcome: ``accepted``, ``refused`` (nothing was sent) or ``unknown`` (it may have been sent).
        error: Why it is not accepted.
    """

    row: int
    destination: str
    messageId: str = ""  # noqa: N815 - a column's name
    bulkId: str = ""  # noqa: N815 - the same
    outcome: str = "refused"
    error: str = ""

    def facts(self) -> dict[str, Any]:
        """Return it as an object for programs."""
        return asdict(self)


COLUMNS = tuple(RowResult.__dataclass_fields__)
"""The columns of the file."""


class ResultFile:
    """A CSV file that holds each row as soon as it is written; nobody else may read it.

    Args:
        path: Where it is made.
        force: Whether a file that is there is replaced.

    Raises:
        FileExistsError: It is there.
        OSError: It can't be made.

    Attributes:
        counts: How many rows have which outcome.
    """

    def __init__(self, path: Path, *, force: bool) -> None:
        def opener(name: str, flags: int) -> int:
            return os.open(name, flags, 0o600)

        self._file = open(  # noqa: SIM115 - Path.open has no opener; it is closed on leaving
            path,
            "w" if force else "x",
            encoding="utf-8",
            errors="backslashreplace",
            newline="",
            opener=opener,
        )
        self._writer = csv.writer(self._file)
        self._writer.writerow(COLUMNS)
        self._file.flush()
        self.counts: Counter[str] = Counter()

    def write(self, result: RowResult) -> None:
        """Write a row, so that a crash of this process leaves it there."""
        self._writer.writerow(result.facts().values())
        self._file.flush()
        self.counts[result.outcome] += 1

    def sync(self) -> None:
        """Bring what was written to the disk."""
        os.fsync(self._file.fileno())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
