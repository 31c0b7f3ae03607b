"""The ASGI application by itself: what it reads of a scope, and what it sends."""

from __future__ import annotations

import asyncio
import functools
import json
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from blackkonnect_sms import InvalidArgument
from blackkonnect_sms.receipts import Receipt, ReceiptsASGI, make_query, make_url

RECEIPT = Receipt("m-1", "SENT", destination="+233200000001", callback_data="private words")
PRIVATE = ("233200000001", "private words", "private error")


def call(app: ReceiptsASGI, scope: dict[str, Any], *messages: dict[str, Any]) -> list[dict[str, Any]]:
    """Run the application on a scope, and return what it sends."""
    sent: list[dict[str, Any]] = []
    waiting = list(messages)

    async def receive() -> dict[str, Any]:
        return waiting.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent


def http(path: str, query: str | bytes, root_path: str | None = None, method: str = "GET") -> dict[str, Any]:
    octets = query.encode() if isinstance(query, str) else query
    scope = {"type": "http", "method": method, "path": path, "query_string": octets, "headers": []}
    return scope if root_path is None else {**scope, "root_path": root_path}


def status(app: ReceiptsASGI, scope: dict[str, Any]) -> int:
    start, body = call(app, scope)
    assert dict(start["headers"])[b"content-length"] == str(len(body["body"])).encode()
    return int(start["status"])


@pytest.fixture
def taken() -> list[Receipt]:
    return []


@pytest.fixture
def app(taken: list[Receipt], secret: str) -> ReceiptsASGI:
    return ReceiptsASGI(taken.append, secret=secret)


@pytest.mark.parametrize(
    ("path", "root_path"),
    [
        ("/{}", None),
        ("/{}", ""),
        ("/receipts/{}", "/receipts"),
        ("/gw/receipts/{}", "/gw/receipts"),
        # A framework that cuts the path, and a proxy that cuts its beginning.
        ("/{}", "/receipts"),
        ("/receipts/{}", "/gw/receipts"),
        ("/wörld/{}", "/wörld"),
    ],
)
def test_where_it_is_mounted(
    app: ReceiptsASGI, taken: list[Receipt], secret: str, path: str, root_path: str | None
) -> None:
    assert status(app, http(path.format(secret), make_query(RECEIPT), root_path)) == 200
    assert taken == [RECEIPT]


@pytest.mark.parametrize(
    ("path", "root_path"),
    [
        ("/", ""),
        ("/{}/", ""),
        ("//{}", ""),
        ("/{}x", ""),
        ("/x/{}", ""),
        ("/receipts/{}/", "/receipts"),
        ("/receipts//{}", "/receipts"),
        ("/receipts{}", "/receipts"),
        ("/elsewhere/{}", "/receipts"),
        ("/receipts", "/receipts"),
    ],
)
def test_where_it_is_not(
    app: ReceiptsASGI, taken: list[Receipt], secret: str, path: str, root_path: str
) -> None:
    assert status(app, http(path.format(secret), make_query(RECEIPT), root_path)) == 404
    assert taken == []


def test_other_answers(app: ReceiptsASGI, secret: str) -> None:
    assert status(app, http(f"/{secret}", "")) == 400
    assert status(app, http(f"/{secret}", b"messageId=\xff")) == 400
    assert status(app, http(f"/{secret}", "x" * 70_000)) == 414
    start, body = call(app, http(f"/{secret}", make_query(RECEIPT), method="POST"))
    assert start["status"] == 405
    assert (b"allow", b"GET") in start["headers"]
    assert json.loads(body["body"])["title"] == "Method Not Allowed"
    start, body = call(app, http(f"/{secret}", make_query(RECEIPT), method="HEAD"))
    assert (start["status"], body["body"]) == (405, b"")


def test_with_httpx(app: ReceiptsASGI, taken: list[Receipt], secret: str) -> None:
    async def run() -> None:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://sms.example.com") as client:
            escaped = "".join(f"%{ord(character):02x}" for character in secret)
            assert (await client.get(make_url(f"/{escaped}", RECEIPT))).status_code == 200
            # What is decoded twice would be the secret.
            twice = escaped.replace("%", "%25")
            assert (await client.get(make_url(f"/{twice}", RECEIPT))).status_code == 404

    asyncio.run(run())
    assert taken == [RECEIPT]


Kinds = dict[str, Callable[[list[tuple[Receipt, bool]]], Callable[[Receipt], Any]]]


def in_loop() -> bool:
    try:
        return asyncio.get_running_loop() is not None
    except RuntimeError:
        return False


def _handlers() -> Kinds:
    def plain(into: list[tuple[Receipt, bool]]) -> Callable[[Receipt], Any]:
        return lambda receipt: into.append((receipt, in_loop()))

    def coroutine(into: list[tuple[Receipt, bool]]) -> Callable[[Receipt], Any]:
        async def handle(receipt: Receipt) -> None:
            await asyncio.sleep(0)
            into.append((receipt, in_loop()))

        return handle

    def callable_object(into: list[tuple[Receipt, bool]]) -> Callable[[Receipt], Any]:
        class Handler:
            async def __call__(self, receipt: Receipt) -> None:
                into.append((receipt, in_loop()))

        return Handler()

    def returning(into: list[tuple[Receipt, bool]]) -> Callable[[Receipt], Awaitable[None]]:
        def handle(receipt: Receipt) -> Awaitable[None]:
            made: Awaitable[None] = coroutine(into)(receipt)
            return made

        return handle

    def partial(into: list[tuple[Receipt, bool]]) -> Callable[[Receipt], Any]:
        return functools.partial(coroutine(into))

    return {
        "plain": plain,
        "coroutine": coroutine,
        "object": callable_object,
        "returning": returning,
        "partial": partial,
    }


@pytest.mark.parametrize("kind", list(_handlers()))
def test_each_kind_of_handler(kind: str, secret: str) -> None:
    into: list[tuple[Receipt, bool]] = []
    app = ReceiptsASGI(_handlers()[kind](into), secret=secret)
    assert status(app, http(f"/{secret}", make_query(RECEIPT))) == 200
    # What may block the loop is not run in it.
    assert into == [(RECEIPT, kind != "plain")]


def test_a_plain_function_holds_nobody_up(secret: str) -> None:
    both = threading.Barrier(2, timeout=30)
    app = ReceiptsASGI(lambda _: both.wait(), secret=secret)

    async def run() -> list[int]:
        answers = await asyncio.gather(*(app.answer("GET", secret, make_query(RECEIPT)) for _ in range(2)))
        return [answer.status for answer in answers]

    assert asyncio.run(run()) == [200, 200]


@pytest.mark.parametrize("kind", ["plain", "coroutine", "returning"])
def test_a_handler_that_fails(kind: str, secret: str, caplog: pytest.LogCaptureFixture) -> None:
    class Failing(list[Any]):
        def append(self, _: Any) -> None:
            raise LookupError("private error +233200000001")

    app = ReceiptsASGI(_handlers()[kind](Failing()), secret=secret)
    start, body = call(app, http(f"/{secret}", make_query(RECEIPT)))
    assert start["status"] == 500
    assert [record.getMessage() for record in caplog.records if record.name.startswith("blackkonnect")] == [
        "the handler of receipts failed: LookupError"
    ]
    seen = f"{start} {body} {caplog.text}"
    assert not any(word in seen for word in (*PRIVATE, secret))


def test_a_handler_that_is_cancelled(secret: str) -> None:
    async def handle(_: Receipt) -> None:
        raise asyncio.CancelledError

    app = ReceiptsASGI(handle, secret=secret)
    with pytest.raises(asyncio.CancelledError):
        call(app, http(f"/{secret}", make_query(RECEIPT)))


def test_lifespan(app: ReceiptsASGI) -> None:
    sent = call(app, {"type": "lifespan"}, {"type": "lifespan.startup"}, {"type": "lifespan.shutdown"})
    assert sent == [{"type": "lifespan.startup.complete"}, {"type": "lifespan.shutdown.complete"}]


def test_a_websocket_is_refused(app: ReceiptsASGI, secret: str) -> None:
    scope = {"type": "websocket", "path": f"/{secret}", "query_string": b""}
    assert call(app, scope, {"type": "websocket.connect"}) == [{"type": "websocket.close", "code": 1008}]


def test_another_protocol(app: ReceiptsASGI) -> None:
    with pytest.raises(ValueError, match="HTTP alone"):
        call(app, {"type": "smtp"})


@pytest.mark.parametrize(("handler", "argument"), [(None, "handler"), ("save", "handler")])
def test_what_is_no_handler(handler: Any, argument: str, secret: str) -> None:
    with pytest.raises(InvalidArgument) as raised:
        ReceiptsASGI(handler, secret=secret)
    assert raised.value.argument == argument


def test_nothing_shows_the_secret(app: ReceiptsASGI, secret: str) -> None:
    assert secret not in repr(app)
