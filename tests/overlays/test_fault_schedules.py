"""The product's promise, judged by the gateway's ledger: never twice, never lost in silence, always true."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from blackkonnect_sms import AsyncBlackkonnectSMS, BlackkonnectError, OutcomeUnknown, Refused
from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from tests.overlays.conftest import Api, Gateway, World

BEFORE = ["ok", "connect", "connect_timeout", "pool", "429", "429:2", "429:99", "401", "400", "404"]
NEVER_CONNECTED = {"connect", "connect_timeout", "pool"}
LOST = ["timeout", "write", "closed", "500", "502", "503", "408", "302", "garbled", "{}"]
FAULTS = st.sampled_from([*BEFORE, *LOST, *(f"{fault} taken" for fault in LOST)])
QUESTIONS = st.sampled_from(
    ["ok", "connect", "timeout", "500", "503", "404", "401", "429:3", "garbled", "{}"]
)
TOKENS = st.sampled_from(["ok", "connect", "timeout", "500", "401", "404", "garbled", "429:1"])

COUNTS = {"single": 1, "bulk": 3, "split": 7}

SCHEDULES = st.fixed_dictionaries(
    {
        "send": st.lists(FAULTS, max_size=12),
        "bulk": st.lists(FAULTS, max_size=12),
        "status": st.lists(QUESTIONS, max_size=12),
        "bulk_status": st.lists(QUESTIONS, max_size=12),
        "token": st.lists(TOKENS, max_size=6),
    }
)
SENDS = st.lists(st.sampled_from(list(COUNTS)), min_size=1, max_size=6)


class Judge:
    """Compares what each call said with what the gateway took."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway

    def heard(self, numbers: list[str], result: Any) -> None:
        """Check one call's word against the ledger as it stands when all is over."""
        taken = self.gateway.sent_to()
        assert all(taken[number] <= 1 for number in numbers), "sent twice"
        if isinstance(result, OutcomeUnknown) and result.result is not None:
            assert not result.result.accepted
            assert result.message_ids == tuple(fate.message_id for fate in result.result.unknown)
            result = result.result
        if isinstance(result, OutcomeUnknown):
            assert len(result.message_ids) == len(numbers)
        elif isinstance(result, Refused):
            assert not any(taken[number] for number in numbers), "refused, and yet sent"
        elif isinstance(result, BaseException):
            pytest.fail(f"{result!r} says nothing of the send")
        elif hasattr(result, "fates"):
            assert [fate.destination for fate in result] == numbers
            for fate in result:
                if fate.outcome != "unknown":
                    assert taken[fate.destination] == (fate.outcome == "accepted"), fate
        else:
            assert taken[result.destination] == 1, "accepted, and yet lost"


def _numbers(index: int, what: str) -> list[str]:
    return [f"+23320{index:03}{place:04}" for place in range(COUNTS[what])]


REST = st.tuples(
    st.sampled_from(["2025-05-16", "2026-02-25"]),
    st.integers(0, 4),
    st.booleans(),
    st.floats(0.0, 8.0),
    st.booleans(),
)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(SCHEDULES, SENDS, st.sampled_from(["sync", "async"]), REST)
def test_no_schedule_of_faults_makes_a_send_twice_or_loses_it_in_silence(
    world: type[World], schedule: dict[str, list[Any]], sends: list[str], kind: str, rest: Any
) -> None:
    _judge(world, schedule, sends, kind, *rest)


@pytest.mark.slow
@settings(derandomize=True, max_examples=100, deadline=None)
@given(SCHEDULES, SENDS, st.sampled_from(["sync fast", "async fast"]), REST)
def test_nor_does_one_for_the_fast_clients(
    world: type[World], schedule: dict[str, list[Any]], sends: list[str], kind: str, rest: Any
) -> None:
    # A gateway behind a socket can't play that no connection is made; it turns away instead.
    played = {
        operation: ["429" if fault in NEVER_CONNECTED else fault for fault in faults]
        for operation, faults in schedule.items()
    }
    _judge(world, played, sends, kind, *rest)


def _judge(  # noqa: PLR0913, PLR0917 - hypothesis fills them in
    world: type[World],
    schedule: dict[str, list[Any]],
    sends: list[str],
    kind: str,
    edition: str,
    lag: int,
    refuses: bool,  # noqa: FBT001
    takes: float,
    resend: bool,  # noqa: FBT001
) -> None:
    gateway = world.Gateway(edition)
    gateway.script.update(schedule)
    gateway.takes = takes
    # Without refusing duplicates a repeat of what was taken would stand in the ledger twice. A gateway that
    # lags and takes duplicates is not one to resend to, which is what the option says.
    resend = resend and lag == 0 and "404" not in schedule["status"] + schedule["bulk_status"]
    gateway.lag = lag
    gateway.refuses_duplicates = refuses
    gateway.refused_numbers = {"+233200010000", "+233200020001"}
    api = world.client_for(kind, gateway, resend_when_absent=resend)
    with contextlib.closing(api):
        _carry_out(gateway, api, sends, takes)


def _carry_out(gateway: Gateway, api: Api, sends: list[str], takes: float) -> None:
    judge = Judge(gateway)
    said = []
    for index, what in enumerate(sends):
        numbers = _numbers(index, what)
        begun = gateway.clock.passed
        try:
            if what == "single":
                result = api.send(numbers[0], "hello")
            else:
                result = api.send_bulk(numbers, "hello", request_size=3, concurrency=1)
        except Exception as error:  # noqa: BLE001 - what it is, the judge says
            result = error
        requests = 3 if what == "split" else 1
        assert gateway.clock.passed - begun <= requests * (60 + 3 * takes), "past its deadline"
        said.append((numbers, result))
    for numbers, result in said:
        judge.heard(numbers, result)
    # Whatever was unknown is told truly once the gateway has come to itself.
    gateway.script.clear()
    gateway.lag, gateway.takes = 0, 0.0
    gateway.clock.passed += 3600
    for numbers, result in said:
        if isinstance(result, OutcomeUnknown):
            try:
                judge.heard(numbers, api.reconcile(result))
            except OutcomeUnknown:
                assert not any(gateway.sent_to()[number] for number in numbers)
        elif hasattr(result, "fates"):
            later = api.reconcile_bulk(result)
            judge.heard(numbers, later)
            assert not any(gateway.sent_to()[fate.destination] for fate in later.unknown)
    assert set(gateway.sent_to().values()) <= {1}


@settings(derandomize=True, max_examples=25, deadline=None)
@given(SCHEDULES, st.integers(2, 12))
def test_nor_do_many_sends_at_once(world: type[World], schedule: dict[str, list[Any]], crowd: int) -> None:
    gateway = world.Gateway()
    gateway.script.update(schedule)
    gateway.refuses_duplicates = False
    client = AsyncBlackkonnectSMS(
        base_url=world.base_url,
        client_id=world.client_id,
        client_secret=world.secret,
        transport=gateway.transport,
        clock=gateway.clock,
    )

    async def all_at_once() -> list[Any]:
        sends = (client.send(_numbers(index, "single")[0], "hello") for index in range(crowd))
        return list(await asyncio.gather(*sends, return_exceptions=True))

    judge = Judge(gateway)
    for index, result in enumerate(asyncio.run(all_at_once())):
        judge.heard(_numbers(index, "single"), result)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["isSuccessful", "deliveryStatus", "messageId", "smsMessageDeliveryStatuses", "token", "data"]
            )
            | st.text(),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@settings(derandomize=True, max_examples=40, deadline=None)
@given(JSON, st.integers(200, 599), st.sampled_from(["token", "send", "bulk", "status", "bulk_status"]))
def test_whatever_a_gateway_answers_the_error_is_of_our_own(
    world: type[World], answer: Any, status: int, operation: str
) -> None:
    gateway = world.Gateway()
    gateway.always[operation] = lambda _: httpx.Response(status, json=answer)
    api = world.client_for("sync", gateway, reconcile_for=1.0)
    for call in (
        lambda: api.send("+233200000001", "hello"),
        lambda: api.send_bulk(["+233200000001"], "hello"),
        lambda: api.status("m-1"),
        lambda: api.statuses("b-1"),
        lambda: api.wait("m-1", timeout=2),
    ):
        # Anything else that is raised fails the test by itself.
        with contextlib.suppress(BlackkonnectError):
            call()
    assert Counter(gateway.sent_to())["+233200000001"] <= 2
