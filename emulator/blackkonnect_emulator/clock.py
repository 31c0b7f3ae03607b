"""The time that the emulator lives by, in whole milliseconds since 1970-01-01T00:00:00Z."""

import time
from collections.abc import Callable
from typing import Literal, NamedTuple

SECOND = 1000
MINUTE = 60 * SECOND
DAY = 24 * 60 * MINUTE

FASTEST = 1_000_000.0
"""The most simulated seconds that may go by in one real second."""

FURTHEST = 253_402_300_799_999
"""The last millisecond of the year 9999, behind which RFC 3339 has no times."""

Mode = Literal["real", "scaled", "manual"]
_MANUAL_START = 1_772_438_400_000


def _machine() -> int:
    return time.time_ns() // 1_000_000


class Reading(NamedTuple):
    """How a clock is set: at which time of this machine it told which time, and how fast it goes."""

    machine: int
    told: int
    factor: float


class Clock:
    """A clock that goes as fast as the machine's, faster, or not at all, and never goes back.

    Args:
        factor: How many of its seconds go by in one of this machine: 1 for the real time, 0 for a clock
            that stands until it is moved.
        start: The time that it tells first, in milliseconds; by default this machine's.
        machine: Tells this machine's time in milliseconds.

    Raises:
        ValueError: The factor is not from 0 to 1,000,000, or the start not from 1970 to the year 9999.
    """

    def __init__(
        self, factor: float = 1.0, start: int | None = None, machine: Callable[[], int] = _machine
    ) -> None:
        _check(factor)
        if start is not None and not 0 <= start <= FURTHEST:
            raise ValueError("start must be a time from 1970 to the year 9999, in milliseconds")
        self._machine = machine
        self._has_start = start is not None
        now = machine()
        self._set = Reading(now, now if start is None else start, factor)
        self._latest = self._set.told

    def now(self) -> int:
        """Tell the time in milliseconds.

        A system clock that is set back would make statuses go back, so the latest time told stays the
        time until the system clock has caught up. It ends with the year 9999.
        """
        machine, told, factor = self._set
        if factor:
            passed = self._machine() - machine
            told += passed if factor == 1 else int(passed * factor)
            if told > self._latest:
                self._latest = min(FURTHEST, told)
        return self._latest

    @property
    def factor(self) -> float:
        """How many of its seconds go by in one of this machine."""
        return self._set.factor

    @property
    def mode(self) -> Mode:
        """Whether it goes with this machine, faster or slower, or stands until it is moved."""
        if self._set.factor == 1:
            return "real"
        return "scaled" if self._set.factor else "manual"

    @property
    def reading(self) -> Reading:
        """How it was set last."""
        return self._set

    def to_resume(self) -> Reading:
        """Tell how to set a clock that is to go on from here, after a restart."""
        return Reading(self._machine(), self.now(), self._set.factor)

    def advance(self, seconds: float) -> None:
        """Move the time forward.

        Args:
            seconds: By how much.

        Raises:
            ValueError: They are negative: time does not go back. Or they lead behind the year 9999.
        """
        if not seconds >= 0:
            raise ValueError("seconds must not be negative: time does not go back")
        if not seconds <= FURTHEST / SECOND:
            raise ValueError("seconds must not lead behind the year 9999")
        self.move_to(self.now() + round(seconds * SECOND))

    def move_to(self, time: int) -> None:
        """Move the time forward to a moment; one that is past changes nothing.

        Args:
            time: In milliseconds.

        Raises:
            ValueError: It is behind the year 9999.
        """
        if not time <= FURTHEST:
            raise ValueError("must not be after the year 9999")
        told = max(time, self.now())
        self._set = Reading(self._machine(), told, self._set.factor)
        self._latest = told

    def go(self, factor: float) -> None:
        """Go faster, slower or not at all from now on.

        Args:
            factor: How many of its seconds go by in one of this machine, 0 to 1,000,000.

        Raises:
            ValueError: The factor is not in these bounds.
        """
        _check(factor)
        self._set = Reading(self._machine(), self.now(), factor)

    def resume(self, before: Reading, *, same_pace: bool = False) -> None:
        """Go on from where a clock stood before a restart, so that time does not go back.

        Args:
            before: How the clock was set then. One that went on its own is taken to have gone on since.
            same_pace: Whether to go on at that pace as well, and from that time even where it is behind
                this machine's, unless this clock was given a later start.
        """
        machine = self._machine()
        told = min(before.told + int(max(0, machine - before.machine) * before.factor), FURTHEST)
        if same_pace and not self._has_start:
            self._set = Reading(machine, told, before.factor)
            self._latest = told
            return
        if same_pace:
            self.go(before.factor)
        self.move_to(told)

    def seconds_until(self, time: int) -> float | None:
        """Tell how long this machine has to wait until a moment; `None` where only moving leads there.

        Args:
            time: In milliseconds.
        """
        ahead = time - self.now()
        if ahead <= 0:
            return 0.0
        return ahead / SECOND / self._set.factor if self._set.factor else None


class RealClock(Clock):
    """The clock of this machine."""

    def __init__(self) -> None:
        super().__init__()


class ScaledClock(Clock):
    """A clock that goes faster than this machine's, or slower.

    Args:
        factor: How many of its seconds go by in one of this machine, up to 1,000,000.
        start: The time that it tells first, in milliseconds; by default this machine's.
    """

    def __init__(self, factor: float, start: int | None = None) -> None:
        super().__init__(factor, start)


class ManualClock(Clock):
    """A clock that stands until it is moved.

    Args:
        start: The time that it tells first, in milliseconds; by default 2026-03-02T08:00:00Z, a Monday.
    """

    def __init__(self, start: int = _MANUAL_START) -> None:
        super().__init__(0.0, start)


def _check(factor: float) -> None:
    if not 0 <= factor <= FASTEST:
        raise ValueError(f"the factor must be a number from 0 to {FASTEST:.0f}")
