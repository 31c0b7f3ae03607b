"""A scripted gateway with a ledger of what it took, and both clients behind one face.

The gateway is httpx's mock transport: no socket is opened, and the clock is advanced instead of waited for.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import socket
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote

import httpx
import pytest
from blackkonnect_sms import AsyncBlackkonnectSMS, BlackkonnectSMS, OutcomeUnknown
from blackkonnect_sms.clock import Clock
from blackkonnect_sms_api.facts import PATHS

BASE_URL = "https://sms.example.com/gw"
CLIENT_ID = "acme"
SECRET = "s3cr3t-of-acme"
NOW = 1_790_000_000.0

Fault = str | httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


class FakeClock(Clock):
    """A clock that moves only when somebody waits by it, or when a test moves it."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return 1000.0 + self.passed

    def time(self) -> float:
        return NOW + self.passed

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.slept.append(seconds)
        self.passed += seconds

    async def sleep_async(self, seconds: float) -> None:
        self.sleep(seconds)
        await asyncio.sleep(0)


class Gateway:
    """A gateway that does what its script says, and then what a gateway should.

    The script holds faults by operation ("token", "send", "bulk", "status", "bulk_status"), one for each
    request. A fault is a ready answer or failure, which takes nothing, or one of these words:

    - ``connect``, ``connect_timeout``, ``pool``: nothing reaches the gateway;
    - ``timeout``, ``closed``, ``500``, ``503``, ``408``, ``garbled``, ``{}``, ``302``, ``429`` (or
      ``429:7`` with that Retry-After), ``401``: the request ends so and nothing is taken;
    - the same with `` taken`` behind it: it is taken and the request ends so all the same;
    - ``ok``: no fault.
    """

    def __init__(self, edition: str = "2026-02-25") -> None:
        self.edition = edition
        self.clock = FakeClock()
        self.script: defaultdict[str, list[Fault]] = defaultdict(list)
        self.always: dict[str, Fault] = {}
        self.seen: list[tuple[str, httpx.Request]] = []
        self.ledger: list[tuple[str, str, str]] = []
        self.bulks: dict[str, list[str]] = {}
        self.standing: dict[str, str] = {}
        self.refused_numbers: set[str] = set()
        self.hidden: set[str] = set()
        self.lag = 0
        self.page_size = 500
        self.refuses_duplicates = True
        self.lifetime: float | None = 3600.0
        self.tokens = 0
        self.valid: set[str] = set()
        self.takes = 0.0

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self.handle)

    def count(self, operation: str) -> int:
        return sum(name == operation for name, _ in self.seen)

    def sent_to(self) -> Counter[str]:
        return Counter(number for _, number, _ in self.ledger)

    def bodies(self, operation: str) -> list[Any]:
        return [json.loads(request.content) for name, request in self.seen if name == operation]

    def handle(self, request: httpx.Request) -> httpx.Response:
        operation = _operation(request)
        self.seen.append((operation, request))
        self.clock.passed += self.takes
        queue = self.script[operation]
        fault = queue.pop(0) if queue else self.always.get(operation, "ok")
        if isinstance(fault, Exception):
            raise fault
        if isinstance(fault, httpx.Response):
            return fault
        if callable(fault):
            return fault(request)
        word, _, taken = fault.partition(" ")
        if operation != "token" and not word.startswith("connect") and word != "pool":
            bearer = request.headers["Authorization"].removeprefix("Bearer ")
            if bearer not in self.valid:
                return httpx.Response(401, json={"title": "Unauthorized"})
        answer = self._served(operation, request) if word == "ok" or taken else None
        if word == "ok":
            assert answer is not None
            return answer
        return _faulty(word, request)

    def _served(self, operation: str, request: httpx.Request) -> httpx.Response:
        return {
            "token": self._token,
            "send": self._send,
            "bulk": self._bulk,
            "status": self._status,
            "bulk_status": self._bulk_status,
        }[operation](request)

    def _token(self, request: httpx.Request) -> httpx.Response:
        assert "Authorization" not in request.headers
        form = parse_qs(request.content.decode())
        assert form["grant_type"] == ["client_credentials"]
        if (form["client_id"], form["client_secret"]) != ([CLIENT_ID], [SECRET]):
            return httpx.Response(401, json={"title": "Unauthorized"})
        self.tokens += 1
        token = f"token-{self.tokens}"
        if self.lifetime is not None:
            token = jwt(
                {"exp": self.clock.time() + self.lifetime, "iat": self.clock.time(), "n": self.tokens}
            )
        self.valid = {token}
        return httpx.Response(200, json={"token": token})

    def _send(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        message_id = body["messageId"]
        if self.refuses_duplicates and message_id in self.standing:
            return httpx.Response(409, json={"title": "Conflict", "detail": "taken before"})
        if body["destination"] in self.refused_numbers:
            return httpx.Response(200, json={"isSuccessful": False, "code": 7})
        self._take(message_id, body["destination"], body["text"])
        told = {"isSuccessful": True, "deliveryStatus": "QUEUED", "correlationId": f"c-{len(self.ledger)}"}
        return httpx.Response(200, json=told)

    def _bulk(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        if self.refuses_duplicates and body["bulkId"] in self.bulks:
            return httpx.Response(409, json={"title": "Conflict", "detail": "taken before"})
        fates = []
        self.bulks[body["bulkId"]] = []
        for message in body["messages"]:
            for one in message["destinations"]:
                refused = one["destination"] in self.refused_numbers
                if not refused:
                    self._take(one["messageId"], one["destination"], message["text"])
                    self.bulks[body["bulkId"]].append(one["messageId"])
                fates.append(fate(one["messageId"], "REJECTED" if refused else "QUEUED", one["destination"]))
        told = {"bulkId": body["bulkId"], "smsMessageDeliveryStatuses": fates, "isSuccessful": True}
        return httpx.Response(200, json=told)

    def _take(self, message_id: str, number: str, text: str) -> None:
        self.ledger.append((message_id, number, text))
        self.standing.setdefault(message_id, "QUEUED")

    def _known(self) -> bool:
        if self.lag > 0:
            self.lag -= 1
            return False
        return True

    def _status(self, request: httpx.Request) -> httpx.Response:
        message_id = _asked_for("getMessageStatus", request)
        if not self._known() or message_id not in self.standing or message_id in self.hidden:
            return httpx.Response(404, json={"title": "Not Found"})
        return httpx.Response(200, json=self.told(message_id))

    def _bulk_status(self, request: httpx.Request) -> httpx.Response:
        bulk_id = _asked_for("getBulkMessageStatus", request)
        if not self._known() or bulk_id not in self.bulks:
            return httpx.Response(404, json={"title": "Not Found"})
        shown = [one for one in self.bulks[bulk_id] if one not in self.hidden]
        if self.edition == "2025-05-16":
            return httpx.Response(200, json=self.told(shown[0]) if shown else {})
        page, size = int(request.url.params["page"]), min(self.page_size, int(request.url.params["size"]))
        return httpx.Response(200, json=[self.told(one) for one in shown[page * size : (page + 1) * size]])

    def told(self, message_id: str) -> dict[str, Any]:
        return {"messageId": message_id, "deliveryStatus": self.standing[message_id]}


def fate(message_id: str, status: str | None, number: str | None = None) -> dict[str, Any]:
    """Return a destination's part of the answer to a bulk."""
    group = {"deliveryStatus": status, "statusDescription": "in words"}
    return {"messageId": message_id, "messageGroupStatus": group, "destination": number, "smsCount": 1}


def jwt(claims: dict[str, Any]) -> str:
    """Return a compact JWS, unsigned: the client leaves the signature to the gateway."""
    import base64  # noqa: PLC0415

    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'none'})}.{part(claims)}.sig"


OPERATIONS = {
    "retrieveAccessToken": "token",
    "sendMessage": "send",
    "sendBulkMessages": "bulk",
    "getMessageStatus": "status",
    "getBulkMessageStatus": "bulk_status",
}


def _operation(request: httpx.Request) -> str:
    assert str(request.url).startswith(BASE_URL), request.url
    path = request.url.raw_path.decode().partition("?")[0].removeprefix("/gw")
    for name, word in OPERATIONS.items():
        if _pattern(name).fullmatch(path):
            return word
    raise AssertionError(request.url)


def _asked_for(name: str, request: httpx.Request) -> str:
    """Return the id in the path of a request."""
    path = request.url.raw_path.decode().partition("?")[0].removeprefix("/gw")
    found = _pattern(name).fullmatch(path)
    assert found, path
    return unquote(found[1])


def _pattern(name: str) -> re.Pattern[str]:
    """Return what an operation's paths look like; what stands for a parameter is a group."""
    return re.compile(re.sub(r"\\\{.*?\\\}", "([^/]*)", re.escape(PATHS[name][1])))


def _faulty(word: str, request: httpx.Request) -> httpx.Response:
    failures: dict[str, type[httpx.TransportError]] = {
        "connect": httpx.ConnectError,
        "connect_timeout": httpx.ConnectTimeout,
        "pool": httpx.PoolTimeout,
        "timeout": httpx.ReadTimeout,
        "write": httpx.WriteError,
        "closed": httpx.RemoteProtocolError,
        "proxy": httpx.ProxyError,
    }
    if word in failures:
        raise failures[word]("scripted", request=request)
    if word == "garbled":
        return httpx.Response(200, content=b'{"isSucc\xff')
    if word == "{}":
        return httpx.Response(200, json={})
    status, _, wait = word.partition(":")
    headers = {"Retry-After": wait} if wait else {}
    if status == "302":
        headers["Location"] = "https://elsewhere.example.com/"
    return httpx.Response(int(status), headers=headers, json={"title": f"scripted {status}"})


class Api(Protocol):
    """What both clients do, for a test that waits."""

    client: Any

    def send(self, *args: Any, **options: Any) -> Any: ...
    def send_bulk(self, *args: Any, **options: Any) -> Any: ...
    def send_bulks(self, *args: Any, told: list[Any] | None = None, **options: Any) -> list[Any]: ...
    def reconcile_bulk(self, bulk: Any) -> Any: ...
    def status(self, *args: Any) -> Any: ...
    def statuses(self, *args: Any) -> list[Any]: ...
    def wait(self, *args: Any, **options: Any) -> Any: ...
    def reconcile(self, error: OutcomeUnknown) -> Any: ...
    def close(self) -> None: ...


class Sync:
    def __init__(self, client: BlackkonnectSMS) -> None:
        self.client: Any = client
        self.send = client.send
        self.send_bulk = client.send_bulk
        self.status = client.status
        self.wait = client.wait
        self.close = client.close
        self.reconcile_bulk = client.reconcile

    def send_bulks(self, *args: Any, told: list[Any] | None = None, **options: Any) -> list[Any]:
        """Take all results; those in `told` are there also where something is raised then."""
        told = [] if told is None else told
        for result in self.client.send_bulks(*args, **options):
            told.append(result)
        return told

    def statuses(self, *args: Any) -> list[Any]:
        return list(self.client.statuses(*args))

    def reconcile(self, error: OutcomeUnknown) -> Any:
        return error.reconcile()


_RUNNER = asyncio.Runner()


class Async:
    """Runs each call in the one event loop of all tests: a loop for each would cost more than the call."""

    def __init__(self, client: AsyncBlackkonnectSMS) -> None:
        self.client: Any = client

    def send(self, *args: Any, **options: Any) -> Any:
        return _RUNNER.run(self.client.send(*args, **options))

    def send_bulk(self, *args: Any, **options: Any) -> Any:
        return _RUNNER.run(self.client.send_bulk(*args, **options))

    def send_bulks(self, *args: Any, told: list[Any] | None = None, **options: Any) -> list[Any]:
        async def take(told: list[Any]) -> list[Any]:
            async for result in self.client.send_bulks(*args, **options):
                told.append(result)  # noqa: PERF401 - what came before an error stays
            return told

        return _RUNNER.run(take([] if told is None else told))

    def reconcile_bulk(self, bulk: Any) -> Any:
        return _RUNNER.run(self.client.reconcile(bulk))

    def status(self, *args: Any) -> Any:
        return _RUNNER.run(self.client.status(*args))

    def statuses(self, *args: Any) -> list[Any]:
        async def all_of_them() -> list[Any]:
            return [status async for status in self.client.statuses(*args)]

        return _RUNNER.run(all_of_them())

    def wait(self, *args: Any, **options: Any) -> Any:
        return _RUNNER.run(self.client.wait(*args, **options))

    def reconcile(self, error: OutcomeUnknown) -> Any:
        async def again() -> Any:
            return await error.reconcile()

        return _RUNNER.run(again())

    def close(self) -> None:
        _RUNNER.run(self.client.aclose())


class Served:
    """The scripted gateway behind a socket, for clients that take no transport.

    A failure of the script, which a transport would raise, closes the connection without an answer. One that
    says that no connection was made can't be played to a client that has made one.
    """

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._open: set[socket.socket] = set()
        self._turns = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.base_url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/gw"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        # Closing alone wakes no thread that waits in it.
        for one in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self._open.add(connection)
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with (
            contextlib.suppress(OSError, httpx.TransportError),
            connection,
            connection.makefile("rb") as read,
        ):
            while line := read.readline():
                request = _read_request(line, read)
                with self._turns:
                    answer = self._gateway.handle(request)
                connection.sendall(_write_answer(answer))
        self._open.discard(connection)


def _read_request(line: bytes, read: Any) -> httpx.Request:
    method, target, _ = line.split(b" ")
    fields = []
    while (field := read.readline().rstrip()) != b"":
        name, _, value = field.partition(b":")
        fields.append((name, value.strip()))
    body = read.read(int(httpx.Headers(fields).get("Content-Length", 0)))
    url = BASE_URL + target.decode().removeprefix("/gw")
    return httpx.Request(method.decode(), url, headers=fields, content=body)


def _write_answer(answer: httpx.Response) -> bytes:
    body = answer.read()
    lines = [f"HTTP/1.1 {answer.status_code} {answer.reason_phrase}".encode()]
    skipped = {b"content-length", b"transfer-encoding"}
    lines += [name + b": " + value for name, value in answer.headers.raw if name.lower() not in skipped]
    return b"\r\n".join([*lines, f"Content-Length: {len(body)}".encode(), b"", body])


class Wired:
    """A client on a scripted gateway behind a socket, which is closed with the client."""

    def __init__(self, api: Api, served: Served) -> None:
        self._api, self._served = api, served

    def __getattr__(self, name: str) -> Any:
        return getattr(self._api, name)

    def close(self) -> None:
        self._api.close()
        self._served.close()


def client_for(kind: str, gateway: Gateway, **options: Any) -> Api:
    """Return a client of that kind, on the gateway and its clock.

    Args:
        kind: ``"sync"`` or ``"async"``, with `` fast`` behind it for one below httpx.
        gateway: The gateway; a fast client meets it behind a socket.
        **options: Arguments of the client.
    """
    kind, _, fast = kind.partition(" ")
    served = Served(gateway) if fast and "base_url" not in options else None
    arguments: dict[str, Any] = {
        "base_url": served.base_url if served else BASE_URL,
        "client_id": CLIENT_ID,
        "client_secret": SECRET,
        "clock": gateway.clock,
        **({"fast": True} if fast else {"transport": gateway.transport}),
        **options,
    }
    api: Any = (
        Sync(BlackkonnectSMS(**arguments)) if kind == "sync" else Async(AsyncBlackkonnectSMS(**arguments))
    )
    return Wired(api, served) if served else api


class World:
    """What tests make gateways, clients and answers with, since test modules import no other."""

    Gateway = Gateway
    FakeClock = FakeClock
    client_for = staticmethod(client_for)
    jwt = staticmethod(jwt)
    fate = staticmethod(fate)
    asked_for = staticmethod(_asked_for)
    faulty = staticmethod(_faulty)
    base_url = BASE_URL
    client_id = CLIENT_ID
    secret = SECRET
    now = NOW


@pytest.fixture(scope="session", autouse=True)
def _runner() -> Iterator[None]:
    with _RUNNER:
        yield


@pytest.fixture(scope="session")
def world() -> type[World]:
    return World


@pytest.fixture
def gateway() -> Gateway:
    return Gateway()


_SLOW = pytest.mark.slow
_NEVER_CONNECTED = {"connect", "connect_timeout", "pool"}
_NOT_BEHIND_A_SOCKET = {
    # They play that no connection is made, which a gateway behind a socket can't; test_fast.py does.
    "test_a_number_of_tries_of_one_repeats_nothing",
    "test_a_callback_that_fails_does_not_hide_that_the_send_may_be_taken",
    "test_a_callback_that_fails_refuses_its_request_alone",
    "test_a_gateway_that_is_gone_is_not_asked_for_each",
    "test_a_call_ends_by_its_deadline",
    "test_a_lost_answer_earns_no_budget",
    "test_a_send_that_is_repeated",
    "test_delays_grow_and_stay_below_their_caps",
    "test_each_repeat_is_told_before_it_is_waited_for",
    "test_repeats_of_questions_are_told",
    "test_successes_earn_the_budget_back",
    "test_the_budget_of_all_calls_stops_a_storm",
    # They look at the timeouts of httpx' requests, or let a transport wait by the test's clock.
    "test_each_request_of_a_call_gets_what_time_is_left",
    "test_one_that_hangs_leaves_time_for_the_others",
    "test_reconciling_for_no_time_asks_once_with_time_for_an_answer",
    "test_the_token_request_keeps_the_caller_s_timeout",
    "test_time_is_kept_to_ask_for_a_send_that_took_all_it_had",
    "test_wait_ends_with_its_time_and_tells_what_is_left",
    # They look for the gateway's address, or for the name of an exception that a transport raised.
    "test_a_send_that_is_cut_off",
    "test_an_answer_that_is_lost_and_found",
    "test_refused_credentials_say_what_to_check_and_are_not_tried_again",
    # They hand over a transport or event hooks, or an answer that no gateway can write.
    "test_hooks",
    "test_the_limit_is_the_caller_s",
}
"""What is told of clients on httpx alone, by test or by module; the list is to shrink."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what can't be played to a client that takes no transport."""
    left_out = [item for item in items if _needs_a_transport(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def _needs_a_transport(item: pytest.Item) -> bool:
    given = getattr(getattr(item, "callspec", None), "params", {})
    if "fast" not in str(given.get("kind", "")):
        return False
    plays = {value for value in given.values() if isinstance(value, str)}
    names = {getattr(item, "originalname", ""), item.path.stem}
    return bool(names & _NOT_BEHIND_A_SOCKET) or bool(plays & _NEVER_CONNECTED)


@pytest.fixture(
    params=[
        "sync",
        "async",
        pytest.param("sync fast", marks=_SLOW),
        pytest.param("async fast", marks=_SLOW),
    ]
)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def make(kind: str, gateway: Gateway) -> Callable[..., Api]:
    """Make a client, of each kind in turn, on the gateway."""
    return lambda **options: client_for(kind, gateway, **options)


@pytest.fixture
def sms(make: Callable[..., Api]) -> Iterator[Api]:
    """A client with the settings that it has by default."""
    api = make()
    yield api
    api.close()
