"""Messages, requests and receipts through the control API, and waiting for a message."""

import asyncio
from typing import Any

import pytest

pytestmark = pytest.mark.anyio


async def pages(control: Any, path: str, name: str) -> list[Any]:
    found: list[Any] = []
    cursor = ""
    while True:
        page = await control("GET", f"{path}{cursor}")
        assert len(page[name]) <= 2
        found += page[name]
        if page["next"] is None:
            return found
        cursor = f"&cursor={page['next']}"


async def test_lists_go_on_from_page_to_page(control: Any) -> None:
    for number in range(5):
        await control.send(f"+23320000000{number}", f"text {number}")
    messages = await pages(control, "messages?limit=2", "messages")
    assert [message["text"] for message in messages] == [f"text {number}" for number in (4, 3, 2, 1, 0)]
    exchanges = await pages(control, "requests?limit=2&operation=sendMessage", "requests")
    assert [one["correlationId"] for one in exchanges] == [one["correlationId"] for one in messages]
    assert [one["number"] for one in exchanges] == sorted((one["number"] for one in exchanges), reverse=True)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("tenant=acme", 2),
        ("tenant=nobody", 0),
        ("destination=%2B233200000001", 2),
        ("destination=233200000001&tenant=acme", 1),
        ("sender=ACME", 1),
        ("status=QUEUED", 3),
        ("status=DELIVERED", 0),
        ("messageId=chosen", 1),
        ("text=STRASSE", 1),
        ("text=chos", 1),
        ("bulkId=x", 0),
    ],
)
async def test_filters(control: Any, query: str, found: int) -> None:
    await control.send("+233200000001", "one", messageId="chosen")
    await control.send("+233200000002", "Große Straße", sourceAddress="ACME")
    await control.send("+233200000001", "three", "other")
    assert len((await control("GET", f"messages?{query}"))["messages"]) == found


async def test_an_unknown_status_is_named(control: Any) -> None:
    assert await control.wrong("GET", "messages?status=LOST") == {"status"}


async def test_a_message_is_shown_in_full(control: Any) -> None:
    sent = await control.send("+233200000001", "hello", priority=3)
    await control("POST", "clock", {"to": "next event"})
    shown = await control("GET", "messages/1")
    assert shown["correlationId"] == sent["correlationId"]
    assert shown["messageId"] == sent["data"]["messageId"]
    assert shown["details"] == {"priority": 3}
    assert [one["status"] for one in shown["timeline"]] == ["QUEUED", "SENT"]
    assert [one["status"] for one in shown["ahead"]] == ["DELIVERED"]
    assert shown["receipts"] == []
    assert '"hello"' in shown["exchange"]["request"]["body"]
    assert sent["correlationId"] in shown["exchange"]["answer"]["body"]
    await control("DELETE", "requests")
    assert (await control("GET", "messages/1"))["exchange"] is None


async def test_requests_of_one_tenant_are_forgotten_alone(control: Any) -> None:
    for tenant in ("acme", "other"):
        await control.send("+233200000001", "x", tenant)
    await control("DELETE", "requests?tenant=acme")
    assert {one["tenant"] for one in (await control("GET", "requests"))["requests"]} == {"other"}
    assert len((await control("GET", "messages"))["messages"]) == 2


async def test_receipts_are_listed(control: Any) -> None:
    await control("PUT", "tenants/acme", {"callback": "http://127.0.0.1:9/"})
    await control.send("+233200000001", "x", messageId="first")
    await control.send("+233200000001", "x", messageId="second")
    listed = await pages(control, "receipts?limit=2", "receipts")
    assert [(one["messageId"], one["status"], one["state"]) for one in reversed(listed)] == [
        ("first", "SENT", "waiting"),
        ("first", "DELIVERED", "waiting"),
        ("second", "SENT", "waiting"),
        ("second", "DELIVERED", "waiting"),
    ]
    assert await pages(control, "receipts?limit=2&messageId=first", "receipts") == listed[2:]
    assert await pages(control, "receipts?limit=2&tenant=other", "receipts") == []
    assert await pages(control, "receipts?limit=2&state=delivered", "receipts") == []
    assert await control.wrong("GET", "receipts?state=lost") == {"state"}
    assert (await control("GET", "messages/2"))["receipts"] == listed[:2][::-1]
    await control("PUT", "tenants/acme", {"callback": ""})


async def test_waiting_finds_what_is_there(control: Any) -> None:
    await control.send("+233200000001", "hello", messageId="chosen")
    for query in (
        "messageId=chosen",
        "destination=233200000001",
        "text=HELL",
        "messageId=chosen&status=QUEUED",
    ):
        assert (await control("GET", f"messages/wait?{query}&timeout=0"))["messageId"] == "chosen"
    await control("POST", "clock", {"advance": 60})
    # A status that was passed counts.
    for status in ("QUEUED", "SENT", "DELIVERED"):
        found = await control("GET", f"messages/wait?messageId=chosen&status={status}&timeout=0")
        assert found["status"] == "DELIVERED"


async def test_waiting_ends_when_the_message_comes(control: Any) -> None:
    waiting = asyncio.ensure_future(control("GET", "messages/wait?text=hello&timeout=60"))
    await control.send("+233200000001", "something else")
    assert not waiting.done()
    await control.send("+233200000001", "hello")
    assert (await waiting)["text"] == "hello"


async def test_waiting_ends_when_the_clock_is_moved_to_the_status(control: Any) -> None:
    await control.send("+233200000001", "hello")
    waiting = asyncio.ensure_future(control("GET", "messages/wait?text=hello&status=DELIVERED&timeout=60"))
    await control("POST", "clock", {"to": "next event"})
    assert not waiting.done()
    await control("POST", "clock", {"to": "next event"})
    assert (await waiting)["status"] == "DELIVERED"


async def test_waiting_ends_when_the_status_comes_by_itself(control: Any) -> None:
    await control("POST", "clock", {"factor": 1000})
    await control.send("+233200000001", "hello")
    found = await control("GET", "messages/wait?text=hello&status=DELIVERED&timeout=60")
    assert found["final"]


async def test_waiting_in_vain_says_how_far_the_message_is(control: Any) -> None:
    problem = await control("GET", "messages/wait?text=hello&timeout=0", status=408)
    assert problem["detail"] == "No such message came in time."
    await control.send("+12025550101", "hello")
    path = "messages/wait?text=hello&timeout=0.01&status="
    problem = await control("GET", f"{path}UNDELIVERED", status=408)
    assert "QUEUED" in problem["detail"]
    assert "manual" in problem["detail"]
    assert "2026-03-02T08:00:01.000Z" in problem["detail"]
    assert "ends as UNDELIVERED" in (await control("GET", f"{path}DELIVERED", status=408))["detail"]
    await control("POST", "clock", {"advance": 60})
    assert "is final" in (await control("GET", f"{path}DELIVERED", status=408))["detail"]


async def test_a_message_is_waited_for_by_what_it_is(control: Any) -> None:
    assert await control.wrong("GET", "messages/wait?status=DELIVERED&tenant=acme") == {"messageId"}
    assert await control.wrong("GET", "messages/wait?text=x&timeout=1e9") == {"timeout"}
    assert await control.wrong("GET", "messages/wait?text=x&timeout=nan") == {"timeout"}
    assert await control.wrong("GET", "messages/wait?text=x&count=3") == {"count"}
