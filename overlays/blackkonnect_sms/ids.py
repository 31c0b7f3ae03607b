"""Ids that a sender chooses for its messages and bulks before the first byte leaves."""

from __future__ import annotations

import secrets
import time

__all__ = ["ChosenId", "new_id"]


def new_id(unix_milliseconds: int | None = None) -> str:
    """Return a new id that nobody else has and that sorts by the time it was made.

    Args:
        unix_milliseconds: The time to put in, in milliseconds since 1970; now by default.

    Returns:
        A version 7 UUID (RFC 9562, section 5.7) in its 36 characters, which fits every id of the API.
    """
    made = time.time_ns() // 1_000_000 if unix_milliseconds is None else unix_milliseconds
    value = (made & 0xFFFF_FFFF_FFFF) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


class ChosenId(str):
    """An id that the client has just chosen itself.

    Nobody else can have used it: a gateway that knows it already took the very send that carries it.
    """

    __slots__ = ()
