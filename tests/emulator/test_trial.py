"""The test message that the inbox sends."""

import json
from typing import Any

import pytest
from blackkonnect_emulator.fault_rules import FaultRule
from blackkonnect_emulator.problems import Problem
from blackkonnect_emulator.trial import send_test

pytestmark = pytest.mark.anyio

NUMBER = "+233200000001"


async def test_it_goes_the_way_of_all_messages(each_edition: Any) -> None:
    gateway, inside = each_edition, each_edition.inside
    # No fault is shown to it, and none is used up.
    rule = inside.faults.add(FaultRule("closed"))
    number = await send_test(inside, inside.tenants.get("acme"), NUMBER, "ACME", "Hello")
    (message,) = await gateway.ledger()
    assert (message.number, message.text, message.destination, message.source_address) == (
        number,
        "Hello",
        NUMBER,
        "ACME",
    )
    assert inside.faults.get(rule).fired == 0
    exchange = inside.journal.find(message.correlation_id)
    assert (exchange.operation, exchange.status, exchange.tenant) == ("sendMessage", 200, "acme")
    assert json.loads(exchange.request_body)["text"] == "Hello"
    assert json.loads(exchange.answer_body)["correlationId"] == message.correlation_id
    gateway.clock.advance(0.3)
    assert [seen.reached.status for seen in await gateway.ledger()] == ["SENT"]


@pytest.mark.parametrize("sender", [None, ""])
async def test_nobody_may_send_it_and_to_nobody_in_particular(gateway: Any, sender: str | None) -> None:
    inside = gateway.inside
    assert await send_test(inside, inside.tenants.anonymous, NUMBER, sender, "Hello") is not None
    assert [message.source_address for message in await gateway.ledger("")] == [None]
    assert await gateway.ledger("acme") == []


async def test_refused(gateway: Any) -> None:
    inside = gateway.inside
    assert await send_test(inside, inside.tenants.get("acme"), "+12025550107", None, "Hello") is None
    assert await gateway.ledger() == []


@pytest.mark.parametrize(
    ("destination", "sender", "text", "places"),
    [
        ("", None, "Hello", ["#/destination"]),
        ("233 20", None, "Hello", ["#/destination"]),
        (NUMBER, "x" * 16, "Hello", ["#/sourceAddress"]),
        (NUMBER, None, "", ["#/text"]),
        ("x", "x" * 16, "", ["#/destination", "#/sourceAddress", "#/text"]),
        (NUMBER, None, "\ud800", []),
        (NUMBER, None, "ɛ" * (255 * 67 + 1), ["#/text"]),
    ],
)
async def test_what_breaks_a_rule(
    gateway: Any, destination: str, sender: str | None, text: str, places: list[str]
) -> None:
    inside = gateway.inside
    with pytest.raises(Problem) as caught:
        await send_test(inside, inside.tenants.get("acme"), destination, sender, text)
    assert caught.value.status == 400
    assert sorted(place["pointer"] for place in caught.value.places) == places
    assert await gateway.ledger() == []
