"""The latest exchanges: bounded, and without secrets."""

import json
from dataclasses import replace
from typing import Any

import pytest
from blackkonnect_emulator.answers import Answer
from blackkonnect_emulator.fault_rules import FaultRule
from blackkonnect_emulator.gateway import Call
from blackkonnect_emulator.journal import Entry, Exchange, Journal

pytestmark = pytest.mark.anyio

ANSWER = Answer(200, b"", "application/json")


def entry(tenant: str = "acme", *, secret: bool = False, **fields: Any) -> Entry:
    given: dict[str, Any] = {"method": "POST", "path": b"/p", "query": b"", "headers": (), **fields}
    return Entry("sendMessage", secret, tenant=tenant, **given)


def test_the_newest_first_and_only_so_many() -> None:
    journal = Journal()
    for _ in range(1001):
        journal.add(entry(), ANSWER)
    assert [exchange.number for exchange in journal.latest(limit=3)] == [1001, 1000, 999]
    assert [exchange.number for exchange in journal.latest(before=4, limit=5)] == [3, 2]
    assert len(journal.latest(limit=10_000)) == 1000
    assert journal.latest(before=2) == []
    assert journal.latest(limit=0) == []


def _size(one: Exchange) -> int:
    headers = sum(len(name) + len(value) for name, value in one.request_headers)
    return headers + len(one.request_body) + len(one.answer_body) + len(one.path)


@pytest.mark.parametrize(
    "large",
    [
        {"body": b"x" * 4_000_000},
        {"answer_body": b"x" * 4_000_000},
        {"headers": [(b"x-long", b"x" * 60_000)]},
        {"path": b"/" + b"x" * 60_000},
        {"query": b"x" * 60_000},
    ],
)
def test_large_exchanges_are_cut_and_pushed_out(large: dict[str, Any]) -> None:
    journal = Journal()
    for _ in range(1000):
        answer = replace(ANSWER, body=large.get("answer_body", b""))
        journal.add(entry(**{name: value for name, value in large.items() if name != "answer_body"}), answer)
    kept = journal.latest(limit=10_000)
    assert len(kept) > 10
    # In all no more than it may keep, whatever it was that was large.
    assert sum(_size(one) for one in kept) < 3.1 * 1024 * 1024
    assert all(len(one.request_body) <= 32_768 and len(one.answer_body) <= 32_768 for one in kept)
    journal.clear()
    for _ in range(1000):
        journal.add(entry(), ANSWER)
    assert len(journal.latest(limit=10_000)) == 1000


def test_clearing_one_tenants() -> None:
    journal = Journal()
    for tenant in ("acme", "other", "acme"):
        journal.add(entry(tenant), ANSWER)
    journal.clear("acme")
    assert [exchange.tenant for exchange in journal.latest()] == ["other"]
    assert journal.latest("acme") == []
    journal.add(entry(), ANSWER)
    assert journal.latest("acme")[0].number == 4


async def test_what_a_message_came_by(gateway: Any) -> None:
    asked = gateway.example("oneTimePassword")
    async with gateway.signed_in() as client:
        sent = await client.post(f"{gateway.SINGLE}?x=1", json=asked)
    found = gateway.inside.journal.find(sent.json()["correlationId"])
    assert (found.method, found.path, found.operation, found.tenant, found.status, found.fault) == (
        "POST",
        f"{gateway.SINGLE}?x=1",
        "sendMessage",
        "acme",
        200,
        None,
    )
    assert json.loads(found.request_body) == asked
    assert found.answer_body == sent.content
    assert dict(found.answer_headers)["content-type"] == "application/json"
    assert dict(found.request_headers)["authorization"] == "(hidden)"
    assert gateway.inside.journal.find("nobody") is None


async def test_refusals_are_there_too(gateway: Any) -> None:
    async with gateway.client() as anonymous, gateway.signed_in() as client:
        await anonymous.post(gateway.SINGLE, json={})
        await client.post(gateway.SINGLE, json={})
        await client.get(gateway.STATUS.format("nobody"))
    told = [(one.tenant, one.status) for one in gateway.inside.journal.latest(limit=3)]
    assert told == [("acme", 404), ("acme", 400), ("", 401)]


async def test_no_secret_is_kept(each_edition: Any) -> None:
    gateway = each_edition
    secret = "TOP" + "SECRET"
    form = {"grant_type": "client_credentials", "client_id": "acme", "client_secret": secret}
    async with gateway.client() as client:
        await client.post(gateway.TOKEN, data=form)
        await client.post(gateway.TOKEN, params=form)
        await client.post(gateway.TOKEN, content=secret)
        for name in ("Authorization", "Cookie", "Proxy-Authorization"):
            await client.get(gateway.STATUS.format("m"), headers={name: f"Bearer {secret}"})
    token = await gateway.token()
    async with gateway.client(token) as client:
        await client.get(gateway.STATUS.format("m"))
    journal = gateway.inside.journal
    assert len(journal.latest()) == 8
    for exchange in journal.latest():
        shown = "".join(f"{getattr(exchange, name)!r}" for name in exchange.__slots__)
        assert secret not in shown
        assert token not in shown
        assert token.rpartition(".")[2] not in shown
        if exchange.operation == "retrieveAccessToken":
            assert exchange.request_body == exchange.answer_body == b""


async def test_no_repr_shows_text_numbers_or_tokens(start: Any) -> None:
    gateway = start(edition="2025-05-16")
    asked = gateway.example("oneTimePassword")
    async with gateway.signed_in() as client:
        await client.post(gateway.SINGLE, json=asked)
        told = {"messageId": "m", "destination": "233200000001", "deliveryStatus": "DELIVERED"}
        await client.get(gateway.RECEIPT, params=told)
    going = entry(body=json.dumps(asked).encode(), headers=[(b"authorization", b"Bearer x")], query=b"ACME")
    tenant = gateway.inside.tenants.get("acme")
    operation = gateway.inside.document.operations[0]
    call = Call(operation, tenant, told, asked, going, 0)
    for shown in map(repr, (going, gateway.inside.journal._kept, *gateway.inside.journal.latest(), call)):
        for secret in ("233200000001", asked["text"], "Bearer", "ACME"):
            assert secret not in shown


@pytest.mark.parametrize(
    ("kind", "status", "body"),
    [
        ("closed", None, 0),
        ("answer-lost", None, 0),
        ("truncated", 200, 0.5),
        ("garbled", 200, 1),
        ("internal-error", 500, 1),
    ],
)
async def test_what_went_out_with_a_fault(gateway: Any, kind: str, status: int | None, body: float) -> None:
    gateway.inside.faults.add(FaultRule(kind, operation="sendMessage"))
    async with gateway.signed_in(checks=False) as client:
        try:
            await client.post(gateway.SINGLE, json=gateway.example("oneTimePassword"))
        except ConnectionError:
            assert kind in ("closed", "answer-lost", "truncated")
    latest = gateway.inside.journal.latest()[0]
    assert (latest.fault, latest.status) == (kind, status)
    if status is None:
        assert (latest.answer_body, list(latest.answer_headers)) == (b"", [])
    else:
        whole = int(dict(latest.answer_headers)["content-length"])
        assert len(latest.answer_body) == int(whole * body)
