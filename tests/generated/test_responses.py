"""Answers that the document can't promise: each is read as far as it goes, or is one typed error."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
from typing import Any
from uuid import UUID

import httpx
import pytest
from blackkonnect_sms_api.api.access_token import retrieve_access_token
from blackkonnect_sms_api.api.mobile_sms_messaging import (
    get_bulk_message_status,
    get_message_status,
    handle_delivery_receipt,
    send_bulk_messages,
    send_message,
)
from blackkonnect_sms_api.client import AuthenticatedClient
from blackkonnect_sms_api.errors import UnexpectedStatus, UnreadableResponse
from blackkonnect_sms_api.models import (
    BulkSmsMessageResponse,
    DeliveryWindow,
    GatewayMessageDeliveryStatus,
    GatewayMessageDeliveryStatusDTO,
    ProblemDetail,
    SimpleSmsMessageResponse,
)
from blackkonnect_sms_api.types import UNSET
from hypothesis import given, settings
from hypothesis import strategies as st

OPERATIONS: dict[str, Any] = {
    module.__name__.rpartition(".")[2]: module
    for module in (
        retrieve_access_token,
        send_message,
        send_bulk_messages,
        get_message_status,
        get_bulk_message_status,
        handle_delivery_receipt,
    )
}
every_operation = pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
PROBLEM = {"type": "about:blank", "title": "No", "status": 429, "detail": "Wait."}


def read(operation: Any, status: int, body: Any, media_type: str = "application/json") -> Any:
    """Read an answer, given as bytes or as what to write as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    response = httpx.Response(status, content=content, headers={"Content-Type": media_type})
    return operation.read_response(response=response)


def parsed(operation: Any, body: Any) -> Any:
    return read(operation, 200, body).parsed


# Values that the vendor may add -------------------------------------------------------------------


def test_an_unknown_status_is_kept() -> None:
    assert parsed(send_message, {"deliveryStatus": "SOMETHING_NEW"}).delivery_status == "SOMETHING_NEW"
    assert parsed(get_message_status, {"deliveryStatus": "SOMETHING_NEW"}).delivery_status == "SOMETHING_NEW"


def test_an_unknown_weekday_is_kept() -> None:
    assert DeliveryWindow.from_dict({"days": ["MONDAY", "SOMEDAY"]}).days == ["MONDAY", "SOMEDAY"]


def test_unknown_fields_are_kept() -> None:
    assert parsed(send_message, {"new": {"a": [None]}}).additional_properties == {"new": {"a": [None]}}


# Null, nothing, and other shapes ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("operation", "body", "expected"),
    [
        (send_message, {}, SimpleSmsMessageResponse()),
        (
            send_message,
            dict.fromkeys(["code", "message", "data", "items", "itemPagination"]),
            SimpleSmsMessageResponse(),
        ),
        (send_bulk_messages, {"data": None, "smsMessageDeliveryStatuses": None}, BulkSmsMessageResponse()),
        (send_bulk_messages, {"items": [None]}, BulkSmsMessageResponse(items=[])),
        (
            send_bulk_messages,
            {"smsMessageDeliveryStatuses": []},
            BulkSmsMessageResponse(sms_message_delivery_statuses=[]),
        ),
        (get_bulk_message_status, {}, GatewayMessageDeliveryStatusDTO()),
        (get_bulk_message_status, [], []),
        (get_bulk_message_status, [None], []),
        (get_bulk_message_status, [{}], [GatewayMessageDeliveryStatus()]),
        (get_message_status, b'\xef\xbb\xbf{"uuid": null}', GatewayMessageDeliveryStatus()),
        (get_message_status, {"destination": ""}, GatewayMessageDeliveryStatus(destination="")),
    ],
)
def test_null_reads_as_absent(operation: Any, body: Any, expected: object) -> None:
    assert parsed(operation, body) == expected


def test_empty_objects_in_an_array_are_kept() -> None:
    answer = parsed(send_bulk_messages, {"items": [{}, None, {"text": None}], "data": {}})
    assert [item.to_dict() for item in answer.items] == [{}, {}]
    assert answer.to_dict() == {"data": {}, "items": [{}, {}]}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"{",
        b"\xff\xfe{}",
        '{"deliveryStatus": "\u00e9"}'.encode("latin-1"),
        b'{"a": "\xed\xa0\x80"}',
        b"NaN",
        b'{"cost": NaN}',
        b'{"data": Infinity}',
        b'{"data": 1e400}',
        b"[" * 10_000 + b"]" * 10_000,
        b'{"data":' * 10_000 + b"1" + b"}" * 10_000,
        b"9" * 5_000,
        None,
        1,
        True,
        "QUEUED",
        [1],
        ["QUEUED"],
        [[]],
        {"deliveryStatus": 1},
        {"deliveryStatus": ["QUEUED"]},
        {"code": "0"},
        {"code": 0.5},
        {"code": True},
        {"isSuccessful": "false"},
        {"isSuccessful": 0},
        {"items": {}},
        {"items": "x"},
        {"items": ["x"]},
        {"itemPagination": []},
        {"itemPagination": {"pageSize": "20"}},
    ],
    ids=lambda body: repr(body)[:30],
)
def test_what_can_not_be_read_is_one_typed_error(body: Any) -> None:
    with pytest.raises(UnreadableResponse) as caught:
        read(send_message, 200, body)
    error = caught.value
    assert error.status_code == 200
    assert error.content == (body if isinstance(body, bytes) else json.dumps(body).encode())
    assert error.headers["Content-Type"] == "application/json"
    assert error.__cause__ is not None
    assert str(error) == f"unreadable response of status 200, {len(error.content)} bytes"


@pytest.mark.parametrize(
    ("body", "code"),
    [({"code": 0}, 0), ({"code": 2.0}, 2), (b'{"code": 1e2}', 100), ({"code": -(2**70)}, -(2**70))],
)
def test_a_number_without_a_fraction_is_an_integer(body: Any, code: int) -> None:
    found = parsed(send_message, body).code
    assert found == code
    assert type(found) is int


# Date-times and UUIDs -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-02T08:00:04.211Z", dt.datetime(2026, 3, 2, 8, 0, 4, 211_000, dt.UTC)),
        ("2026-03-02t08:00:04z", dt.datetime(2026, 3, 2, 8, 0, 4, 0, dt.UTC)),
        ("2026-03-02T08:00:04+05:30", dt.datetime(2026, 3, 2, 2, 30, 4, 0, dt.UTC)),
        ("2026-03-02T08:00:04.211000999Z", dt.datetime(2026, 3, 2, 8, 0, 4, 211_000, dt.UTC)),
        ("2026-03-02T08:00:04", UNSET),  # No offset: whose eight o'clock?
        ("2026-03-02", UNSET),
        ("tomorrow", UNSET),
        ("", UNSET),
        ("2026-03-02T08:00:60Z", UNSET),
        (1772438404211, UNSET),
        ([2026, 3, 2, 8, 0, 4], UNSET),
        (None, UNSET),
    ],
)
def test_a_time_that_can_not_be_read_is_absent_and_costs_nothing_else(text: Any, moment: object) -> None:
    status = parsed(get_message_status, {"deliveryTimestamp": text, "deliveryStatus": "SENT"})
    assert status.delivery_timestamp == moment
    assert status.delivery_status == "SENT"


@pytest.mark.parametrize("text", ["", "no", 1, [], {}, None])
def test_a_uuid_that_can_not_be_read_is_absent(text: Any) -> None:
    assert parsed(get_message_status, {"uuid": text}) == GatewayMessageDeliveryStatus()


def test_a_uuid_is_read() -> None:
    text = "095be615-a8ad-4c33-8e9c-c7612fbf6c9f"
    assert parsed(get_message_status, {"uuid": text}).uuid == UUID(text)


# Errors -------------------------------------------------------------------------------------------


@every_operation
@pytest.mark.parametrize("status", [400, 401, 402, 404, 418, 429, 499, 500, 503, 520, 599])
@pytest.mark.parametrize(
    "media_type", ["application/problem+json", "application/json", "text/html", "nonsense"]
)
def test_every_error_is_a_problem_however_it_is_labelled(
    operation: Any, status: int, media_type: str
) -> None:
    answer = read(operation, status, PROBLEM, media_type)
    assert answer.parsed == ProblemDetail.from_dict(PROBLEM)
    assert answer.parsed.detail == "Wait."
    assert answer.status_code == status
    assert type(answer.status_code) is int


@every_operation
@pytest.mark.parametrize("status", [401, 404, 429, 520])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>no</html>",
        b"\xff\xfe",
        b"[",
        b"[]",
        b"null",
        b'"no"',
        b'{"status": "401"}',
        b"[" * 10_000,
    ],
)
def test_an_error_that_can_not_be_read_is_still_an_answer(operation: Any, status: int, body: bytes) -> None:
    answer = read(operation, status, body, "text/html")
    assert (answer.status_code, answer.parsed, answer.content) == (status, None, body)
    assert answer.headers["content-type"] == "text/html"


@every_operation
@pytest.mark.parametrize("status", [201, 202, 204, 302, 304, 600, 999])
def test_a_status_that_nobody_documents_is_left_to_the_caller(operation: Any, status: int) -> None:
    assert read(operation, status, b"").parsed is None
    strict = AuthenticatedClient(base_url="https://sms.example", token="t", raise_on_unexpected_status=True)
    with pytest.raises(UnexpectedStatus) as caught:
        operation.read_response(client=strict, response=httpx.Response(status, content=b"a text"))
    assert str(caught.value) == f"unexpected status {status}, 6 bytes"


@pytest.mark.parametrize(
    "again",
    [copy.copy, copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error))],  # noqa: S301
)
@pytest.mark.parametrize(
    "error",
    [UnexpectedStatus(302, b"a text"), UnreadableResponse(200, b"<", httpx.Headers({"Content-Type": "a/b"}))],
    ids=lambda error: type(error).__name__,
)
def test_an_error_can_be_copied_and_comes_back_from_another_process(error: Any, again: Any) -> None:
    error.add_note("Seen before.")
    back = again(error)
    assert type(back) is type(error)
    assert str(back) == str(error)
    assert vars(back) == vars(error)
    assert {"status_code", "content"} < vars(back).keys()


# Properties ---------------------------------------------------------------------------------------

names = st.text(max_size=3) | st.sampled_from(
    [
        "code",
        "message",
        "data",
        "items",
        "itemPagination",
        "deliveryStatus",
        "isSuccessful",
        "smsMessageDeliveryStatuses",
        "messageGroupStatus",
        "destinations",
        "deliveryTimeWindow",
        "from",
        "hour",
        "days",
        "sendAt",
        "text",
        "errors",
        "uuid",
        "deliveryTimestamp",
        "token",
        "status",
        "pageSize",
        "messageId",
        "destination",
        "smsCount",
        "cost",
    ]
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=5),
    max_leaves=12,
)
operations = st.sampled_from(list(OPERATIONS.values()))
thorough = settings(derandomize=True, max_examples=200, deadline=None, database=None)


@thorough
@given(operations, anything)
def test_any_json_is_read_or_is_the_typed_error(operation: Any, body: Any) -> None:
    try:
        answer = parsed(operation, body)
    except UnreadableResponse:
        return
    # What was read can be shown and written again, and reads the same.
    assert repr(answer)
    for model in answer if isinstance(answer, list) else [answer]:
        assert type(model).from_dict(model.to_dict()) == model


@thorough
@given(
    operations,
    st.binary(max_size=50) | anything.map(lambda body: json.dumps(body).encode()),
    st.integers(400, 599),
)
def test_reading_an_error_never_raises(operation: Any, body: bytes, status: int) -> None:
    answer = read(operation, status, body)
    assert answer.status_code == status
    assert answer.parsed is None or isinstance(answer.parsed, ProblemDetail)
