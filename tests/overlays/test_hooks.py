"""The caller's event hooks and transports: what they see, what they may do, and which are refused."""

from __future__ import annotations

import asyncio
import functools
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from blackkonnect_sms import AsyncBlackkonnectSMS, BlackkonnectSMS, ConfigurationError, Refused, Unavailable
from blackkonnect_sms.auth import TOKEN_REQUEST

if TYPE_CHECKING:
    from collections.abc import Callable

    from blackkonnect_emulator.fixture import EmulatorFixture

    from tests.overlays.conftest import Api, Gateway

TO = "+233200000001"
TEXT = "your code is 482913"


def hook_of(kind: str, function: Callable[[Any], object]) -> Callable[[Any], Any]:
    """Return a hook of the kind that the client calls."""

    async def awaited(value: Any) -> None:
        await asyncio.sleep(0)
        function(value)

    def called(value: Any) -> None:
        function(value)

    return awaited if kind == "async" else called


def fail(_: object) -> None:
    raise LookupError("of the hook")


def test_hooks_see_each_request_and_each_answer(
    kind: str, make: Callable[..., Api], gateway: Gateway
) -> None:
    requests: list[httpx.Request] = []
    answers: list[httpx.Response] = []
    gateway.script["send"] = ["429", "ok"]
    sms = make(
        event_hooks={
            "request": [hook_of(kind, requests.append)],
            "response": [hook_of(kind, answers.append)],
        }
    )
    sent = sms.send(TO, TEXT)
    sms.status(sent)
    assert [request for _, request in gateway.seen] == requests
    assert [answer.status_code for answer in answers] == [200, 429, 200, 200]
    assert [TOKEN_REQUEST in request.extensions for request in requests] == [True, False, False, False]
    assert ["Authorization" in request.headers for request in requests] == [False, True, True, True]
    sms.close()


def test_a_hook_may_add_a_header_and_read_an_answer(
    kind: str, make: Callable[..., Api], gateway: Gateway
) -> None:
    bodies: list[bytes] = []

    def mark(request: httpx.Request) -> None:
        request.headers["X-Trace"] = "t-1"

    def read(response: httpx.Response) -> None:
        bodies.append(response.read())

    async def read_async(response: httpx.Response) -> None:
        bodies.append(await response.aread())

    reading = read if kind == "sync" else read_async
    sms = make(event_hooks={"request": [hook_of(kind, mark)], "response": [reading]})
    assert sms.send(TO, TEXT).status == "QUEUED"
    assert [request.headers["X-Trace"] for _, request in gateway.seen] == ["t-1", "t-1"]
    assert b"QUEUED" in bodies[1]
    sms.close()


def test_a_hook_reads_no_more_of_an_answer_than_the_client(
    kind: str, make: Callable[..., Api], gateway: Gateway
) -> None:
    def read(response: httpx.Response) -> None:
        response.read()

    async def read_async(response: httpx.Response) -> None:
        await response.aread()

    gateway.always["status"] = lambda _: httpx.Response(200, stream=httpx.ByteStream(b"x" * 5000))
    sms = make(answer_limit=2000, event_hooks={"response": [read if kind == "sync" else read_async]})
    with pytest.raises(Unavailable, match="AnswerTooLarge"):
        sms.status("m-1")
    sms.close()


@pytest.mark.parametrize("operation", ["token", "send"])
def test_a_request_hook_that_raises_stops_the_send(
    kind: str, make: Callable[..., Api], gateway: Gateway, operation: str
) -> None:
    def stop(request: httpx.Request) -> None:
        if (operation == "token") == (TOKEN_REQUEST in request.extensions):
            fail(request)

    sms = make(event_hooks={"request": [hook_of(kind, stop)]})
    with pytest.raises(Refused, match=r"hook.*LookupError.*nothing was sent") as raised:
        sms.send(TO, TEXT)
    assert raised.value.sent == "no"
    assert isinstance(raised.value.__cause__, LookupError)
    assert gateway.ledger == []
    assert gateway.count("status") == 0
    sms.close()


def test_a_response_hook_that_raises_makes_no_send_unknown_that_the_gateway_has(
    kind: str, make: Callable[..., Api], gateway: Gateway
) -> None:
    def stop(response: httpx.Response) -> None:
        if response.request.method == "POST" and TOKEN_REQUEST not in response.request.extensions:
            fail(response)

    sms = make(event_hooks={"response": [hook_of(kind, stop)]})
    assert sms.send(TO, TEXT).reconciled
    assert gateway.count("send") == 1
    sms.close()


def test_a_list_that_is_changed_later_changes_nothing(
    kind: str, make: Callable[..., Api], gateway: Gateway
) -> None:
    seen: list[object] = []
    functions = [hook_of(kind, seen.append)]
    sms = make(event_hooks={"request": functions})
    functions.clear()
    sms.send(TO, TEXT)
    assert len(seen) == len(gateway.seen)
    sms.close()


async def _later(_: object) -> None:
    await asyncio.sleep(0)


class _CalledLater:
    async def __call__(self, _: object) -> None:
        await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("hooks", "place"),
    [
        ([print], "event_hooks"),
        ({"requests": [print]}, "event_hooks"),
        ({"request": print}, "event_hooks['request']"),
        ({"response": "print"}, "event_hooks['response']"),
        ({"request": [None]}, "event_hooks['request'][0]"),
    ],
)
def test_hooks_that_are_none_are_told_when_the_client_is_made(
    make: Callable[..., Api], hooks: object, place: str
) -> None:
    with pytest.raises(ConfigurationError) as raised:
        make(event_hooks=hooks)
    assert raised.value.argument == place


@pytest.mark.parametrize("hook", [_later, functools.partial(_later), _CalledLater()])
def test_async_hooks_are_for_the_asynchronous_client(gateway: Gateway, world: Any, hook: Any) -> None:
    world.client_for("async", gateway, event_hooks={"request": [hook]}).close()
    with pytest.raises(ConfigurationError, match=r"event_hooks\['request'\]\[0\]: must be a plain function"):
        world.client_for("sync", gateway, event_hooks={"request": [hook]})


def test_plain_hooks_are_for_the_synchronous_client(gateway: Gateway, world: Any) -> None:
    world.client_for("sync", gateway, event_hooks={"response": [print]}).close()
    with pytest.raises(
        ConfigurationError, match=r"event_hooks\['response'\]\[1\]: must be an async function"
    ):
        world.client_for("async", gateway, event_hooks={"response": [_later, print]})


@pytest.mark.parametrize("transport", ["http", object(), "of the other kind"])
def test_what_is_no_transport_is_told_when_the_client_is_made(
    kind: str, make: Callable[..., Api], transport: object
) -> None:
    if transport == "of the other kind":
        transport = httpx.AsyncHTTPTransport() if kind == "sync" else httpx.HTTPTransport()
    with pytest.raises(ConfigurationError, match="transport: must be a transport of httpx") as raised:
        make(transport=transport)
    assert raised.value.argument == "transport"


class _Counted(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A transport of the caller's own around another."""

    def __init__(self, inner: httpx.MockTransport) -> None:
        self.inner, self.requests, self.closed = inner, 0, False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        return self.inner.handle_request(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        return await self.inner.handle_async_request(request)

    def close(self) -> None:
        self.closed = True

    async def aclose(self) -> None:
        self.closed = True


def test_any_transport_carries_tokens_and_sends_and_is_closed(
    make: Callable[..., Api], gateway: Gateway
) -> None:
    transport = _Counted(gateway.transport)
    sms = make(transport=transport)
    sms.send(TO, TEXT)
    assert transport.requests == len(gateway.seen) == 2
    sms.close()
    assert transport.closed


def test_hooks_and_a_transport_work_in_each_event_loop(gateway: Gateway, world: Any) -> None:
    loops: list[asyncio.AbstractEventLoop] = []

    async def note(_: httpx.Request) -> None:
        await asyncio.sleep(0)
        loops.append(asyncio.get_running_loop())

    transport = _Counted(gateway.transport)
    api = world.client_for("async", gateway, transport=transport, event_hooks={"request": [note]})
    for _ in range(3):
        asyncio.run(api.client.send(TO, TEXT))
    assert transport.requests == len(loops) == 4
    assert len(set(map(id, loops))) == 3
    asyncio.run(api.client.aclose())


def test_hooks_work_over_connections_in_each_event_loop(blackkonnect_emulator: EmulatorFixture) -> None:
    seen: list[str] = []

    async def note(request: httpx.Request) -> None:
        await asyncio.sleep(0)
        seen.append(request.url.path.rpartition("/v1")[0].rpartition("/")[2])

    async def send(sms: AsyncBlackkonnectSMS) -> None:
        await sms.send(TO, TEXT)

    sms = AsyncBlackkonnectSMS.from_env(blackkonnect_emulator.env, event_hooks={"request": [note]})
    asyncio.run(send(sms))
    asyncio.run(send(sms))
    assert seen == ["token", "send-message", "send-message"]
    assert len(list(blackkonnect_emulator.messages())) == 2


def test_hooks_work_over_connections(blackkonnect_emulator: EmulatorFixture) -> None:
    seen: list[int] = []
    hooks = {"response": [lambda response: seen.append(response.status_code)]}
    with BlackkonnectSMS.from_env(blackkonnect_emulator.env, event_hooks=hooks) as sms:
        sms.send(TO, TEXT)
    assert seen == [200, 200]
