"""What the operator tells of a message, through the control API: in both editions alike."""

from typing import Any

import pytest

pytestmark = pytest.mark.anyio

TO = "+233200000001"
START = "2026-03-02T08:00:00.000Z"


@pytest.fixture(params=["2025-05-16", "2026-02-25"])
def gateway(request: pytest.FixtureRequest, start: Any) -> Any:
    return start(edition=request.param, profile="lenient")


async def test_it_moves_the_message_as_the_document_tells_it(control: Any) -> None:
    sent = await control.send(TO, "x", messageId="m1")
    await control("POST", "clock", {"advance": 0.5})
    at = "2026-03-02T09:00:00.4+01:00"
    shown = await control("POST", "messages/1/receipt", {"status": "UNDELIVERED", "at": at})
    assert shown == await control("GET", "messages/1")
    assert (shown["messageId"], shown["status"], shown["final"]) == ("m1", "UNDELIVERED", True)
    assert shown["timeline"] == [
        {"status": "QUEUED", "at": START},
        {"status": "SENT", "at": "2026-03-02T08:00:00.300Z"},
        {"status": "UNDELIVERED", "at": "2026-03-02T08:00:00.400Z"},
    ]
    assert shown["ahead"] == []
    async with control.gateway.signed_in() as client:
        for sought in ("m1", sent["correlationId"]):
            told = (await client.get(control.gateway.STATUS.format(sought))).json()
            assert told["deliveryStatus"] == "UNDELIVERED"
            assert told["deliveryTimestamp"] == "2026-03-02T08:00:00.400Z"


async def test_a_final_status_stays(control: Any) -> None:
    await control.send(TO, "x")
    final = await control("POST", "messages/1/receipt", {"status": "FAILED"})
    assert [one["status"] for one in final["timeline"]] == ["QUEUED", "FAILED"]
    await control("POST", "clock", {"advance": 3 * 24 * 3600})
    for late in (await control("GET", ""))["statuses"]:
        shown = await control("POST", "messages/1/receipt", {"status": late})
        assert (shown["status"], shown["timeline"]) == ("FAILED", final["timeline"])


async def test_what_is_past_or_known_changes_nothing(control: Any) -> None:
    await control.send(TO, "x")
    await control("POST", "clock", {"to": "next event"})
    before = await control("GET", "messages/1")
    assert before["status"] == "SENT"
    for late in ("QUEUED", "SENT"):
        assert await control("POST", "messages/1/receipt", {"status": late}) == before


async def test_sent_comes_before_its_time(control: Any) -> None:
    await control.send(TO, "x")
    await control("POST", "clock", {"advance": 0.1})
    shown = await control("POST", "messages/1/receipt", {"status": "SENT"})
    assert (shown["status"], shown["since"]) == ("SENT", "2026-03-02T08:00:00.100Z")
    assert [one["status"] for one in shown["ahead"]] == ["DELIVERED"]


@pytest.mark.parametrize(
    ("at", "since"),
    [
        ("1999-01-01T00:00:00Z", "2026-03-02T08:00:00.300Z"),
        ("2099-01-01T00:00:00Z", "2026-03-02T08:00:00.500Z"),
        (None, "2026-03-02T08:00:00.500Z"),
    ],
)
async def test_time_does_not_go_back_nor_ahead(control: Any, at: str | None, since: str) -> None:
    await control.send(TO, "x")
    await control("POST", "clock", {"advance": 0.5})
    shown = await control("POST", "messages/1/receipt", {"status": "DELIVERED", "at": at})
    assert shown["since"] == since


async def test_of_messages_with_one_id_the_one_of_the_number_is_meant(control: Any) -> None:
    for tenant in ("acme", "acme", "other"):
        await control.send(TO, "x", tenant, messageId="m1")
    await control("POST", "messages/1/receipt", {"status": "REJECTED"})
    statuses = [(await control("GET", f"messages/{number}"))["status"] for number in (1, 2, 3)]
    assert statuses == ["REJECTED", "QUEUED", "QUEUED"]


async def test_whoever_waits_is_told(control: Any) -> None:
    await control.send(TO, "x", messageId="m1")
    await control("POST", "messages/1/receipt", {"status": "EXPIRED"})
    found = await control("GET", "messages/wait?messageId=m1&status=EXPIRED&timeout=0")
    assert found["number"] == 1


@pytest.mark.parametrize("number", ["2", "0", "x", "9" * 30])
async def test_a_message_that_there_is_not(control: Any, number: str) -> None:
    await control.send(TO, "x")
    problem = await control("POST", f"messages/{number}/receipt", {"status": "DELIVERED"}, 404)
    assert problem["detail"] == "There is no such message."
    await control("POST", "reset")
    await control("POST", "messages/1/receipt", {"status": "DELIVERED"}, 404)


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        (None, {"#/status"}),
        ({}, {"#/status"}),
        ({"status": None}, {"#/status"}),
        ({"status": "LOST"}, {"#/status"}),
        ({"status": 1, "at": "yesterday"}, {"#/status", "#/at"}),
        ({"status": "DELIVERED", "at": 5}, {"#/at"}),
        ({"status": "DELIVERED", "at": "2026-02-30T00:00:00Z"}, {"#/at"}),
        ({"status": "DELIVERED", "deliveryStatus": "DELIVERED"}, {"#/deliveryStatus"}),
        ([], {"#"}),
    ],
)
async def test_what_is_wrong_is_named(control: Any, body: Any, wrong: set[str]) -> None:
    await control.send(TO, "x")
    assert wrong <= await control.wrong("POST", "messages/1/receipt", body)
    assert (await control("GET", "messages/1"))["status"] == "QUEUED"
    assert await control.wrong("POST", "messages/1/receipt?status=SENT", {"status": "SENT"}) == {"status"}


async def test_what_would_be_right_is_told(control: Any) -> None:
    await control.send(TO, "x")
    for body in ({}, {"status": "LOST"}):
        (place,) = (await control("POST", "messages/1/receipt", body, 400))["errors"]
        assert "UNDELIVERED" in place["detail"]
