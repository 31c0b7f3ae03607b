"""The time that a client lives by; tests give it another."""

from __future__ import annotations

import time

__all__ = ["Clock"]


class Clock:
    """The clocks of this machine, and the waiting by them."""

    def monotonic(self) -> float:
        """Return the seconds on a clock that never goes back."""
        return time.monotonic()

    def time(self) -> float:
        """Return the seconds since 1970."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Wait in this thread."""
        time.sleep(seconds)

    async def sleep_async(self, seconds: float) -> None:
        """Wait in this task."""
        import asyncio  # noqa: PLC0415 - dear to load, and only asynchronous clients come here

        await asyncio.sleep(seconds)
