"""Sending, single and bulk, through HTTP."""

from typing import Any
from uuid import UUID

import pytest

pytestmark = pytest.mark.anyio

NUMBERS = ["+233200000001", "+233200000002", "+233200000003"]


def bulk(**fields: Any) -> dict[str, Any]:
    entry = {"destinations": [{"destination": number} for number in NUMBERS], "text": "We open at 9"}
    return {"messages": [{**entry, **fields}]}


async def test_single(each_edition: Any) -> None:
    gateway = each_edition
    asked = gateway.example("oneTimePassword")
    async with gateway.signed_in() as client:
        answer = await client.post(gateway.SINGLE, json=asked)
    assert answer.status_code == 200
    content = answer.json()
    assert content["data"] == asked
    assert content["items"] == [asked]
    assert content["requestId"] == asked["requestId"]
    assert content["deliveryStatus"] == "QUEUED"
    assert content["isSuccessful"] is True
    assert content["message"] == ({} if gateway.settings.edition == "2025-05-16" else None)


async def test_ids_are_made_where_none_is_chosen(each_edition: Any) -> None:
    gateway = each_edition
    async with gateway.signed_in() as client:
        one = (await client.post(gateway.SINGLE, json=gateway.example("leastMessage"))).json()
        two = (await client.post(gateway.BULK, json=gateway.example("leastBulk"))).json()
    made = {
        one["data"]["messageId"],
        one["correlationId"],
        one["conversationId"],
        two["bulkId"],
        two["correlationId"],
        two["conversationId"],
        two["items"][0]["destinations"][0]["messageId"],
    }
    assert len(made) == 7
    assert all(UUID(text).version == 7 for text in made)
    assert two["smsMessageDeliveryStatuses"][0]["messageId"] in made


async def test_bulk(each_edition: Any) -> None:
    gateway = each_edition
    asked = gateway.example("openingHours")
    async with gateway.signed_in() as client:
        answer = await client.post(gateway.BULK, json=asked)
    assert answer.status_code == 200
    content = answer.json()
    assert content["bulkId"] == asked["bulkId"]
    assert content["items"] == asked["messages"]
    assert content["data"] == asked["messages"][0]
    assert content["itemPagination"] == {
        "totalElements": 2,
        "pageSize": 2,
        "totalPages": 1,
        "pageNumber": 0,
        "offSet": 0,
    }
    fates = content["smsMessageDeliveryStatuses"]
    assert [fate["destination"] for fate in fates] == NUMBERS
    assert [fate["smsCount"] for fate in fates] == [1, 1, 2]
    assert {fate["messageGroupStatus"]["deliveryStatus"] for fate in fates} == {"QUEUED"}


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("x" * 160, 1),
        ("x" * 161, 2),
        ("x" * 306, 2),
        ("x" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ɛ" * 70, 1),
        ("ɛ" * 71, 2),
        ("🙏" * 35, 1),
        ("🙏" * 36, 2),
        ("ɛ" * 135, 3),
    ],
)
async def test_sms_count(each_edition: Any, text: str, needed: int) -> None:
    gateway = each_edition
    async with gateway.signed_in() as client:
        content = (await client.post(gateway.BULK, json=bulk(text=text))).json()
        single = {**gateway.example("leastMessage"), "text": text}
        assert (await client.post(gateway.SINGLE, json=single)).status_code == 200
    assert [fate["smsCount"] for fate in content["smsMessageDeliveryStatuses"]] == [needed] * 3
    assert {message.parts for message in await gateway.ledger()} == {needed}


async def test_what_the_sender_says_is_handed_back(each_edition: Any) -> None:
    gateway = each_edition
    said = {"callbackData": "order 7 \u0000🙏", "sendAt": "2026-03-02T09:00:00+01:00", "priority": 3}
    chosen = [{"destination": number, "messageId": f"m{number[-1]}"} for number in NUMBERS]
    asked = bulk(destinations=chosen, validityPeriodMinutes=7, **said)
    async with gateway.signed_in() as client:
        content = (await client.post(gateway.BULK, json={**asked, "bulkId": "my.bulk-1"})).json()
        found = await client.get(gateway.STATUS.format("m2"))
    assert content["items"] == asked["messages"]
    assert content["bulkId"] == "my.bulk-1"
    assert [fate["messageId"] for fate in content["smsMessageDeliveryStatuses"]] == ["m1", "m2", "m3"]
    assert (found.json()["messageId"], found.json()["bulkReferenceId"]) == ("m2", "my.bulk-1")


async def test_some_ids_chosen_and_some_made(gateway: Any) -> None:
    destinations = [{"destination": NUMBERS[0], "messageId": "mine"}, {"destination": NUMBERS[1]}]
    entries = [
        {"destinations": destinations, "text": "one"},
        {"destinations": destinations[1:], "text": "two"},
    ]
    async with gateway.signed_in() as client:
        content = (await client.post(gateway.BULK, json={"messages": entries})).json()
        ids = [fate["messageId"] for fate in content["smsMessageDeliveryStatuses"]]
        texts = {message.message_id: message.text for message in await gateway.ledger()}
        assert [texts[message_id] for message_id in ids] == ["one", "one", "two"]
        assert ids[0] == "mine"
        for message_id in ids:
            assert await gateway.status(client, message_id) == "QUEUED"
    echoed = [one["messageId"] for entry in content["items"] for one in entry["destinations"]]
    assert echoed == ids


async def test_a_large_bulk_keeps_its_order(gateway: Any) -> None:
    numbers = [f"+2332{number:08}" for number in range(10_000)]
    asked = {
        "bulkId": "large",
        "messages": [
            {"destinations": [{"destination": number} for number in numbers], "text": "We open at 9"}
        ],
    }
    async with gateway.signed_in() as client:
        answer = await client.post(gateway.BULK, json=asked)
        assert [fate["destination"] for fate in answer.json()["smsMessageDeliveryStatuses"]] == numbers
        listed: list[str] = []
        for page in range(6):
            path = gateway.BULK_STATUS.format("large")
            statuses = await client.get(path, params={"page": page, "size": 2000})
            listed += [status["destination"] for status in statuses.json()]
    assert listed == numbers


@pytest.mark.parametrize(
    ("kind", "first", "second", "places"),
    [
        ("SINGLE", {"messageId": "m1"}, {"messageId": "m1"}, ["#/messageId"]),
        ("BULK", {"bulkId": "b1"}, {"bulkId": "b1"}, ["#/bulkId"]),
    ],
)
async def test_an_id_that_was_used_before(
    gateway: Any, kind: str, first: dict[str, str], second: dict[str, str], places: list[str]
) -> None:
    rest = gateway.example("leastMessage" if kind == "SINGLE" else "leastBulk")
    async with gateway.signed_in() as client:
        assert (await client.post(getattr(gateway, kind), json={**rest, **first})).status_code == 200
        answer = await client.post(getattr(gateway, kind), json={**rest, **second})
        assert answer.status_code == 409
        assert [error["pointer"] for error in answer.json()["errors"]] == places
    async with gateway.signed_in("other") as client:
        assert (await client.post(getattr(gateway, kind), json={**rest, **second})).status_code == 200


async def test_a_used_id_in_a_bulk_stores_nothing(gateway: Any) -> None:
    chosen = [{"destination": NUMBERS[0], "messageId": name} for name in ("new", "used", "newer")]
    async with gateway.signed_in() as client:
        least = gateway.example("leastMessage")
        assert (await client.post(gateway.SINGLE, json={**least, "messageId": "used"})).status_code == 200
        answer = await client.post(gateway.BULK, json=bulk(destinations=chosen))
        assert answer.status_code == 409
        assert [error["pointer"] for error in answer.json()["errors"]] == [
            "#/messages/0/destinations/1/messageId"
        ]
        assert (await client.get(gateway.STATUS.format("new"))).status_code == 404


async def test_an_id_that_stands_twice_in_one_request(gateway: Any) -> None:
    chosen = [{"destination": number, "messageId": "same"} for number in NUMBERS]
    async with gateway.signed_in() as client:
        answer = await client.post(gateway.BULK, json=bulk(destinations=chosen))
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [
        "#/messages/0/destinations/1/messageId",
        "#/messages/0/destinations/2/messageId",
    ]


async def test_the_sender_of_a_bulk_is_its_destinations(gateway: Any) -> None:
    destinations = [{"destination": NUMBERS[0]}, {"destination": NUMBERS[1], "sourceAddress": "OTHER"}]
    async with gateway.signed_in() as client:
        asked = {**bulk(destinations=destinations), "sourceAddress": "ACME", "bulkId": "b"}
        assert (await client.post(gateway.BULK, json=asked)).status_code == 200
        statuses = (await client.get(gateway.BULK_STATUS.format("b"))).json()
    assert [status["sourceAddress"] for status in statuses] == ["ACME", "OTHER"]


HOURS = {"from": {"hour": 8, "minute": 0}, "to": {"hour": 8, "minute": 59}}


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"sendAt": "2026-08-29T08:00:00.001Z"}, "sendAt"),
        ({"sendAt": "9999-12-31T23:59:59-23:59"}, "sendAt"),
        ({"deliveryTimeWindow": {"days": ["MONDAY"], **HOURS}}, "deliveryTimeWindow/to"),
        (
            {"deliveryTimeWindow": {"days": ["MONDAY"], "from": HOURS["to"], "to": HOURS["to"]}},
            "deliveryTimeWindow/to",
        ),
        ({"text": "ɛ" * (255 * 67 + 1)}, "text"),
    ],
)
async def test_rules_that_no_schema_says(gateway: Any, fields: dict[str, Any], place: str) -> None:
    async with gateway.signed_in() as client:
        answer = await client.post(gateway.BULK, json=bulk(**fields))
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"#/messages/0/{place}"]


@pytest.mark.parametrize(
    "fields",
    [
        {"sendAt": "2026-08-29T08:00:00Z"},
        {"sendAt": "0000-01-01T00:00:00Z"},
        {"sendAt": "2016-12-31T23:59:60Z"},
        {
            "deliveryTimeWindow": {
                "days": ["MONDAY"],
                "from": {"hour": 23, "minute": 30},
                "to": {"hour": 0, "minute": 30},
            }
        },
        {"deliveryTimeWindow": {"days": ["MONDAY"]}},
        {"validityPeriodMinutes": 2**31 - 1},
        {"priority": 1.0, "validityPeriodMinutes": 60.0},
        {"text": "ɛ" * (255 * 67)},
        {"text": "\u0000"},
        {"callbackData": "x" * 4000},
    ],
)
async def test_what_is_just_right(gateway: Any, fields: dict[str, Any]) -> None:
    async with gateway.signed_in() as client:
        answer = await client.post(gateway.BULK, json=bulk(**fields))
    assert answer.status_code == 200, answer.text
