"""Which status wins."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from blackkonnect_sms import InvalidArgument, MessageStatus, is_final
from blackkonnect_sms.receipts import Receipt, merge
from blackkonnect_sms_api.facts import DELIVERY_STATUSES
from hypothesis import given
from hypothesis import strategies as st

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
FINAL = [status for status, final in DELIVERY_STATUSES.items() if final]
ON_THE_WAY = [status for status, final in DELIVERY_STATUSES.items() if not final]
UNKNOWN = ["BUFFERED", "delivered", "ZZZ"]

moments = st.none() | st.datetimes(timezones=st.just(dt.UTC) | st.just(dt.timezone(dt.timedelta(hours=2))))
on_the_way = st.lists(
    st.builds(Receipt, st.just("m-1"), st.sampled_from([*ON_THE_WAY, *UNKNOWN]), timestamp=moments),
    max_size=6,
)
final_one = st.builds(Receipt, st.just("m-1"), st.sampled_from(FINAL), timestamp=moments)
any_receipts = st.lists(
    st.builds(
        Receipt,
        st.just("m-1"),
        st.sampled_from([*DELIVERY_STATUSES, *UNKNOWN]),
        timestamp=moments,
        destination=st.none() | st.just("+233200000001"),
    ),
    max_size=12,
)


def merged(receipts: list[Receipt], known: MessageStatus | None = None) -> MessageStatus | None:
    for receipt in receipts:
        known = merge(known, receipt)
    return known


@given(on_the_way, st.none() | final_one, st.data())
def test_any_order_and_repetition_ends_the_same(
    way: list[Receipt], final: Receipt | None, data: st.DataObject
) -> None:
    life = [*way, final] if final else way
    ended = merged(life)
    shuffled = data.draw(st.permutations(life))
    repeated = data.draw(st.lists(st.sampled_from(life), max_size=6)) if life else []
    assert merged([*shuffled, *repeated]) == ended
    # Each at least once, repeated anywhere.
    assert merged(data.draw(st.permutations([*shuffled, *repeated]))) == ended


@given(any_receipts)
def test_a_final_status_never_goes_back_and_nothing_else_does(receipts: list[Receipt]) -> None:
    known: MessageStatus | None = None
    for receipt in receipts:
        after = merge(known, receipt)
        if known is not None and is_final(known.status):
            assert after is known
        if known is not None and known.status == "SENT":
            assert after.status != "QUEUED"
        if known is None or not is_final(known.status):
            assert is_final(after.status) == is_final(receipt.status)
        known = after


@given(any_receipts)
def test_a_repeated_receipt_changes_nothing(receipts: list[Receipt]) -> None:
    known = merged(receipts)
    for receipt in receipts:
        after = merge(known, receipt)
        assert after is known


TOLD_AT_NOON = [
    # known, receipt, wins
    (None, "QUEUED", "receipt"),
    (None, "DELIVERED", "receipt"),
    (None, "BUFFERED", "receipt"),
    ("QUEUED", "SENT", "receipt"),
    ("QUEUED", "BUFFERED", "receipt"),
    ("SENT", "QUEUED", "known"),
    ("BUFFERED", "QUEUED", "known"),
    ("SENT", "SENT", "known"),
    ("SENT", "UNDELIVERED", "receipt"),
    ("BUFFERED", "EXPIRED", "receipt"),
    ("DELIVERED", "SENT", "known"),
    ("DELIVERED", "DELIVERED", "known"),
    ("DELIVERED", "FAILED", "known"),
    ("FAILED", "DELIVERED", "known"),
    ("DELIVERED", "BUFFERED", "known"),
]


@pytest.mark.parametrize(("before", "told", "wins"), TOLD_AT_NOON)
def test_the_table_of_decisions(before: str | None, told: str, wins: str) -> None:
    known = None if before is None else MessageStatus("m-1", before, timestamp=NOON)
    for later in (dt.timedelta(0), dt.timedelta(hours=1)):
        if before == told == "SENT" and later:
            continue
        after = merge(known, Receipt("m-1", told, timestamp=NOON + later))
        if wins == "known":
            assert after is known
        else:
            assert after == MessageStatus("m-1", told, timestamp=NOON + later)


def test_of_statuses_side_by_side_the_later_wins() -> None:
    early, late = NOON, NOON + dt.timedelta(minutes=1)
    for first, second in itertools.permutations(["SENT", "BUFFERED"]):
        known = MessageStatus("m-1", first, timestamp=early)
        assert merge(known, Receipt("m-1", second, timestamp=late)).status == second
        known = MessageStatus("m-1", first, timestamp=late)
        assert merge(known, Receipt("m-1", second, timestamp=early)) is known
        assert merge(known, Receipt("m-1", second)) is known
        # Before 1970 too, where a clock was never set.
        known = MessageStatus("m-1", first)
        unset = dt.datetime(1969, 12, 31, tzinfo=dt.UTC)
        assert merge(known, Receipt("m-1", second, timestamp=unset)).status == second


def test_what_was_known_besides_stays() -> None:
    known = MessageStatus("m-1", "QUEUED", destination="+233200000001", uuid="u-1")
    receipt = Receipt("m-1", "SENT", NOON, bulk_id="b-1", destination="233200000001", sender="ACME")
    assert merge(known, receipt) == MessageStatus(
        "m-1",
        "SENT",
        destination="+233200000001",
        sender="ACME",
        timestamp=NOON,
        bulk_id="b-1",
        uuid="u-1",
    )


def test_a_status_that_was_told_without_its_id() -> None:
    assert merge(MessageStatus(None, "SENT"), Receipt("m-1", "DELIVERED")) == MessageStatus(
        "m-1", "DELIVERED"
    )


def test_a_receipt_of_another_message() -> None:
    with pytest.raises(InvalidArgument) as raised:
        merge(MessageStatus("m-1", "SENT"), Receipt("m-2", "DELIVERED"))
    assert raised.value.argument == "receipt"


@pytest.mark.parametrize("argument", ["known", "receipt"])
def test_a_time_without_its_zone(argument: str) -> None:
    naive = NOON.replace(tzinfo=None)
    known = MessageStatus("m-1", "SENT", timestamp=naive if argument == "known" else NOON)
    with pytest.raises(InvalidArgument) as raised:
        merge(known, Receipt("m-1", "DELIVERED", timestamp=naive if argument == "receipt" else NOON))
    assert raised.value.argument == argument
