"""Ids that a sender chooses for its messages and bulks before the first byte leaves."""

from __future__ import annotations

import os
import time

__all__ = ["ChosenId", "new_id", "new_ids"]

# Drawn by os.urandom, as `secrets` does, whose module would be loaded before the first request.
_RANDOM_BYTES = 10
_VERSION_AT, _VERSION = 0, bytes(byte & 0x0F | 0x70 for byte in range(256))
_VARIANT_AT, _VARIANT = 2, bytes(byte & 0x3F | 0x80 for byte in range(256))
_GAPS = "____-____-____________"
_GAP = ord("_")


def new_id(unix_milliseconds: int | None = None) -> str:
    """Return a new id that nobody else has and that sorts by the time it was made.

    Args:
        unix_milliseconds: The time to put in, in milliseconds since 1970; now by default.

    Returns:
        A version 7 UUID (RFC 9562, section 5.7) in its 36 characters, which fits every id of the API.
    """
    made = time.time_ns() // 1_000_000 if unix_milliseconds is None else unix_milliseconds
    value = (made & 0xFFFF_FFFF_FFFF) << 80 | int.from_bytes(os.urandom(_RANDOM_BYTES))
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def new_ids(count: int) -> list[str]:
    """Return many new ids, each as `new_id` makes it, at a tenth of the cost.

    Args:
        count: How many.

    Returns:
        The ids; they sort by the time that they were made at, which is the same for all.
    """
    if not count:
        return []
    made = f"{time.time_ns() // 1_000_000 & 0xFFFF_FFFF_FFFF:012x}"
    drawn = bytearray(os.urandom(_RANDOM_BYTES * count))
    drawn[_VERSION_AT::_RANDOM_BYTES] = drawn[_VERSION_AT::_RANDOM_BYTES].translate(_VERSION)
    drawn[_VARIANT_AT::_RANDOM_BYTES] = drawn[_VARIANT_AT::_RANDOM_BYTES].translate(_VARIANT)
    digits = drawn.hex().encode()
    # All are written beside each other, and each step fills in one digit of every id.
    one = f"{made[:8]}-{made[8:]}-{_GAPS} ".encode()
    written = bytearray(one * count)
    places = (at for at, digit in enumerate(one) if digit == _GAP)
    for number, place in enumerate(places):
        written[place :: len(one)] = digits[number :: 2 * _RANDOM_BYTES]
    return written.decode().split()


class ChosenId(str):
    """An id that the client has just chosen itself.

    Nobody else can have used it: a gateway that knows it already took the very send that carries it.
    """

    __slots__ = ()
