"""Bad input: each case names its argument, and nothing is requested."""

from __future__ import annotations

import copy
import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from blackkonnect_sms import InvalidArgument
from blackkonnect_sms.messages import bulk_request, message_request
from blackkonnect_sms_api.models import (
    BulkSmsMessageRequest,
    DeliveryTime,
    DeliveryWindow,
    MessageDestination,
    SimpleSmsMessageRequest,
    SmsMessage,
)
from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from tests.overlays.conftest import Api, Gateway

TO = "+233200000001"
WRONG_NUMBERS: list[Any] = [
    "",
    "+",
    "0200000001",
    "+0200000001",
    "123456",
    "1234567890123456",
    "+233 20 000 0001",
    "+233200000001\n",
    " +233200000001",
    "++233200000001",
    "tel:+233200000001",
    "\u0662\u0663\u0663200000001",
    "+23320000000a",
    None,
    233200000001,
    b"+233200000001",
]
AWARE = dt.datetime(2026, 2, 25, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize("wrong", WRONG_NUMBERS)
def test_a_destination_that_is_no_number(sms: Api, gateway: Gateway, wrong: Any) -> None:
    _fails(lambda: sms.send(wrong, "hello"), "destination", gateway)
    _fails(lambda: sms.send_bulk([TO, wrong], "hello"), "destinations[1]", gateway)
    model = SimpleSmsMessageRequest(destination=wrong, text="hello")
    _fails(lambda: sms.send(model), "destination", gateway)
    _fails(lambda: sms.send_bulk([_message(), _message(wrong)]), "messages[1].destinations[0]", gateway)


@pytest.mark.parametrize("wrong", ["", None, 7, b"hello", "half \ud800"])
def test_a_text_that_is_none(sms: Api, gateway: Gateway, wrong: Any) -> None:
    _fails(lambda: sms.send(TO, wrong), "text", gateway)
    _fails(lambda: sms.send_bulk([TO], wrong), "text", gateway)
    _fails(lambda: sms.send_bulk([_message(text=wrong)]), "text", gateway)
    _fails(lambda: sms.send_bulk([_message(), _message(text=wrong)]), "messages[1].text", gateway)


@pytest.mark.parametrize("wrong", [[], (), iter(()), set(), TO, TO.encode(), None, 7])
def test_destinations_that_are_no_list_of_numbers(sms: Api, gateway: Gateway, wrong: Any) -> None:
    _fails(lambda: sms.send_bulk(wrong, "hello"), "destinations", gateway)


WRONG_WINDOWS: list[Any] = [
    "always",
    {},
    DeliveryWindow(from_=9),  # type: ignore[arg-type]
    DeliveryWindow(to="17:00"),  # type: ignore[arg-type]
]
SINGLE: list[tuple[str, Any]] = [
    *(("sender", wrong) for wrong in ("", 7, "\ud800")),
    *(("priority", wrong) for wrong in (-1, 2**31, 1.5, "1", True)),
    *(("message_id", wrong) for wrong in ("", ".", "..", 7, "\ud800")),
    *(("request_id", wrong) for wrong in (7, "\ud800")),
]
WRONG_VALIDITIES: list[Any] = [
    dt.timedelta(0),
    dt.timedelta(seconds=59),
    dt.timedelta(seconds=61),
    -dt.timedelta(hours=1),
    dt.timedelta.max,
    dt.timedelta(minutes=2**31),
    240,
]
BULK: list[tuple[str, Any]] = [
    *((name, wrong) for name, wrong in SINGLE if name != "message_id"),
    *(("bulk_id", wrong) for wrong in ("", ".", "..", 7, "\ud800")),
    *(("send_at", wrong) for wrong in (AWARE.replace(tzinfo=None), "2026-02-25T12:00:00Z", 7, AWARE.date())),
    *(("validity", wrong) for wrong in WRONG_VALIDITIES),
    *(("callback_data", wrong) for wrong in (7, b"x", "\ud800")),
    *(("window", wrong) for wrong in WRONG_WINDOWS),
]


@pytest.mark.parametrize(("argument", "wrong"), SINGLE)
def test_arguments_of_a_message(sms: Api, gateway: Gateway, argument: str, wrong: Any) -> None:
    _fails(lambda: sms.send(TO, "hello", **{argument: wrong}), argument, gateway)


@pytest.mark.parametrize(("argument", "wrong"), BULK)
def test_arguments_of_a_bulk(sms: Api, gateway: Gateway, argument: str, wrong: Any) -> None:
    _fails(lambda: sms.send_bulk([TO], "hello", **{argument: wrong}), argument, gateway)


@pytest.mark.parametrize(
    ("field", "argument", "wrong"),
    [
        ("send_at", "send_at", dt.datetime(2026, 2, 25)),  # noqa: DTZ001 - that is the fault
        ("validity_period_minutes", "validity", 0),
        ("validity_period_minutes", "validity", True),
        ("validity_period_minutes", "validity", 2**31),
        ("priority", "priority", -1),
        ("callback_data", "callback_data", 7),
        ("delivery_time_window", "window", "always"),
        ("destinations", "destinations", []),
        ("destinations", "destinations[0]", [TO]),
    ],
)
def test_fields_of_messages_that_are_given(
    sms: Api, gateway: Gateway, field: str, argument: str, wrong: Any
) -> None:
    broken = _message()
    setattr(broken, field, wrong)
    _fails(lambda: sms.send_bulk([broken]), argument, gateway)
    _fails(lambda: sms.send_bulk([_message(), broken]), f"messages[1].{argument}", gateway)
    _fails(lambda: sms.send_bulk(BulkSmsMessageRequest(messages=[broken])), argument, gateway)


@pytest.mark.parametrize("wrong", [[], ["hello"], [None], [7]])
def test_messages_that_are_none(sms: Api, gateway: Gateway, wrong: Any) -> None:
    argument = "messages[0]" if wrong else "messages"
    _fails(lambda: sms.send_bulk(BulkSmsMessageRequest(messages=wrong)), argument, gateway)


def test_lists_that_mix_numbers_and_messages(sms: Api, gateway: Gateway) -> None:
    _fails(lambda: sms.send_bulk([TO, _message()], "hello"), "destinations[1]", gateway)


def test_the_same_id_twice(sms: Api, gateway: Gateway) -> None:
    twice = [_message(message_id="m-1"), _message(message_id="m-1")]
    _fails(lambda: sms.send_bulk(twice), "message_id", gateway)


def test_nothing_stands_beside_a_model(sms: Api, gateway: Gateway) -> None:
    single = SimpleSmsMessageRequest(destination=TO, text="hello")
    whole = BulkSmsMessageRequest(messages=[_message()])
    for name, value in {
        "text": "x",
        "sender": "x",
        "priority": 0,
        "message_id": "x",
        "request_id": "x",
    }.items():
        _fails(lambda name=name, value=value: sms.send(single, **{name: value}), name, gateway)
    beside = {
        "text": "x",
        "sender": "x",
        "send_at": AWARE,
        "validity": dt.timedelta(hours=1),
        "window": DeliveryWindow(),
        "priority": 0,
        "callback_data": "x",
        "bulk_id": "x",
        "request_id": "x",
    }
    for name, value in beside.items():
        _fails(lambda name=name, value=value: sms.send_bulk(whole, **{name: value}), name, gateway)
    for name in ("text", "send_at", "validity", "window", "priority", "callback_data"):
        _fails(lambda name=name: sms.send_bulk([_message()], **{name: beside[name]}), name, gateway)


@pytest.mark.parametrize("value", [object(), float("nan"), "\ud800", {1, 2}])
def test_what_can_t_be_written_as_json(sms: Api, gateway: Gateway, value: object) -> None:
    single = SimpleSmsMessageRequest(destination=TO, text="hello")
    single["extra"] = value
    _fails(lambda: sms.send(single), "request", gateway)
    whole = BulkSmsMessageRequest(messages=[_message()])
    whole["extra"] = value
    _fails(lambda: sms.send_bulk(whole), "request", gateway)


def test_what_is_nested_too_deep(sms: Api, gateway: Gateway) -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    single = SimpleSmsMessageRequest(destination=TO, text="hello")
    single["extra"] = deep
    _fails(lambda: sms.send(single), "request", gateway)


def test_models_that_are_given_go_as_they_are_and_are_not_changed(sms: Api, gateway: Gateway) -> None:
    single = SimpleSmsMessageRequest(destination=TO, text="hello", reference_id_1="ref", service_id="s")
    single["tomorrow"] = {"a": 1}
    before = copy.deepcopy(single)
    sent = sms.send(single)
    assert single == before
    assert gateway.bodies("send") == [{**single.to_dict(), "messageId": sent.message_id}]

    whole = BulkSmsMessageRequest(messages=[_message(), _message("+233200000002", message_id="m-2")])
    whole["tomorrow"] = [1]
    whole_before = copy.deepcopy(whole)
    first, second = sms.send_bulk(whole), sms.send_bulk([_message()])
    assert whole == whole_before
    assert first.message_ids[1] == "m-2"
    assert gateway.bodies("bulk")[0]["tomorrow"] == [1]
    assert first.bulk_id != second.bulk_id


def test_everything_of_a_bulk_reaches_the_gateway(sms: Api, gateway: Gateway) -> None:
    window = DeliveryWindow(
        days=["MONDAY"], from_=DeliveryTime(hour=9, minute=0), to=DeliveryTime(hour=17, minute=30)
    )
    bulk = sms.send_bulk(
        (number for number in [TO]),
        "hello",
        sender="ACME",
        send_at=AWARE,
        validity=dt.timedelta(hours=4),
        window=window,
        priority=5,
        callback_data="opening",
        bulk_id="b-1",
        request_id="r-1",
    )
    assert bulk.bulk_id == "b-1"
    assert bulk.request_id == "r-1"
    assert gateway.bodies("bulk") == [
        {
            "bulkId": "b-1",
            "requestId": "r-1",
            "sourceAddress": "ACME",
            "messages": [
                {
                    "destinations": [{"destination": TO, "messageId": bulk.message_ids[0]}],
                    "callbackData": "opening",
                    "deliveryTimeWindow": window.to_dict(),
                    "text": "hello",
                    "sendAt": AWARE.isoformat(),
                    "validityPeriodMinutes": 240,
                    "priority": 5,
                }
            ],
        }
    ]


NUMBERS = st.from_regex(r"\A\+?[1-9][0-9]{6,14}\Z")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@settings(derandomize=True, max_examples=40, deadline=None)
@given(NUMBERS, TEXTS)
def test_any_good_message_keeps_its_words(number: str, text: str) -> None:
    request = message_request(number, text)
    assert (request.destination, request.text) == (number, text)


@settings(derandomize=True, max_examples=40, deadline=None)
@given(st.lists(NUMBERS, min_size=1, max_size=20), TEXTS)
def test_each_destination_of_a_bulk_has_an_id_of_its_own(numbers: list[str], text: str) -> None:
    request = bulk_request(numbers, text)
    assert isinstance(request.messages, list)
    destinations = request.messages[0].destinations
    assert isinstance(destinations, list)
    assert [one.destination for one in destinations] == numbers
    assert len({one.message_id for one in destinations}) == len(numbers)


ANYTHING = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.lists(st.text())
)


@settings(derandomize=True, max_examples=40, deadline=None)
@given(ANYTHING, ANYTHING, st.dictionaries(st.sampled_from(["sender", "priority", "message_id"]), ANYTHING))
def test_whatever_is_given_it_is_a_request_or_an_invalid_argument(
    destination: Any, text: Any, others: dict[str, Any]
) -> None:
    build: Any
    for build in (message_request, bulk_request):
        arguments = others if build is message_request else {k: v for k, v in others.items() if k[0] != "m"}
        try:
            build(destination, text, **arguments)
        except InvalidArgument as error:
            named = error.argument.partition("[")[0]
        else:
            named = "text"
        assert named in {"destination", "destinations", "text", *arguments}


def _message(to: Any = TO, text: Any = "hello", **destination: Any) -> SmsMessage:
    return SmsMessage(destinations=[MessageDestination(destination=to, **destination)], text=text)


def _fails(call: Any, argument: str, gateway: Gateway) -> None:
    with pytest.raises(InvalidArgument) as raised:
        call()
    assert raised.value.argument == argument
    assert str(raised.value).startswith(f"{argument}: ")
    assert isinstance(raised.value, ValueError)
    assert raised.value.sent == "no"
    assert gateway.seen == []


@pytest.mark.parametrize("wrong", [None, 5, "x"])
def test_lists_that_are_none(wrong: Any) -> None:
    with pytest.raises(InvalidArgument) as caught:
        bulk_request(BulkSmsMessageRequest(messages=wrong))
    assert caught.value.argument == "messages"
    with pytest.raises(InvalidArgument) as caught:
        bulk_request([SmsMessage(text="Hello", destinations=wrong)])
    assert caught.value.argument == "destinations"
