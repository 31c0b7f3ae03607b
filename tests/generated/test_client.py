"""The clients, and the requests for those who send them by themselves."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import httpx
import pytest
from blackkonnect_sms_api import AuthenticatedClient, Client
from blackkonnect_sms_api.api.access_token import retrieve_access_token
from blackkonnect_sms_api.api.mobile_sms_messaging import (
    get_bulk_message_status,
    get_message_status,
    handle_delivery_receipt,
    send_bulk_messages,
    send_message,
)
from blackkonnect_sms_api.facts import PATHS
from blackkonnect_sms_api.models import (
    BulkSmsMessageRequest,
    SimpleSmsMessageRequest,
    SimpleSmsMessageResponse,
    SmsMessage,
    TokenRequest,
)


@pytest.mark.parametrize(
    "client",
    [Client(base_url="https://sms.example"), AuthenticatedClient(base_url="https://sms.example", token="t")],
)
def test_no_client_waits_for_ever_by_default(client: Client | AuthenticatedClient) -> None:
    with client.get_httpx_client() as inner:
        assert inner.timeout == httpx.Timeout(30.0)


def test_no_async_client_waits_for_ever_by_default() -> None:
    assert Client(base_url="https://sms.example").get_async_httpx_client().timeout == httpx.Timeout(30.0)


@pytest.mark.parametrize("timeout", [httpx.Timeout(1.0), None])
def test_the_callers_timeout_counts(timeout: httpx.Timeout | None) -> None:
    with Client(base_url="https://sms.example", timeout=timeout).get_httpx_client() as inner:
        assert inner.timeout == httpx.Timeout(timeout)


def test_a_call_sends_the_request_and_reads_the_answer() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"deliveryStatus": "QUEUED", "items": [None]})

    client = AuthenticatedClient(
        base_url="https://sms.example", token="t", httpx_args={"transport": httpx.MockTransport(answer)}
    )
    with client:
        sent = send_message.sync(
            client=client, body=SimpleSmsMessageRequest(text="Hi"), x_organisation_id="o"
        )

    assert isinstance(sent, SimpleSmsMessageResponse)
    assert sent.delivery_status == "QUEUED"
    assert [request.headers["authorization"] for request in seen] == ["Bearer t"]
    assert seen[0].headers["x-organisation-id"] == "o"
    assert json.loads(seen[0].content) == {"text": "Hi"}


SEND_AT = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
TIME_IN_A_QUERY = "&deliveryTimestamp=2026-03-02T08%3A00%3A00%2B01%3A00"

STATUS = PATHS["getMessageStatus"][1]
BULK_STATUS = PATHS["getBulkMessageStatus"][1]
RECEIPT = PATHS["handleDeliveryReceipt"][1]


@pytest.mark.parametrize(
    ("kwargs", "method", "target", "content"),
    [
        (
            retrieve_access_token.request_kwargs(body=TokenRequest(client_id="a", client_secret="b&c")),
            "POST",
            PATHS["retrieveAccessToken"][1],
            b"client_id=a&client_secret=b%26c",
        ),
        (
            send_bulk_messages.request_kwargs(
                body=BulkSmsMessageRequest(messages=[SmsMessage(text="Hi", send_at=SEND_AT)])
            ),
            "POST",
            PATHS["sendBulkMessages"][1],
            b'{"messages":[{"text":"Hi","sendAt":"2026-03-02T08:00:00+01:00"}]}',
        ),
        (
            get_message_status.request_kwargs("a/b c"),
            "GET",
            STATUS.replace("{correlationId}", "a%2Fb%20c"),
            b"",
        ),
        (
            get_bulk_message_status.request_kwargs("b", page=0, sort=["messageId,asc", "x"]),
            "GET",
            BULK_STATUS.replace("{bulkCorrelationId}", "b") + "?page=0&sort=messageId%2Casc&sort=x",
            b"",
        ),
        (
            handle_delivery_receipt.request_kwargs(
                message_id="m", delivery_status="NEW", delivery_timestamp=SEND_AT
            ),
            "GET",
            f"{RECEIPT}?messageId=m&deliveryStatus=NEW" + TIME_IN_A_QUERY,
            b"",
        ),
    ],
)
def test_the_arguments_of_a_request_are_httpx_own(
    kwargs: dict[str, Any], method: str, target: str, content: bytes
) -> None:
    with httpx.Client(base_url="https://sms.example") as client:
        request = client.build_request(**kwargs, timeout=1.0)
    assert (request.method, request.url.raw_path.decode(), request.content) == (method, target, content)


@pytest.mark.parametrize("send_at", [SEND_AT, SEND_AT.astimezone(dt.UTC)])
def test_a_time_comes_back_as_it_was_sent(send_at: dt.datetime) -> None:
    assert SmsMessage.from_dict(SmsMessage(send_at=send_at).to_dict()).send_at == send_at
