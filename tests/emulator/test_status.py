"""Asking what became of messages, through HTTP."""

import asyncio
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.anyio


async def test_statuses_advance_with_the_clock(each_edition: Any) -> None:
    gateway = each_edition
    told: list[tuple[str, str]] = []
    async with gateway.signed_in() as client:
        sent = (await client.post(gateway.SINGLE, json=gateway.example("oneTimePassword"))).json()
        for step in (0, 0.2, 0.1, 0.5, 0.3, 1_000_000):
            gateway.clock.advance(step)
            client.headers["Authorization"] = f"Bearer {await gateway.token()}"
            found = [
                (await client.get(gateway.STATUS.format(sought))).json()
                for sought in (sent["correlationId"], sent["data"]["messageId"])
            ]
            assert found[0] == found[1]
            told.append((found[0]["deliveryStatus"], found[0]["deliveryTimestamp"]))
    assert [status for status, _ in told] == ["QUEUED", "QUEUED", "SENT", "SENT", "DELIVERED", "DELIVERED"]
    assert told[0][1] == "2026-03-02T08:00:00.000Z"
    assert [time for _, time in told] == sorted(time for _, time in told)
    assert told[-1] == told[-2]


async def test_only_the_later_edition_tells_the_sender(each_edition: Any) -> None:
    gateway = each_edition
    later = gateway.settings.edition == "2026-02-25"
    async with gateway.signed_in() as client:
        sent = (await client.post(gateway.SINGLE, json=gateway.example("oneTimePassword"))).json()
        found = (await client.get(gateway.STATUS.format(sent["correlationId"]))).json()
    assert found.get("sourceAddress") == ("ACME" if later else None)
    assert ("sourceAddress" in gateway.example("delivered")) == later


async def test_a_window_and_a_validity(gateway: Any) -> None:
    # It is Monday, 8 o'clock.
    entry = {"destinations": [{"destination": "+233200000001"}], "text": "We open at 9"}
    tuesday = {"days": ["TUESDAY"], "from": {"hour": 9, "minute": 0}, "to": {"hour": 10, "minute": 0}}
    asked = {
        "bulkId": "b",
        "messages": [
            entry,
            {**entry, "deliveryTimeWindow": tuesday},
            {**entry, "deliveryTimeWindow": tuesday, "validityPeriodMinutes": 60},
            {**entry, "sendAt": "2026-03-02T10:00:00+01:00"},
        ],
    }
    seen: list[list[str]] = []
    async with gateway.signed_in() as client:
        assert (await client.post(gateway.BULK, json=asked)).status_code == 200
        for step in (1, 3598, 2, 24 * 3600):
            gateway.clock.advance(step)
            client.headers["Authorization"] = f"Bearer {await gateway.token()}"
            statuses = (await client.get(gateway.BULK_STATUS.format("b"))).json()
            seen.append([status["deliveryStatus"] for status in statuses])
    assert seen == [
        ["DELIVERED", "QUEUED", "QUEUED", "QUEUED"],
        ["DELIVERED", "QUEUED", "QUEUED", "QUEUED"],
        ["DELIVERED", "QUEUED", "EXPIRED", "DELIVERED"],
        ["DELIVERED", "DELIVERED", "EXPIRED", "DELIVERED"],
    ]


async def test_a_bulk_is_found_by_both_ids_and_not_as_a_message(each_edition: Any) -> None:
    gateway = each_edition
    async with gateway.signed_in() as client:
        single = (await client.post(gateway.SINGLE, json=gateway.example("leastMessage"))).json()
        sent = (await client.post(gateway.BULK, json=gateway.example("openingHours"))).json()
        answers = [
            (await client.get(gateway.BULK_STATUS.format(sought))).json()
            for sought in (sent["bulkId"], sent["correlationId"])
        ]
        assert answers[0] == answers[1]
        assert (await client.get(gateway.STATUS.format(sent["correlationId"]))).status_code == 404
        assert (await client.get(gateway.BULK_STATUS.format(single["correlationId"]))).status_code == 404
    if gateway.settings.edition == "2025-05-16":
        assert answers[0]["destination"] == "+233200000001"
    else:
        assert [status["destination"] for status in answers[0]] == [
            "+233200000001",
            "+233200000002",
            "+233200000003",
        ]


async def test_pages_and_orders(gateway: Any) -> None:
    numbers = [f"+23320000000{digit}" for digit in (5, 3, 9, 1, 7, 3, 5)]
    entries = [
        {"destinations": [{"destination": number} for number in numbers[:4]], "text": "one", "priority": 9},
        {"destinations": [{"destination": number} for number in numbers[4:]], "text": "two"},
    ]
    async with gateway.signed_in() as client:
        await client.post(gateway.BULK, json={"bulkId": "b", "messages": entries})
        gateway.clock.advance(0.2)

        async def listed(**query: Any) -> list[str]:
            answer = await client.get(gateway.BULK_STATUS.format("b"), params=query)
            assert answer.status_code == 200, answer.text
            return [status["destination"] for status in answer.json()]

        assert await listed() == numbers
        assert await listed(size=3) == numbers[:3]
        assert await listed(size=3, page=2) == numbers[6:]
        assert await listed(size=3, page=3) == []
        assert await listed(size=2000, page=2**31 - 1) == []
        assert await listed(sort="destination") == sorted(numbers)
        assert await listed(sort="destination,desc") == sorted(numbers, reverse=True)
        # Those with the highest priority are SENT already.
        assert await listed(sort=["deliveryStatus,desc", "destination"]) == sorted(numbers[:4]) + sorted(
            numbers[4:]
        )
        assert await listed(sort="deliveryTimestamp,asc") == numbers[4:] + numbers[:4]
        assert await listed(unknown="ignored") == numbers


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("page=-1", ["page"]),
        ("page=1_0", ["page"]),
        ("page=%201", ["page"]),
        ("page=+1", ["page"]),
        ("page=%2B1", ["page"]),
        ("page=%EF%BC%91", ["page"]),
        ("page=1.0", ["page"]),
        ("page=01", ["page"]),
        ("page=", ["page"]),
        ("page", ["page"]),
        ("page=%FF", ["page"]),
        ("page=2147483648", ["page"]),
        ("page=" + "9" * 5000, ["page"]),
        ("page=1&page=1", ["page"]),
        ("size=0&page=x", ["page", "size"]),
        ("size=2001", ["size"]),
        ("sort=text", ["sort"]),
        ("sort=destination,up", ["sort"]),
        ("sort=destination%0A", ["sort"]),
        ("sort=", ["sort"]),
        ("sort=destination&sort=destination&sort=destination&sort=destination&sort=destination", ["sort"]),
    ],
)
async def test_wrong_queries(gateway: Any, query: str, names: list[str]) -> None:
    async with gateway.signed_in() as client:
        answer = await client.get(f"{gateway.BULK_STATUS.format('b')}?{query}")
    assert answer.status_code == 400
    assert [error["parameter"] for error in answer.json()["errors"]] == names


async def test_wrong_headers(gateway: Any) -> None:
    async with gateway.signed_in() as client:
        headers = {"X-ServiceAccount-ID": "no spaces", "X-Organisation-ID": "x" * 65}
        answer = await client.get(gateway.STATUS.format("m"), headers=headers)
    assert answer.status_code == 400
    assert {error["parameter"] for error in answer.json()["errors"]} == set(headers)


@pytest.mark.parametrize(
    ("sought", "status"),
    [
        ("nobody", 404),
        ("a%2Fb", 400),
        ("a%00b", 400),
        ("%F0%9F%99%8F", 400),
        ("%FF", 400),
        ("x" * 101, 400),
        ("x" * 100, 404),
        ("%61", 404),
        ("-starts-with-a-dash", 400),
        ("a%0A", 400),
        ("..%2f..%2fetc", 400),
        ("'%20OR%201=1--", 400),
    ],
)
async def test_odd_ids(each_edition: Any, sought: str, status: int) -> None:
    gateway = each_edition
    async with gateway.signed_in() as client:
        for path in (gateway.STATUS, gateway.BULK_STATUS):
            answer = await client.get(path.format(sought))
            assert answer.status_code == status
            if status == 400:
                assert answer.json()["errors"][0]["parameter"].lower().endswith("correlationid")


async def test_tenants_never_meet(each_edition: Any) -> None:
    gateway = each_edition
    async with gateway.signed_in() as client:
        single = (await client.post(gateway.SINGLE, json=gateway.example("oneTimePassword"))).json()
        sent = (await client.post(gateway.BULK, json=gateway.example("openingHours"))).json()
    askers = [gateway.signed_in("other")]
    if gateway.settings.edition == "2025-05-16":
        askers.append(gateway.client())
    for asker in askers:
        async with asker as client:
            for sought in (single["correlationId"], single["data"]["messageId"]):
                assert (await client.get(gateway.STATUS.format(sought))).status_code == 404
            for sought in (sent["bulkId"], sent["correlationId"]):
                assert (await client.get(gateway.BULK_STATUS.format(sought))).status_code == 404


# Each run makes an emulator of its own; the fixture only closes them in the end.
@settings(
    derandomize=True,
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(st.floats(0, 2), max_size=12), to_sent=st.floats(0, 3), more=st.floats(0, 3))
def test_a_status_never_goes_back(start: Any, steps: list[float], to_sent: float, more: float) -> None:
    order = ["QUEUED", "SENT", "DELIVERED"]
    gateway = start(seconds_to_sent=to_sent, seconds_to_final=to_sent + more)

    async def run() -> None:
        latest = (0, "")
        async with gateway.signed_in() as client:
            sent = (await client.post(gateway.SINGLE, json=gateway.example("leastMessage"))).json()
            for step in steps:
                gateway.clock.advance(step)
                status = (await client.get(gateway.STATUS.format(sent["correlationId"]))).json()
                found = (order.index(status["deliveryStatus"]), status["deliveryTimestamp"])
                assert found >= latest
                latest = found

    asyncio.run(run())
