"""The rows of a CSV file, one at a time."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from blackkonnect_sms.errors import InvalidArgument
from blackkonnect_sms.msisdn import check_msisdn

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Columns", "InputError", "Row", "rows_of"]


class InputError(ValueError):
    """The file can't be used; the words name the option or the place."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file.

    Attributes:
        number: Its number as a spreadsheet shows it: the header is row 1.
        destination: The number, without spaces around it.
        text: Its own text, where it has one.
        wrong: What is wrong with it, where something is; such a row is not sent.
    """

    number: int
    destination: str
    text: str | None
    wrong: str | None


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of the file are read.

    Attributes:
        to: The name of the column with the numbers.
        text: The name of the column with the texts, where each row has its own.
        delimiter: What stands between cells.
    """

    to: str
    text: str | None
    delimiter: str


def rows_of(file: TextIO, columns: Columns) -> Iterator[Row]:
    """Read the rows of a file from its beginning.

    Args:
        file: The file, as UTF-8 and with its line ends as they are.
        columns: The columns.

    Yields:
        Each row that is not empty.

    Raises:
        InputError: There is no such column, or the file is no CSV.
    """
    number = 0
    try:
        file.seek(0)
        reader = csv.reader(file, delimiter=columns.delimiter, strict=True)
        header = [name.strip() for name in next(reader, [])]
        number = 1
        to = _place(header, columns.to, "--to")
        text = None if columns.text is None else _place(header, columns.text, "--text-column")
        for number, cells in enumerate(reader, 2):
            if cells:
                yield _row(number, cells, len(header), to, text)
    except csv.Error as error:
        raise InputError(f"FILE: is no CSV after row {number}: {error}") from None
    except UnicodeDecodeError:
        raise InputError(f"FILE: must be UTF-8; it is not, somewhere after row {number}") from None


def _place(header: list[str], name: str, option: str) -> int:
    if header.count(name) == 1:
        return header.index(name)
    if name in header:
        raise InputError(f"{option}: the header has the column {name!r} more than once")
    names = ", ".join(map(repr, header)) or "no columns"
    raise InputError(f"{option}: the header has no column {name!r}; it has {names}")


def _row(number: int, cells: list[str], width: int, to: int, text: int | None) -> Row:
    destination = cells[to].strip() if to < len(cells) else ""
    words = None if text is None or text >= len(cells) else cells[text]
    wrong = None
    if len(cells) > width:
        wrong = "the row has more cells than the header; a cell with the delimiter in it must be quoted"
    elif text is not None and not words:
        wrong = "the text is empty"
    else:
        try:
            check_msisdn(destination, "destination")
        except InvalidArgument as error:
            wrong = str(error)
    return Row(number, destination, words, wrong)
