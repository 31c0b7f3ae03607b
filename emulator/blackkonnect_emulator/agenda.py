"""When the statuses of messages change next."""

import heapq
from collections.abc import Callable, Iterable

# What changes within so many milliseconds is told at once.
_GRAIN = 50


class Agenda:
    """The times at which a tenant's messages reach their next status, without saying which messages.

    It is what a page that shows statuses waits for. It takes memory by different times, not by messages.

    Args:
        passed: Is called when times are forgotten because they are past, whoever found that out: nobody who
            waits for changes is to miss one because another asked first.
    """

    def __init__(self, passed: Callable[[], object]) -> None:
        self._passed = passed
        self._heap: list[int] = []
        self._known: set[int] = set()

    def add(self, times: Iterable[int | None], now: int) -> None:
        """Note times, and forget those that are past, whether or not anybody asks for the next one.

        Args:
            times: In milliseconds; `None` for a status that is never reached.
            now: The time.
        """
        self.next_after(now)
        for time in times:
            if time is not None:
                rounded = -(-time // _GRAIN) * _GRAIN
                if rounded not in self._known:
                    self._known.add(rounded)
                    heapq.heappush(self._heap, rounded)

    def next_after(self, now: int) -> int | None:
        """Tell the next time after a moment, up to 50 ms late; what is past is forgotten.

        Args:
            now: In milliseconds.
        """
        if self._heap and self._heap[0] <= now:
            while self._heap and self._heap[0] <= now:
                self._known.discard(heapq.heappop(self._heap))
            self._passed()
        return self._heap[0] if self._heap else None

    def clear(self) -> None:
        """Forget all."""
        self._heap.clear()
        self._known.clear()
