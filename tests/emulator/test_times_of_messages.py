"""When messages go: by their time, window, validity and priority, through HTTP."""

from typing import Any

import pytest
from blackkonnect_emulator.outcome_kinds import OUTCOMES

pytestmark = pytest.mark.anyio

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR


async def told_after(
    gateway: Any, fields: dict[str, Any], *after: int, to: str = "+233200000001"
) -> list[str]:
    """Send a message of a bulk, and list its statuses so many milliseconds after that."""
    entry = {"destinations": [{"destination": to, "messageId": "m"}], "text": "We open at 9", **fields}
    begin = gateway.clock.now()
    told: list[str] = []
    async with gateway.signed_in() as client:
        answer = await client.post(gateway.BULK, json={"messages": [entry]})
        assert answer.status_code == 200, answer.text
        for time in after:
            gateway.clock.move_to(begin + time)
            told.append(await gateway.status(client, "m"))
    return told


@pytest.mark.parametrize(
    ("send_at", "waits"),
    [
        ("2026-03-02T07:59:59Z", 0),
        ("1999-01-01T00:00:00Z", 0),
        ("2026-03-02T08:00:05Z", 5000),
        ("2026-03-02T08:00:05.250Z", 5250),
        ("2026-03-02T13:30:05+05:30", 5000),
        ("2026-08-29T08:00:00Z", 180 * DAY),
    ],
)
async def test_send_at(start: Any, send_at: str, waits: int) -> None:
    gateway = start(token_seconds=10**8)
    steps = [max(0, waits - 1), waits + 299, waits + 300, waits + 999, waits + 1000]
    assert await told_after(gateway, {"sendAt": send_at}, *steps) == [
        "QUEUED",
        "QUEUED",
        "SENT",
        "SENT",
        "DELIVERED",
    ]


@pytest.mark.parametrize(
    ("fields", "minutes"),
    [
        ({}, 2880),
        ({"validityPeriodMinutes": 1}, 1),
        ({"validityPeriodMinutes": 2880}, 2880),
        ({"validityPeriodMinutes": 2881}, 2880),
        ({"validityPeriodMinutes": 2**31 - 1}, 2880),
        ({"validityPeriodMinutes": 60, "sendAt": "2026-03-02T09:00:00Z"}, 120),
        ({"validityPeriodMinutes": 60, "sendAt": "2026-03-02T07:00:00Z"}, 60),
    ],
)
async def test_a_validity_is_48_hours_at_most(start: Any, fields: dict[str, Any], minutes: int) -> None:
    gateway = start(token_seconds=10**8)
    ends = minutes * MINUTE
    stuck = OUTCOMES["stuck"].number
    assert await told_after(gateway, fields, ends - 1, ends, to=stuck) == ["QUEUED", "EXPIRED"]


def window(days: str, opens: str = "", closes: str = "") -> dict[str, Any]:
    given: dict[str, Any] = {"days": days.split()}
    for name, time in (("from", opens), ("to", closes)):
        if time:
            hour, minute = time.split(":")
            given[name] = {"hour": int(hour), "minute": int(minute)}
    return {"deliveryTimeWindow": given}


@pytest.mark.parametrize(
    ("fields", "opens"),
    [
        # It is Monday, 8 o'clock, UTC.
        (window("MONDAY"), 300),
        (window("MONDAY", "8:00", "9:00"), 300),
        (window("MONDAY", "9:00", "10:00"), HOUR),
        (window("TUESDAY"), 16 * HOUR),
        (window("SUNDAY", "23:30", "08:30"), 300),
        (window("SUNDAY TUESDAY", "23:30", "07:59"), 39 * HOUR + HOUR // 2),
        (window("MONDAY TUESDAY", "07:00", "08:00"), 23 * HOUR),
        ({**window("MONDAY", "9:00", "10:00"), "sendAt": "2026-03-02T09:59:59Z"}, 2 * HOUR - 700),
    ],
)
async def test_a_window(start: Any, fields: dict[str, Any], opens: int) -> None:
    gateway = start(token_seconds=10**8)
    assert await told_after(gateway, fields, opens - 1, opens, opens + 700) == [
        "QUEUED",
        "SENT",
        "DELIVERED",
    ]


async def test_a_window_that_opens_too_late(start: Any) -> None:
    gateway = start(token_seconds=10**8)
    assert await told_after(gateway, window("SUNDAY"), 48 * HOUR - 1, 48 * HOUR, 7 * DAY) == [
        "QUEUED",
        "EXPIRED",
        "EXPIRED",
    ]


async def sent_after(gateway: Any, entries: list[dict[str, Any]]) -> dict[str, list[int | None]]:
    """Send a bulk, and list how long each entry's messages wait before they are SENT."""
    async with gateway.signed_in() as client:
        assert (await client.post(gateway.BULK, json={"messages": entries})).status_code == 200
    waits: dict[str, list[int | None]] = {}
    for message in await gateway.ledger():
        sent_at = message.plan.sent_at
        waits.setdefault(message.text, []).append(None if sent_at is None else sent_at - gateway.clock.now())
    return waits


async def test_those_of_a_higher_priority_go_first(start: Any) -> None:
    gateway = start(messages_per_second=2, seconds_to_sent=0)
    three = [{"destination": f"+23320000000{digit}"} for digit in range(3)]
    entries: list[dict[str, Any]] = [
        {"text": "low", "destinations": three, "priority": 1},
        {"text": "high", "destinations": three, "priority": 9},
        {"text": "none", "destinations": three},
    ]
    assert await sent_after(gateway, entries) == {
        "high": [0, 500, 1000],
        "low": [1500, 2000, 2500],
        "none": [3000, 3500, 4000],
    }


async def test_those_that_expire_in_the_queue_keep_nobody_waiting(start: Any) -> None:
    gateway = start(messages_per_second=1, seconds_to_sent=0)
    many = [{"destination": f"+2332000{number:05}"} for number in range(100)]
    entries: list[dict[str, Any]] = [
        {"text": "short", "destinations": many, "validityPeriodMinutes": 1},
        {"text": "long", "destinations": many[:3]},
    ]
    assert await sent_after(gateway, entries) == {
        "short": [second * 1000 for second in range(60)] + [None] * 40,
        "long": [60_000, 61_000, 62_000],
    }


async def test_a_queue_that_outlasts_its_window(start: Any) -> None:
    gateway = start(messages_per_second=0.02, seconds_to_sent=0)
    many = [{"destination": f"+2332000{number:05}"} for number in range(80)]
    entries: list[dict[str, Any]] = [
        {"text": "x", "destinations": many, **window("MONDAY TUESDAY", "08:00", "09:00")}
    ]
    # Of an hour's 72 turns each is 50 seconds long.
    assert (await sent_after(gateway, entries))["x"] == [
        *(number * 50_000 for number in range(72)),
        *(DAY + number * 50_000 for number in range(8)),
    ]
