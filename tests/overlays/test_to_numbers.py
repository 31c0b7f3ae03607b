"""A text to many numbers is written as the models write it."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from blackkonnect_sms._splitting import split
from blackkonnect_sms._to_numbers import TextToNumbers, addressed
from blackkonnect_sms.messages import bulk_request
from blackkonnect_sms_api import writing
from blackkonnect_sms_api.models import BulkSmsMessageRequest, MessageDestination, SmsMessage
from blackkonnect_sms_api.types import UNSET
from hypothesis import given, settings
from hypothesis import strategies as st

NUMBERS = st.lists(st.from_regex(r"\+?[1-9][0-9]{6,14}", fullmatch=True), min_size=1, max_size=30)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=50)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "sender": st.just("ACME"),
        "priority": st.integers(0, 9),
        "callback_data": TEXTS,
        "validity": st.integers(1, 600).map(lambda minutes: dt.timedelta(minutes=minutes)),
        "send_at": st.datetimes(timezones=st.just(dt.UTC)),
        "request_id": TEXTS,
        "bulk_id": st.just("b-1"),
    },
)


def _by_models(request: BulkSmsMessageRequest) -> dict[str, Any]:
    """Return what the generated models alone write of the same request."""
    messages = [
        SmsMessage(
            destinations=[
                MessageDestination(destination=number, message_id=message_id)
                for number, message_id in zip(*addressed(request), strict=True)
            ],
            text=message.text,
            send_at=message.send_at,
            validity_period_minutes=message.validity_period_minutes,
            priority=message.priority,
            callback_data=message.callback_data,
        )
        for message in request.messages or []
    ]
    return BulkSmsMessageRequest(
        bulk_id=request.bulk_id,
        source_address=request.source_address,
        request_id=request.request_id,
        messages=messages,
    ).to_dict()


@settings(derandomize=True, max_examples=80, deadline=None)
@given(NUMBERS, TEXTS, FIELDS, st.integers(1, 12))
def test_the_bytes_are_those_of_the_models(
    numbers: list[str], text: str, fields: dict[str, Any], size: int
) -> None:
    request = bulk_request(numbers, text, **fields)
    assert addressed(request)[0] == numbers
    for part in [request, *split(request, size)]:
        assert writing.body(part.to_dict()) == writing.body(_by_models(part))
        assert json.dumps(part.to_dict()) == json.dumps(_by_models(part))


@settings(derandomize=True, max_examples=40, deadline=None)
@given(NUMBERS, st.integers(1, 12))
def test_its_parts_are_all_of_it_in_order(numbers: list[str], size: int) -> None:
    request = bulk_request(numbers, "hello")
    parts = [addressed(part) for part in split(request, size)]
    assert [number for told, _ in parts for number in told] == numbers
    assert [name for _, names in parts for name in names] == addressed(request)[1]
    assert all(len(told) <= size for told, _ in parts)


def test_its_destinations_can_be_had_as_models() -> None:
    (message,) = bulk_request(["+233200000001", "233200000002"], "hello").messages or []
    assert isinstance(message, TextToNumbers)
    assert [one.destination for one in message.destinations] == ["+233200000001", "233200000002"]
    assert [one.message_id for one in message.destinations] == message.message_ids
    assert all(one.source_address is UNSET for one in message.destinations)
