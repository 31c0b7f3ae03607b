"""Both clients against the emulator: in process, and over real sockets, for both editions."""

from __future__ import annotations

import asyncio
import datetime as dt
import socket
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from blackkonnect_sms import (
    AsyncBlackkonnectSMS,
    AuthenticationError,
    BlackkonnectSMS,
    DuplicateId,
    NotFound,
    OutcomeUnknown,
    Refused,
    RetryPolicy,
    TokenUnavailable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blackkonnect_emulator import Running, Settings

emulator = pytest.importorskip("blackkonnect_emulator")

NUMBERS = ["+233200000001", "+233200000002", "+233200000003"]
CLIENT: dict[str, Any] = {
    "client_id": "acme",
    "client_secret": "s3cr3t-of-acme",
    "retry": RetryPolicy(base=0.05),
}


@pytest.fixture(params=["2025-05-16", "2026-02-25"])
def settings(request: pytest.FixtureRequest) -> Settings:
    made: Settings = emulator.Settings(
        edition=request.param,
        clients={CLIENT["client_id"]: CLIENT["client_secret"]},
        seconds_to_sent=0.01,
        seconds_to_final=0.02,
    )
    return made


@pytest.fixture
def running(settings: Settings) -> Iterator[Running]:
    with emulator.running(settings) as served:
        yield served


@pytest.fixture(params=[False, True], ids=["httpx", "fast"])
def sms(request: pytest.FixtureRequest, running: Running) -> Iterator[BlackkonnectSMS]:
    with BlackkonnectSMS(base_url=running.base_url, fast=request.param, **CLIENT) as made:
        yield made


def test_over_sockets(sms: BlackkonnectSMS) -> None:
    sent = sms.send(NUMBERS[0], "hello", sender="ACME", priority=1)
    assert sms.wait(sent, timeout=10).complete
    assert sms.status(sent).status == "DELIVERED"
    bulk = sms.send_bulk(
        NUMBERS, "hello", validity=dt.timedelta(hours=4), callback_data="x", request_id="r-1"
    )
    assert [fate.outcome for fate in bulk] == ["accepted"] * 3
    waited = sms.wait(bulk, timeout=10)
    assert [status.status for status in waited.statuses.values()] == ["DELIVERED"] * 3
    assert {status.message_id for status in sms.statuses(bulk)} == set(bulk.message_ids)
    with pytest.raises(DuplicateId):
        sms.send(NUMBERS[0], "hello", message_id=sent.message_id)
    with pytest.raises(NotFound):
        sms.status("nobodys")
    with pytest.raises(Refused, match="/text"):
        sms.send(NUMBERS[0], "x" * 100_000)


def test_wrong_credentials(running: Running) -> None:
    sms = BlackkonnectSMS(base_url=running.base_url, client_id="acme", client_secret="wrong")
    with sms, pytest.raises(AuthenticationError):
        sms.send(NUMBERS[0], "hello")


def test_a_gateway_that_is_not_there() -> None:
    # A port that was free a moment ago and that nobody listens on.
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    sms = BlackkonnectSMS(base_url=f"http://127.0.0.1:{port}", deadline=0.5, **CLIENT)
    with sms, pytest.raises(TokenUnavailable):
        sms.send(NUMBERS[0], "hello")


def test_in_process(settings: Settings) -> None:
    app = emulator.create_app(settings)

    class LosesAnswers(httpx.ASGITransport):
        """Lets the gateway take each send, and loses its answer."""

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            response = await super().handle_async_request(request)
            if "/send-" in request.url.path:
                raise httpx.ReadTimeout("lost", request=request)
            return response

    async def run() -> None:
        async with AsyncBlackkonnectSMS(
            base_url="http://127.0.0.1", transport=LosesAnswers(app), **CLIENT
        ) as sms:
            sent = await sms.send(NUMBERS[0], "hello")
            assert sent.reconciled
            bulk = await sms.send_bulk(NUMBERS, "hello")
            assert bulk.reconciled
            assert [fate.outcome for fate in bulk] == ["accepted"] * 3
            assert (await sms.wait(bulk, timeout=10)).complete
            crowd = await asyncio.gather(*(sms.send(NUMBERS[1], "hello") for _ in range(10)))
            assert len({one.message_id for one in crowd}) == 10

    try:
        asyncio.run(run())
    finally:
        app.gateway.close()


def test_a_send_that_never_arrives_is_unknown_and_then_still_not_there(settings: Settings) -> None:
    app = emulator.create_app(settings)

    class LosesRequests(httpx.ASGITransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if "/send-" in request.url.path:
                raise httpx.ReadTimeout("lost", request=request)
            return await super().handle_async_request(request)

    async def run() -> None:
        async with AsyncBlackkonnectSMS(
            base_url="http://127.0.0.1", transport=LosesRequests(app), reconcile_for=0.2, **CLIENT
        ) as sms:
            with pytest.raises(OutcomeUnknown) as raised:
                await sms.send_bulk(NUMBERS, "hello")
            with pytest.raises(OutcomeUnknown):
                await raised.value.reconcile()

    try:
        asyncio.run(run())
    finally:
        app.gateway.close()
