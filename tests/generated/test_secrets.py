"""No secret and no text of a message is in any repr or error."""

from __future__ import annotations

import copy
import json
import pickle
import traceback
from typing import Any

import httpx
import pytest
from blackkonnect_sms_api import AuthenticatedClient, Client
from blackkonnect_sms_api.api.access_token import retrieve_access_token
from blackkonnect_sms_api.api.mobile_sms_messaging import send_bulk_messages, send_message
from blackkonnect_sms_api.errors import UnexpectedStatus, UnreadableResponse
from blackkonnect_sms_api.models import (
    BulkSmsMessageRequest,
    BulkSmsMessageResponse,
    NetworkOperatorMessageDeliveryDTO,
    SimpleSmsMessageRequest,
    SimpleSmsMessageResponse,
    SmsMessage,
    TokenRequest,
    TokenResponse,
)
from blackkonnect_sms_api.types import UNSET
from hypothesis import given, settings
from hypothesis import strategies as st

from openapi import names

SECRET = "s3cr3t-482913"


@pytest.mark.parametrize("kind", [Client, AuthenticatedClient])
def test_the_repr_of_a_client_tells_nothing(kind: Any) -> None:
    arguments: dict[str, Any] = {
        "base_url": f"https://user:{SECRET}@sms.example",
        "headers": {"Authorization": f"Bearer {SECRET}"},
        "cookies": {"session": SECRET},
        "httpx_args": {"auth": ("user", SECRET)},
    }
    if kind is AuthenticatedClient:
        arguments["token"] = SECRET
    client = kind(**arguments)
    assert SECRET not in repr(client)
    client.get_httpx_client().close()
    assert SECRET not in repr(client)
    assert SECRET not in str(client)


def test_the_token_does_not_leak_into_the_callers_headers() -> None:
    headers = {"X-Own": "1"}
    with AuthenticatedClient(base_url="https://sms.example", token=SECRET, headers=headers) as client:
        assert client.get_httpx_client().headers["authorization"] == f"Bearer {SECRET}"
    assert headers == {"X-Own": "1"}


@pytest.mark.parametrize(
    ("model", "shown"),
    [
        (TokenRequest(client_id="acme", client_secret=SECRET), "client_id='acme'"),
        (TokenResponse(token=SECRET), ""),
        (SimpleSmsMessageRequest(destination="+233200000001", text=SECRET), "destination='+233200000001'"),
        (SmsMessage(priority=1, text=SECRET), "priority=1"),
        (BulkSmsMessageRequest(bulk_id="b", messages=[SmsMessage(text=SECRET)]), "bulk_id='b'"),
        (NetworkOperatorMessageDeliveryDTO(message_id="m", message_content=SECRET), "message_id='m'"),
        (SimpleSmsMessageResponse(code=0, message=SECRET, data={"text": SECRET}), "code=0"),
        (BulkSmsMessageResponse.from_dict({"code": 0, "data": {"text": SECRET}, "new": SECRET}), "code=0"),
    ],
)
def test_the_repr_of_a_model_shows_neither_secrets_nor_texts(model: Any, shown: str) -> None:
    assert SECRET not in repr(model)
    assert shown in repr(model)
    assert SECRET in json.dumps(model.to_dict())


def test_the_document_marks_what_is_sensitive() -> None:
    assert names.sensitive(
        {
            "components": {
                "schemas": {
                    "Secret": {"type": "string", "x-sensitive": True},
                    "A": {"properties": {"x": {"x-sensitive": True}, "y": {"writeOnly": True}, "open": {}}},
                    "B": {"allOf": [{"properties": {"z": {"format": "password"}}}]},
                    "C": {"items": {"properties": {"r": {"$ref": "#/components/schemas/Secret"}}}},
                }
            }
        }
    ) == {"x", "y", "z", "r"}


def test_the_repr_of_a_response_shows_neither_body_nor_headers() -> None:
    response = httpx.Response(200, json={"token": SECRET}, headers={"Set-Cookie": SECRET})
    assert SECRET not in repr(retrieve_access_token.read_response(response=response))


@settings(derandomize=True, max_examples=150, deadline=None, database=None)
@given(
    st.recursive(
        st.just(SECRET) | st.sampled_from([None, 1, True]),
        lambda inner: (
            st.lists(inner, max_size=2)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "deliveryStatus",
                        "data",
                        "items",
                        "text",
                        "sendAt",
                        "code",
                        "uuid",
                        "isSuccessful",
                        SECRET,
                    ]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=8,
    )
)
def test_no_error_and_no_traceback_tells_what_was_in_the_body(body: Any) -> None:
    for operation in (send_message, send_bulk_messages):
        told = ""
        try:
            operation.read_response(response=httpx.Response(200, content=json.dumps(body).encode()))
        except UnreadableResponse as error:
            told = repr(error) + "".join(traceback.format_exception(error))
        assert SECRET not in told


@pytest.mark.parametrize("body", [SECRET.encode(), b'{"text": "' + SECRET.encode() + b'\xff"}'])
def test_no_error_tells_what_was_in_a_body_that_is_no_json(body: bytes) -> None:
    with pytest.raises(UnreadableResponse) as caught:
        send_message.read_response(response=httpx.Response(200, content=body))
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    assert SECRET not in str(UnexpectedStatus(204, body)) + repr(UnexpectedStatus(204, body))


def test_copies_of_a_model_send_no_more_than_the_model() -> None:
    model = SimpleSmsMessageRequest(text="t")
    for twin in (copy.copy(model), copy.deepcopy(model), pickle.loads(pickle.dumps(model))):  # noqa: S301 - our own
        assert twin.destination is UNSET
        assert twin.to_dict() == {"text": "t"}
    assert repr(UNSET) == "UNSET"
