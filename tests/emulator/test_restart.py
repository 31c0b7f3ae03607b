"""What an emulator finds again on its file, and that only one at a time has it."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from blackkonnect_emulator import Clock, DatabaseError, ManualClock, Settings, create_app
from blackkonnect_emulator.clock import DAY, SECOND
from blackkonnect_emulator.outcome_kinds import OUTCOMES

pytestmark = pytest.mark.anyio

NOON = 1_772_452_800_000
RANK = {None: -1, "QUEUED": 0, "SENT": 1, "DELIVERED": 2}
OPEN = """
import sys
from blackkonnect_emulator import DatabaseError, Settings, create_app
try:
    create_app(Settings(database=sys.argv[1]))
except DatabaseError as error:
    sys.exit(str(error))
print("open", flush=True)
sys.stdin.read()
"""


class Machine:
    """A machine's time, which the test sets, backwards as well."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> int:
        return self.time


def clock_of(mode: str, machine: Machine) -> Clock:
    match mode:
        case "real":
            return Clock(1.0, machine=machine)
        case "scaled":
            return Clock(60.0, machine=machine)
    return Clock(0.0, start=NOON - DAY, machine=machine)


@pytest.mark.parametrize("off", [0, 1, 400, -400, -3_600_000, 3_600_000])
@pytest.mark.parametrize("after", ["real", "scaled", "manual"])
@pytest.mark.parametrize("before", ["real", "scaled", "manual"])
async def test_no_status_goes_back(start: Any, tmp_path: Path, before: str, after: str, off: int) -> None:
    machine = Machine()
    given = {"database": tmp_path / "gateway.db", "seconds_to_final": 60, "token_seconds": 10**8}
    first = start(**given, clock=clock_of(before, machine))
    sought: list[str] = []
    async with first.signed_in() as client:
        for step in (0, 7, 500):
            machine.time += step
            await first.inside.time.advance(step)
            sent = await client.post(first.SINGLE, json=first.example("leastMessage"))
            sought.append(sent.json()["correlationId"])
        told = [await first.status(client, one) for one in sought]
        authorization = client.headers["Authorization"]
    assert told[0] == "SENT"
    latest = first.inside.clock.now()
    first.inside.close()

    machine.time += off
    second = start(**given, clock=clock_of(after, machine))
    assert second.inside.clock.now() >= latest
    assert second.inside.time.mode() == after
    async with second.client() as client:
        client.headers["Authorization"] = authorization
        again = [await second.status(client, one) for one in sought]
        assert all(RANK[new] >= RANK[old] for new, old in zip(again, told, strict=True))
        await second.inside.time.advance(60 * SECOND)
        assert [await second.status(client, one) for one in sought] == ["DELIVERED"] * 3


@pytest.mark.parametrize("mode", ["real", "scaled", "manual"])
async def test_what_was_taken_is_found_after_a_crash(start: Any, tmp_path: Path, mode: str) -> None:
    """A crash leaves no time to remember the time, and the machine's may be set back meanwhile."""
    machine = Machine()
    first = start(database=tmp_path / "gateway.db", clock=clock_of(mode, machine))
    machine.time += 10 * SECOND
    async with first.signed_in() as client:
        sent = (await client.post(first.SINGLE, json=first.example("leastMessage"))).json()
    # As the crash leaves it: nothing is said at the end.
    first.inside.store.close()

    machine.time -= 3600 * SECOND
    second = start(database=tmp_path / "gateway.db", clock=clock_of(mode, machine))
    async with second.signed_in() as client:
        assert await second.status(client, sent["correlationId"]) is not None


async def test_a_moved_and_a_changed_clock_go_on(start: Any, tmp_path: Path) -> None:
    machine = Machine()
    first = start(database=tmp_path / "gateway.db", clock=clock_of("manual", machine))
    own, _ = await first.inside.make_tenant("own", clock=Clock(0.0, start=0, machine=machine))
    await first.inside.time.advance(5 * DAY)
    await first.inside.time.advance(7, own)
    first.inside.close()
    second = start(database=tmp_path / "gateway.db", clock=clock_of("manual", machine))
    assert second.clock.now() == NOON + 4 * DAY
    assert second.inside.tenants.get("own").clock.now() == 7
    assert second.inside.time.mode(second.inside.tenants.get("own")) == "manual"


@pytest.mark.parametrize(
    ("asked", "asked_then", "left_at"),
    [
        ("real", "real", "manual"),
        ("scaled", "scaled", "manual"),
        ("manual", "manual", "real"),
        ("real", "scaled", "scaled"),
        ("scaled", "manual", "manual"),
    ],
)
async def test_a_pace_that_was_set_stays_until_another_is_asked_for(
    start: Any, tmp_path: Path, asked: str, asked_then: str, left_at: str
) -> None:
    machine = Machine()
    first = start(database=tmp_path / "gateway.db", clock=clock_of(asked, machine))
    transport = httpx.ASGITransport(first.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        factor = 1 if asked == "manual" else 0
        answer = await client.post("/_emulator/clock", json={"factor": factor})
        assert answer.status_code == 200
    told = first.clock.now()
    # As a crash leaves it.
    first.inside.store.close()
    for _ in range(2):
        machine.time += 10 * SECOND
        again = start(database=tmp_path / "gateway.db", clock=clock_of(asked_then, machine))
        assert again.inside.time.mode() == left_at
        passed = again.clock.now() - told
        assert passed == 0 if left_at == "manual" else passed > 0
        again.inside.close()


@pytest.mark.parametrize("factor", [0.0, 0.5])
def test_a_clock_behind_the_machines_goes_on_from_where_it_was(
    start: Any, tmp_path: Path, factor: float
) -> None:
    machine = Machine()
    start(database=tmp_path / "gateway.db", clock=Clock(factor, machine=machine)).inside.close()
    for restarts in (1, 2):
        machine.time += 10 * SECOND
        again = start(database=tmp_path / "gateway.db", clock=Clock(factor, machine=machine))
        assert again.clock.now() == NOON + restarts * factor * 10 * SECOND
        again.inside.close()
    # A start that is asked for, and lies ahead, is the time that it goes on from.
    later = Clock(factor, NOON + DAY, machine)
    assert start(database=tmp_path / "gateway.db", clock=later).clock.now() == NOON + DAY


async def test_the_agenda_goes_on(start: Any, tmp_path: Path) -> None:
    first = start(database=tmp_path / "gateway.db")
    entry = {"text": "x", "destinations": [{"destination": "+233200000001"}]}
    later = {**entry, "sendAt": "2026-03-04T08:00:00Z"}
    stuck = {**entry, "destinations": [{"destination": OUTCOMES["stuck"].number}]}
    async with first.signed_in() as client:
        await client.post(first.BULK, json={"messages": [entry, later, stuck]})
    begin = first.clock.now()
    await first.inside.time.advance(500)
    first.inside.close()
    second = start(database=tmp_path / "gateway.db")
    assert second.clock.now() == begin + 500
    events: list[int] = []
    while (event := await second.inside.time.next_event()) is not None:
        await second.inside.time.move_to(event)
        events.append(event - begin)
    assert events == [1000, 2 * DAY, 2 * DAY + 300, 2 * DAY + 1000]


async def test_ids_are_not_made_twice(start: Any, tmp_path: Path) -> None:
    made: set[str] = set()
    for _ in range(4):
        gateway = start(database=tmp_path / "gateway.db", seed=5)
        async with gateway.signed_in() as client:
            for _ in range(5):
                answer = (await client.post(gateway.SINGLE, json=gateway.example("leastMessage"))).json()
                made |= {answer["correlationId"], answer["conversationId"], answer["data"]["messageId"]}
        gateway.inside.close()
    assert len(made) == 4 * 5 * 3


async def test_the_same_restarts_make_the_same_ids(start: Any, tmp_path: Path) -> None:
    made: list[list[str]] = []
    for file in ("one.db", "two.db"):
        made.append([])
        for _ in range(3):
            gateway = start(database=tmp_path / file, seed=5)
            async with gateway.signed_in() as client:
                answer = (await client.post(gateway.SINGLE, json=gateway.example("leastMessage"))).json()
            made[-1].append(answer["correlationId"])
            gateway.inside.close()
    assert made[0] == made[1]


async def test_a_second_emulator_in_this_process(start: Any, tmp_path: Path) -> None:
    file = tmp_path / "gateway.db"
    first = start(database=file)
    (tmp_path / "link.db").symlink_to(file)
    (tmp_path / "hard.db").hardlink_to(file)
    for name in (
        file, str(file), tmp_path / "link.db", tmp_path / "hard.db", tmp_path / "." / "gateway.db",
    ):  # fmt: skip
        with pytest.raises(DatabaseError) as caught:
            create_app(Settings(database=name))
        words = f"{name}: another emulator uses this file; stop it or choose another file"
        assert str(caught.value) == words
    # Whoever was refused disturbs nobody.
    async with first.signed_in() as client:
        assert (await client.post(first.SINGLE, json=first.example("leastMessage"))).status_code == 200
    first.inside.close()
    assert len(await start(database=file).ledger()) == 1


def test_a_second_emulator_in_another_process(start: Any, tmp_path: Path) -> None:
    file = tmp_path / "gateway.db"
    first = start(database=file)
    (tmp_path / "link.db").symlink_to(file)
    (tmp_path / "hard.db").hardlink_to(file)
    # There is nothing beside the database that somebody could take away, and the lock with it.
    assert {path.name for path in tmp_path.iterdir()} == {
        "gateway.db", "gateway.db-wal", "gateway.db-shm", "link.db", "hard.db",
    }  # fmt: skip
    for name in (file, tmp_path / "link.db", tmp_path / "hard.db"):
        refused = subprocess.run(
            [sys.executable, "-c", OPEN, str(name)], capture_output=True, text=True, check=False, timeout=60
        )
        assert refused.returncode == 1
        words = f"{name}: another emulator uses this file; stop it or choose another file"
        assert refused.stderr.splitlines() == [words]
    first.inside.close()
    with subprocess.Popen(
        [sys.executable, "-c", OPEN, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        try:
            assert other.stdout is not None
            assert other.stdout.readline() == "open\n"
            with pytest.raises(DatabaseError, match=r"gateway\.db: another emulator uses this file"):
                create_app(Settings(database=file))
        finally:
            other.kill()
    # The kernel lets go of what a killed process held.
    create_app(Settings(database=file)).gateway.close()


async def test_a_damaged_file_is_let_go_of(start: Any, tmp_path: Path) -> None:
    file = tmp_path / "gateway.db"
    gateway = start(database=file)
    gateway.inside.close()
    whole = file.read_bytes()
    for size in (100, 8192, 3 * 8192):
        file.write_bytes(whole[:size] + b"\xff" * (len(whole) - size))
        for _ in range(2):
            # Each time the same: the first attempt must not hold it.
            with pytest.raises(DatabaseError, match=r"gateway\.db: (?!another)") as caught:
                create_app(Settings(database=file, clock=ManualClock()))
            assert "\n" not in str(caught.value)
    file.write_bytes(whole)
    start(database=file)
