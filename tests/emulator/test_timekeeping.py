"""Moving the time of a gateway."""

import math
from typing import Any

import pytest
from blackkonnect_emulator import Clock, ManualClock, ScaledClock
from blackkonnect_emulator.clock import DAY, FURTHEST
from blackkonnect_emulator.timekeeping import OwnClockError

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("by", [-1, math.nan, math.inf, -math.inf, FURTHEST, 10**30])
async def test_steps_out_of_bounds(gateway: Any, by: Any) -> None:
    before = gateway.clock.now()
    with pytest.raises(ValueError, match=r"^must not be (negative|after the year 9999)"):
        await gateway.inside.time.advance(by)
    assert gateway.clock.now() == before


@pytest.mark.parametrize("time", [0, -1, math.nan, math.inf, FURTHEST + 1])
async def test_moments_out_of_bounds(gateway: Any, time: Any) -> None:
    before = gateway.clock.now()
    with pytest.raises(ValueError, match=r"^must not be (before the time now|after the year 9999)"):
        await gateway.inside.time.move_to(time)
    assert gateway.clock.now() == before


async def test_to_the_end_of_time(gateway: Any) -> None:
    async with gateway.signed_in() as client:
        sent = (await client.post(gateway.SINGLE, json=gateway.example("leastMessage"))).json()
    assert await gateway.inside.time.move_to(FURTHEST) == FURTHEST
    assert await gateway.inside.time.advance(0) == FURTHEST
    async with gateway.signed_in() as client:
        assert await gateway.status(client, sent["correlationId"]) == "DELIVERED"
        late = (await client.post(gateway.SINGLE, json=gateway.example("leastMessage"))).json()
        found = (await client.get(gateway.STATUS.format(late["correlationId"]))).json()
    assert found["deliveryTimestamp"] == "9999-12-31T23:59:59.999Z"


async def test_a_clock_that_goes_may_be_moved_by_nothing(start: Any) -> None:
    # Each time that is told is another.
    times = iter(range(10**12, 10**13))
    gateway = start(clock=Clock(1.0, machine=lambda: next(times)))
    for step in (0, 1, 0):
        before = gateway.clock.now()
        assert await gateway.inside.time.advance(step) >= before + step


async def test_modes(gateway: Any) -> None:
    time = gateway.inside.time
    version = gateway.inside.changes.version
    modes: list[str] = []
    for factor in (1.0, 60.0, 0.0):
        await time.go(factor)
        modes.append(time.mode())
    assert modes == ["real", "scaled", "manual"]
    assert gateway.inside.changes.version > version
    for factor in (-1.0, math.nan, math.inf, 1e7):
        with pytest.raises(ValueError, match="factor"):
            await time.go(factor)
    assert time.mode() == "manual"


async def test_the_clock_of_another(gateway: Any) -> None:
    time, tenant = gateway.inside.time, gateway.inside.tenants.get("acme")
    for move in (time.advance(1, tenant), time.move_to(FURTHEST, tenant), time.go(1, tenant)):
        with pytest.raises(OwnClockError, match="goes by the emulator's clock"):
            await move
    own, _ = await gateway.inside.make_tenant("own", clock=ManualClock(0))
    await time.go(2, own)
    assert (time.mode(own), time.mode(), time.mode(tenant)) == ("scaled", "manual", "manual")
    assert own not in time.living_by(gateway.clock)
    assert tenant in time.living_by(gateway.clock)


async def test_event_by_event(gateway: Any) -> None:
    time = gateway.inside.time
    assert await time.next_event() is None
    assert await time.seconds_to_next_event() is None
    entry = {"destinations": [{"destination": "+233200000001"}], "text": "We open at 9"}
    asked = {"bulkId": "b", "messages": [entry, {**entry, "sendAt": "2026-03-05T08:00:00Z"}]}
    start = gateway.clock.now()
    async with gateway.signed_in() as client:
        assert (await client.post(gateway.BULK, json=asked)).status_code == 200
    steps: list[int] = []
    seen: list[list[str]] = []
    while (event := await time.next_event()) is not None:
        await time.move_to(event)
        steps.append(gateway.clock.now() - start)
        seen.append([message.reached.status for message in await gateway.ledger()])
    assert steps == [300, 1000, 3 * DAY + 300, 3 * DAY + 1000]
    assert seen == [
        ["SENT", "QUEUED"],
        ["DELIVERED", "QUEUED"],
        ["DELIVERED", "SENT"],
        ["DELIVERED", "DELIVERED"],
    ]


async def test_waiting_for_an_event(gateway: Any) -> None:
    time = gateway.inside.time
    async with gateway.signed_in() as client:
        await client.post(gateway.SINGLE, json=gateway.example("leastMessage"))
    assert await time.seconds_to_next_event() is None
    clock = Clock(0.1, machine=lambda: 0, start=gateway.clock.now())
    own, _ = await gateway.inside.make_tenant("own", clock=clock)
    own.agenda.add([clock.now() + 300], clock.now())
    # Three tenths of a second take ten times as long by this clock.
    assert await time.seconds_to_next_event() == pytest.approx(3.0)
    assert await time.next_event([own]) == clock.now() + 300


async def test_a_status_that_is_reached_by_itself_is_a_change(start: Any) -> None:
    gateway = start(clock=ScaledClock(100))
    async with gateway.signed_in() as client:
        await client.post(gateway.SINGLE, json=gateway.example("leastMessage"))
    inside = gateway.inside
    version = inside.changes.version
    assert await inside.time.wait_for_change(version, 30) > version
    # All has ended, and the time is up at once.
    gateway.clock.advance(60)
    assert await inside.time.wait_for_change(inside.changes.version, 0) == inside.changes.version


async def test_a_status_that_was_reached_while_nobody_waited_is_a_change(start: Any) -> None:
    machine = 0
    gateway = start(clock=Clock(1.0, machine=lambda: machine))
    async with gateway.signed_in() as client:
        await client.post(gateway.SINGLE, json=gateway.example("leastMessage"))
    inside = gateway.inside
    version = inside.changes.version
    machine += 3_600_000
    # Somebody else asks first, who does not wait.
    assert await inside.time.next_event() is None
    assert await inside.time.wait_for_change(version, 30) > version
