"""One request with its repeats: what is waited for, how long, and when it is given up."""

from __future__ import annotations

from email.utils import formatdate
from typing import TYPE_CHECKING

import pytest
from blackkonnect_sms import (
    OutcomeUnknown,
    RateLimited,
    RetryEvent,
    RetryPolicy,
    TokenUnavailable,
    Unavailable,
    Unreachable,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.overlays.conftest import Api, Gateway

TO = "+233200000001"


def test_retry_after_is_a_floor_with_jitter_on_top(sms: Api, gateway: Gateway) -> None:
    gateway.script["send"] = ["429:7"]
    sms.send(TO, "hello")
    (slept,) = gateway.clock.slept
    assert 7.0 <= slept <= 7.5


def test_retry_after_as_a_date(sms: Api, gateway: Gateway) -> None:
    date = formatdate(gateway.clock.time() + 9, usegmt=True)
    gateway.script["send"] = [f"429:{date}".replace(" ", "\t")]
    sms.send(TO, "hello")
    (slept,) = gateway.clock.slept
    assert 9.0 <= slept <= 9.5


@pytest.mark.parametrize("wait", ["31", "3600", "9" * 400])
def test_a_retry_after_beyond_the_cap_is_told_instead_of_waited_for(
    sms: Api, gateway: Gateway, wait: str
) -> None:
    gateway.always["send"] = f"429:{wait}"
    with pytest.raises(RateLimited) as raised:
        sms.send(TO, "hello")
    assert raised.value.retry_after == float(wait)
    assert gateway.clock.slept == []
    assert gateway.count("send") == 1


def test_a_retry_after_beyond_the_deadline_is_told_too(make: Callable[..., Api], gateway: Gateway) -> None:
    gateway.always["send"] = "429:20"
    with pytest.raises(RateLimited) as raised:
        make(deadline=19).send(TO, "hello")
    assert raised.value.retry_after == 20
    assert gateway.clock.slept == []


def test_a_question_tells_what_the_gateway_asks_for(sms: Api, gateway: Gateway) -> None:
    gateway.always["status"] = "503:100"
    with pytest.raises(Unavailable) as raised:
        sms.status("m-1")
    assert raised.value.retry_after == 100
    assert gateway.count("status") == 1


def test_a_retry_after_of_the_token_operation_is_respected(sms: Api, gateway: Gateway) -> None:
    gateway.script["token"] = ["429:11"]
    sms.send(TO, "hello")
    (slept,) = gateway.clock.slept
    assert 11.0 <= slept <= 11.5
    gateway.valid = set()
    gateway.always["token"] = "503:1000"
    with pytest.raises(TokenUnavailable) as raised:
        sms.send(TO, "hello")
    assert raised.value.retry_after == 1000


@pytest.mark.parametrize("wait", ["soon", "-5", "1.5", ""])
def test_a_retry_after_that_can_t_be_read_is_none(sms: Api, gateway: Gateway, wait: str) -> None:
    gateway.script["send"] = [f"429:{wait}"]
    sms.send(TO, "hello")
    assert gateway.clock.slept[0] <= 0.5


def test_delays_grow_and_stay_below_their_caps(make: Callable[..., Api], gateway: Gateway) -> None:
    gateway.always["send"] = "connect"
    with pytest.raises(Unreachable):
        make(retry=RetryPolicy(attempts=9, base=1.0, cap=4.0), deadline=1000).send(TO, "hello")
    assert len(gateway.clock.slept) == 8
    caps = [1, 2, 4, 4, 4, 4, 4, 4]
    assert all(slept <= cap for slept, cap in zip(gateway.clock.slept, caps, strict=True))


def test_a_call_ends_by_its_deadline(make: Callable[..., Api], gateway: Gateway) -> None:
    gateway.takes = 4.0
    gateway.always["send"] = gateway.always["status"] = "connect"
    with pytest.raises(Unreachable):
        make(deadline=10, retry=RetryPolicy(attempts=100)).send(TO, "hello")
    assert gateway.clock.passed <= 14
    timeouts = [request.extensions["timeout"]["read"] for name, request in gateway.seen if name == "send"]
    # A quarter is kept, to ask what became of a send whose answer is lost.
    assert max(timeouts) <= 7.5
    assert timeouts == sorted(timeouts, reverse=True)


def test_reconciling_ends_by_the_deadline(make: Callable[..., Api], gateway: Gateway) -> None:
    gateway.always["send"] = "timeout"
    gateway.takes = 2.0
    with pytest.raises(OutcomeUnknown):
        make(deadline=5, reconcile_for=1000).send(TO, "hello")
    assert gateway.clock.passed <= 9


def test_the_budget_of_all_calls_stops_a_storm(sms: Api, gateway: Gateway) -> None:
    gateway.always["send"] = "connect"
    for _ in range(30):
        with pytest.raises(Unreachable):
            sms.send(TO, "hello")
    # 20 repeats and then none.
    assert gateway.count("send") == 30 + 20


def test_a_lost_answer_earns_no_budget(make: Callable[..., Api], gateway: Gateway) -> None:
    api = make(reconcile_for=0)
    gateway.always["send"] = "connect"
    for _ in range(7):
        with pytest.raises(Unreachable):
            api.send(TO, "hello")
    gateway.always["send"] = "500"
    for _ in range(20):
        with pytest.raises(OutcomeUnknown):
            api.send(TO, "hello")
    tried = gateway.count("send")
    gateway.always["send"] = "connect"
    with pytest.raises(Unreachable):
        api.send(TO, "hello")
    assert gateway.count("send") == tried + 1


def test_successes_earn_the_budget_back(sms: Api, gateway: Gateway) -> None:
    gateway.always["send"] = "connect"
    for _ in range(10):
        with pytest.raises(Unreachable):
            sms.send(TO, "hello")
    gateway.always["send"] = "ok"
    for _ in range(5):
        sms.send(TO, "hello")
    gateway.script["send"] = ["connect"]
    sms.send(TO, "hello")


def test_each_repeat_is_told_before_it_is_waited_for(make: Callable[..., Api], gateway: Gateway) -> None:
    told: list[tuple[RetryEvent, int]] = []
    api = make(on_retry=lambda event: told.append((event, len(gateway.clock.slept))))
    gateway.script["bulk"] = ["429:2", "connect"]
    api.send_bulk([TO], "hello")
    assert [(event.operation, event.attempt, event.reason, slept) for event, slept in told] == [
        ("sendBulkMessages", 1, "HTTP 429", 0),
        ("sendBulkMessages", 2, "ConnectError", 1),
    ]


def test_every_request_carries_the_headers_of_the_account(make: Callable[..., Api], gateway: Gateway) -> None:
    api = make(service_account_id="service-1", organisation_id="organisation-1", scope="sms")
    bulk = api.send_bulk([TO], "hello")
    api.statuses(bulk)
    api.status(api.send(TO, "hello"))
    for name, request in gateway.seen:
        assert request.headers["User-Agent"].startswith("blackkonnect-sms-python/")
        if name != "token":
            assert request.headers["X-ServiceAccount-ID"] == "service-1"
            assert request.headers["X-Organisation-ID"] == "organisation-1"
    assert b"scope=sms" in gateway.seen[0][1].content


def test_polls_keep_a_pace_without_any_base_delay(make: Callable[..., Api], gateway: Gateway) -> None:
    gateway.script["send"] = ["timeout"]
    with pytest.raises(OutcomeUnknown):
        make(retry=RetryPolicy(base=0)).send(TO, "hello")
    assert gateway.count("status") < 20
