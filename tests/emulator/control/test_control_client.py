"""The typed helpers, both kinds, against an emulator over HTTP."""

import inspect
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from blackkonnect_emulator import ManualClock, Settings, running
from blackkonnect_emulator.control_client import AsyncEmulatorControl, ControlError, EmulatorControl

pytestmark = pytest.mark.anyio

TO = "+233200000001"
START = datetime(2026, 3, 2, 8, tzinfo=UTC)


class Awaited:
    """Lets the synchronous helpers be awaited, so that one test is for both kinds."""

    def __init__(self, control: EmulatorControl) -> None:
        self._control = control

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._control, name)

        def call(*given: Any, **named: Any) -> Any:
            answer = method(*given, **named)
            return _listed(answer) if inspect.isgenerator(answer) else _later(answer)

        return call

    def of(self, tenant: str) -> "Awaited":
        return Awaited(self._control.of(tenant))


async def _listed(given: Iterator[Any]) -> AsyncIterator[Any]:
    for one in given:
        yield one


async def _later(given: Any) -> Any:
    return given


@pytest.fixture(params=["sync", "async"])
async def control(request: pytest.FixtureRequest) -> AsyncIterator[Any]:
    settings = Settings(clients={"acme": "secret"}, clock=ManualClock(), seed=1)
    with running(settings) as served:
        if request.param == "sync":
            with EmulatorControl(served.base_url) as made:
                yield Awaited(made)
        else:
            async with AsyncEmulatorControl(served.base_url) as other:
                yield other


def test_both_kinds_have_the_same_methods() -> None:
    public = [name for name in vars(EmulatorControl) if not name.startswith("_")]
    assert public == [name for name in vars(AsyncEmulatorControl) if not name.startswith("_")]
    for name in public:
        one, other = getattr(EmulatorControl, name), getattr(AsyncEmulatorControl, name)
        assert list(inspect.signature(one).parameters) == list(inspect.signature(other).parameters)


async def test_it_describes(control: Any) -> None:
    told = await control.describe()
    assert told.edition == "2026-02-25"
    assert told.outcomes_by_number["undelivered"] == "+12025550101"
    assert told.clock.now == START
    assert [tenant.name for tenant in told.tenants] == ["", "acme"]
    assert told.messages == 0


async def test_the_clock(control: Any) -> None:
    assert (await control.advance(1.5)).now == START + timedelta(seconds=1.5)
    assert (await control.advance(timedelta(hours=1))).now == START + timedelta(hours=1, seconds=1.5)
    assert (await control.move_to(START + timedelta(days=1))).now == START + timedelta(days=1)
    assert (await control.set_clock(0)).mode == "manual"
    assert (await control.clock()).next_event is None


async def test_messages_are_listed_page_by_page(control: Any) -> None:
    messages = [{"destination": TO, "text": f"text {number}"} for number in range(450)]
    assert (await control.seed(messages=messages)).messages == 450
    texts = [message.text async for message in control.messages()]
    assert texts == [f"text {number}" for number in reversed(range(450))]
    assert [message.text async for message in control.messages(text="TEXT 44")] == [*texts[:10], texts[405]]


async def test_a_message_is_waited_for_and_shown(control: Any) -> None:
    acme = control.of("acme")
    await acme.seed(messages=[{"destination": TO, "text": "hello", "messageId": "m", "priority": 2}])
    with pytest.raises(ControlError) as refused:
        await acme.wait_for_message(message_id="m", status="DELIVERED", timeout=0)
    assert refused.value.status == 408
    assert "manual" in refused.value.detail
    await control.advance_to_next_event()
    await control.advance_to_next_event()
    found = await acme.wait_for_message(message_id="m", status="DELIVERED", timeout=0)
    assert (found.text, found.destination, found.status) == ("hello", TO, "DELIVERED")
    assert [reached.status for reached in found.timeline] == ["QUEUED", "SENT", "DELIVERED"]
    shown = await control.message(found.number)
    assert (shown.details, shown.receipts, shown.exchange) == ({"priority": 2}, (), None)
    assert "hello" not in repr(shown)
    assert TO not in repr(shown)


async def test_the_operator_tells_of_a_message(control: Any) -> None:
    await control.seed(messages=[{"destination": TO, "text": "hello", "messageId": "m"}])
    (number,) = [message.number async for message in control.messages(message_id="m")]
    await control.advance(60)
    with pytest.raises(ControlError) as refused:
        await control.tell_receipt(number, "LOST")
    assert [place.pointer for place in refused.value.errors] == ["#/status"]
    shown = await control.tell_receipt(number, "DELIVERED", START)
    assert (shown.number, shown.status) == (number, "DELIVERED")
    await control.seed(messages=[{"destination": TO, "text": "hello", "messageId": "n"}])
    shown = await control.tell_receipt(number + 1, "FAILED", START + timedelta(minutes=2))
    assert (shown.status, shown.since) == ("FAILED", START + timedelta(minutes=1))
    with pytest.raises(ControlError) as unknown:
        await control.tell_receipt(number + 2, "FAILED")
    assert unknown.value.status == 404


async def test_rules(control: Any) -> None:
    acme = control.of("acme")
    fault = await acme.add_fault("rate-limited", count=3, operation="sendMessage")
    assert (fault.kind, fault.tenant, fault.fired) == ("rate-limited", "acme", 0)
    assert await control.faults() == await acme.faults() == [fault]
    outcome = await acme.add_outcome("+23320*", "failed", 0.5)
    assert (outcome.kind, outcome.parameters["probability"]) == ("failed", 0.5)
    assert await acme.outcomes() == [outcome]
    await control.remove_fault(fault.number)
    await control.remove_outcome(outcome.number)
    await control.add_fault("closed")
    await control.add_outcome("*", "slow")
    await acme.clear_faults()
    await acme.clear_outcomes()
    assert len(await control.faults()) == len(await control.outcomes()) == 1
    await control.clear_faults()
    await control.clear_outcomes()
    assert await control.faults() == await control.outcomes() == []


async def test_tenants_receipts_and_requests(control: Any) -> None:
    made = await control.make_tenant("a/b", clock="manual", start=START, callback="http://127.0.0.1:9/x")
    assert made.secret
    assert made.secret not in repr(made)
    assert (made.own_clock, made.clock.now, made.callback) == (True, START, "http://127.0.0.1:9/…")
    own = control.of("a/b")
    await own.seed(messages=[{"destination": TO, "text": "x"}])
    assert [receipt.status async for receipt in own.receipts()] == ["DELIVERED", "SENT"]
    assert [receipt async for receipt in own.receipts(state="delivered")] == []
    assert [exchange async for exchange in own.requests("sendMessage")] == []
    await own.clear_requests()
    await own.reset()
    assert [message async for message in control.messages()] == []
    await control.remove_tenant("a/b")
    assert [tenant.name for tenant in await control.tenants()] == ["", "acme"]


async def test_what_is_wrong_is_told_in_full(control: Any) -> None:
    with pytest.raises(ControlError, match="400 Bad Request") as refused:
        await control.add_fault("rate-limited", count=0)
    (place,) = refused.value.errors
    assert place.pointer == "#/count"
    assert "#/count: " in str(refused.value)
    with pytest.raises(ControlError) as missing:
        await control.message(1)
    assert (missing.value.status, missing.value.errors) == (404, ())


async def test_an_emulator_that_is_not_there_is_an_error_of_ours(control: Any) -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no", request=request)

    def nonsense(_: httpx.Request) -> httpx.Response:
        return httpx.Response(502, text="<html>")

    del control
    for transport, status in ((refuse, None), (nonsense, 502)):
        with httpx.Client(transport=httpx.MockTransport(transport)) as client:
            with pytest.raises(ControlError) as refused:
                EmulatorControl("http://127.0.0.1:9", client=client).describe()
            assert refused.value.status == status
        async with httpx.AsyncClient(transport=httpx.MockTransport(transport)) as other:
            with pytest.raises(ControlError) as refused:
                await AsyncEmulatorControl("http://127.0.0.1:9", client=other).describe()
            assert refused.value.status == status
