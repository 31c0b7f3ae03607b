"""What the end of a request means, as tables of cases."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from blackkonnect_sms import errors
from blackkonnect_sms._answers import Ending, bulk_result, error_of, judged, send_result
from blackkonnect_sms.messages import bulk_request, message_request
from blackkonnect_sms.retry import Trace
from blackkonnect_sms.statuses import MessageStatus
from blackkonnect_sms_api.models import (
    BulkSmsMessageResponse,
    ProblemDetail,
    SimpleSmsMessageResponse,
)

NUMBERS = ["+233200000001", "+233200000002"]


def _fates(*statuses: str | None) -> list[dict[str, Any]]:
    return [
        {"messageId": f"m-{i}", "messageGroupStatus": {"deliveryStatus": s}} for i, s in enumerate(statuses)
    ]


@pytest.mark.parametrize(
    ("answer", "trace"),
    [
        ({"isSuccessful": True}, Trace.TAKEN),
        ({"correlationId": "c-1"}, Trace.TAKEN),
        ({"deliveryStatus": "QUEUED"}, Trace.TAKEN),
        ({"deliveryStatus": "A_WORD_OF_TOMORROW"}, Trace.TAKEN),
        ({"deliveryStatus": "REJECTED", "isSuccessful": True}, Trace.REFUSED),
        ({"isSuccessful": False}, Trace.REFUSED),
        ({"isSuccessful": False, "correlationId": "c-1"}, Trace.REFUSED),
        ({}, Trace.UNKNOWN),
        ({"code": 0, "message": "fine"}, Trace.UNKNOWN),
        ({"code": 0, "correlationId": "c-1"}, Trace.TAKEN),
        ({"code": 500, "message": "err", "isSuccessful": None, "correlationId": "c-1"}, Trace.UNKNOWN),
        ({"isSuccessful": None, "deliveryStatus": None}, Trace.UNKNOWN),
    ],
)
def test_the_answer_to_a_message(answer: dict[str, Any], trace: Trace) -> None:
    ending = Ending(Trace.TAKEN, "HTTP 200", status=200, answer=SimpleSmsMessageResponse.from_dict(answer))
    assert judged(ending).trace is trace


@pytest.mark.parametrize(
    ("answer", "trace"),
    [
        ({"isSuccessful": True}, Trace.TAKEN),
        ({"correlationId": "c-1"}, Trace.TAKEN),
        ({"smsMessageDeliveryStatuses": []}, Trace.TAKEN),
        ({"smsMessageDeliveryStatuses": _fates("REJECTED")}, Trace.TAKEN),
        ({"isSuccessful": False}, Trace.REFUSED),
        (
            {"isSuccessful": False, "smsMessageDeliveryStatuses": _fates("REJECTED", "FAILED", None)},
            Trace.REFUSED,
        ),
        ({"isSuccessful": False, "smsMessageDeliveryStatuses": _fates("REJECTED", "QUEUED")}, Trace.TAKEN),
        ({"isSuccessful": False, "smsMessageDeliveryStatuses": _fates("DELIVERED")}, Trace.TAKEN),
        ({}, Trace.UNKNOWN),
        ({"bulkId": "b-1", "items": []}, Trace.UNKNOWN),
    ],
)
def test_the_answer_to_a_bulk(answer: dict[str, Any], trace: Trace) -> None:
    ending = Ending(Trace.TAKEN, "HTTP 200", status=200, answer=BulkSmsMessageResponse.from_dict(answer))
    assert judged(ending).trace is trace


@pytest.mark.parametrize("trace", [Trace.NOTHING, Trace.REFUSED, Trace.UNKNOWN])
def test_only_a_good_status_is_judged_by_its_words(trace: Trace) -> None:
    ending = Ending(trace, "HTTP 500", status=500, answer=ProblemDetail(title="x"))
    assert judged(ending) is ending


def test_a_good_status_with_something_else_in_it_is_unknown() -> None:
    ending = Ending(Trace.TAKEN, "HTTP 200", status=200, answer=ProblemDetail(title="x"))
    assert judged(ending).trace is Trace.UNKNOWN


CONNECT = httpx.ConnectError("x")


@pytest.mark.parametrize(
    ("ending", "kind", "sent"),
    [
        (Ending(Trace.NOTHING, "HTTP 429", status=429), errors.RateLimited, "no"),
        (Ending(Trace.NOTHING, "ConnectError", failure=CONNECT), errors.Unreachable, "no"),
        (Ending(Trace.UNKNOWN, "HTTP 500", status=500), errors.Unavailable, "no"),
        (Ending(Trace.UNKNOWN, "ReadTimeout", failure=httpx.ReadTimeout("x")), errors.Unavailable, "no"),
        (Ending(Trace.REFUSED, "HTTP 400", status=400), errors.Refused, "no"),
        (Ending(Trace.REFUSED, "HTTP 401", status=401), errors.AuthenticationError, "no"),
        (Ending(Trace.REFUSED, "HTTP 403", status=403), errors.AuthenticationError, "no"),
        (Ending(Trace.REFUSED, "HTTP 404", status=404), errors.NotFound, "no"),
        (Ending(Trace.REFUSED, "HTTP 409", status=409), errors.DuplicateId, "no"),
        (Ending(Trace.REFUSED, "HTTP 200", status=200), errors.Refused, "no"),
    ],
)
def test_which_error_tells_how_it_ended(ending: Ending, kind: type[Exception], sent: str) -> None:
    error = error_of(ending, request_id="r-1")
    assert type(error) is kind
    assert (error.sent, error.status_code, error.request_id) == (sent, ending.status, "r-1")


def test_an_error_tells_the_problem_s_words_and_places() -> None:
    problem = ProblemDetail.from_dict(
        {
            "title": "Bad Request",
            "detail": "two faults",
            "correlationId": "c-1",
            "errors": [
                {"pointer": "/text", "detail": "too long"},
                {"parameter": "page", "detail": "below 0"},
            ],
        }
    )
    error = error_of(Ending(Trace.REFUSED, "HTTP 400", status=400, answer=problem, retry_after=3.0))
    assert str(error).endswith(": two faults; /text too long; page below 0")
    assert error.problem == problem
    assert error.correlation_id == "c-1"
    assert error.retry_after == 3.0


def test_an_error_of_our_own_stays_itself() -> None:
    failure = errors.TokenUnavailable("no token")
    assert error_of(Ending(Trace.NOTHING, "TokenUnavailable", failure=failure)) is failure


def test_the_result_of_a_message_whose_answer_was_lost() -> None:
    request = message_request(NUMBERS[0], "hello", message_id="m-1")
    sent = send_result(request, None, MessageStatus("m-1", "SENT"))
    assert (sent.message_id, sent.status, sent.reconciled) == ("m-1", "SENT", True)


def test_the_result_of_a_bulk_whose_answer_was_lost() -> None:
    request = bulk_request(NUMBERS, "hello", bulk_id="b-1")
    first = request.messages[0].destinations[0].message_id  # type: ignore[index]
    bulk = bulk_result(request, None, {str(first): MessageStatus(str(first), "REJECTED")})
    # It was taken, whatever became of it then.
    assert [(fate.outcome, fate.status) for fate in bulk] == [("accepted", "REJECTED"), ("unknown", None)]
    assert (bulk.bulk_id, bulk.reconciled) == ("b-1", True)


@pytest.mark.parametrize(
    ("told", "bulk_id"), [({"bulkId": "theirs"}, "theirs"), ({}, "b-1"), ({"bulkId": ""}, "b-1")]
)
def test_the_bulk_is_asked_for_by_the_id_that_the_gateway_told(told: dict[str, Any], bulk_id: str) -> None:
    answer = BulkSmsMessageResponse.from_dict({**told, "isSuccessful": True})
    assert bulk_result(bulk_request(NUMBERS, "hello", bulk_id="b-1"), answer).bulk_id == bulk_id


@pytest.mark.parametrize("answers", [SimpleSmsMessageResponse, BulkSmsMessageResponse])
def test_a_refusal_inside_a_200_tells_the_envelope_s_words(answers: type[Any]) -> None:
    answer = answers.from_dict({"isSuccessful": False, "code": 17, "message": "Insufficient credit"})
    ending = judged(Ending(Trace.TAKEN, "HTTP 200", status=200, answer=answer))
    assert str(error_of(ending)).endswith(": Insufficient credit; code 17")


def test_a_refusal_inside_a_200_does_not_repeat_the_text() -> None:
    answer = SimpleSmsMessageResponse.from_dict({"isSuccessful": False, "message": "bad word in: my text"})
    error = error_of(Ending(Trace.REFUSED, "HTTP 200", status=200, answer=answer), private=("my text",))
    assert "my text" not in str(error)
