"""The WSGI application by itself."""

from __future__ import annotations

import json
from typing import Any
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest
from blackkonnect_sms import InvalidArgument
from blackkonnect_sms.receipts import Receipt, ReceiptsWSGI, make_query

RECEIPT = Receipt("m-1", "SENT", destination="+233200000001", callback_data="private words é")
PRIVATE = ("233200000001", "private words", "private error")


def call(
    app: ReceiptsWSGI, path: str, query: str, method: str = "GET", prefix: str = ""
) -> tuple[str, dict[str, str], bytes]:
    """Run the application as a server does, and check that it keeps to PEP 3333."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": prefix,
        "PATH_INFO": path,
        "QUERY_STRING": query,
    }
    setup_testing_defaults(environ)
    started: list[tuple[str, dict[str, str]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> Any:
        started.append((status, dict(headers)))
        return lambda _: None

    # Servers drop the body of an answer to HEAD, and the validator wants none of the headers of one.
    checked = app if method == "HEAD" else validator(app)
    answered = checked(environ, start_response)
    try:
        body = b"".join(answered)
    finally:
        if hasattr(answered, "close"):
            answered.close()
    (status, headers), *_ = started
    return status, headers, body


@pytest.fixture
def taken() -> list[Receipt]:
    return []


@pytest.fixture
def app(taken: list[Receipt], secret: str) -> ReceiptsWSGI:
    return ReceiptsWSGI(taken.append, secret=secret)


@pytest.mark.parametrize("prefix", ["", "/receipts", "/gw/receipts"])
def test_where_it_is_mounted(app: ReceiptsWSGI, taken: list[Receipt], secret: str, prefix: str) -> None:
    status, headers, body = call(app, f"/{secret}", make_query(RECEIPT), prefix=prefix)
    assert (status, headers["Content-Length"], body) == ("200 OK", "0", b"")
    assert taken == [RECEIPT]


@pytest.mark.parametrize("path", ["", "/", "/{}/", "//{}", "/x/{}", "/{}x", "/{}\xc3\xa9"])
def test_where_it_is_not(app: ReceiptsWSGI, taken: list[Receipt], secret: str, path: str) -> None:
    status, headers, body = call(app, path.format(secret), make_query(RECEIPT))
    assert status == "404 Not Found"
    assert headers["Content-Type"] == "application/problem+json"
    assert json.loads(body)["status"] == 404
    assert taken == []


def test_other_answers(app: ReceiptsWSGI, secret: str) -> None:
    assert call(app, f"/{secret}", "")[0] == "400 Bad Request"
    assert call(app, f"/{secret}", "messageId=\xff")[0] == "400 Bad Request"
    assert call(app, f"/{secret}", "x" * 70_000)[0].startswith("414 ")
    status, headers, body = call(app, f"/{secret}", make_query(RECEIPT), "POST")
    assert (status, headers["Allow"]) == ("405 Method Not Allowed", "GET")
    assert body
    status, headers, body = call(app, f"/{secret}", make_query(RECEIPT), "HEAD")
    assert (status, headers["Allow"], body) == ("405 Method Not Allowed", "GET", b"")


def test_a_query_that_is_not_encoded(app: ReceiptsWSGI, taken: list[Receipt], secret: str) -> None:
    raw = "messageId=m-1&deliveryStatus=SENT&callbackData=é".encode().decode("latin-1")
    assert call(app, f"/{secret}", raw)[0] == "200 OK"
    assert taken[0].callback_data == "é"


def test_a_handler_that_fails(secret: str, caplog: pytest.LogCaptureFixture) -> None:
    def handle(receipt: Receipt) -> None:
        raise LookupError(f"private error {receipt.destination}")

    status, headers, body = call(ReceiptsWSGI(handle, secret=secret), f"/{secret}", make_query(RECEIPT))
    assert status == "500 Internal Server Error"
    assert caplog.messages == ["the handler of receipts failed: LookupError"]
    seen = f"{headers} {body!r} {caplog.text}"
    assert not any(word in seen for word in (*PRIVATE, secret))


async def coroutine_handler(_: Receipt) -> None:
    """Do nothing."""


class CallableObject:
    async def __call__(self, _: Receipt) -> None:
        """Do nothing."""


@pytest.mark.parametrize("handler", [coroutine_handler, CallableObject(), None, "save"])
def test_what_is_no_handler(handler: Any, secret: str) -> None:
    with pytest.raises(InvalidArgument) as raised:
        ReceiptsWSGI(handler, secret=secret)
    assert raised.value.argument == "handler"


def test_what_would_never_run_is_not_taken_for_done(secret: str, caplog: pytest.LogCaptureFixture) -> None:
    def handle(receipt: Receipt) -> object:
        return coroutine_handler(receipt)

    app = ReceiptsWSGI(handle, secret=secret)
    assert call(app, f"/{secret}", make_query(RECEIPT))[0] == "500 Internal Server Error"
    assert caplog.messages == [
        "the handler of receipts failed: it returned an awaitable, which nobody awaits here"
    ]


def test_nothing_shows_the_secret(app: ReceiptsWSGI, secret: str) -> None:
    assert secret not in repr(app)
