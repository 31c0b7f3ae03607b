"""The decisions on repeats, each as a table of cases."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from blackkonnect_sms import ConfigurationError, RetryPolicy
from blackkonnect_sms.retry import (
    RetryBudget,
    Trace,
    retry_after_seconds,
    trace_of_failure,
    trace_of_status,
)
from hypothesis import given, settings
from hypothesis import strategies as st

NOW = datetime(2026, 2, 25, 12, 0, 0, tzinfo=UTC)
CHANCE = random.Random(1)  # noqa: S311 - jitter, and the same each time
REQUEST = httpx.Request("POST", "https://sms.example.com/")


@pytest.mark.parametrize(
    ("statuses", "trace"),
    [
        ([200, 201, 202, 204, 206, 299], Trace.TAKEN),
        ([429], Trace.NOTHING),
        ([400, 401, 403, 404, 405, 409, 413, 415, 422, 451, 499], Trace.REFUSED),
        (
            [100, 101, 199, 300, 302, 304, 307, 308, 408, 500, 502, 503, 504, 520, 599, 600, 999],
            Trace.UNKNOWN,
        ),
    ],
)
def test_what_a_status_tells(statuses: list[int], trace: Trace) -> None:
    assert {trace_of_status(status) for status in statuses} == {trace}


@pytest.mark.parametrize(
    ("kinds", "trace"),
    [
        ([httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout], Trace.NOTHING),
        (
            [
                httpx.ReadTimeout,
                httpx.WriteTimeout,
                httpx.ReadError,
                httpx.WriteError,
                httpx.CloseError,
                httpx.RemoteProtocolError,
                httpx.LocalProtocolError,
                httpx.ProxyError,
                httpx.UnsupportedProtocol,
                httpx.DecodingError,
                httpx.TooManyRedirects,
                RuntimeError,
                OSError,
                ValueError,
            ],
            Trace.UNKNOWN,
        ),
    ],
)
def test_what_a_failure_tells(kinds: list[type[Exception]], trace: Trace) -> None:
    assert {trace_of_failure(kind("scripted")) for kind in kinds} == {trace}


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("0", 0.0),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("007", 7.0),
        ("9" * 400, float("inf")),
        ("Wed, 25 Feb 2026 12:00:30 GMT", 30.0),
        ("Wed, 25 Feb 2026 12:00:30 +0000", 30.0),
        ("Wed, 25 Feb 2026 13:00:30 +0100", 30.0),
        ("Wed, 25 Feb 2026 12:00:30 -0000", 30.0),
        ("Wed, 25 Feb 2026 11:59:59 GMT", 0.0),
        ("Mon, 01 Jan 1900 00:00:00 GMT", 0.0),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("1e3", None),
        ("soon", None),
        ("5, 5", None),
        ("\u0665", None),
        ("Wed, 99 Feb 2026 12:00:30 GMT", None),
        ("Wed, 25 Feb 99999 12:00:30 GMT", None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(value, NOW) == seconds


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.one_of(st.text(), st.text(alphabet='0123456789 :,+-GMTJanFebWed()<>@.;\\"')))
def test_any_retry_after_can_be_read_or_is_none(value: str) -> None:
    seconds = retry_after_seconds(value, NOW)
    assert seconds is None or seconds >= 0


@settings(derandomize=True, max_examples=40, deadline=None)
@given(
    st.integers(1, 10_000),
    st.none() | st.floats(0, 1e9),
    st.floats(0, 100),
    st.floats(0, 100),
    st.randoms(use_true_random=False),
)
def test_a_delay_lies_between_its_floor_and_its_cap(
    attempt: int, retry_after: float | None, base: float, cap: float, chance: random.Random
) -> None:
    policy = RetryPolicy(base=base, cap=cap)
    floor = retry_after or 0.0
    assert floor <= policy.delay(attempt, retry_after, chance) <= (floor + cap) * 1.0001


@pytest.mark.parametrize(
    ("attempt", "retry_after", "left", "repeated"),
    [
        (1, None, 60.0, True),
        (3, None, 60.0, True),
        (4, None, 60.0, False),
        (5, None, 60.0, False),
        (1, 0.0, 60.0, True),
        (1, 30.0, 60.0, True),
        (1, 30.5, 60.0, False),
        (1, float("inf"), 60.0, False),
        (1, 30.0, 30.0, False),
        (1, None, 0.0, False),
        (1, None, -5.0, False),
        (4, 1.0, 60.0, False),
    ],
)
def test_whether_a_request_is_repeated(
    attempt: int, retry_after: float | None, left: float, *, repeated: bool
) -> None:
    policy = RetryPolicy(attempts=4, base=0.5, cap=8.0, retry_after_cap=30.0)
    delay = policy.wait_before_repeat(attempt, retry_after, left, CHANCE)
    assert (delay is not None) is repeated
    if delay is not None:
        assert (retry_after or 0.0) <= delay < left


@pytest.mark.parametrize(
    ("argument", "wrong"),
    [
        *(("attempts", wrong) for wrong in (0, -1, True, 1.5, "4", None)),
        *(
            (name, wrong)
            for name in ("base", "cap", "retry_after_cap")
            for wrong in (-0.1, float("nan"), float("inf"), "1", None, True)
        ),
    ],
)
def test_a_policy_that_is_wrong_names_its_argument(argument: str, wrong: Any) -> None:
    with pytest.raises(ConfigurationError) as raised:
        RetryPolicy(**{argument: wrong})
    assert raised.value.argument == argument


def test_a_budget_is_spent_and_earned_up_to_its_size() -> None:
    budget = RetryBudget(size=2, earned=0.5)
    assert [budget.spend(), budget.spend(), budget.spend()] == [True, True, False]
    budget.earn()
    assert not budget.spend()
    budget.earn()
    assert budget.spend()
    for _ in range(100):
        budget.earn()
    assert [budget.spend(), budget.spend(), budget.spend()] == [True, True, False]
