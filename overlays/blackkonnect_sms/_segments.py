"""How a text goes over the air: its encoding, and the parts that it is split into and paid by.

The module's name is private because its function has the better one: a module `segments` would take the
place of the function `blackkonnect_sms.segments` as soon as somebody imported it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import Literal

from attrs import field, frozen

from blackkonnect_sms.errors import InvalidArgument

__all__ = ["Segment", "Segments", "segments"]

_ESCAPE = 0x1B
# 3GPP TS 23.038, clause 6.2.1, in the rows and columns of its table: each row has the characters whose
# codes end alike, sixteen apart. The escape stands where it is no character of a text.
_DEFAULT = (
    "@Δ 0¡P¿p",
    "£_!1AQaq",
    '$Φ"2BRbr',
    "¥Γ#3CScs",
    "èΛ¤4DTdt",
    "éΩ%5EUeu",
    "ùΠ&6FVfv",
    "ìΨ'7GWgw",
    "òΣ(8HXhx",
    "ÇΘ)9IYiy",
    "\nΞ*:JZjz",
    "Ø\x1b+;KÄkä",
    "øÆ,<LÖlö",
    "\ræ-=MÑmñ",
    "Åß.>NÜnü",
    "åÉ/?O§oà",
)
# The same, clause 6.2.1.1: these stand behind an escape.
_EXTENSION = {
    "\f": 0x0A,
    "^": 0x14,
    "{": 0x28,
    "}": 0x29,
    "\\": 0x2F,
    "[": 0x3C,
    "~": 0x3D,
    "]": 0x3E,
    "|": 0x40,
    "€": 0x65,
}
_SEPTETS = {
    character: bytes((16 * column + row,))
    for row, characters in enumerate(_DEFAULT)
    for column, character in enumerate(characters)
    if character != chr(_ESCAPE)
} | {character: bytes((_ESCAPE, code)) for character, code in _EXTENSION.items()}

# 3GPP TS 23.040, clauses 9.2.3.16 and 9.2.3.24.1: a part holds 140 octets, and of several parts each gives
# 6 of them to the header that joins them.
_OCTETS_ALONE, _OCTETS_JOINED = 140, 134
_BITS_OF_SEPTET, _BITS_OF_UNIT = 7, 16
# The first halves of surrogate pairs.
_HIGH_SURROGATES = range(0xD800, 0xDC00)


@frozen
class Segment:
    """One part of a text.

    Attributes:
        text: The characters that it holds; not in its repr.
        used: How many units they fill: septets in GSM 03.38, 16-bit units in UCS-2.
        room: How many units it has: 160 or 70 alone, 153 or 67 as one of several.
    """

    text: str = field(repr=False)
    used: int
    room: int

    @property
    def left(self) -> int:
        """How many units are left in it."""
        return self.room - self.used


@frozen
class Segments:
    """How a text goes over the air.

    Attributes:
        encoding: ``"GSM 03.38"``, or ``"UCS-2"`` if that lacks one of the text's characters.
        parts: The parts in their order, at least one; their texts together are the text.
        beyond_gsm: The characters that force UCS-2, each once, in the order in which they come first; none
            in GSM 03.38. Not in its repr.
    """

    encoding: Literal["GSM 03.38", "UCS-2"]
    parts: tuple[Segment, ...]
    beyond_gsm: tuple[str, ...] = field(repr=False)

    @property
    def count(self) -> int:
        """How many parts there are; each is a message of its own to the network."""
        return len(self.parts)

    @property
    def left(self) -> int:
        """How many units are left in the last part; see `Segment.used` for what a unit is."""
        return self.parts[-1].left


def segments(text: str) -> Segments:
    r"""Tell how a text goes over the air: its encoding, its parts and what is left of the last one.

    GSM 03.38 has the default alphabet and its extension (3GPP TS 23.038, clauses 6.2.1 and 6.2.1.1), the
    characters of which, ``\f ^ { } \ [ ~ ] | €``, take two septets. Code 0x09 is Ç, and ç is not in the
    alphabet. National language tables (clause 6.2.1.2) are not used: the API has no field to ask for one.
    A text that needs another character goes as UCS-2, in which one above U+FFFF takes two units.

    One part has room for 160 septets or 70 units; of several parts each has room for 153 or 67, by the
    header with an 8-bit reference (3GPP TS 23.040, clauses 9.2.3.16 and 9.2.3.24.1). No character is split
    between two parts, so a part may end a unit early.

    Args:
        text: The text, of any length. An empty one is one empty part.

    Returns:
        What it comes to; the more than 255 parts that no network takes (the same clause) are counted too.

    Raises:
        InvalidArgument: It is no string, or holds half of a surrogate pair, which no encoding can write.

    Example:
        >>> told = segments("Price: 5 €")
        >>> told.encoding, told.count, told.left
        ('GSM 03.38', 1, 149)
        >>> segments("Ça coûte 5 €").beyond_gsm
        ('û',)
    """
    if not isinstance(text, str):
        raise InvalidArgument("text", "must be a string")
    try:
        octets = text.encode("utf-16-be")
    except UnicodeEncodeError:
        # The error's own words would show the text.
        raise InvalidArgument("text", "must not hold half of a surrogate pair") from None
    beyond = tuple(character for character in dict.fromkeys(text) if character not in _SEPTETS)
    if not beyond:
        septets = b"".join(map(_SEPTETS.__getitem__, text))
        parts = _parts(text, septets, _BITS_OF_SEPTET, openers=(_ESCAPE,))
        return Segments("GSM 03.38", tuple(parts), ())
    units = struct.unpack(f">{len(octets) // 2}H", octets)
    return Segments("UCS-2", tuple(_parts(text, units, _BITS_OF_UNIT, openers=_HIGH_SURROGATES)), beyond)


def _parts(text: str, units: Sequence[int], bits: int, *, openers: Sequence[int]) -> Iterator[Segment]:
    """Cut a text by its units, never behind one that opens a pair."""
    alone, joined = (8 * octets // bits for octets in (_OCTETS_ALONE, _OCTETS_JOINED))
    if len(units) <= alone:
        yield Segment(text, len(units), alone)
        return
    start = begun = 0
    while start < len(units):
        end = min(start + joined, len(units))
        end -= units[end - 1] in openers
        # A pair is one character, which its opener is not counted as.
        ended = begun + end - start - sum(map(openers.__contains__, units[start:end]))
        yield Segment(text[begun:ended], end - start, joined)
        start, begun = end, ended
