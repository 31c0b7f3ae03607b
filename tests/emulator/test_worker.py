"""The thread that writes."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator

import pytest
from blackkonnect_emulator.worker import Worker

pytestmark = pytest.mark.anyio


@pytest.fixture
def connection() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    made.execute("CREATE TABLE numbers (number INTEGER)")
    return made


@pytest.fixture
def worker(connection: sqlite3.Connection) -> Iterator[Worker]:
    made = Worker(connection, "test")
    yield made
    made.close()


def insert(number: int) -> Callable[[sqlite3.Connection], int]:
    def job(connection: sqlite3.Connection) -> int:
        connection.execute("INSERT INTO numbers VALUES (?)", (number,))
        if number % 3 == 0:
            raise ValueError(str(number))
        return number

    return job


async def test_many_at_once_and_each_hears_of_its_own(worker: Worker) -> None:
    outcomes = await asyncio.gather(*(worker.run(insert(n)) for n in range(1000)), return_exceptions=True)
    for number, outcome in enumerate(outcomes):
        if number % 3 == 0:
            assert isinstance(outcome, ValueError)
        else:
            assert outcome == number
    stored = await worker.run(lambda connection: connection.execute("SELECT number FROM numbers").fetchall())
    assert [number for (number,) in stored] == [number for number in range(1000) if number % 3]


async def test_jobs_that_wait_share_a_commit(connection: sqlite3.Connection) -> None:
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    worker = Worker(connection, "test")
    await asyncio.gather(*(worker.run(insert(1)) for _ in range(200)))
    worker.close()
    assert 1 <= statements.count("COMMIT") < 100


async def test_what_was_asked_for_is_finished_at_the_end(worker: Worker) -> None:
    waiting = [asyncio.ensure_future(worker.run(insert(1))) for _ in range(50)]
    await asyncio.sleep(0)
    await asyncio.to_thread(worker.close)
    assert await asyncio.gather(*waiting) == [1] * 50
    with pytest.raises(RuntimeError, match="closed"):
        await worker.run(insert(1))


async def test_nobody_waits_any_more(worker: Worker) -> None:
    waiting = asyncio.ensure_future(worker.run(insert(1)))
    await asyncio.sleep(0)
    waiting.cancel()
    assert await worker.run(insert(2)) == 2
