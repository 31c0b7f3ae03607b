"""What a receiver decides, before anything is sent."""

from __future__ import annotations

import json
import logging

import pytest
from blackkonnect_sms import InvalidArgument
from blackkonnect_sms.receipts import Answer, Receipt
from blackkonnect_sms.receipts.answering import FAILED, TAKEN, Guard, log_failure
from blackkonnect_sms.receipts.receipt import LONGEST_QUERY
from blackkonnect_sms_api.models import ProblemDetail, ProblemError

QUERY = "messageId=m-1&deliveryStatus=SENT"


def answered(found: Receipt | Answer) -> Answer:
    assert isinstance(found, Answer)
    return found


def problem(answer: Answer) -> ProblemDetail:
    headers = dict(answer.headers)
    assert headers["Content-Type"] == "application/problem+json"
    assert headers["Content-Length"] == str(len(answer.body))
    assert headers["Cache-Control"] == "no-store"
    told = ProblemDetail.from_dict(json.loads(answer.body))
    assert (told.type_, told.title, told.status) == ("about:blank", answer.reason, answer.status)
    assert not told.additional_properties
    return told


def test_a_receipt_is_let_in(secret: str) -> None:
    assert Guard(secret).examine("GET", secret, QUERY) == Receipt("m-1", "SENT")
    assert Guard(secret).examine("GET", secret, QUERY.encode()) == Receipt("m-1", "SENT")


@pytest.mark.parametrize("wrong", ["", "x", "{}x", "x{}", "{}/", "/{}", "{}\0", "{}é", "{}\ud800", "../{}"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_wrong_secret_is_told_nothing(secret: str, wrong: str, method: str) -> None:
    answers = {
        answered(Guard(secret).examine(method, wrong.format(secret), query))
        for query in (QUERY, "", "x" * (LONGEST_QUERY + 1))
    }
    (answer,) = answers
    assert answer.status == 404
    assert problem(answer).detail == "There is nothing here."


def test_upper_case_is_another_secret(secret: str) -> None:
    assert answered(Guard(secret).examine("GET", secret.upper(), QUERY)).status == 404


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "OPTIONS", "get", "BREW"])
def test_another_method(secret: str, method: str) -> None:
    answer = answered(Guard(secret).examine(method, secret, QUERY))
    assert answer.status == 405
    assert dict(answer.headers)["Allow"] == "GET"
    assert (answer.body == b"") == (method == "HEAD")


def test_a_bad_query_names_the_parameter(secret: str, caplog: pytest.LogCaptureFixture) -> None:
    answer = answered(Guard(secret).examine("GET", secret, "messageId=private&destination=%2B233200000001"))
    assert answer.status == 400
    told = problem(answer)
    assert told.detail == "deliveryStatus: must be given"
    assert told.errors == [ProblemError(detail="must be given", parameter="deliveryStatus")]
    assert caplog.messages == ["a receipt was refused: deliveryStatus: must be given"]


def test_a_query_that_is_too_long(secret: str, caplog: pytest.LogCaptureFixture) -> None:
    longest = f"{QUERY}&callbackData=".ljust(LONGEST_QUERY, "x")
    assert isinstance(Guard(secret).examine("GET", secret, longest), Receipt)
    answer = answered(Guard(secret).examine("GET", secret, longest + "x"))
    assert answer.status == 414
    assert problem(answer).detail == "A receipt's query has at most 65536 bytes."
    # In characters it is not too long, in bytes it is.
    wide = f"{QUERY}&callbackData=" + "é" * (LONGEST_QUERY // 2)
    assert answered(Guard(secret).examine("GET", secret, wide)).status == 400
    assert caplog.messages == [
        "a receipt was refused: its query is too long",
        "a receipt was refused: query: must have at most 65536 bytes",
    ]


@pytest.mark.parametrize(
    "secret",
    ["", "too-short", "s" * 256, "with/slash-and-more", "with space and more", "é" * 20, None, b"s" * 20],
)
def test_what_is_no_secret(secret: object) -> None:
    with pytest.raises(InvalidArgument) as raised:
        Guard(secret)  # type: ignore[arg-type]
    assert raised.value.argument == "secret"
    assert not secret or str(secret) not in str(raised.value)


def test_the_other_answers() -> None:
    assert (TAKEN.status, TAKEN.body) == (200, b"")
    assert problem(FAILED).detail == "The receipt was not taken; it may come again."


def test_a_failure_is_told_by_its_kind(caplog: pytest.LogCaptureFixture) -> None:
    log_failure("KeyError")
    assert caplog.record_tuples == [
        ("blackkonnect_sms.receipts", logging.ERROR, "the handler of receipts failed: KeyError")
    ]


def test_nothing_shows_the_secret(secret: str) -> None:
    guard = Guard(secret)
    assert secret not in repr(guard)
    assert b"messageId" not in repr(guard.examine("GET", secret, "")).encode()
