"""Reading a receipt, and writing one: what is written is read the same."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from importlib.resources import files
from typing import Any

import pytest
from attrs import evolve, fields
from blackkonnect_sms import InvalidArgument
from blackkonnect_sms.receipts import Receipt, make_query, make_url, parse_receipt
from blackkonnect_sms.receipts.receipt import FIELDS, LONGEST_QUERY, NEEDED
from blackkonnect_sms_api.facts import DELIVERY_STATUSES
from hypothesis import given
from hypothesis import strategies as st

FULL = Receipt(
    "m-1",
    "DELIVERED",
    timestamp=dt.datetime(2026, 3, 2, 8, 0, 4, 211000, tzinfo=dt.UTC),
    bulk_id="b-1",
    part_id="1",
    receipt_id="r-1",
    destination="+233200000001",
    sender="A & B",
    mobile_country_code="620",
    mobile_network_code="01",
    callback_data="campaign=spring&é 🙏\n+%",
    extra=(("key", "k3y"), ("", "")),
)
PRIVATE = ("+233200000001", "233200000001", "A & B", "campaign", "k3y")

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
some_texts = st.none() | texts
zones = st.timedeltas(dt.timedelta(hours=-23, minutes=-59), dt.timedelta(hours=23, minutes=59)).map(
    dt.timezone
)
receipts = st.builds(
    Receipt,
    message_id=texts.filter(bool),
    status=st.sampled_from([*DELIVERY_STATUSES, "BUFFERED"]) | texts.filter(bool),
    timestamp=st.none()
    # Two days from the ends of what there is, for no moment of these to be out of UTC's years.
    | st.datetimes(dt.datetime(1, 1, 3), dt.datetime(9999, 12, 29), timezones=st.just(dt.UTC) | zones),  # noqa: DTZ001
    bulk_id=some_texts,
    part_id=some_texts,
    receipt_id=some_texts,
    destination=some_texts,
    sender=some_texts,
    mobile_country_code=some_texts,
    mobile_network_code=some_texts,
    callback_data=some_texts,
    extra=st.lists(st.tuples(texts.filter(lambda name: name not in FIELDS), texts), max_size=3).map(tuple),
)


def webhook(edition: str) -> dict[str, dict[str, Any]]:
    """Return the parameters of the document's webhook by their names."""
    document = json.loads((files("blackkonnect_sms_documents") / f"{edition}.json").read_bytes())
    (held,) = [
        item["get"]
        for item in document["webhooks"].values()
        if item["get"]["operationId"] == "receiveDeliveryReceipt"
    ]
    found = [
        document["components"]["parameters"][one["$ref"].rpartition("/")[2]] if "$ref" in one else one
        for one in held["parameters"]
    ]
    return {one["name"]: one for one in found}


@pytest.mark.parametrize("edition", ["2025-05-16", "2026-02-25", "blackkonnect-sms"])
def test_the_parameters_are_those_of_the_webhook(edition: str) -> None:
    parameters = webhook(edition)
    assert list(FIELDS) == list(parameters)
    assert set(NEEDED) == {name for name, one in parameters.items() if one.get("required")}
    assert {one.name for one in fields(Receipt)} == {*FIELDS.values(), "extra"}


@pytest.mark.parametrize("edition", ["2025-05-16", "2026-02-25", "blackkonnect-sms"])
def test_the_example_of_the_document(edition: str) -> None:
    examples = {name: one["example"] for name, one in webhook(edition).items()}
    read = parse_receipt("&".join(f"{name}={value}" for name, value in examples.items()))
    told = {name: getattr(read, field) for name, field in FIELDS.items()}
    moment = dt.datetime.fromisoformat(examples.pop("deliveryTimestamp"))
    assert told.pop("deliveryTimestamp") == moment
    assert told == examples


@given(receipts)
def test_what_is_written_is_read_the_same(receipt: Receipt) -> None:
    query = make_query(receipt)
    assert parse_receipt(query) == receipt
    assert parse_receipt(query.encode()) == receipt
    assert query.isascii()
    assert make_url("/r", receipt) == f"/r?{query}"
    assert parse_receipt(make_url("/r?a=b", receipt).partition("?")[2]) == evolve(
        receipt, extra=(("a", "b"), *receipt.extra)
    )


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_query_is_read_or_refused(query: bytes | str) -> None:
    for given_query in (
        query,
        b"messageId=m&deliveryStatus=SENT&" + query if isinstance(query, bytes) else query,
    ):
        try:
            receipt = parse_receipt(given_query)
        except InvalidArgument as error:
            assert error.argument in {*FIELDS, "query"}  # noqa: PT017 - it may be read as well
        else:
            assert receipt.message_id
            assert parse_receipt(make_query(receipt)) == receipt


@pytest.mark.parametrize(
    ("query", "argument", "rule"),
    [
        ("", "messageId", "must be given"),
        ("deliveryStatus=SENT", "messageId", "must be given"),
        ("messageId=&deliveryStatus=SENT", "messageId", "must be given"),
        ("messageId&deliveryStatus=SENT", "messageId", "must be given"),
        ("messageId=m-1", "deliveryStatus", "must be given"),
        ("messageId=m-1&deliveryStatus=", "deliveryStatus", "must be given"),
        ("messageid=m-1&deliveryStatus=SENT", "messageId", "must be given"),
        ("messageId=m-1&messageId=m-1&deliveryStatus=SENT", "messageId", "must come once"),
        ("messageId=m-1&deliveryStatus=SENT&%64estination=1&destination=2", "destination", "must come once"),
        ("messageId=%ff&deliveryStatus=SENT", "messageId", "must be percent-encoded UTF-8"),
        (
            b"messageId=m&deliveryStatus=SENT&callbackData=\xe9",
            "callbackData",
            "must be percent-encoded UTF-8",
        ),
        ("messageId=%ed%a0%80&deliveryStatus=SENT", "messageId", "must be percent-encoded UTF-8"),
        ("messageId=\ud83d", "query", "must not hold half of a surrogate pair"),
        ("x" * (LONGEST_QUERY + 1), "query", "must have at most 65536 bytes"),
        ("é" * (LONGEST_QUERY // 2 + 1), "query", "must have at most 65536 bytes"),
        (None, "query", "must be a string or bytes"),
    ],
)
def test_what_is_no_receipt(query: Any, argument: str, rule: str) -> None:
    with pytest.raises(InvalidArgument) as raised:
        parse_receipt(query)
    assert raised.value.argument == argument
    assert str(raised.value) == f"{argument}: {rule}"
    assert raised.value.__cause__ is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", None),
        ("yesterday", None),
        ("2026-03-02T08:00:04", None),
        ("1772438404", None),
        ("2026-03-02T08:00:04 00:00", None),
        ("2026-03-02T08:00:04Z", dt.datetime(2026, 3, 2, 8, 0, 4, tzinfo=dt.UTC)),
        ("2026-03-02t10:00:04%2b02:00", dt.datetime(2026, 3, 2, 8, 0, 4, tzinfo=dt.UTC)),
    ],
)
def test_a_time_is_not_worth_losing_a_receipt_for(text: str, wanted: dt.datetime | None) -> None:
    read = parse_receipt(f"messageId=m-1&deliveryStatus=SENT&deliveryTimestamp={text}")
    assert read.timestamp == wanted


def test_decoding() -> None:
    read = parse_receipt(
        "&&messageId=a%2Fb%26+c&deliveryStatus=SENT&callbackData=100%&%6b%65%79=%ff&sourceAddress=%2525&"
    )
    assert read == Receipt(
        "a/b& c", "SENT", sender="%25", callback_data="100%", extra=(("key", "\N{REPLACEMENT CHARACTER}"),)
    )


@pytest.mark.parametrize(
    ("changes", "argument"),
    [
        ({"message_id": ""}, "message_id"),
        ({"status": ""}, "status"),
        ({"timestamp": dt.datetime(2026, 3, 2)}, "timestamp"),  # noqa: DTZ001 - what it must not be
        ({"timestamp": dt.datetime.min.replace(tzinfo=dt.timezone(dt.timedelta(hours=1)))}, "timestamp"),
        ({"sender": "\ud83d"}, "sender"),
        ({"extra": (("key", "\ud83d"),)}, "extra"),
        ({"extra": (("messageId", "m-2"),)}, "extra"),
        ({"callback_data": "🙏" * 6000}, "receipt"),
    ],
)
def test_what_can_t_be_written(changes: dict[str, Any], argument: str) -> None:
    with pytest.raises(InvalidArgument) as raised:
        make_query(evolve(FULL, **changes))
    assert raised.value.argument == argument
    assert not any(word in str(raised.value) for word in PRIVATE)


def test_an_address_with_a_fragment() -> None:
    with pytest.raises(InvalidArgument, match="address: must end before any #"):
        make_url("https://sms.example.com/r#x", FULL)


def test_the_longest_receipt_of_the_document_is_read() -> None:
    assert parse_receipt(make_query(evolve(FULL, callback_data="🙏" * 4000))).callback_data == "🙏" * 4000


def test_what_is_private_is_in_no_repr() -> None:
    assert "m-1" in repr(FULL)
    assert not any(word in repr(FULL) for word in PRIVATE)


def test_it_is_a_value() -> None:
    assert hash(FULL) == hash(parse_receipt(make_query(FULL)))
    assert pickle.loads(pickle.dumps(FULL)) == FULL  # noqa: S301 - our own
    assert FULL.is_final
    assert not evolve(FULL, status="SENT").is_final
    assert not evolve(FULL, status="A_WORD_OF_TOMORROW").is_final
