"""Bulks that take several requests: sent some at once, told in the order given.

Which request goes out next, and whether one does at all, is decided in `Run`, without I/O; the two iterators
let threads or tasks carry it out.
"""

from __future__ import annotations

import asyncio
import warnings
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Self

from blackkonnect_sms_api.records import define

from blackkonnect_sms._bulk_results import failed_bulk, not_begun, speaks_for_all
from blackkonnect_sms.errors import InvalidArgument, OutcomeUnknown, Refused
from blackkonnect_sms.interruptions import interrupted_send
from blackkonnect_sms.results import BulkResult

if TYPE_CHECKING:
    from blackkonnect_sms_api.models import BulkSmsMessageRequest

__all__ = ["MOST_AT_ONCE", "AsyncBulkSends", "BulkSends", "Run", "check_concurrency"]

MOST_AT_ONCE = 64
"""How many requests of one bulk may be under way at once; a client of httpx's has 100 connections."""

_MOST_UNKNOWN = 5
_AHEAD = 2


def check_concurrency(concurrency: object) -> int:
    """Return how many requests are under way at once as it is, or say what is wrong.

    Args:
        concurrency: A whole number from 1 to `MOST_AT_ONCE`.

    Raises:
        InvalidArgument: It is none.
    """
    if (
        isinstance(concurrency, bool)
        or not isinstance(concurrency, int)
        or not 1 <= concurrency <= MOST_AT_ONCE
    ):
        raise InvalidArgument("concurrency", f"must be a whole number from 1 to {MOST_AT_ONCE}")
    return concurrency


@define(eq=False)
class Run:
    """How far a bulk has come, and whether it goes on.

    It stops where a request is refused for a reason that holds for all (no connection, no token, credentials,
    429 beyond what is waited for), and where five requests that ended one after the other are unknown: what
    is not begun is certainly not sent, and can be sent later.
    """

    stopped: Refused | None = None
    handed_out: int = 0
    _unknown: int = 0

    def instead(self, request: BulkSmsMessageRequest) -> BulkResult | None:
        """Return the result of a request that is not begun; None where it is to be sent.

        Args:
            request: The request whose turn it is.
        """
        return None if self.stopped is None else failed_bulk(request, self.stopped)

    def ended(self, result: BulkResult) -> BulkResult:
        """Take note of how a request ended.

        Args:
            result: Its result, which is returned as it is.
        """
        unknown = isinstance(result.error, OutcomeUnknown)
        self._unknown = self._unknown + 1 if unknown else 0
        if (
            self.stopped is None
            and result.error is not None
            and (speaks_for_all(result.error) or self._unknown >= _MOST_UNKNOWN)
        ):
            self.stopped = not_begun(result.error)
        return result

    def close(self) -> None:
        """Begin no more."""
        if self.stopped is None:
            self.stopped = Refused("it was not sent, for the sending was closed before")

    def end(self) -> Refused | None:
        """Return what to raise when all that was begun is told, though there is more."""
        cause = self.stopped.__cause__ if self.stopped else None
        return (
            not_begun(cause, after=self.handed_out) if isinstance(cause, Refused | OutcomeUnknown) else None
        )

    def hand_out(self, result: BulkResult) -> BulkResult:
        """Take note of a result that its caller gets."""
        self.handed_out += len(result)
        return result


def _left_by(stop: BaseException, request: BulkSmsMessageRequest) -> BulkResult:
    """Return the result of a request that was cut off: unknown, unless it had not begun."""
    return failed_bulk(
        request, interrupted_send(stop) or Refused("it was not sent, for it was cut off before")
    )


class BulkSends(Iterator[BulkResult]):
    """The results of a bulk's requests, in the order given, each as soon as it and those before it are there.

    Requests go out while results are taken, at most ``concurrency`` at once, and twice as many are read
    ahead. Whoever stops early calls `close`, or uses it as a context manager.

    Attributes:
        unclaimed: The results that came after it was closed, in the order given; those that had not begun
            then are refused. A destination without a result was not sent.
    """

    def __init__(
        self,
        requests: Iterator[BulkSmsMessageRequest],
        send: Callable[[BulkSmsMessageRequest], BulkResult],
        concurrency: int,
        *,
        whole: bool,
    ) -> None:
        self._requests: Iterator[BulkSmsMessageRequest] | None = requests
        self._send = send
        self._concurrency = concurrency
        self._whole = whole
        self._run = Run()
        self._under_way: deque[Future[BulkResult]] = deque()
        self._pool: ThreadPoolExecutor | None = None
        self._failure: Exception | None = None
        self._stop: BaseException | None = None
        self.unclaimed: tuple[BulkResult, ...] = ()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> BulkResult:
        """Return the next result.

        Raises:
            InvalidArgument: What the iterator gave is wrong. It comes after the results of all before it.
            Refused: The bulk was stopped, and what the iterator has left was neither read nor sent.
        """
        self._fill()
        self._raise_stop()
        if self._under_way:
            result = self._under_way[0].result()
            self._raise_stop()
            self._under_way.popleft()
            return self._run.hand_out(result)
        self._shut()
        error, self._failure = self._failure, None
        if error is not None:
            raise error
        raise StopIteration

    def close(self) -> tuple[BulkResult, ...]:
        """Begin no more requests, and wait for those under way.

        Returns:
            The results that nobody has taken, in the order given, as `unclaimed` holds them.
        """
        self._run.close()
        self._requests = None
        told = []
        while self._under_way:
            told.append(self._under_way[0].result())
            self._under_way.popleft()
        self.unclaimed += tuple(told)
        self._shut()
        return self.unclaimed

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_under_way", None):
            warnings.warn(
                f"{type(self).__name__} was dropped with {len(self._under_way)} requests under way, whose "
                "results nobody gets; close() it",
                ResourceWarning,
                stacklevel=2,
            )

    def _fill(self) -> None:
        ahead = 1 if self._concurrency == 1 else _AHEAD * self._concurrency
        while self._requests is not None and self._stop is None and len(self._under_way) < ahead:
            if self._run.stopped is not None and not self._whole:
                self._requests, self._failure = None, self._run.end()
                return
            try:
                request = next(self._requests)
            except StopIteration:
                self._requests = None
            except Exception as failure:  # noqa: BLE001 - whatever it is, the results before it come first
                self._requests, self._failure = None, failure
            else:
                self._begin(request)

    def _begin(self, request: BulkSmsMessageRequest) -> None:
        if self._concurrency == 1:
            coming: Future[BulkResult] = Future()
            coming.set_result(self._sent(request))
        else:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(self._concurrency, "blackkonnect-sms-bulk")
            coming = self._pool.submit(self._sent, request)
        self._under_way.append(coming)

    def _sent(self, request: BulkSmsMessageRequest) -> BulkResult:
        instead = self._run.instead(request)
        if instead is not None:
            return instead
        try:
            return self._run.ended(self._send(request))
        except Exception as failure:  # noqa: BLE001 - an error of one request is not to hide the others
            return self._run.ended(failed_bulk(request, failure))
        except BaseException as stop:  # noqa: BLE001 - it is raised in the thread that takes results
            self._run.close()
            self._stop = stop
            return _left_by(stop, request)

    def _raise_stop(self) -> None:
        stop, self._stop = self._stop, None
        if stop is not None:
            raise stop

    def _shut(self) -> None:
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None


class AsyncBulkSends(AsyncIterator[BulkResult]):
    """The same as `BulkSends` for an event loop: ``async for``, `aclose`, ``async with``.

    Attributes:
        unclaimed: The results that came after it was closed, in the order given; those that had not begun
            then are refused. A destination without a result was not sent.
    """

    def __init__(
        self,
        requests: AsyncIterator[BulkSmsMessageRequest],
        send: Callable[[BulkSmsMessageRequest], Awaitable[BulkResult]],
        concurrency: int,
        *,
        whole: bool,
    ) -> None:
        self._requests: AsyncIterator[BulkSmsMessageRequest] | None = requests
        self._send = send
        self._concurrency = concurrency
        self._whole = whole
        self._run = Run()
        self._turns = asyncio.Semaphore(concurrency)
        self._under_way: deque[tuple[BulkSmsMessageRequest, asyncio.Task[BulkResult]]] = deque()
        self._reading: asyncio.Task[BulkSmsMessageRequest | None] | None = None
        self._failure: Exception | None = None
        self.unclaimed: tuple[BulkResult, ...] = ()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> BulkResult:
        """Return the next result; one that is cancelled loses none.

        Raises:
            InvalidArgument: What the iterator gave is wrong. It comes after the results of all before it.
            Refused: The bulk was stopped, and what the iterator has left was neither read nor sent.
        """
        while True:
            self._read_on()
            waiting: list[asyncio.Task[BulkResult] | asyncio.Task[BulkSmsMessageRequest | None]] = []
            if self._under_way:
                waiting.append(self._under_way[0][1])
            if self._reading is not None:
                waiting.append(self._reading)
            if not waiting:
                break
            # Unlike awaiting a task, this leaves it alone where the one who waits is cancelled.
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            self._take_in()
            if self._under_way and self._under_way[0][1].done():
                result = self._under_way[0][1].result()
                self._under_way.popleft()
                return self._run.hand_out(result)
        error, self._failure = self._failure, None
        if error is not None:
            raise error
        raise StopAsyncIteration

    async def aclose(self) -> tuple[BulkResult, ...]:
        """Begin no more requests, and wait for those under way.

        Returns:
            The results that nobody has taken, in the order given, as `unclaimed` holds them.
        """
        self._run.close()
        await self._read_no_more()
        told = []
        while self._under_way:
            task = self._under_way[0][1]
            await asyncio.wait([task])
            told.append(task.result())
            self._under_way.popleft()
        self.unclaimed += tuple(told)
        return self.unclaimed

    async def cut_off(self) -> tuple[BulkResult, ...]:
        """Begin no more requests, and cancel those under way, whose fates are unknown then.

        Returns:
            The results that nobody has taken, in the order given.
        """
        self._run.close()
        await self._read_no_more()
        for _, task in self._under_way:
            task.cancel()
        while self._under_way:
            request, task = self._under_way[0]
            await asyncio.wait([task])
            try:
                self.unclaimed += (task.result(),)
            except asyncio.CancelledError as stop:
                self.unclaimed += (_left_by(stop, request),)
            self._under_way.popleft()
        return self.unclaimed

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def __del__(self) -> None:
        if getattr(self, "_under_way", None):
            warnings.warn(
                f"{type(self).__name__} was dropped with {len(self._under_way)} requests under way, whose "
                "results nobody gets; aclose() it",
                ResourceWarning,
                stacklevel=2,
            )

    def _read_on(self) -> None:
        ahead = 1 if self._concurrency == 1 else _AHEAD * self._concurrency
        if self._requests is None or self._reading is not None or len(self._under_way) >= ahead:
            return
        if self._run.stopped is not None and not self._whole:
            self._requests, self._failure = None, self._run.end()
            return
        self._reading = asyncio.ensure_future(_next_of(self._requests))

    def _take_in(self) -> None:
        if self._reading is None or not self._reading.done():
            return
        reading, self._reading = self._reading, None
        try:
            request = reading.result()
        except Exception as failure:  # noqa: BLE001 - whatever it is, the results before it come first
            self._requests, self._failure = None, failure
            return
        if request is None:
            self._requests = None
        else:
            self._under_way.append((request, asyncio.ensure_future(self._sent(request))))

    async def _read_no_more(self) -> None:
        self._requests = None
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.wait([self._reading])
            self._reading = None

    async def _sent(self, request: BulkSmsMessageRequest) -> BulkResult:
        async with self._turns:
            instead = self._run.instead(request)
            if instead is not None:
                return instead
            try:
                return self._run.ended(await self._send(request))
            except Exception as failure:  # noqa: BLE001 - an error of one request is not to hide the others
                return self._run.ended(failed_bulk(request, failure))


async def _next_of(requests: AsyncIterator[BulkSmsMessageRequest]) -> BulkSmsMessageRequest | None:
    return await anext(requests, None)
