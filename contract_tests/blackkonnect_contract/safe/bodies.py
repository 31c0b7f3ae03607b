"""What a body could cause to be sent, read so that a faulty gateway can't read more out of it."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from blackkonnect_contract.safe.refusals import ForeignNumberError, TooLongError, UnreadableError
from blackkonnect_contract.segments import parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from blackkonnect_contract.safe.kinds import Fields

__all__ = ["MOST_PARTS", "Body", "Destination", "read_body"]

MOST_PARTS = 2
"""Of how many parts a text may be: each is charged, should a gateway take what it should refuse."""

_AROUND = " x"
"""What may stand around a listed number to make it a wrong one: without it, it is the listed one again."""
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15
_LARGEST = 10**6
_FEW = 2
"""How many digits are no number to send to: even the short ones of services have three."""
_MESSAGE_ID, _BULK_ID = "messageId", "bulkId"


@dataclass(frozen=True, slots=True)
class Destination:
    """One destination that a body could cause to be sent to.

    Attributes:
        place: The place of its number in the user's list, from 1; 0 where the body holds none for it.
        message_id: The id that the sender chose for it; empty for none.
    """

    place: int
    message_id: str


@dataclass(frozen=True, slots=True)
class Body:
    """What a body could cause to be sent.

    Attributes:
        destinations: To whom, each as often as it could be.
        bulk_id: The id that the sender chose for the bulk; empty for none.
    """

    destinations: tuple[Destination, ...]
    bulk_id: str


def read_body(content: bytes, numbers: tuple[str, ...], fields: Fields) -> Body:
    """Read the body of a request that may send.

    Args:
        content: The body as it would leave.
        numbers: The numbers that the user listed.
        fields: What the document knows in it.

    Raises:
        UnreadableError: It can't be read in one way alone.
        ForeignNumberError: It holds a number that is not listed, or what could be one.
        TooLongError: A text in it has too many parts.
    """
    try:
        value = json.loads(content.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise UnreadableError("the body is not JSON that reads the same everywhere") from None
    if not isinstance(value, dict):
        raise UnreadableError("the body is no object")
    reader = _Reader(numbers, fields)
    found = tuple(reader.destinations(value)) or (Destination(0, _id(value)),)
    bulk_id = value.get(_BULK_ID)
    return Body(found, bulk_id if isinstance(bulk_id, str) else "")


class _Reader:
    """Walks through a body.

    Args:
        numbers: The numbers that the user listed.
        fields: What the document knows in it.
    """

    def __init__(self, numbers: tuple[str, ...], fields: Fields) -> None:
        self._places = {number: place for place, number in enumerate(numbers, 1)}
        self._digits = {number.removeprefix("+") for number in numbers}
        self._fields = fields

    def destinations(self, held: dict[str, Any]) -> Iterator[Destination]:
        """Tell to whom an object could cause something to be sent."""
        for name, value in held.items():
            if name in self._fields.recipients:
                yield Destination(self._place(value), _id(held))
            elif name not in self._fields.names:
                yield from self._unknown({name: value})
            else:
                see = _see_no_number if name in self._fields.holders else self._see_known
                yield from self._in_field(value, see)

    def _in_field(self, value: object, see: Callable[[object], None]) -> Iterator[Destination]:
        if isinstance(value, dict):
            yield from self.destinations(value)
        elif isinstance(value, list):
            for one in value:
                found = tuple(self._in_field(one, see))
                # A gateway might fill in from its neighbour what an element lacks.
                yield from found or ((Destination(0, _id(one)),) if isinstance(one, dict) else ())
        else:
            see(value)

    def _place(self, value: object) -> int:
        """Return the place of the number in a field that is for one; 0 where there is none.

        Raises:
            ForeignNumberError: There is anything else.
        """
        if value is None or value == "":
            return 0
        if not isinstance(value, str) or value.strip(_AROUND) not in self._places:
            raise ForeignNumberError("a field for a number to send to holds something that is not listed")
        return self._places[value.strip(_AROUND)]

    def _see_known(self, value: object) -> None:
        """Look at what is in a field that the document knows, and that is not for a number to send to."""
        _see_small(value)
        if not isinstance(value, str):
            return
        if parts(value) > MOST_PARTS:
            raise TooLongError(f"a text would be charged as more than {MOST_PARTS}")
        bare = "".join(one for one in unicodedata.normalize("NFKC", value) if one.isalnum())
        if bare.isdigit() and _FEWEST_DIGITS <= len(bare) <= _MOST_DIGITS and bare not in self._digits:
            raise ForeignNumberError("a field holds what could be a number that is not listed")

    def _unknown(self, value: object) -> Iterator[Destination]:
        """Look at what stands where nobody knows what a gateway would do with it."""
        if isinstance(value, dict):
            for name, held in value.items():
                _see_no_number(name)
                if name in self._fields.recipients:
                    yield Destination(self._place(held), _id(value))
                else:
                    yield from self._unknown(held)
        elif isinstance(value, list):
            for held in value:
                yield from self._unknown(held)
        else:
            _see_no_number(value)


def _see_no_number(value: object) -> None:
    """Make sure that there is no number where a gateway could take one for one to send to, however short."""
    digits = sum(one.isnumeric() for one in value) if isinstance(value, str) else 0
    large = isinstance(value, int | float) and not abs(value) < 10**_FEW
    if digits > _FEW or large:
        raise ForeignNumberError("digits stand where the document knows no number")


def _see_small(value: object) -> None:
    if isinstance(value, int | float) and not abs(value) < _LARGEST:
        raise ForeignNumberError("a field holds what could be a number to send to")


def _id(held: dict[str, Any]) -> str:
    value = held.get(_MESSAGE_ID)
    return value if isinstance(value, str) else ""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held = dict(pairs)
    if len(held) != len(pairs):
        raise ValueError("a name stands twice in an object")
    return held


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no JSON")
