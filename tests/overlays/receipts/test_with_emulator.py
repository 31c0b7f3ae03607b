"""Receivers behind real servers, called by the emulator as a gateway calls: in both editions."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from blackkonnect_sms import BlackkonnectSMS, MessageStatus
from blackkonnect_sms.receipts import Receipt, ReceiptsASGI, ReceiptsWSGI, make_url, merge

pytest.importorskip("blackkonnect_emulator")

MINUTE = 60
START = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
DATA = "campaign=spring&é 🙏\n+%"
TWICE, OUT_OF_ORDER, UNDELIVERED = "+12025550110", "+12025550111", "+12025550101"


class Desk:
    """Takes receipts as a program would: in the order in which they come, merged into what it knows."""

    def __init__(self) -> None:
        self.got: list[Receipt] = []
        self.statuses: dict[str, MessageStatus] = {}
        self.failures = 0
        self._lock = threading.Lock()

    def take(self, receipt: Receipt) -> None:
        with self._lock:
            self.got.append(receipt)
            if self.failures:
                self.failures -= 1
                raise LookupError(f"no place for {receipt.destination}")
            known = self.statuses.get(receipt.message_id)
            self.statuses[receipt.message_id] = merge(known, receipt)

    async def take_async(self, receipt: Receipt) -> None:
        self.take(receipt)

    def told(self, message_id: str) -> list[str]:
        return [one.status for one in self.got if one.message_id == message_id]


@pytest.fixture
def desk() -> Desk:
    return Desk()


@contextmanager
def _asgi(servers: Any, secret: str, desk: Desk) -> Iterator[str]:
    with servers.asgi(ReceiptsASGI(desk.take_async, secret=secret)) as address:
        yield address


@contextmanager
def _asgi_in_threads(servers: Any, secret: str, desk: Desk) -> Iterator[str]:
    with servers.asgi(ReceiptsASGI(desk.take, secret=secret)) as address:
        yield address


@contextmanager
def _wsgi(servers: Any, secret: str, desk: Desk) -> Iterator[str]:
    with servers.wsgi(ReceiptsWSGI(desk.take, secret=secret)) as address:
        yield address


@contextmanager
def _starlette(servers: Any, secret: str, desk: Desk) -> Iterator[str]:
    applications = pytest.importorskip("starlette.applications")
    routing = pytest.importorskip("starlette.routing")
    inner = routing.Mount("/receipts", ReceiptsASGI(desk.take_async, secret=secret))
    with servers.asgi(applications.Starlette(routes=[routing.Mount("/sms", routes=[inner])])) as address:
        yield f"{address}/sms/receipts"


@contextmanager
def _fastapi_behind_a_proxy(servers: Any, secret: str, desk: Desk) -> Iterator[str]:
    fastapi = pytest.importorskip("fastapi")
    app = fastapi.FastAPI()
    app.mount("/receipts", ReceiptsASGI(desk.take, secret=secret))
    with servers.asgi(app, root_path="/gw") as address:
        yield f"{address}/receipts"


@pytest.fixture(params=[_asgi, _asgi_in_threads, _wsgi, _starlette, _fastapi_behind_a_proxy])
def address(request: pytest.FixtureRequest, servers: Any, secret: str, desk: Desk) -> Iterator[str]:
    """The address of a receiver, of each kind in turn, without the secret."""
    with request.param(servers, secret, desk) as served:
        yield served


def test_each_receipt_arrives_as_it_was_sent(
    edition: str, emulator: Any, address: str, desk: Desk, secret: str
) -> None:
    emulator.set_callback(f"{address}/{secret}?key=a%2Fb")
    with BlackkonnectSMS.from_env(emulator.env) as sms:
        single = sms.send("+233200000003", "Hello", sender="ACME")
        bulk = sms.send_bulk(["+233200000001", UNDELIVERED], "Hello", callback_data=DATA)
        emulator.advance(MINUTE)
        assert desk.told(single.message_id) == ["SENT", "DELIVERED"]
        assert [desk.told(message_id) for message_id in bulk.message_ids] == [
            ["SENT", "DELIVERED"],
            ["SENT", "UNDELIVERED"],
        ]
        seen = {one.receipt_id: one for one in emulator.receipts()}
        for got in desk.got:
            sent = seen.pop(got.receipt_id)
            assert (got.message_id, got.status, got.timestamp) == (sent.message_id, sent.status, sent.since)
            assert (sent.state, [attempt.outcome for attempt in sent.attempts]) == ("delivered", ["200"])
            assert got.part_id == "1"
            assert got.extra == (("key", "a/b"),)
            in_bulk = got.message_id in bulk.message_ids
            assert (got.bulk_id, got.callback_data) == ((bulk.bulk_id, DATA) if in_bulk else (None, None))
            assert got.sender == (None if in_bulk else "ACME")
        assert seen == {}
        # What receipts tell is what the gateway says when it is asked.
        for message_id in (single.message_id, *bulk.message_ids):
            known, asked = desk.statuses[message_id], sms.status(message_id)
            assert (known.status, known.timestamp) == (asked.status, asked.timestamp)
            assert known.is_final
            assert known.destination == asked.destination
    assert emulator.control.describe().edition == edition


def test_twice_and_out_of_order(emulator: Any, address: str, desk: Desk, secret: str) -> None:
    emulator.set_callback(f"{address}/{secret}")
    with BlackkonnectSMS.from_env(emulator.env) as sms:
        twice, out_of_order = sms.send(TWICE, "Hello"), sms.send(OUT_OF_ORDER, "Hello")
        emulator.advance(MINUTE)
    assert desk.told(twice.message_id) == ["SENT", "SENT", "DELIVERED", "DELIVERED"]
    assert desk.told(out_of_order.message_id) == ["DELIVERED", "SENT"]
    assert [desk.statuses[one.message_id].status for one in (twice, out_of_order)] == ["DELIVERED"] * 2
    ids = [one.receipt_id for one in desk.got]
    assert len(set(ids)) == 4


def test_a_handler_that_fails_gets_the_receipt_again(
    emulator: Any, address: str, desk: Desk, secret: str, caplog: pytest.LogCaptureFixture
) -> None:
    emulator.set_callback(f"{address}/{secret}")
    desk.failures = 2
    with BlackkonnectSMS.from_env(emulator.env) as sms:
        sent = sms.send("+233200000003", "Hello")
        emulator.advance(1)
        assert desk.told(sent.message_id) == ["SENT"]
        assert sent.message_id not in desk.statuses
        emulator.advance(10 * MINUTE)
    assert desk.told(sent.message_id) == ["SENT", "SENT", "SENT", "DELIVERED"]
    assert desk.statuses[sent.message_id].status == "DELIVERED"
    outcomes = {one.status: [try_.outcome for try_ in one.attempts] for one in emulator.receipts()}
    assert outcomes == {"SENT": ["500", "500", "200"], "DELIVERED": ["200"]}
    told = [record.getMessage() for record in caplog.records if record.name == "blackkonnect_sms.receipts"]
    assert told == ["the handler of receipts failed: LookupError"] * 2
    assert secret not in caplog.text
    assert "233200000003" not in "".join(told)


def test_a_wrong_secret_is_never_taken(emulator: Any, address: str, desk: Desk) -> None:
    emulator.set_callback(f"{address}/not-the-secret-of-it")
    with BlackkonnectSMS.from_env(emulator.env) as sms:
        sms.send("+233200000003", "Hello")
        emulator.advance(1)
    assert desk.got == []
    (sent,) = [one for one in emulator.receipts() if one.attempts]
    assert [one.outcome for one in sent.attempts] == ["404"]


def test_a_made_receipt_arrives_like_a_real_one(address: str, desk: Desk, secret: str) -> None:
    made = Receipt("m-1", "DELIVERED", timestamp=START, callback_data="🙏" * 4000, extra=(("key", "a/b"),))
    escaped = "".join(f"%{ord(character):02X}" for character in secret)
    with httpx.Client(trust_env=False) as client:
        for path in (secret, escaped):
            answer = client.get(make_url(f"{address}/{path}", made))
            assert (answer.status_code, answer.content) == (200, b"")
        assert client.get(make_url(f"{address}/{secret}/", made)).status_code == 404
        refused = client.get(f"{address}/{secret}?messageId=m-1")
        assert refused.status_code == 400
        assert refused.json()["errors"] == [{"parameter": "deliveryStatus", "detail": "must be given"}]
        for method in ("HEAD", "POST"):
            answer = client.request(method, make_url(f"{address}/{secret}", made))
            assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")
            assert bool(answer.content) == (method == "POST")
    assert desk.got == [made, made]
