"""The queue before the operator: so many messages in a second, those of a higher priority first."""

from collections.abc import Callable

from blackkonnect_emulator.clock import SECOND

_PRIORITIES = 10


class SendQueue:
    """Gives messages their turns.

    A message gets its turn when it is accepted. One of a higher priority that comes later does not wait for
    those of a lower one that have theirs already; it goes beside them.

    Args:
        per_second: How many messages the operator takes in a second of the tenant's clock, above 0.
    """

    def __init__(self, per_second: float) -> None:
        self._room = max(1, int(per_second))
        self._span = round(SECOND * self._room / per_second)
        # For each priority: how many turns of a span are taken by it or a higher one, and where to look
        # for room behind a span that is full.
        self._taken: list[dict[int, int]] = [{} for _ in range(_PRIORITIES)]
        self._next: list[dict[int, int]] = [{} for _ in range(_PRIORITIES)]

    def __call__(
        self, ready: int, priority: int, before: int, next_open: Callable[[int], int] | None = None
    ) -> int | None:
        """Give a message its turn.

        Args:
            ready: When it could go, in milliseconds.
            priority: Its priority, 0 to 9.
            before: When its validity ends. One that can't go before then takes nobody's turn away.
            next_open: Tells when it may go first, from a time on; at any time where it is left out.

        Returns:
            When it goes; `None` where that would be too late.
        """
        while True:
            span = self._with_room(ready // self._span, priority)
            turn = self._taken[priority].get(span, 0)
            time = max(ready, span * self._span + turn * self._span // self._room)
            if time >= before:
                return None
            ready = time if next_open is None else next_open(time)
            if ready == time:
                self._take(span, priority)
                return time

    def _take(self, span: int, priority: int) -> None:
        for lower in range(priority + 1):
            taken = self._taken[lower].get(span, 0) + 1
            self._taken[lower][span] = taken
            if taken >= self._room:
                self._next[lower][span] = span + 1

    def _with_room(self, span: int, priority: int) -> int:
        following = self._next[priority]
        passed: list[int] = []
        while (further := following.get(span)) is not None:
            passed.append(span)
            span = further
        # Who comes next need not pass them one by one.
        for full in passed:
            following[full] = span
        return span
