"""Requests made from what a caller says, checked before anything leaves the machine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

from blackkonnect_sms_api.models import (
    BulkSmsMessageRequest,
    DeliveryTime,
    DeliveryWindow,
    MessageDestination,
    SimpleSmsMessageRequest,
    SmsMessage,
)
from blackkonnect_sms_api.records import evolve
from blackkonnect_sms_api.types import UNSET, Unset

from blackkonnect_sms._to_numbers import TextToNumbers, addressed
from blackkonnect_sms.config import is_encodable
from blackkonnect_sms.errors import InvalidArgument
from blackkonnect_sms.ids import ChosenId, new_id, new_ids
from blackkonnect_sms.msisdn import are_msisdns, check_msisdn

__all__ = ["bulk_request", "message_request"]

T = TypeVar("T")


def message_request(  # noqa: PLR0913 - each is a field of the message
    destination: str | SimpleSmsMessageRequest,
    text: str | None = None,
    *,
    sender: str | None = None,
    priority: int | None = None,
    message_id: str | None = None,
    request_id: str | None = None,
) -> SimpleSmsMessageRequest:
    """Return the request for one message, with an id, or say what is wrong.

    Args:
        destination: The number to send to, or the whole request of the generated package.
        text: What the phone shows; not empty.
        sender: The sender that the phone shows.
        priority: The message's priority; a higher one goes first.
        message_id: The message's id; a new one by default.
        request_id: The caller's own id of the request, handed back as it came.

    Returns:
        A request of its own; one that was given is not changed.

    Raises:
        InvalidArgument: An argument is wrong, or given both in the request and beside it.
    """
    beside = {
        "text": text,
        "sender": sender,
        "priority": priority,
        "message_id": message_id,
        "request_id": request_id,
    }
    if isinstance(destination, SimpleSmsMessageRequest):
        _nothing_beside(beside, "SimpleSmsMessageRequest")
        request = evolve(destination)
        request.additional_properties = dict(destination.additional_properties)
    else:
        check_msisdn(destination, "destination")
        request = SimpleSmsMessageRequest(
            destination=destination,
            text=_set(text),
            source_address=_set(sender),
            priority=_set(priority),
            message_id=_set(message_id),
            request_id=_set(request_id),
        )
    check_msisdn(request.destination, "destination")
    request.text = _check_text(request.text, "text")
    _check_sender(request.source_address, "sender")
    _check_int(request.priority, "priority", least=0)
    request.message_id = _id(request.message_id, "message_id")
    _check_string(request.request_id, "request_id")
    return request


def bulk_request(  # noqa: PLR0913 - each is a field of the bulk
    destinations: Iterable[str | SmsMessage] | BulkSmsMessageRequest,
    text: str | None = None,
    *,
    sender: str | None = None,
    send_at: dt.datetime | None = None,
    validity: dt.timedelta | None = None,
    window: DeliveryWindow | None = None,
    priority: int | None = None,
    callback_data: str | None = None,
    bulk_id: str | None = None,
    request_id: str | None = None,
    start: int | None = None,
) -> BulkSmsMessageRequest:
    """Return the request for a bulk, with an id for it and for each message, or say what is wrong.

    Args:
        destinations: The numbers that the text goes to; or messages of the generated package, each with a
            text and destinations of its own; or the whole request.
        text: What the phones show; not empty.
        sender: The sender that the phones show.
        send_at: When to send; it must know its time zone.
        validity: For how long the message is worth delivering; whole minutes, at least one.
        window: The days and times, in UTC, in which it may be delivered.
        priority: The messages' priority; a higher one goes first.
        callback_data: Handed back with the delivery receipts.
        bulk_id: The bulk's id; a new one by default.
        request_id: The caller's own id of the request, handed back as it came.
        start: How many numbers or messages went before these, where they are some of many: what errors
            name counts on from there.

    Returns:
        A request of its own; one that was given is not changed.

    Raises:
        InvalidArgument: An argument is wrong, or given both in the request and beside it.
    """
    first = start or 0
    by_message = {
        "text": text,
        "send_at": send_at,
        "validity": validity,
        "window": window,
        "priority": priority,
        "callback_data": callback_data,
    }
    by_bulk = {"sender": sender, "bulk_id": bulk_id, "request_id": request_id}
    if isinstance(destinations, BulkSmsMessageRequest):
        _nothing_beside({**by_message, **by_bulk}, "BulkSmsMessageRequest")
        request = evolve(destinations)
        request.additional_properties = dict(destinations.additional_properties)
        messages: list[SmsMessage] = list(_list_of(request.messages, "messages"))
    else:
        request = BulkSmsMessageRequest(
            bulk_id=_set(bulk_id), source_address=_set(sender), request_id=_set(request_id)
        )
        given = _listed(destinations)
        if given and all(isinstance(one, SmsMessage) for one in given):
            _nothing_beside(by_message, "SmsMessage")
            messages = [one for one in given if isinstance(one, SmsMessage)]
        else:
            _check_text(text, "text")
            like = SmsMessage(
                destinations=[],
                text=_set(text),
                send_at=_set(send_at),
                validity_period_minutes=_minutes(validity),
                delivery_time_window=_set(window),
                priority=_set(priority),
                callback_data=_set(callback_data),
            )
            messages = [TextToNumbers(like, _numbers(given, first), new_ids(len(given)))]
    if not messages:
        raise InvalidArgument("messages", "must hold at least one message")
    for index, message in enumerate(messages, first):
        if not isinstance(message, SmsMessage):
            raise InvalidArgument(f"messages[{index}]", "must be an SmsMessage")
    alone = len(messages) == 1 and start is None
    request.messages = [
        _checked(message, "" if alone else f"messages[{index}].")
        for index, message in enumerate(messages, first)
    ]
    request.bulk_id = _id(request.bulk_id, "bulk_id")
    _check_sender(request.source_address, "sender")
    _check_string(request.request_id, "request_id")
    _check_distinct(request)
    return request


def _listed(destinations: Iterable[str | SmsMessage]) -> Sequence[str | SmsMessage]:
    if isinstance(destinations, str | bytes) or not isinstance(destinations, Iterable):
        raise InvalidArgument("destinations", "must be a list of numbers; use send() for a single one")
    given: list[str | SmsMessage] = list(destinations)
    if not given:
        raise InvalidArgument("destinations", "must hold at least one number")
    return given


def _numbers(given: Sequence[object], first: int) -> list[str]:
    if not are_msisdns(given):
        for index, one in enumerate(given, first):
            check_msisdn(one, f"destinations[{index}]")
    return cast("list[str]", given)


def _list_of(value: list[T] | Unset, argument: str) -> list[T]:
    if isinstance(value, Unset):
        return []
    if not isinstance(value, list | tuple):
        raise InvalidArgument(argument, "must be a list")
    return list(value)


def _checked(message: SmsMessage, place: str) -> SmsMessage:
    if isinstance(message, TextToNumbers):
        _check_fields(message, place)
        return message
    message = _copied(message)
    numbers = _list_of(message.destinations, f"{place}destinations")
    if not numbers:
        raise InvalidArgument(f"{place}destinations", "must hold at least one number")
    _check_fields(message, place)
    destinations = []
    for index, one in enumerate(numbers):
        where = f"{place}destinations[{index}]"
        if not isinstance(one, MessageDestination):
            raise InvalidArgument(where, "must be a MessageDestination")
        check_msisdn(one.destination, where)
        _check_sender(one.source_address, f"{where}.sender")
        copy = evolve(one, message_id=_id(one.message_id, f"{where}.message_id"))
        copy.additional_properties = dict(one.additional_properties)
        destinations.append(copy)
    message.destinations = destinations
    return message


def _check_fields(message: SmsMessage, place: str) -> None:
    _check_text(message.text, f"{place}text")
    _check_send_at(message.send_at, f"{place}send_at")
    _check_int(message.validity_period_minutes, f"{place}validity", least=1)
    _check_int(message.priority, f"{place}priority", least=0)
    _check_string(message.callback_data, f"{place}callback_data")
    _check_window(message.delivery_time_window, f"{place}window")


def _copied(message: SmsMessage) -> SmsMessage:
    copy = evolve(message)
    copy.additional_properties = dict(message.additional_properties)
    return copy


def _check_distinct(request: BulkSmsMessageRequest) -> None:
    _, message_ids = addressed(request)
    if len(set(message_ids)) == len(message_ids):
        return
    seen: set[str] = set()
    for message_id in message_ids:
        if message_id in seen:
            raise InvalidArgument("message_id", f"must differ from one destination to the next: {message_id}")
        seen.add(message_id)


def _set(value: object) -> Any:  # noqa: ANN401 - UNSET, or what was given
    return UNSET if value is None else value


def _nothing_beside(arguments: Mapping[str, object], model: str) -> None:
    for name, value in arguments.items():
        if value is not None:
            raise InvalidArgument(name, f"must stand in the {model} that was given, not beside it")


def _check_text(value: object, argument: str) -> str:
    if not isinstance(value, str) or not value:
        raise InvalidArgument(argument, "must be a text that is not empty")
    _check_encodable(value, argument)
    return value


def _check_encodable(value: str, argument: str) -> None:
    if not is_encodable(value):
        raise InvalidArgument(argument, "must not hold half of a surrogate pair")


def _check_string(value: object, argument: str) -> None:
    if isinstance(value, Unset):
        return
    if not isinstance(value, str):
        raise InvalidArgument(argument, "must be a string")
    _check_encodable(value, argument)


def _check_sender(value: object, argument: str) -> None:
    _check_string(value, argument)
    if value == "":
        raise InvalidArgument(argument, "must be a name or a number; leave it out for the account's own")


def _check_int(value: object, argument: str, *, least: int) -> None:
    if isinstance(value, Unset):
        return
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value < 2**31:
        raise InvalidArgument(argument, f"must be a whole number from {least} to {2**31 - 1}")


def _check_window(value: object, argument: str) -> None:
    if isinstance(value, Unset):
        return
    if not isinstance(value, DeliveryWindow) or not all(
        isinstance(time, DeliveryTime | Unset) for time in (value.from_, value.to)
    ):
        raise InvalidArgument(argument, "must be a DeliveryWindow, with from_ and to of DeliveryTime")


def _check_send_at(value: object, argument: str) -> None:
    if isinstance(value, Unset):
        return
    if not isinstance(value, dt.datetime):
        raise InvalidArgument(argument, "must be a datetime")
    if value.utcoffset() is None:
        raise InvalidArgument(argument, "must know its time zone, as datetime.now(timezone.utc) does")


def _minutes(validity: object) -> int | Unset:
    if validity is None:
        return UNSET
    if not isinstance(validity, dt.timedelta):
        raise InvalidArgument("validity", "must be a timedelta, as timedelta(hours=4)")
    minutes, rest = divmod(validity, dt.timedelta(minutes=1))
    if minutes < 1 or rest:
        raise InvalidArgument("validity", "must be whole minutes, at least one")
    return minutes


def _id(value: object, argument: str) -> str:
    if isinstance(value, Unset):
        return ChosenId(new_id())
    if not isinstance(value, str) or not value:
        raise InvalidArgument(argument, "must be a string that is not empty; leave it out to get a new id")
    _check_encodable(value, argument)
    if value in {".", ".."}:
        raise InvalidArgument(argument, "must not be a dot segment of a path (RFC 3986, section 3.3)")
    return value
