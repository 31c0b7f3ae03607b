"""Bulks as requests of a bounded size: nothing left out, nothing twice, and in order."""

from __future__ import annotations

from typing import Any

import pytest
from blackkonnect_sms import InvalidArgument
from blackkonnect_sms._splitting import MOST_MESSAGES, check_size, pack, packer_for, split
from blackkonnect_sms._to_numbers import destinations_of
from blackkonnect_sms.ids import ChosenId
from blackkonnect_sms.messages import bulk_request
from blackkonnect_sms.statuses import known
from blackkonnect_sms_api.models import BulkSmsMessageRequest, MessageDestination, SmsMessage
from hypothesis import given, settings
from hypothesis import strategies as st

NUMBERS = [f"+23320{index:07}" for index in range(40)]


def _message(numbers: list[str], text: str = "hello") -> SmsMessage:
    return SmsMessage(destinations=[MessageDestination(destination=one) for one in numbers], text=text)


def _numbers(request: BulkSmsMessageRequest) -> list[str]:
    return [number for number, _ in destinations_of(request)]


@pytest.mark.parametrize("wrong", [0, -1, 10_001, True, 1.0, "1000", None])
def test_a_size_that_is_none(wrong: Any) -> None:
    with pytest.raises(InvalidArgument) as raised:
        check_size(wrong)
    assert raised.value.argument == "request_size"


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=8), st.integers(1, 12))
def test_what_is_split_is_all_of_it_in_order(counts: list[int], size: int) -> None:
    messages = [_message(NUMBERS[:count], f"text {index}") for index, count in enumerate(counts)]
    request = bulk_request(messages, sender="ACME", request_id="r-1")
    parts = split(request, size)
    assert [one for part in parts for one in destinations_of(part)] == list(destinations_of(request))
    texts = [
        message.text
        for part in parts
        for message in known(part.messages) or []
        for _ in known(message.destinations) or []
    ]
    assert texts == [f"text {index}" for index, count in enumerate(counts) for _ in range(count)]
    assert {len(_numbers(part)) for part in parts[:-1]} <= {size}
    assert 1 <= len(_numbers(parts[-1])) <= size
    assert {(part.source_address, part.request_id) for part in parts} == {("ACME", "r-1")}
    if len(parts) == 1:
        assert parts[0] is request
    else:
        wanted = [f"{request.bulk_id}-{number}" for number in range(1, len(parts) + 1)]
        assert [part.bulk_id for part in parts] == wanted
        assert all(isinstance(part.bulk_id, ChosenId) for part in parts)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 9), max_size=8), st.integers(1, 12))
def test_what_is_packed_is_all_of_it_in_order(counts: list[int], size: int) -> None:
    messages = [_message(NUMBERS[:count]) for count in counts]
    parts = list(pack(iter(messages), packer_for(bulk_request, None, "b", size)))
    assert [one for part in parts for one in _numbers(part)] == [
        one for count in counts for one in NUMBERS[:count]
    ]
    assert all(1 <= len(_numbers(part)) <= size for part in parts)
    assert [part.bulk_id for part in parts] == [f"b-{number}" for number in range(1, len(parts) + 1)]


def test_no_request_has_more_messages_than_it_may() -> None:
    messages = [_message(NUMBERS[:1]) for _ in range(MOST_MESSAGES + 1)]
    whole = split(bulk_request(messages), 10_000)
    lazy = list(pack(messages, packer_for(bulk_request, None, None, 10_000)))
    for parts in (whole, lazy):
        assert [len(_numbers(part)) for part in parts] == [MOST_MESSAGES, 1]


def test_a_request_is_made_as_soon_as_it_is_full() -> None:
    read = []

    def numbers() -> Any:
        for number in NUMBERS:
            read.append(number)
            yield number

    requests = pack(numbers(), packer_for(bulk_request, "hello", None, 3))
    assert read == []
    for made in (1, 2, 3):
        next(requests)
        assert len(read) == 3 * made


@pytest.mark.parametrize(
    ("items", "text", "argument"),
    [
        ([*NUMBERS[:7], "no number"], "hello", "destinations[7]"),
        ([*NUMBERS[:7], None], "hello", "destinations[7]"),
        ([_message(NUMBERS[:1]), _message(["no number"])], None, "messages[1].destinations[0]"),
        ([_message(NUMBERS[:1])] * 4 + [_message([])], None, "messages[4].destinations"),
        ([_message(NUMBERS[:2]), _message(NUMBERS[:1], "")], None, "messages[1].text"),
        (NUMBERS, None, "text"),
    ],
)
def test_what_is_wrong_is_named_by_its_place_among_all(
    items: list[Any], text: str | None, argument: str
) -> None:
    with pytest.raises(InvalidArgument) as raised:
        list(pack(iter(items), packer_for(bulk_request, text, None, 2)))
    assert raised.value.argument == argument


@pytest.mark.parametrize(("argument", "wrong"), [("text", ""), ("bulk_id", "..")])
def test_what_is_wrong_beside_an_iterator_is_found_before_it_is_read(argument: str, wrong: str) -> None:
    arguments = {"text": "hello", "bulk_id": None, argument: wrong}
    with pytest.raises(InvalidArgument) as raised:
        packer_for(bulk_request, arguments["text"], arguments["bulk_id"], 2)
    assert raised.value.argument == argument
