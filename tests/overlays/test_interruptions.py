"""A send that is cut off in this process: whoever cut it off can still learn what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from blackkonnect_sms import AsyncBlackkonnectSMS, BlackkonnectSMS, OutcomeUnknown, interrupted_send
from blackkonnect_sms.interruptions import leave

if TYPE_CHECKING:
    from tests.overlays.conftest import Gateway, World

TO = "+233200000001"
MANY = [f"+23320{index:07}" for index in range(8)]


class Hangs(httpx.AsyncBaseTransport):
    """Lets the gateway take what is sent, and never answers the requests that it is told to hang on."""

    def __init__(self, gateway: Gateway, hangs: Callable[[httpx.Request], bool]) -> None:
        self.inner = gateway.transport
        self.hangs = hangs
        self.hanging = asyncio.Event()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await self.inner.handle_async_request(request)
        if self.hangs(request):
            self.hanging.set()
            await asyncio.Event().wait()
        return response


def _client(world: type[World], gateway: Gateway, **options: Any) -> AsyncBlackkonnectSMS:
    return AsyncBlackkonnectSMS(
        base_url=world.base_url,
        client_id=world.client_id,
        client_secret=world.secret,
        clock=gateway.clock,
        **options,
    )


def _is_send(request: httpx.Request) -> bool:
    return "/send-" in request.url.path


@pytest.mark.parametrize("what", ["send", "bulk"])
def test_a_cancelled_send_tells_its_ids_and_can_be_asked_for(
    world: type[World], gateway: Gateway, what: str
) -> None:
    async def run() -> None:
        transport = Hangs(gateway, _is_send)
        async with _client(world, gateway, transport=transport) as sms:
            task = asyncio.ensure_future(
                sms.send(TO, "hello") if what == "send" else sms.send_bulk(MANY, "hello")
            )
            await transport.hanging.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as raised:
                await task
            unknown = interrupted_send(raised.value)
            assert unknown is not None
            assert unknown.message_ids == tuple(one[0] for one in gateway.ledger)
            assert (unknown.bulk_id is None) is (what == "send")
            assert unknown.message_ids[0] in "".join(raised.value.__notes__)
            assert (await unknown.reconcile()).reconciled
        assert set(gateway.sent_to().values()) == {1}

    asyncio.run(run())


def test_a_timeout_of_asyncio_s_tells_it_too(world: type[World], gateway: Gateway) -> None:
    async def run() -> None:
        async with _client(world, gateway, transport=Hangs(gateway, _is_send)) as sms:
            for limit in (_by_timeout, _by_wait_for):
                with pytest.raises(TimeoutError) as raised:
                    await limit(sms)
                unknown = interrupted_send(raised.value)
                assert unknown is not None
                assert (await unknown.reconcile()).message_id == gateway.ledger[-1][0]

    async def _by_timeout(sms: AsyncBlackkonnectSMS) -> None:
        async with asyncio.timeout(0.001):
            await sms.send(TO, "hello")

    async def _by_wait_for(sms: AsyncBlackkonnectSMS) -> None:
        await asyncio.wait_for(sms.send(TO, "hello"), 0.001)

    asyncio.run(run())


def test_a_send_that_is_cancelled_while_it_is_asked_for(world: type[World], gateway: Gateway) -> None:
    async def run() -> None:
        gateway.script["send"] = ["timeout taken"]
        transport = Hangs(gateway, lambda request: "/status/" in request.url.path)
        async with _client(world, gateway, transport=transport) as sms:
            task = asyncio.ensure_future(sms.send(TO, "hello"))
            await transport.hanging.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as raised:
                await task
            unknown = interrupted_send(raised.value)
            assert unknown is not None
            assert unknown.message_ids == (gateway.ledger[0][0],)

    asyncio.run(run())


def test_a_cancelled_question_leaves_nothing(world: type[World], gateway: Gateway) -> None:
    async def run() -> None:
        transport = Hangs(gateway, lambda request: "/status/" in request.url.path)
        async with _client(world, gateway, transport=transport) as sms:
            task = asyncio.ensure_future(sms.status("m-1"))
            await transport.hanging.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as raised:
                await task
            assert interrupted_send(raised.value) is None
            assert not hasattr(raised.value, "__notes__")

    asyncio.run(run())


def test_a_cancelled_bulk_of_several_requests_tells_the_fate_of_each(
    world: type[World], gateway: Gateway
) -> None:
    async def run() -> None:
        # The third request hangs when it is taken; the first two are told, and the fourth is not begun.
        transport = Hangs(gateway, lambda request: _is_send(request) and gateway.count("bulk") == 3)
        async with _client(world, gateway, transport=transport) as sms:
            task = asyncio.ensure_future(sms.send_bulk(MANY, "hello", request_size=2, concurrency=1))
            await transport.hanging.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as raised:
                await task
            unknown = interrupted_send(raised.value)
            assert unknown is not None
            assert unknown.result is not None
            outcomes = ["accepted"] * 4 + ["unknown"] * 2 + ["refused"] * 2
            assert [fate.outcome for fate in unknown.result] == outcomes
            assert [fate.destination for fate in unknown.result] == MANY
            assert unknown.message_ids == tuple(fate.message_id for fate in unknown.result.unknown)
            whole = await unknown.reconcile()
            assert [fate.outcome for fate in whole] == ["accepted"] * 6 + ["refused"] * 2
        assert gateway.sent_to() == dict.fromkeys(MANY[:6], 1)

    asyncio.run(run())


@pytest.mark.parametrize("concurrency", [1, 3])
def test_ctrl_c_in_a_thread_that_sends(world: type[World], gateway: Gateway, concurrency: int) -> None:
    def stop(request: httpx.Request) -> httpx.Response:
        gateway._send(request)
        raise KeyboardInterrupt

    def stop_bulk(request: httpx.Request) -> httpx.Response:
        gateway._bulk(request)
        raise KeyboardInterrupt

    sms = BlackkonnectSMS(
        base_url=world.base_url,
        client_id=world.client_id,
        client_secret=world.secret,
        clock=gateway.clock,
        transport=gateway.transport,
    )
    gateway.script["send"] = [stop]
    with pytest.raises(KeyboardInterrupt) as raised:
        sms.send(TO, "hello")
    unknown = interrupted_send(raised.value)
    assert unknown is not None
    assert unknown.reconcile().message_id == gateway.ledger[0][0]
    gateway.ledger.clear()
    gateway.script["bulk"] = ["ok", stop_bulk]
    with pytest.raises(KeyboardInterrupt) as raised:
        sms.send_bulk(MANY, "hello", request_size=2, concurrency=concurrency)
    unknown = interrupted_send(raised.value)
    assert unknown is not None
    assert unknown.result is not None
    for fate in unknown.reconcile():
        assert gateway.sent_to()[fate.destination] == (fate.outcome == "accepted")
    assert set(gateway.sent_to().values()) == {1}


@pytest.mark.parametrize("wrap", ["itself", "cause", "context", "group", "deep"])
def test_where_it_is_found(wrap: str) -> None:
    send = OutcomeUnknown("lost", message_ids=("m-1",))
    cut = asyncio.CancelledError()
    leave(cut, send)
    error: BaseException = cut
    if wrap == "cause":
        error = TimeoutError()
        error.__cause__ = cut
    elif wrap == "context":
        error = TimeoutError()
        error.__context__ = cut
    elif wrap == "group":
        error = BaseExceptionGroup("some", [ValueError(), cut])
    elif wrap == "deep":
        inner, error = TimeoutError(), BaseExceptionGroup("some", [ValueError(), TimeoutError()])
        inner.__cause__ = cut
        error.exceptions[1].__cause__ = inner
        cut.__context__ = error  # a circle ends
    assert interrupted_send(error) is send


def test_it_is_none_where_no_send_was_cut_off() -> None:
    assert interrupted_send(TimeoutError()) is None


def test_a_note_names_the_first_ids_of_many() -> None:
    cut = KeyboardInterrupt()
    leave(cut, OutcomeUnknown("lost", bulk_id="b-1", message_ids=tuple(f"m-{n}" for n in range(1000))))
    (note,) = cut.__notes__
    assert "bulk b-1" in note
    assert "m-9 and 990 more" in note
    assert "m-10" not in note
