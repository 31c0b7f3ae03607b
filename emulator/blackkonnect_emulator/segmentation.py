"""How a text goes on the air: its encoding, and the parts that it is split into."""

import re
from typing import NamedTuple

GSM = "GSM 03.38"
UCS2 = "UCS-2"

# 3GPP TS 23.038, clause 6.2.1: the GSM 7 bit default alphabet, in the order of its table.
_DEFAULT = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅå"
    "Δ_ΦΓΛΩΠΨΣΘΞÆæßÉ"
    " !\"#¤%&'()*+,-./"
    "0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNO"
    "PQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmno"
    "pqrstuvwxyzäöñüà"
)
# 3GPP TS 23.038, clause 6.2.1.1: behind an escape, so each takes two septets.
_EXTENSION = frozenset("\f^{}\\[~]|€")
_GSM = _DEFAULT | _EXTENSION
# The same as a question to `_DEFAULT`, and a good deal faster.
_beyond_default = re.compile(f"[^{re.escape(''.join(sorted(_DEFAULT)))}]").search

# 3GPP TS 23.040, clauses 9.2.3.16 and 9.2.3.24.1: 140 octets for one part, 6 of them for the header
# that joins several.
_GSM_ALONE, _GSM_JOINED = 160, 153
_UCS2_ALONE, _UCS2_JOINED = 70, 67
_LAST_OF_ONE_UNIT = "\uffff"


class Part(NamedTuple):
    """A part of a text.

    Attributes:
        text: What it holds of the text.
        used: How many units it fills: septets in GSM 03.38, 16-bit units in UCS-2.
        room: How many it could.
    """

    text: str
    used: int
    room: int


def parts(text: str) -> int:
    """Count the parts that a text needs; an empty one needs one.

    A character that takes two units, behind an escape in GSM 03.38 or as a surrogate pair in UCS-2, is
    never split between two parts.

    Args:
        text: The text.
    """
    if _beyond_default(text) is None:
        return 1 if len(text) <= _GSM_ALONE else -(-len(text) // _GSM_JOINED)
    if _GSM.issuperset(text):
        return _fill(_widths(text, GSM), _GSM_ALONE, _GSM_JOINED)
    return _fill(_widths(text, UCS2), _UCS2_ALONE, _UCS2_JOINED)


def encoding(text: str) -> str:
    """Tell the encoding that a text needs: `GSM 03.38`, or `UCS-2` if that lacks one of its characters."""
    return GSM if _GSM.issuperset(text) else UCS2


def beyond_gsm(text: str) -> list[str]:
    """List the characters of a text that GSM 03.38 lacks, each once, in their order."""
    return [character for character in dict.fromkeys(text) if character not in _GSM]


def split(text: str) -> list[Part]:
    """Split a text into its parts, as many as `parts` counts.

    Args:
        text: The text.
    """
    used_by = encoding(text)
    alone, joined = (_GSM_ALONE, _GSM_JOINED) if used_by == GSM else (_UCS2_ALONE, _UCS2_JOINED)
    widths = _widths(text, used_by)
    if (whole := sum(widths)) <= alone:
        return [Part(text, whole, alone)]
    found: list[Part] = []
    start = used = 0
    for index, width in enumerate(widths):
        if used + width > joined:
            found.append(Part(text[start:index], used, joined))
            start, used = index, 0
        used += width
    return [*found, Part(text[start:], used, joined)]


def _widths(text: str, used_by: str) -> list[int]:
    if used_by == GSM:
        return [2 if character in _EXTENSION else 1 for character in text]
    return [2 if character > _LAST_OF_ONE_UNIT else 1 for character in text]


def _fill(widths: list[int], alone: int, joined: int) -> int:
    if sum(widths) <= alone:
        return 1
    count, room = 1, joined
    for width in widths:
        if width > room:
            count, room = count + 1, joined
        room -= width
    return count
