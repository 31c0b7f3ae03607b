"""Every kind of fault, through HTTP: what the client sees, and what the gateway took."""

import asyncio
import json
from dataclasses import replace
from typing import Any

import httpx
import pytest
from blackkonnect_emulator.answers import ConnectionClosedError
from blackkonnect_emulator.fault_kinds import FAULTS
from blackkonnect_emulator.fault_rules import FaultRule

pytestmark = pytest.mark.anyio

OPERATIONS = {
    "retrieveAccessToken": None,
    "sendMessage": "oneTimePassword",
    "sendBulkMessages": "openingHours",
    "getMessageStatus": None,
    "getBulkMessageStatus": None,
}
SENDS = {"sendMessage": 1, "sendBulkMessages": 3}
STATUS = {
    "rate-limited": 429,
    "internal-error": 500,
    "unavailable": 503,
    "token-refused": 401,
    "garbled": 200,
    "latency": 200,
}
WAYS = [
    FaultRule("latency", seconds=0.001),
    FaultRule("rate-limited"),
    FaultRule("rate-limited", retry_after=7),
    FaultRule("internal-error"),
    FaultRule("internal-error", taken=True),
    FaultRule("unavailable"),
    FaultRule("unavailable", retry_after=0),
    FaultRule("unavailable", taken=True),
    FaultRule("closed"),
    FaultRule("answer-lost"),
    FaultRule("truncated"),
    FaultRule("garbled"),
    FaultRule("token-refused"),
]


async def ask(gateway: Any, client: httpx.AsyncClient, operation: str) -> httpx.Response:
    """Ask rightly; the messages asked after are there before."""
    match operation:
        case "retrieveAccessToken":
            form = {"grant_type": "client_credentials", "client_id": "acme", "client_secret": "acme's secret"}
            return await client.post(gateway.TOKEN, data=form)
        case "sendMessage":
            return await client.post(gateway.SINGLE, json=gateway.example("oneTimePassword"))
        case "sendBulkMessages":
            return await client.post(gateway.BULK, json=gateway.example("openingHours"))
        case "getMessageStatus":
            return await client.get(gateway.STATUS.format("before"))
        case "getBulkMessageStatus":
            return await client.get(gateway.BULK_STATUS.format("before"))
    told = {"messageId": "before", "destination": "233200000001", "deliveryStatus": "FAILED"}
    return await client.get(gateway.RECEIPT, params=told)


async def with_something_sent(gateway: Any, client: httpx.AsyncClient) -> None:
    least = gateway.example("leastMessage")
    sent = await client.post(
        gateway.SINGLE, json={**least, "messageId": "before", "destination": "+233200000001"}
    )
    assert sent.status_code == 200
    bulk = await client.post(gateway.BULK, json={**gateway.example("leastBulk"), "bulkId": "before"})
    assert bulk.status_code == 200


def test_all_kinds_are_tried() -> None:
    assert {rule.kind for rule in WAYS} == set(FAULTS) - {"status-lags"}


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("rule", WAYS, ids=FaultRule.to_text)
async def test_what_is_seen_and_what_is_taken(gateway: Any, rule: FaultRule, operation: str) -> None:
    checks = rule.kind != "garbled"
    inside = gateway.inside
    async with gateway.signed_in(checks=checks) as client:
        await with_something_sent(gateway, client)
        before = len(await gateway.ledger())
        number = inside.faults.add(
            FaultRule(
                rule.kind,
                operation,
                count=1,
                seconds=rule.seconds,
                retry_after=rule.retry_after,
                taken=rule.taken,
            )
        )
        if rule.kind in ("closed", "answer-lost", "truncated"):
            with pytest.raises(ConnectionClosedError):
                await ask(gateway, client, operation)
        else:
            answer = await ask(gateway, client, operation)
            assert answer.status_code == STATUS[rule.kind]
            wanted = None if rule.retry_after is None else str(rule.retry_after)
            assert answer.headers.get("Retry-After") == wanted
            assert ("WWW-Authenticate" in answer.headers) == (rule.kind == "token-refused")
            if rule.kind == "garbled":
                with pytest.raises(ValueError):
                    answer.json()
        assert inside.faults.get(number).fired == 1
        assert inside.journal.latest()[0].fault == rule.kind
        taken = rule.done or rule.kind == "latency"
        sent = SENDS.get(operation, 0)
        assert len(await gateway.ledger()) - before == (sent if taken else 0)
        # Once and never again; and what was taken is there as any other.
        answer = await ask(gateway, client, operation)
        assert answer.status_code == (409 if sent and taken else 200)
        if sent:
            example = gateway.example(OPERATIONS[operation])
            found = gateway.STATUS.format(example.get("messageId", ""))
            path = gateway.BULK_STATUS.format(example["bulkId"]) if "bulkId" in example else found
            assert (await client.get(path)).status_code == 200


@pytest.mark.parametrize("rule", WAYS, ids=FaultRule.to_text)
async def test_a_receipt_is_taken_or_not(start: Any, rule: FaultRule) -> None:
    gateway = start(edition="2025-05-16")
    async with gateway.client(checks=rule.kind != "garbled") as client:
        await with_something_sent(gateway, client)
        gateway.inside.faults.add(
            replace(rule, operation="handleDeliveryReceipt", tenant="", retry_after=rule.retry_after)
        )
        if rule.kind in ("closed", "answer-lost", "truncated"):
            with pytest.raises(ConnectionClosedError):
                await ask(gateway, client, "handleDeliveryReceipt")
        else:
            answer = await ask(gateway, client, "handleDeliveryReceipt")
            assert answer.status_code == STATUS[rule.kind]
        taken = rule.done or rule.kind == "latency"
        assert await gateway.status(client, "before") == ("FAILED" if taken else "QUEUED")


async def test_half_of_an_answer(gateway: Any) -> None:
    gateway.inside.faults.add(FaultRule("truncated", operation="sendMessage"))
    token = await gateway.token()
    body = json.dumps(gateway.example("oneTimePassword")).encode()
    sent: list[Any] = []
    closed: list[bool] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    def headers() -> list[tuple[bytes, bytes]]:
        return [
            (b"host", b"127.0.0.1"),
            (b"content-type", b"application/json"),
            (b"authorization", f"Bearer {token}".encode()),
        ]

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": gateway.SINGLE,
        "raw_path": gateway.SINGLE.encode(),
        "query_string": b"",
        "headers": headers(),
        "extensions": {"blackkonnect_emulator.abort": lambda: closed.append(True)},
    }
    # A server that can close the connection is asked to, and nothing is raised.
    await gateway.app(scope, receive, send)
    assert closed == [True]
    length = int(dict(sent[0]["headers"])[b"content-length"])
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert sent[0]["status"] == 200
    assert len(sent[1]["body"]) == length // 2
    assert sent[1]["more_body"] is True


@pytest.mark.parametrize("kind", ["answer-lost", "truncated", "garbled"])
async def test_what_is_refused_is_refused_all_the_same(gateway: Any, kind: str) -> None:
    gateway.inside.faults.add(FaultRule(kind))
    async with gateway.client() as client:
        assert (await client.get(gateway.STATUS.format("m"))).status_code == 401
    rule = gateway.inside.faults.rules()[0]
    assert rule.fired == 0
    gateway.inside.faults.clear()
    async with gateway.signed_in() as client:
        await client.post(gateway.SINGLE, json=gateway.example("oneTimePassword"))
        gateway.inside.faults.add(FaultRule(kind))
        assert (await client.post(gateway.SINGLE, json={})).status_code == 400
        assert (await client.get(gateway.STATUS.format("nobody"))).status_code == 404
        again = await client.post(gateway.SINGLE, json=gateway.example("oneTimePassword"))
        assert again.status_code == 409
    assert len(await gateway.ledger()) == 1


async def test_statuses_that_lag(each_edition: Any) -> None:
    gateway = each_edition
    async with gateway.signed_in() as client:
        sent = (await client.post(gateway.SINGLE, json=gateway.example("oneTimePassword"))).json()
        bulk = (await client.post(gateway.BULK, json=gateway.example("openingHours"))).json()
        gateway.inside.faults.add(FaultRule("status-lags", seconds=0.5))
        seen: list[tuple[str | None, int]] = []
        for step in (0, 0.4, 0.1, 0.3, 0.7):
            gateway.clock.advance(step)
            found = await client.get(gateway.BULK_STATUS.format(bulk["bulkId"]))
            seen.append((await gateway.status(client, sent["correlationId"]), found.status_code))
        assert seen == [(None, 404), (None, 404), ("QUEUED", 200), ("SENT", 200), ("DELIVERED", 200)]
        # What is sent goes on at its own time.
        assert (await client.post(gateway.SINGLE, json=gateway.example("leastMessage"))).status_code == 200


async def test_count_and_skip(gateway: Any) -> None:
    gateway.inside.faults.add(FaultRule("internal-error", "sendMessage", skip=2, count=3))
    codes: list[int] = []
    async with gateway.signed_in() as client:
        for _ in range(8):
            codes.append(
                (await client.post(gateway.SINGLE, json=gateway.example("leastMessage"))).status_code
            )
            assert (await client.get(gateway.STATUS.format("nobody"))).status_code == 404
    assert codes == [200, 200, 500, 500, 500, 200, 200, 200]
    assert len(await gateway.ledger()) == 5


async def test_a_probability_is_seeded(start: Any) -> None:
    drawn: list[list[int]] = []
    for seed in (1, 1, 2):
        gateway = start(seed=seed, faults=[FaultRule("unavailable", "sendMessage", probability=0.3)])
        async with gateway.signed_in() as client:
            example = gateway.example("leastMessage")
            drawn.append([(await client.post(gateway.SINGLE, json=example)).status_code for _ in range(100)])
        assert len(await gateway.ledger()) == drawn[-1].count(200)
    assert drawn[0] == drawn[1] != drawn[2]
    assert 15 < drawn[0].count(503) < 45


async def test_one_tenants_faults_are_not_anothers(gateway: Any) -> None:
    gateway.inside.faults.add(FaultRule("rate-limited", tenant="acme", retry_after=30))
    # The token request knows its tenant by the credentials.
    async with gateway.signed_in("other") as client:
        assert (await client.get(gateway.STATUS.format("m"))).status_code == 404
    async with gateway.client() as client:
        answer = await ask(gateway, client, "retrieveAccessToken")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "30")


async def test_faults_come_after_the_checks_and_never_show_two_at_once(gateway: Any) -> None:
    gateway.inside.faults.add(FaultRule("internal-error", "sendMessage", count=1))
    gateway.inside.faults.add(FaultRule("unavailable", "sendMessage", count=1))
    gateway.inside.faults.add(FaultRule("latency", seconds=0))
    async with gateway.signed_in() as client:
        least = gateway.example("leastMessage")
        asked: list[dict[str, Any]] = [{}, least, least, least]
        answers = [await client.post(gateway.SINGLE, json=given) for given in asked]
    assert [answer.status_code for answer in answers] == [400, 500, 503, 200]


async def test_many_at_once(gateway: Any) -> None:
    gateway.inside.faults.add(FaultRule("internal-error", "sendMessage", count=10, taken=True))
    async with gateway.signed_in() as client:
        least = gateway.example("leastMessage")
        answers = await asyncio.gather(*(client.post(gateway.SINGLE, json=least) for _ in range(50)))
    assert sorted(answer.status_code for answer in answers) == [200] * 40 + [500] * 10
    assert len(await gateway.ledger()) == 50
