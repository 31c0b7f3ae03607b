"""The answer to a bulk, read by columns, says what the generated models say."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from blackkonnect_sms import _bulk_answers
from blackkonnect_sms._answers import Ending, bulk_result, judged
from blackkonnect_sms._bulk_answers import told_by
from blackkonnect_sms._to_numbers import addressed
from blackkonnect_sms.messages import bulk_request
from blackkonnect_sms.retry import Trace
from blackkonnect_sms_api.api.mobile_sms_messaging import send_bulk_messages
from blackkonnect_sms_api.errors import UnreadableResponse
from blackkonnect_sms_api.models import BulkSmsMessageResponse
from hypothesis import given, settings
from hypothesis import strategies as st

NUMBERS = [f"+23320000000{index}" for index in range(6)]
REQUEST = bulk_request(NUMBERS, "hello", bulk_id="b-1")
IDS = addressed(REQUEST)[1]

ANYTHING = st.none() | st.booleans() | st.integers(-3, 3) | st.floats(0, 2) | st.sampled_from(["", "x"])
WORDS = st.sampled_from(["QUEUED", "REJECTED", "DELIVERED", "EXPIRED", "NEW", ""])


def _object(likely: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Return objects that are mostly as documented: a field may be absent, and one in a while is odd."""
    usual = st.fixed_dictionaries({}, optional=likely)
    odd = st.fixed_dictionaries({}, optional={name: kind | ANYTHING for name, kind in likely.items()})
    return usual | usual | usual | odd


GROUPS = _object(
    {
        "statusGroupName": WORDS,
        "deliveryStatus": WORDS,
        "statusDescription": WORDS,
        "action": WORDS,
        "unknown": WORDS,
    }
)
FATES = _object(
    {
        "messageId": st.sampled_from(IDS),
        "messageGroupStatus": GROUPS,
        "destination": st.sampled_from(NUMBERS),
        "smsCount": st.integers(1, 9),
    }
)
ANSWERS = _object(
    {
        "code": st.just(0),
        "message": WORDS,
        "correlationId": WORDS,
        "requestId": WORDS,
        "bulkId": WORDS,
        "isSuccessful": st.booleans(),
        "smsMessageDeliveryStatuses": st.lists(FATES | FATES | FATES | ANYTHING, max_size=6),
    }
)


def _response(answer: object, status: int = 200) -> httpx.Response:
    return httpx.Response(status, content=json.dumps(answer).encode())


def _outcome(operation: Any, response: httpx.Response) -> Any:
    """Return what comes of a send that is answered so, when the operation reads the answer."""
    try:
        answer = operation.read_response(response=response).parsed
    except UnreadableResponse:
        return "unreadable"
    ending = judged(Ending(Trace.TAKEN, "HTTP 200", status=200, answer=answer))
    return ending.trace, ending.reason, bulk_result(REQUEST, answer)


@settings(derandomize=True, max_examples=400, deadline=None)
@given(ANSWERS | ANYTHING)
def test_it_is_the_same_by_either(answer: object) -> None:
    response = _response(answer)
    assert _outcome(_bulk_answers, response) == _outcome(send_bulk_messages, response)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.permutations(IDS), st.lists(WORDS, min_size=6, max_size=6))
def test_fates_are_matched_by_id_in_any_order(order: list[str], words: list[str]) -> None:
    told = [
        {"messageId": name, "messageGroupStatus": {"deliveryStatus": word}, "smsCount": 1}
        for name, word in zip(order, words, strict=True)
    ]
    response = _response({"isSuccessful": True, "smsMessageDeliveryStatuses": told})
    answer = _bulk_answers.read_response(response=response).parsed
    assert isinstance(answer, BulkSmsMessageResponse)
    fates = bulk_result(REQUEST, answer).fates
    assert [(fate.destination, fate.message_id) for fate in fates] == list(zip(NUMBERS, IDS, strict=True))
    assert {fate.message_id: fate.status for fate in fates} == dict(zip(order, words, strict=True))


@pytest.mark.parametrize("odd", [5, ["x"], [{"destinations": 5}]])
def test_what_is_only_told_again_hides_no_fate(odd: object) -> None:
    told = [{"messageId": name, "messageGroupStatus": {"deliveryStatus": "QUEUED"}} for name in IDS]
    response = _response({"items": odd, "data": odd, "smsMessageDeliveryStatuses": told})
    answer = _bulk_answers.read_response(response=response).parsed
    assert isinstance(answer, BulkSmsMessageResponse)
    assert told_by(answer).message_ids == IDS


@pytest.mark.parametrize("status", [400, 401, 413, 429, 500, 302])
def test_other_answers_are_the_operation_s(status: int) -> None:
    response = _response({"title": "No", "status": status}, status)
    told = _bulk_answers.read_response(response=response)
    assert told == send_bulk_messages.read_response(response=response)
