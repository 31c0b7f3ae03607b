"""How many parts a text needs, by 3GPP TS 23.038, clause 6.2.1, and TS 23.040, clause 9.2.3.24.1.

Counted here from the standard alone: what is measured by it must not be what it measures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["parts"]

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("\f^{}\\[~]|€")
_BEYOND_BMP = 0x10000


def parts(text: str) -> int:
    """Count the parts of a text.

    Args:
        text: The text; without lone surrogates.

    Returns:
        1 for a text of at most 160 septets or 70 units of UCS-2; else as many as there are with 153 septets
        or 67 units in each, where neither an escape pair nor a surrogate pair is split.
    """
    if all(character in _BASIC or character in _EXTENSION for character in text):
        return _packed((2 if character in _EXTENSION else 1 for character in text), 160, 153)
    return _packed((2 if ord(character) >= _BEYOND_BMP else 1 for character in text), 70, 67)


def _packed(sizes: Iterable[int], alone: int, each: int) -> int:
    held = list(sizes)
    if sum(held) <= alone:
        return 1
    count, used = 1, 0
    for size in held:
        if used + size > each:
            count, used = count + 1, 0
        used += size
    return count
