"""What receipts say, to whom they go, and in which order."""

from typing import Any

import pytest
from blackkonnect_emulator.clock import ScaledClock

pytestmark = pytest.mark.anyio

SECOND = 1000


def parameters_of(gateway: Any) -> dict[str, dict[str, Any]]:
    document = gateway.checked.document
    found = [
        gateway.checked.at(parameter)
        for item in document["webhooks"].values()
        for parameter in item["get"]["parameters"]
        if item["get"]["operationId"] == "receiveDeliveryReceipt"
    ]
    return {parameter["name"]: parameter for parameter in found}


def check(gateway: Any, got: dict[str, str]) -> None:
    parameters = parameters_of(gateway)
    assert got.keys() <= parameters.keys()
    for name, parameter in parameters.items():
        assert name in got or not parameter.get("required")
        if name in got:
            gateway.checked.fits(parameter["schema"], got[name])


@pytest.mark.parametrize("edition", ["2025-05-16", "2026-02-25"])
async def test_each_status_is_told_when_it_is_reached(
    start: Any, receiver: Any, edition: str, send: Any
) -> None:
    gateway = start(edition=edition, callbacks={"acme": receiver.address})
    await send(gateway, "m1", sourceAddress="A & B")
    await gateway.inside.time.advance(299)
    assert receiver.got == []
    await gateway.inside.time.advance(1)
    assert receiver.told == [("m1", "SENT")]
    await gateway.inside.time.advance(700)
    assert receiver.told == [("m1", "SENT"), ("m1", "DELIVERED")]
    await gateway.inside.time.advance(3 * 24 * 3600 * SECOND)
    assert len(receiver.got) == 2
    for got in receiver.got:
        check(gateway, got)
    sent, final = receiver.got
    assert sent.pop("receiptId") != final.pop("receiptId")
    assert sent == {
        "messageId": "m1",
        "deliveryStatus": "SENT",
        "deliveryTimestamp": "2026-03-02T08:00:00.300Z",
        "partReferenceId": "1",
        "destination": "+233200000003",
        "sourceAddress": "A & B",
    }
    assert final == {
        **sent, "deliveryStatus": "DELIVERED", "deliveryTimestamp": "2026-03-02T08:00:01.000Z",
    }  # fmt: skip
    await gateway.inside.receipts.stop()


async def test_a_receipt_of_a_bulk_hands_back_what_its_entry_gave(sending: Any, receiver: Any) -> None:
    data = "campaign=spring&é 🙏\n+%"
    body = {
        "bulkId": "b1",
        "messages": [
            {"text": "one", "destinations": [{"destination": "+233200000001"}]},
            {
                "text": "two",
                "callbackData": data,
                "destinations": [
                    {"destination": "+233200000002", "messageId": "m2"},
                    {"destination": "+233200000004"},
                ],
            },
            {
                "text": "three",
                "callbackData": "🙏" * 4000,
                "destinations": [{"destination": "+233200000005"}],
            },
        ],
    }
    async with sending.signed_in() as client:
        assert (await client.post(sending.BULK, json=body)).status_code == 200
    await sending.inside.time.advance(1000)
    assert len(receiver.got) == 8
    handed = {got["destination"]: got.get("callbackData") for got in receiver.got}
    assert handed == {
        "+233200000001": None, "+233200000002": data, "+233200000004": data, "+233200000005": "🙏" * 4000,
    }  # fmt: skip
    for got in receiver.got:
        check(sending, got)
        assert got["bulkReferenceId"] == "b1"
    assert len({got["receiptId"] for got in receiver.got}) == 8


async def test_the_query_of_the_address_is_kept(start: Any, receiver: Any, send: Any) -> None:
    gateway = start(callbacks={"acme": f"{receiver.address}?key=a%2Fb"})
    await send(gateway, "m1")
    await gateway.inside.time.advance(300)
    assert receiver.requests[0].startswith("GET /hook-9f3a?key=a%2Fb&messageId=m1&")
    assert receiver.got[0]["key"] == "a/b"
    await gateway.inside.receipts.stop()


async def test_each_tenant_gets_its_own(start: Any, receiver: Any, send: Any) -> None:
    gateway = start(callbacks={"acme": f"{receiver.address}/acme", "other": f"{receiver.address}/other"})
    await send(gateway, "m1")
    await send(gateway, "m1", "other", destination="+233200000009")
    await gateway.inside.time.advance(1000)
    paths = {
        (head.split(" ")[1].partition("?")[0], got["destination"])
        for head, got in zip(receiver.requests, receiver.got, strict=True)
    }
    assert paths == {("/hook-9f3a/acme", "+233200000003"), ("/hook-9f3a/other", "+233200000009")}
    receipts = gateway.inside.receipts
    for tenant in gateway.inside.tenants:
        log = await receipts.log(tenant.number)
        assert [seen.tenant for seen in log] == [tenant.name] * (2 if tenant.name else 0)
    assert len(await receipts.log()) == 4
    await receipts.stop()


async def test_no_address_no_receipts(start: Any, send: Any) -> None:
    gateway = start()
    await send(gateway, "m1")
    await gateway.inside.time.advance(1000)
    assert await gateway.inside.receipts.log() == []
    assert await gateway.inside.receipts.next_due(gateway.inside.tenants) is None


async def test_the_final_status_alone(start: Any, receiver: Any, send: Any) -> None:
    gateway = start(callbacks={"acme": receiver.address}, receipts="final")
    await send(gateway, "m1")
    await send(gateway, "m2", destination="+12025550102")
    await gateway.inside.time.advance(1000)
    assert receiver.told == [("m2", "REJECTED"), ("m1", "DELIVERED")]
    await gateway.inside.receipts.stop()


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("+12025550100", ["SENT", "DELIVERED"]),
        ("+12025550101", ["SENT", "UNDELIVERED"]),
        ("+12025550103", ["FAILED"]),
        ("+12025550104", ["SENT", "EXPIRED"]),
        ("+12025550105", ["EXPIRED"]),
        ("+12025550110", ["SENT", "SENT", "DELIVERED", "DELIVERED"]),
        ("+12025550111", ["DELIVERED", "SENT"]),
        ("+12025550112", []),
    ],
)
async def test_outcomes(sending: Any, receiver: Any, number: str, told: list[str], send: Any) -> None:
    await send(sending, "m1", destination=number)
    await sending.inside.time.advance(49 * 3600 * SECOND)
    assert [status for _, status in receiver.told] == told
    ids = [got["receiptId"] for got in receiver.got]
    assert len(set(ids)) == len(set(told))
    seen = await sending.inside.receipts.of(1)
    assert [(one.status, one.state) for one in seen] == [(s, "delivered") for s in dict.fromkeys(told)]
    assert sum(len(one.attempts) for one in seen) == len(told)


async def test_receipts_come_in_the_order_of_time(sending: Any, receiver: Any) -> None:
    for number, at in enumerate(["2026-03-04T08:00:00Z", "2026-03-03T08:00:00Z", "2026-03-02T08:00:00Z"]):
        body = {
            "messages": [
                {
                    "text": "x",
                    "sendAt": at,
                    "destinations": [{"destination": "+233200000001", "messageId": f"m{number}"}],
                }
            ]
        }
        async with sending.signed_in() as client:
            assert (await client.post(sending.BULK, json=body)).status_code == 200
    await sending.inside.time.advance(3 * 24 * 3600 * SECOND)
    assert receiver.told == [(f"m{n}", status) for n in (2, 1, 0) for status in ("SENT", "DELIVERED")]
    seen = await sending.inside.receipts.log()
    assert all(one.attempts[0].at == one.since for one in seen)


async def test_many_at_once_stay_in_order_for_each_message(sending: Any, receiver: Any) -> None:
    destinations = [{"destination": f"+23320{n:07}", "messageId": f"m{n}"} for n in range(200)]
    body = {"messages": [{"text": "x", "destinations": destinations}]}
    async with sending.signed_in() as client:
        assert (await client.post(sending.BULK, json=body)).status_code == 200
    # The clock passes both statuses before anything is delivered.
    sending.clock.advance(5)
    await sending.inside.time.advance(0)
    for n in range(200):
        assert [status for message, status in receiver.told if message == f"m{n}"] == ["SENT", "DELIVERED"]
    assert receiver.connections <= 16


async def test_a_clock_moved_by_hand_and_any_request(sending: Any, receiver: Any, send: Any) -> None:
    await send(sending, "m1")
    sending.clock.advance(5)
    version = sending.inside.changes.version
    async with sending.client() as client:
        await client.get("/nowhere")
    while len(receiver.got) < 2 or await sending.inside.receipts.next_due(sending.inside.tenants):
        version = await sending.inside.changes.wait(version, 10)
    assert receiver.told == [("m1", "SENT"), ("m1", "DELIVERED")]


async def test_by_itself_as_the_clock_goes(start: Any, receiver: Any, send: Any) -> None:
    gateway = start(callbacks={"acme": receiver.address}, clock=ScaledClock(100))
    await send(gateway, "m1")
    version = 0
    while len(receiver.got) < 2:
        version = await gateway.inside.changes.wait(version, 10)
    assert receiver.told == [("m1", "SENT"), ("m1", "DELIVERED")]
    await gateway.inside.receipts.stop()
