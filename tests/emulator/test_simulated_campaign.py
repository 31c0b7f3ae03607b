"""A campaign of three days on a manual clock: in the right order, and the same again from its seed."""

from random import Random
from typing import Any

import pytest
from blackkonnect_emulator.clock import DAY, MINUTE
from blackkonnect_emulator.outcome_rules import OutcomeRule
from blackkonnect_emulator.timestamps import rfc3339

pytestmark = pytest.mark.anyio

ORDER = {"QUEUED": 0, "SENT": 1}
FINAL = {"DELIVERED", "UNDELIVERED", "EXPIRED", "FAILED"}
WEEK = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]


def requests(begin: int) -> list[tuple[str, dict[str, Any]]]:
    """Make 300 requests, the same each time: singles, and bulks for later."""
    chance = Random(7)  # noqa: S311 - the campaign is to be the same each time
    made: list[tuple[str, dict[str, Any]]] = []
    for number in range(300):
        if number % 3:
            single = {"destination": f"+2332{number:08}", "text": f"Code {number}"}
            made.append(("SINGLE", {**single, "priority": chance.randrange(10)}))
            continue
        entry: dict[str, Any] = {
            "text": f"Offer {number}",
            "destinations": [{"destination": f"+2334{number:04}{n:04}"} for n in range(5)],
            "sendAt": rfc3339(begin + chance.randrange(3 * DAY)),
            "priority": chance.randrange(10),
        }
        if chance.random() < 0.5:
            opens = chance.randrange(24)
            entry["deliveryTimeWindow"] = {
                "days": WEEK,
                "from": {"hour": opens, "minute": 0},
                "to": {"hour": (opens + 8) % 24, "minute": 0},
            }
        if chance.random() < 0.3:
            entry["validityPeriodMinutes"] = chance.randrange(60, 600)
        made.append(("BULK", {"messages": [entry]}))
    return made


async def history(gateway: Any) -> list[tuple[Any, ...]]:
    """Run the campaign event by event, and write down who reached which status when."""
    time, clock = gateway.inside.time, gateway.clock
    begin = clock.now()
    seen: dict[str, str] = {}
    written: list[tuple[Any, ...]] = []

    async def look() -> None:
        for message in await gateway.ledger():
            reached = message.reached
            if seen.get(message.uuid) != reached.status:
                seen[message.uuid] = reached.status
                written.append((clock.now(), message.uuid, message.message_id, message.outcome, *reached))

    async with gateway.signed_in() as client:
        for kind, asked in requests(begin):
            answer = await client.post(getattr(gateway, kind), json=asked)
            assert answer.status_code == 200, answer.text
    await look()
    steps = 0
    while (event := await time.next_event()) is not None:
        assert event > clock.now()
        assert await time.move_to(event) == event
        steps += 1
        if steps % 20 == 0:
            await look()
    await look()
    assert clock.now() <= begin + 5 * DAY
    return written


def campaign(start: Any, seed: int) -> Any:
    return start(
        seed=seed,
        messages_per_second=5,
        outcomes=[OutcomeRule("*", "mixed")],
        token_seconds=10**6,
        seconds_to_final=3,
    )


async def test_three_days_are_the_same_each_time(start: Any) -> None:
    histories = [await history(campaign(start, seed)) for seed in (11, 11, 12)]
    assert histories[0] == histories[1]
    assert histories[0] != histories[2]
    first = histories[0]
    assert [told for told, *_ in first] == sorted(told for told, *_ in first)
    statuses: dict[str, list[tuple[str, int]]] = {}
    for told, uuid, _, _, status, since in first:
        assert since <= told
        statuses.setdefault(uuid, []).append((status, since))
    assert len(statuses) == 700
    for reached in statuses.values():
        ranks = [ORDER.get(status, 2) for status, _ in reached]
        assert ranks == sorted(set(ranks))
        assert reached[-1][0] in FINAL
        assert [since for _, since in reached] == sorted(since for _, since in reached)
    ends = [reached[-1][0] for reached in statuses.values()]
    assert all(ends.count(status) > 0 for status in FINAL)
    assert max(since for reached in statuses.values() for _, since in reached) > first[0][0] + 2 * DAY


async def test_in_one_step_as_in_many(start: Any) -> None:
    by_events, at_once = (campaign(start, 5) for _ in range(2))
    await history(by_events)
    async with at_once.signed_in() as client:
        for kind, asked in requests(at_once.clock.now()):
            await client.post(getattr(at_once, kind), json=asked)
    await at_once.inside.time.advance(6 * DAY)
    timelines = [
        [(message.message_id, message.timeline()) for message in await gateway.ledger()]
        for gateway in (by_events, at_once)
    ]
    assert timelines[0] == timelines[1]


async def test_nothing_goes_before_its_time_or_faster_than_the_operator_takes_it(start: Any) -> None:
    gateway = campaign(start, 3)
    begin = gateway.clock.now()
    asked = requests(begin)
    async with gateway.signed_in() as client:
        for kind, body in asked:
            await client.post(getattr(gateway, kind), json=body)
    sent: dict[tuple[int, str], int] = {}
    priorities = {body.get("text") or body["messages"][0]["text"]: body for _, body in asked}
    for message in await gateway.ledger():
        body = priorities[message.text]
        entry = body["messages"][0] if "messages" in body else body
        if message.plan.sent_at is None:
            continue
        if "sendAt" in entry:
            assert rfc3339(message.plan.sent_at) >= entry["sendAt"]
        if "deliveryTimeWindow" in entry:
            opens = entry["deliveryTimeWindow"]["from"]["hour"]
            assert (message.plan.sent_at // (60 * MINUTE) - opens) % 24 < 8
        key = (message.plan.sent_at // 1000, str(entry["priority"]))
        sent[key] = sent.get(key, 0) + 1
    assert max(sent.values()) <= 5
