"""What the operator tells through the control API goes on to the customer's address."""

from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio


async def tell(gateway: Any, number: int, status: str) -> Any:
    transport = httpx.ASGITransport(gateway.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        answer = await client.post(f"/_emulator/messages/{number}/receipt", json={"status": status})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("edition", ["2025-05-16", "2026-02-25"])
async def test_the_receipt_has_gone_out_before_the_answer(
    start: Any, receiver: Any, send: Any, edition: str
) -> None:
    gateway = start(edition=edition, callbacks={"acme": receiver.address})
    await send(gateway, "m1")
    await gateway.inside.time.advance(300)
    shown = await tell(gateway, 1, "UNDELIVERED")
    assert receiver.told == [("m1", "SENT"), ("m1", "UNDELIVERED")]
    assert [(one["status"], one["state"]) for one in shown["receipts"]] == [
        ("SENT", "delivered"),
        ("UNDELIVERED", "delivered"),
    ]
    await tell(gateway, 1, "DELIVERED")
    await gateway.inside.time.advance(3 * 24 * 3600 * 1000)
    assert len(receiver.got) == 2
    await gateway.inside.receipts.stop()


async def test_a_receiver_that_is_down_gets_it_later(start: Any, receiver: Any, send: Any) -> None:
    gateway = start(callbacks={"acme": receiver.address})
    await send(gateway, "m1")
    receiver.answer = lambda _: receiver.status(503)
    shown = await tell(gateway, 1, "FAILED")
    assert [(one["status"], one["state"]) for one in shown["receipts"]][-1] == ("FAILED", "waiting")
    receiver.answer = lambda _: receiver.status(204)
    await gateway.inside.time.advance(60_000)
    assert receiver.told == [("m1", "FAILED"), ("m1", "FAILED")]
    await gateway.inside.receipts.stop()


async def test_without_an_address_nothing_goes_out(start: Any, receiver: Any, send: Any) -> None:
    gateway = start(callbacks={"other": receiver.address})
    await send(gateway, "m1")
    assert (await tell(gateway, 1, "FAILED"))["receipts"] == []
    assert receiver.got == []
    await gateway.inside.receipts.stop()
