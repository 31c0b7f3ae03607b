"""Plans, what they say at a time, and what a receipt changes."""

from typing import Any

import pytest
from blackkonnect_emulator.delivery_window import DeliveryWindow
from blackkonnect_emulator.lifecycle import Fate, Pace, Plan, plan, reached, timeline, whole, with_receipt
from blackkonnect_emulator.send_queue import SendQueue
from blackkonnect_emulator.timestamps import milliseconds
from hypothesis import given, settings
from hypothesis import strategies as st

NOW = milliseconds("2026-03-02T08:00:00Z")
PACE = Pace(300, 1000)
CAP = 2880
MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
FINAL = frozenset({"DELIVERED", "UNDELIVERED", "EXPIRED", "REJECTED", "FAILED"})
TUESDAYS = DeliveryWindow(frozenset({1}), 8 * 60, 60)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({}, Plan(NOW, NOW + 300, NOW + 1000, "DELIVERED")),
        ({"send_at": NOW - HOUR}, Plan(NOW, NOW + 300, NOW + 1000, "DELIVERED")),
        ({"send_at": NOW + HOUR}, Plan(NOW, NOW + HOUR + 300, NOW + HOUR + 1000, "DELIVERED")),
        ({"priority": 9}, Plan(NOW, NOW + 165, NOW + 865, "DELIVERED")),
        ({"window": TUESDAYS}, Plan(NOW, NOW + 24 * HOUR, NOW + 24 * HOUR + 700, "DELIVERED")),
        ({"window": TUESDAYS, "validity_minutes": 60}, Plan(NOW, None, NOW + HOUR, "EXPIRED")),
        ({"window": TUESDAYS, "validity_minutes": 1440}, Plan(NOW, None, NOW + 24 * HOUR, "EXPIRED")),
        # The cap: 48 hours, however long one asks for; the validity counts from sendAt.
        (
            {"window": TUESDAYS, "send_at": NOW + 26 * HOUR, "validity_minutes": 2**31 - 1},
            Plan(NOW, None, NOW + 74 * HOUR, "EXPIRED"),
        ),
    ],
)
def test_plan(asked: dict[str, Any], wanted: Plan) -> None:
    assert plan(NOW, PACE, CAP, **asked) == wanted


def test_a_validity_that_ends_after_sent_and_before_delivery() -> None:
    slow = Pace(1000, 2 * MINUTE)
    assert plan(NOW, slow, CAP, validity_minutes=1) == Plan(NOW, NOW + 1000, NOW + MINUTE, "EXPIRED")


def test_reached() -> None:
    tested = plan(NOW, PACE, CAP)
    told = [reached(tested, NOW + after) for after in (0, 299, 300, 999, 1000, 10**9)]
    assert [status for status, _ in told] == ["QUEUED", "QUEUED", "SENT", "SENT", "DELIVERED", "DELIVERED"]
    assert [since - NOW for _, since in told] == [0, 0, 300, 300, 1000, 1000]


@pytest.mark.parametrize(
    ("status", "told_at", "after", "wanted"),
    [
        ("QUEUED", None, 100, (NOW + 300, NOW + 1000, "DELIVERED")),
        ("SENT", None, 100, (NOW + 100, NOW + 1000, "DELIVERED")),
        ("SENT", None, 400, (NOW + 300, NOW + 1000, "DELIVERED")),
        ("QUEUED", None, 400, (NOW + 300, NOW + 1000, "DELIVERED")),
        ("FAILED", None, 100, (None, NOW + 100, "FAILED")),
        ("UNDELIVERED", None, 400, (NOW + 300, NOW + 400, "UNDELIVERED")),
        ("DELIVERED", None, 400, (NOW + 300, NOW + 400, "DELIVERED")),
        # Final stays final.
        ("FAILED", None, 1000, (NOW + 300, NOW + 1000, "DELIVERED")),
        # The receipt's own time, moved to between the latest status and now.
        ("FAILED", NOW + 350, 400, (NOW + 300, NOW + 350, "FAILED")),
        ("FAILED", NOW - HOUR, 400, (NOW + 300, NOW + 300, "FAILED")),
        ("FAILED", NOW + HOUR, 400, (NOW + 300, NOW + 400, "FAILED")),
    ],
)
def test_receipt(status: str, told_at: int | None, after: int, wanted: tuple[int | None, int, str]) -> None:
    assert with_receipt(plan(NOW, PACE, CAP), status, told_at, NOW + after, FINAL)[1:] == wanted


windows = st.none() | st.builds(
    DeliveryWindow, st.frozensets(st.integers(0, 6), min_size=1), st.integers(0, 1439), st.integers(60, 1439)
)
fates = st.builds(
    Fate, st.sampled_from(sorted(FINAL)), st.booleans(), st.booleans(), st.integers(0, 3 * 24 * HOUR)
)


@settings(derandomize=True)
@given(
    pace=st.tuples(st.integers(0, HOUR), st.integers(0, HOUR)),
    send_at=st.none() | st.integers(NOW - DAY, NOW + 180 * DAY),
    window=windows,
    validity=st.none() | st.integers(1, 5000),
    priority=st.integers(0, 9),
    rate=st.none() | st.floats(0.001, 10),
    fate=fates,
)
def test_every_plan_goes_forward_and_ends_in_time(  # noqa: PLR0913 - as many as a plan depends on
    *,
    pace: tuple[int, int],
    send_at: int | None,
    window: DeliveryWindow | None,
    validity: int | None,
    priority: int,
    rate: float | None,
    fate: Fate,
) -> None:
    made = plan(
        NOW,
        Pace(pace[0], sum(pace)),
        CAP,
        send_at=send_at,
        window=window,
        validity_minutes=validity,
        priority=priority,
        queue=None if rate is None else SendQueue(rate),
        fate=fate,
    )
    due = max(NOW, send_at or 0)
    expires = due + min(validity or CAP, CAP) * MINUTE
    times = [reached.since for reached in whole(made)]
    assert times == sorted(times)
    assert due <= made.final_at <= expires
    assert made.final_status in (fate.final_status, "EXPIRED")
    assert fate.reaches_sent or made.sent_at is None
    if made.sent_at is not None:
        assert due <= made.sent_at < expires
        assert window is None or window.next_open(made.sent_at) == made.sent_at
    assert timeline(made, made.final_at) == whole(made)
    assert [reached.status for reached in timeline(made, NOW)][:1] == ["QUEUED"]
    for past in whole(made):
        assert reached(made, past.since) == timeline(made, past.since)[-1]


@settings(derandomize=True)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 2000),
            st.sampled_from(["QUEUED", "SENT", *sorted(FINAL)]),
            st.none() | st.integers(NOW - 5000, NOW + 5000),
        ),
        max_size=8,
    )
)
def test_no_order_of_receipts_makes_a_status_go_back(receipts: list[tuple[int, str, int | None]]) -> None:
    rank = {"QUEUED": 0, "SENT": 1}
    tested = plan(NOW, PACE, CAP)
    now = NOW
    latest = reached(tested, now)
    for wait, status, told_at in receipts:
        now += wait
        before = reached(tested, now)
        assert rank.get(before.status, 2) >= rank.get(latest.status, 2)
        tested = with_receipt(tested, status, told_at, now, FINAL)
        latest = reached(tested, now)
        assert rank.get(latest.status, 2) >= rank.get(before.status, 2)
        assert before.since <= latest.since <= now
        if before.status in FINAL:
            assert latest == before
