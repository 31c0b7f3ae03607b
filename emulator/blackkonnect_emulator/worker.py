"""Who works on a connection to the database: a thread of its own, or the event loop for what is short."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import groupby
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple, TypeVar

from blackkonnect_emulator.failures import log_failure

T = TypeVar("T")
Item = TypeVar("Item")


class Job(NamedTuple):
    """Something to do with the connection.

    Attributes:
        one: Does it by itself.
        many: Does it for several at once, where it can; it may raise what `one` would not.
        item: What both get beside the connection.
    """

    one: Callable[[sqlite3.Connection, Any], Any]
    many: Callable[[sqlite3.Connection, list[Any]], list[Any]] | None
    item: Any


Tell = Callable[[Any, BaseException | None], None]
_Queued = tuple[Job, "asyncio.AbstractEventLoop", Tell]
_Outcome = tuple[Any, BaseException | None]

_MOST_IN_ONE_COMMIT = 256
# Where so many came at once, the next ones wait a moment for others: a commit costs as much as ten of them.
_MANY = 4
_MOMENT = 0.001
_LONGEST_STOP = 10.0


class Worker:
    """Runs jobs on a connection, one after the other.

    The jobs that wait when one begins share its transaction, so that many senders pay for one write to
    the disk; each hears of its outcome after the commit alone. Where one of them fails, the transaction
    is undone and each is run again on its own, so a job may run twice, the first time without a trace.

    Jobs of `run` go to a thread. Those of `run_together` are done by the event loop itself, for it costs more
    to hand something over and back than to write a few rows; while the thread is at work, they go there too.

    Args:
        connection: The connection; the worker closes it.
        name: The thread's name.
    """

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._connection = connection
        self._name = name
        self._jobs: SimpleQueue[_Queued | None] = SimpleQueue()
        self._closed = False
        self._last: Callable[[sqlite3.Connection], object] | None = None
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()
        # Whoever works on the connection has it.
        self._free = threading.Lock()
        self._gathered: dict[asyncio.AbstractEventLoop, list[_Queued]] = {}
        self._moment = False

    async def run(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """Run a job and wait for its outcome.

        Args:
            job: Gets the connection. What it raises undoes what it wrote, and is raised here.
        """
        result: T = await self._queue(Job(_alone, None, job))
        return result

    def run_together(
        self,
        many: Callable[[sqlite3.Connection, list[Item]], list[T]],
        one: Callable[[sqlite3.Connection, Item], T],
        item: Item,
        tell: Tell,
    ) -> None:
        """Run a short job together with others of its kind that wait.

        Args:
            many: Does it for several items, and gives their outcomes in the same order. Where it raises,
                what it wrote is undone, and each item is done by itself.
            one: Does it for one item. What it raises undoes what it wrote.
            item: The item.
            tell: Gets the outcome after the commit, in this event loop: a result, or what `one` raised.
        """
        if self._closed:
            raise RuntimeError("the emulator is closed")
        loop = asyncio.get_running_loop()
        waiting = self._gathered.get(loop)
        if waiting is None:
            waiting = self._gathered[loop] = []
            if self._moment:
                loop.call_later(_MOMENT, self._commit, loop)
            else:
                loop.call_soon(self._commit, loop)
        waiting.append((Job(one, many, item), loop, tell))

    def _commit(self, loop: asyncio.AbstractEventLoop) -> None:
        batch = self._gathered.pop(loop, None)
        if batch is None:
            return
        self._moment = len(batch) >= _MANY
        if self._free.acquire(blocking=False):
            try:
                outcomes = self._transaction([job for job, _, _ in batch])
            finally:
                self._free.release()
            _resolve([(tell, outcome) for (_, _, tell), outcome in zip(batch, outcomes, strict=True)])
        else:
            self._hand_over(batch)

    def _hand_over(self, batch: list[_Queued]) -> None:
        if self._thread is None:
            self._start()
        for queued in batch:
            self._jobs.put(queued)

    def _queue(self, job: Job) -> "asyncio.Future[Any]":
        if self._closed:
            raise RuntimeError("the emulator is closed")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        self._hand_over([(job, loop, settling(future))])
        return future

    def run_now(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """Run a job here, before the first `run`.

        Args:
            job: Gets the connection. What it raises undoes what it wrote, and is raised here.
        """
        if self._thread is not None:
            raise RuntimeError("the worker runs already")
        result: T
        result, error = self._transaction([Job(_alone, None, job)])[0]
        if error is not None:
            raise error
        return result

    def close(self, last: Callable[[sqlite3.Connection], object] | None = None) -> None:
        """Finish what was asked for, then close the connection.

        Args:
            last: Gets the connection at the end; nobody hears of what it raises.
        """
        if self._closed:
            return
        self._closed = True
        self._last = last
        while self._gathered:
            self._hand_over(self._gathered.popitem()[1])
        if self._thread is None:
            self._end()
        else:
            self._jobs.put(None)
            self._thread.join(_LONGEST_STOP)

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                # A daemon, so that a program that forgets to close the emulator can still end.
                thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                thread.start()
                self._thread = thread

    def _run(self) -> None:
        going = True
        while going:
            first = self._jobs.get()
            batch = [] if first is None else [first]
            going = first is not None
            while going and len(batch) < _MOST_IN_ONE_COMMIT:
                try:
                    queued = self._jobs.get_nowait()
                except Empty:
                    break
                if queued is None:
                    going = False
                else:
                    batch.append(queued)
            if batch:
                with self._free:
                    outcomes = self._transaction([job for job, _, _ in batch])
                self._tell(batch, outcomes)
        self._end()

    def _end(self) -> None:
        with self._free:
            if self._last is not None:
                self._transaction([Job(_alone, None, self._last)])
            self._connection.close()

    def _transaction(self, jobs: list[Job]) -> list[_Outcome]:
        try:
            try:
                self._connection.execute("BEGIN")
                outcomes = self._together(jobs)
            except Exception:  # noqa: BLE001 - which job it was is found out one by one
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                self._connection.execute("BEGIN")
                outcomes = [self._savepoint(job) for job in jobs]
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            return [(None, error)] * len(jobs)
        return outcomes

    def _together(self, jobs: list[Job]) -> list[_Outcome]:
        outcomes: list[_Outcome] = []
        for many, alike in groupby(jobs, lambda job: job.many):
            if many is None:
                outcomes += [(job.one(self._connection, job.item), None) for job in alike]
            else:
                outcomes += [(result, None) for result in many(self._connection, [job.item for job in alike])]
        return outcomes

    def _savepoint(self, job: Job) -> _Outcome:
        self._connection.execute("SAVEPOINT job")
        try:
            outcome: _Outcome = (job.one(self._connection, job.item), None)
        except Exception as error:  # noqa: BLE001 - it is the asker's, who waits in another thread
            self._connection.execute("ROLLBACK TO job")
            outcome = (None, error)
        self._connection.execute("RELEASE job")
        return outcome

    @staticmethod
    def _tell(batch: list[_Queued], outcomes: list[_Outcome]) -> None:
        by_loop: dict[asyncio.AbstractEventLoop, list[tuple[Tell, _Outcome]]] = {}
        for (_, loop, tell), outcome in zip(batch, outcomes, strict=True):
            by_loop.setdefault(loop, []).append((tell, outcome))
        for loop, told in by_loop.items():
            # A loop that was closed meanwhile has nobody left who waits.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(_resolve, told)


def settling(future: "asyncio.Future[Any]") -> Tell:
    """Tell an outcome to who waits for a future."""

    def tell(result: object, error: BaseException | None) -> None:
        if future.done():
            return
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)

    return tell


def _alone(connection: sqlite3.Connection, job: Callable[[sqlite3.Connection], T]) -> T:
    return job(connection)


def _resolve(told: list[tuple[Tell, _Outcome]]) -> None:
    for tell, (result, error) in told:
        try:
            tell(result, error)
        except Exception as failure:  # noqa: BLE001 - the others are to hear of theirs
            log_failure(failure)
