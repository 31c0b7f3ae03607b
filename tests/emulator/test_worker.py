"""The thread that writes."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from blackkonnect_emulator.worker import Worker, settling

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


def twice(connection: sqlite3.Connection, numbers: list[int]) -> list[int]:
    """Write several at once, none of which may be 7."""
    for number in numbers:
        connection.execute("INSERT INTO numbers VALUES (?)", (number,))
    if 7 in numbers:
        raise ValueError("7")
    return [2 * number for number in numbers]


def alone(connection: sqlite3.Connection, number: int) -> int:
    return twice(connection, [number])[0]


def together(worker: Worker, number: int) -> "asyncio.Future[int]":
    future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    worker.run_together(twice, alone, number, settling(future))
    return future


async def test_short_jobs_share_a_commit_and_take_no_thread(connection: sqlite3.Connection) -> None:
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    worker = Worker(connection, "test")
    before = threading.active_count()
    for start in range(0, 400, 100):
        assert await asyncio.gather(*(together(worker, 10 + n) for n in range(start, start + 100))) == [
            20 + 2 * n for n in range(start, start + 100)
        ]
    assert threading.active_count() == before
    worker.close()
    assert statements.count("COMMIT") == 4


async def test_short_jobs_that_nobody_waited_for_at_the_end(connection: sqlite3.Connection) -> None:
    worker = Worker(connection, "test")
    waiting = [together(worker, 10 + number) for number in range(50)]
    await asyncio.to_thread(worker.close)
    assert await asyncio.gather(*waiting) == [20 + 2 * number for number in range(50)]
    with pytest.raises(RuntimeError, match="closed"):
        together(worker, 1)


async def test_what_hears_of_an_outcome_and_fails_disturbs_nobody(
    worker: Worker, caplog: pytest.LogCaptureFixture
) -> None:
    words = "a text that no log may show"

    def fail(*_: object) -> None:
        raise ValueError(words)

    worker.run_together(twice, alone, 11, fail)
    assert await together(worker, 12) == 24
    assert "ValueError" in caplog.text
    assert words not in caplog.text


async def test_one_that_fails_among_many_of_its_kind(worker: Worker) -> None:
    mixed = [
        worker.run(lambda connection: connection.execute("SELECT 1").fetchone())
        if number % 10 == 9
        else together(worker, number)
        for number in range(600)
    ]
    outcomes = await asyncio.gather(*mixed, return_exceptions=True)
    for number, outcome in enumerate(outcomes):
        if number == 7:
            assert isinstance(outcome, ValueError)
        else:
            assert outcome == ((1,) if number % 10 == 9 else 2 * number)
    stored = await worker.run(lambda connection: connection.execute("SELECT number FROM numbers").fetchall())
    assert [number for (number,) in stored] == [n for n in range(600) if n % 10 != 9 and n != 7]


async def test_who_waits_in_a_loop_that_is_closed_disturbs_nobody(worker: Worker) -> None:
    def leave() -> None:
        async def ask() -> None:
            asyncio.ensure_future(worker.run(insert(1)))  # noqa: RUF006 - to be left alone is the test
            await asyncio.sleep(0)

        loop = asyncio.new_event_loop()
        task = loop.create_task(ask())
        loop.run_until_complete(task)
        for left in asyncio.all_tasks(loop):
            left.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()

    for _ in range(20):
        await asyncio.to_thread(leave)
    assert await worker.run(insert(2)) == 2
    stored = await worker.run(lambda connection: connection.execute("SELECT number FROM numbers").fetchall())
    assert stored == [(1,)] * 20 + [(2,)]


async def test_the_last_word(connection: sqlite3.Connection, tmp_path: Path) -> None:
    file = tmp_path / "numbers.db"
    connection.close()
    for used in (False, True):
        made = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        made.execute("CREATE TABLE IF NOT EXISTS numbers (number INTEGER)")
        worker = Worker(made, "test")
        if used:
            await worker.run(insert(1))
        worker.close(insert(2))
        worker.close(insert(4))
    with sqlite3.connect(file) as after:
        assert after.execute("SELECT number FROM numbers").fetchall() == [(2,), (1,), (2,)]
    after.close()


def test_before_the_first_and_after(worker: Worker) -> None:
    assert worker.run_now(insert(1)) == 1
    with pytest.raises(ValueError, match="3"):
        worker.run_now(insert(3))
    assert worker.run_now(lambda connection: connection.execute("SELECT * FROM numbers").fetchall()) == [(1,)]
    asyncio.run(worker.run(insert(2)))
    with pytest.raises(RuntimeError, match="runs already"):
        worker.run_now(insert(4))
