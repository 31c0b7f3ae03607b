"""Ids that the emulator makes."""

import secrets
from random import Random

from blackkonnect_emulator.clock import Clock


class Ids:
    """Makes UUIDs of version 7 (RFC 9562, section 5.7): random, and sortable by time.

    Args:
        clock: Tells the time that an id starts with.
        seed: Makes the random part repeatable; by default it is another each time.
        start: How often the database was opened before, so that a seed gives other ids after a restart.
    """

    def __init__(self, clock: Clock, seed: int | None = None, start: int = 0) -> None:
        self._clock = clock
        # Ids are no secrets: one that is guessed is still another tenant's.
        self._random = Random(secrets.token_bytes(32) if seed is None else f"{seed}/{start}")  # noqa: S311

    def new(self) -> str:
        """Make an id."""
        time = self._clock.now() & 0xFFFF_FFFF_FFFF
        bits = self._random.getrandbits(74)
        low = 0x8000_0000_0000_0000 | (bits & 0x3FFF_FFFF_FFFF_FFFF)
        head = f"{time >> 16:08x}-{time & 0xFFFF:04x}-7{bits >> 62:03x}"
        return f"{head}-{low >> 48:04x}-{low & 0xFFFF_FFFF_FFFF:012x}"
