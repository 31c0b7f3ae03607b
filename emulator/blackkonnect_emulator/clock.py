"""The time that the emulator lives by, in whole milliseconds since 1970-01-01T00:00:00Z."""

import time
from typing import Protocol

SECOND = 1000
MINUTE = 60 * SECOND
DAY = 24 * 60 * MINUTE


class Clock(Protocol):
    """What tells the time."""

    def now(self) -> int:
        """Tell the time in milliseconds."""
        ...


class RealClock:
    """The clock of this machine, which never goes back."""

    def __init__(self) -> None:
        self._latest = 0

    def now(self) -> int:
        """Tell the time in milliseconds.

        A system clock that is set back would make statuses go back, so the latest time told stays the
        time until the system clock has caught up.
        """
        self._latest = max(self._latest, time.time_ns() // 1_000_000)
        return self._latest


class ManualClock:
    """A clock that stands until it is moved.

    Args:
        start: The time that it tells first, in milliseconds.
    """

    def __init__(self, start: int = 1_772_438_400_000) -> None:
        self._now = start

    def now(self) -> int:
        """Tell the time in milliseconds."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Move the time forward.

        Args:
            seconds: By how much; a negative number is refused, for time does not go back.
        """
        if seconds < 0:
            raise ValueError("seconds must not be negative: time does not go back")
        self._now += round(seconds * SECOND)
