"""`handleDeliveryReceipt`, which only edition 2025-05-16 has."""

from typing import Any

import pytest

pytestmark = pytest.mark.anyio


@pytest.fixture
def earlier(start: Any) -> Any:
    return start(edition="2025-05-16")


async def status(gateway: Any, client: Any) -> tuple[str, str]:
    found = (await client.get(gateway.STATUS.format("m1"))).json()
    return found["deliveryStatus"], found["deliveryTimestamp"]


async def send(gateway: Any, client: Any) -> None:
    asked = {**gateway.example("leastMessage"), "messageId": "m1"}
    assert (await client.post(gateway.SINGLE, json=asked)).status_code == 200


async def test_a_receipt_sets_a_final_status_that_stays(earlier: Any) -> None:
    async with earlier.signed_in() as client:
        await send(earlier, client)
        earlier.clock.advance(0.5)
        told = {
            "messageId": "m1",
            "deliveryStatus": "UNDELIVERED",
            "deliveryTimestamp": "2026-03-02T08:00:00.4Z",
        }
        for _ in range(2):
            answer = await client.get(
                earlier.RECEIPT, params={**told, "receiptId": "r1", "partReferenceId": "1"}
            )
            assert answer.status_code == 200
            content = answer.json()
            assert content["message"] == {}
            assert content["items"] == [content["data"]]
            assert content["data"]["deliveryStatus"] == "UNDELIVERED"
            assert content["data"]["receiptId"] == "r1"
            assert await status(earlier, client) == ("UNDELIVERED", "2026-03-02T08:00:00.400Z")
            earlier.clock.advance(60)
        for late in ("DELIVERED", "SENT", "QUEUED", "FAILED"):
            answer = await client.get(earlier.RECEIPT, params={**told, "deliveryStatus": late})
            assert answer.json()["data"]["deliveryStatus"] == "UNDELIVERED"
        assert await status(earlier, client) == ("UNDELIVERED", "2026-03-02T08:00:00.400Z")


async def test_a_receipt_that_is_late_changes_nothing(earlier: Any) -> None:
    async with earlier.signed_in() as client:
        await send(earlier, client)
        earlier.clock.advance(0.4)
        before = await status(earlier, client)
        for late in ("QUEUED", "SENT"):
            answer = await client.get(earlier.RECEIPT, params={"messageId": "m1", "deliveryStatus": late})
            assert answer.json()["data"]["deliveryStatus"] == "SENT"
        assert await status(earlier, client) == before


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({}, 200),
        ({"destination": "233200000003"}, 200),
        ({"destination": "+233200000003"}, 200),
        ({"destination": "+233200000004"}, 404),
        ({"bulkReferenceId": "b1"}, 404),
        ({"messageId": "m2"}, 404),
        ({"deliveryStatus": "LOST"}, 400),
        ({"deliveryTimestamp": "yesterday"}, 400),
        ({"deliveryTimestamp": "0000-01-01T00:00:00Z"}, 200),
        ({"deliveryTimestamp": "9999-12-31T23:59:59-23:59"}, 200),
        ({"mobileCountryCode": "62"}, 400),
    ],
)
async def test_which_message_is_meant(earlier: Any, more: dict[str, str], code: int) -> None:
    async with earlier.signed_in() as client:
        await send(earlier, client)
        answer = await client.get(
            earlier.RECEIPT, params={"messageId": "m1", "deliveryStatus": "DELIVERED", **more}
        )
    assert answer.status_code == code, answer.text


async def test_what_is_missing_is_named(earlier: Any) -> None:
    async with earlier.signed_in() as client:
        answer = await client.get(earlier.RECEIPT)
    assert answer.status_code == 400
    assert [error["parameter"] for error in answer.json()["errors"]] == ["messageId", "deliveryStatus"]


async def test_a_receipt_for_another_clients_message(earlier: Any) -> None:
    async with earlier.signed_in() as client:
        await send(earlier, client)
    params = {"messageId": "m1", "deliveryStatus": "FAILED"}
    async with earlier.signed_in("other") as client:
        assert (await client.get(earlier.RECEIPT, params=params)).status_code == 404
    async with earlier.client() as client:
        assert (await client.get(earlier.RECEIPT, params=params)).status_code == 404


async def test_the_later_edition_has_no_receipts(gateway: Any) -> None:
    async with gateway.signed_in() as client:
        answer = await client.get(gateway.RECEIPT, params={"messageId": "m1", "deliveryStatus": "FAILED"})
    assert answer.status_code == 404
