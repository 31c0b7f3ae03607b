"""A thread of its own for a connection to the database."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], Any]
_Queued = tuple[Job, "asyncio.AbstractEventLoop", "asyncio.Future[Any]"]

_MOST_IN_ONE_COMMIT = 256
_LONGEST_STOP = 10.0


class Worker:
    """Runs jobs on a connection, one after the other, in a thread.

    The jobs that wait when one begins share its transaction, so that many senders pay for one write to
    the disk; each hears of its outcome after the commit alone.

    Args:
        connection: The connection; the worker closes it.
        name: The thread's name.
    """

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._connection = connection
        self._jobs: SimpleQueue[_Queued | None] = SimpleQueue()
        self._closed = False
        # A daemon, so that a program that forgets to close the emulator can still end.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    async def run(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """Run a job and wait for its outcome.

        Args:
            job: Gets the connection. What it raises undoes what it wrote, and is raised here.
        """
        if self._closed:
            raise RuntimeError("the emulator is closed")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._jobs.put((job, loop, future))
        return await future

    def close(self) -> None:
        """Finish what was asked for, then close the connection."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
            self._thread.join(_LONGEST_STOP)

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
                self._tell(batch, self._transaction([job for job, _, _ in batch]))
        self._connection.close()

    def _transaction(self, jobs: list[Job]) -> list[tuple[Any, BaseException | None]]:
        try:
            self._connection.execute("BEGIN")
            outcomes = [self._savepoint(job) for job in jobs]
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            return [(None, error)] * len(jobs)
        return outcomes

    def _savepoint(self, job: Job) -> tuple[Any, BaseException | None]:
        self._connection.execute("SAVEPOINT job")
        try:
            outcome: tuple[Any, BaseException | None] = (job(self._connection), None)
        except Exception as error:  # noqa: BLE001 - it is the asker's, who waits in another thread
            self._connection.execute("ROLLBACK TO job")
            outcome = (None, error)
        self._connection.execute("RELEASE job")
        return outcome

    @staticmethod
    def _tell(batch: list[_Queued], outcomes: list[tuple[Any, BaseException | None]]) -> None:
        by_loop: dict[
            asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Any], Any, BaseException | None]]
        ] = {}
        for (_, loop, future), (result, error) in zip(batch, outcomes, strict=True):
            by_loop.setdefault(loop, []).append((future, result, error))
        for loop, told in by_loop.items():
            # A loop that was closed meanwhile has nobody left who waits.
            if not loop.is_closed():
                loop.call_soon_threadsafe(_resolve, told)


def _resolve(told: list[tuple["asyncio.Future[Any]", Any, BaseException | None]]) -> None:
    for future, result, error in told:
        if future.done():
            continue
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)
