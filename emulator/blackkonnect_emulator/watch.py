"""Watching that a connection's client does not take too long."""

import asyncio
from collections.abc import Callable
from enum import Enum, auto

from blackkonnect_emulator.connection_limits import Limits

# Both kinds of event loop have looked at their sockets after two rounds at most.
_LOOKS = 2
_SOON = 0.001


class Waits(Enum):
    """What a connection waits for."""

    FOR_REQUEST = auto()
    FOR_REST = auto()
    FOR_ANSWER = auto()
    FOR_CLOSE = auto()


class Watch:
    """A connection's only timer, which looks now and then, however many requests pass meanwhile.

    Args:
        loop: What the connection runs on.
        limits: How long a client may take.
        waits: Tells what the connection waits for.
        cut: Is called when that has lasted too long.

    Attributes:
        heard: When a byte came last, by the loop's time in seconds.
        began: When the request that is read began.
        since: Since when there is no request, or only the close is waited for.
    """

    __slots__ = (
        "_cut",
        "_due",
        "_limits",
        "_loop",
        "_stopped",
        "_timer",
        "_waits",
        "began",
        "heard",
        "since",
    )

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        limits: Limits,
        waits: Callable[[], Waits],
        cut: Callable[[Waits], None],
    ) -> None:
        self._loop = loop
        self._limits = limits
        self._waits = waits
        self._cut = cut
        self._stopped = False
        self.heard = self.began = self.since = loop.time()
        self._arm(limits.tick)

    def await_client(self) -> None:
        """Note that the client is waited for: what passed since it sent something was not its time."""
        now = self._loop.time()
        self.began += now - self.heard
        self.heard = now

    def stop(self) -> None:
        """Look no more."""
        self._stopped = True
        self._timer.cancel()

    def _arm(self, seconds: float) -> None:
        self._due = self._loop.time() + seconds
        self._timer = self._loop.call_later(seconds, self._look)

    def _look(self, looks: int = _LOOKS) -> None:
        """Look, and again before cutting: what the client sent may wait in the socket."""
        if self._stopped:
            return
        now = self._loop.time()
        if looks == _LOOKS and now - self._due > self._limits.tick / 4:
            # This process got no time to run, and perhaps the client did not either.
            self.heard = now
        waits = self._waits()
        due = self._deadline(waits, now)
        if due > now + _SOON:
            self._arm(min(due - now, self._limits.tick))
        elif looks:
            self._loop.call_soon(self._look, looks - 1)
        else:
            self._arm(self._limits.tick)
            self._cut(waits)

    def _deadline(self, waits: Waits, now: float) -> float:
        limits = self._limits
        match waits:
            case Waits.FOR_REQUEST:
                return self.since + limits.keep_alive
            case Waits.FOR_REST:
                return min(self.heard + limits.idle, self.began + limits.whole)
            case Waits.FOR_ANSWER:
                return now + limits.tick
            case Waits.FOR_CLOSE:
                return self.since + limits.linger
