"""Delivery windows."""

from typing import Any

import pytest
from blackkonnect_emulator.delivery_window import DeliveryWindow
from blackkonnect_emulator.timestamps import milliseconds, rfc3339
from hypothesis import given, settings
from hypothesis import strategies as st

WEEK = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]


def window(days: list[str], opens: str = "", closes: str = "") -> DeliveryWindow:
    given_: dict[str, Any] = {"days": days}
    for name, time in (("from", opens), ("to", closes)):
        if time:
            hour, minute = time.split(":")
            given_[name] = {"hour": int(hour), "minute": float(minute)}
    return DeliveryWindow.read(given_)


@pytest.mark.parametrize(
    ("days", "opens", "closes", "time", "wanted"),
    [
        # 2026-03-02 is a Monday.
        (["MONDAY"], "", "", "2026-03-02T08:00:00.000Z", "2026-03-02T08:00:00.000Z"),
        (["MONDAY"], "", "", "2026-03-03T00:00:00.000Z", "2026-03-09T00:00:00.000Z"),
        (["MONDAY"], "08:00", "18:00", "2026-03-02T07:59:59.999Z", "2026-03-02T08:00:00.000Z"),
        (["MONDAY"], "08:00", "18:00", "2026-03-02T17:59:59.999Z", "2026-03-02T17:59:59.999Z"),
        (["MONDAY"], "08:00", "18:00", "2026-03-02T18:00:00.000Z", "2026-03-09T08:00:00.000Z"),
        (["MONDAY", "WEDNESDAY"], "08:00", "18:00", "2026-03-02T18:00:00.000Z", "2026-03-04T08:00:00.000Z"),
        # Past midnight it is still Sunday's window.
        (["SUNDAY"], "22:00", "06:00", "2026-03-02T05:59:59.999Z", "2026-03-02T05:59:59.999Z"),
        (["SUNDAY"], "22:00", "06:00", "2026-03-02T06:00:00.000Z", "2026-03-08T22:00:00.000Z"),
        (["MONDAY"], "22:00", "06:00", "2026-03-02T05:00:00.000Z", "2026-03-02T22:00:00.000Z"),
        (["SATURDAY"], "", "", "2026-02-28T12:00:00.000Z", "2026-02-28T12:00:00.000Z"),
        (["SUNDAY"], "", "", "1969-12-31T00:00:00.000Z", "1970-01-04T00:00:00.000Z"),
    ],
)
def test_next_open(days: list[str], opens: str, closes: str, time: str, wanted: str) -> None:
    assert rfc3339(window(days, opens, closes).next_open(milliseconds(time))) == wanted


@settings(derandomize=True)
@given(
    st.sets(st.sampled_from(WEEK), min_size=1),
    st.integers(0, 1439),
    st.integers(60, 1439),
    st.integers(0, 2 * 10**12),
)
def test_opens_within_eight_days_and_is_open_then(
    days: set[str], opens: int, minutes: int, time: int
) -> None:
    tested = DeliveryWindow(frozenset(WEEK.index(day) for day in days), opens, minutes)
    first = tested.next_open(time)
    assert time <= first <= time + 8 * 86_400_000
    assert tested.next_open(first) == first


def test_open_on_no_day() -> None:
    with pytest.raises(ValueError, match="on no day"):
        DeliveryWindow(frozenset(), 0, 60).next_open(0)
