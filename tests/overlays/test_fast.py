"""The fast client where it differs from httpx: what reaches the gateway, and what its failures mean.

Whatever else holds for the clients on httpx is proven by the same tests, with ``kind`` a fast one. Here a
server of raw sockets counts the ids that arrive, and closes connections at each moment that there is.
"""

from __future__ import annotations

import contextlib
import json
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from blackkonnect_sms import (
    AsyncBlackkonnectSMS,
    BlackkonnectSMS,
    ConfigurationError,
    InvalidArgument,
    OutcomeUnknown,
    RetryPolicy,
    TokenUnavailable,
    Unreachable,
)

if TYPE_CHECKING:
    from tests.overlays.conftest import Api, World

exceptions = pytest.importorskip("pyreqwest.exceptions")

from blackkonnect_sms._fast import _proxy_for  # noqa: E402 - only where pyreqwest is
from blackkonnect_sms._fast_failures import understood  # noqa: E402

TO, TEXT = "+233200000001", "your code is 482913"
TOKEN = b'{"token": "an-opaque-token"}'
TAKEN = b'{"isSuccessful": true}'
Close = Callable[[socket.socket], None]


def _whole(body: bytes, status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


class Wire:
    """A server of raw sockets that counts each send by its id, however much of it is read.

    Attributes:
        ends: What is done in place of the answer to a send, before the connection is closed.
        after: Whether it closes a connection right after each answer to a send.
        head_alone: Whether it looks at the head of a send alone, and never at its body.
    """

    def __init__(self) -> None:
        self.ends: Close | None = None
        self.after = self.head_alone = False
        self.sends: Counter[str] = Counter()
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self._open.append(connection)
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection, connection.makefile("rb") as read:
            while line := read.readline():
                length = 0
                while (field := read.readline().lower()) != b"\r\n":
                    if field.startswith(b"content-length:"):
                        length = int(field.partition(b":")[2])
                if b"send-message" not in line:
                    read.read(length)
                    found = b"access-token" in line
                    connection.sendall(_whole(TOKEN) if found else _whole(b"{}", "404 Not Found"))
                    continue
                name = "unread" if self.head_alone else json.loads(read.read(length))["messageId"]
                self.sends[name] += 1
                if self.ends is not None:
                    self.ends(connection)
                    return
                connection.sendall(_whole(TAKEN))
                if self.after:
                    return

    def close(self) -> None:
        for one in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


@pytest.fixture
def wire() -> Iterator[Wire]:
    served = Wire()
    yield served
    served.close()


@pytest.fixture(params=["sync fast", "async fast"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def api(kind: str, world: World, wire: Wire) -> Iterator[Api]:
    made = _client(kind, world, wire)
    yield made
    made.close()


def _client(kind: str, world: World, wire: Wire, **options: Any) -> Api:
    return world.client_for(
        kind, world.Gateway(), base_url=f"http://127.0.0.1:{wire.port}", reconcile_for=0.0, **options
    )


ENDS: dict[str, Close] = {
    "closed": lambda _: None,
    "reset": _reset,
    "half a head": lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\nContent-"),
    "half a body": lambda connection: connection.sendall(_whole(TAKEN)[:-3]),
    "an interim answer": lambda connection: connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n"),
    "garbage": lambda connection: connection.sendall(b"\x00\xff\r\n\r\n"),
    "408": lambda connection: connection.sendall(_whole(b"", "408 Request Timeout")),
    "503": lambda connection: connection.sendall(_whole(b"", "503 Service Unavailable")),
}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("reused", [False, True])
def test_a_send_whose_connection_ends_is_unknown_and_reaches_the_gateway_once(
    api: Api,
    wire: Wire,
    end: str,
    reused: bool,  # noqa: FBT001
) -> None:
    if reused:
        assert api.send(TO, TEXT, message_id="m-0").message_id == "m-0"
    wire.ends = ENDS[end]
    with pytest.raises(OutcomeUnknown):
        api.send(TO, TEXT, message_id="m-1")
    assert wire.sends.pop("m-0", 1) == 1
    assert wire.sends == {"m-1": 1}


def test_one_whose_body_is_not_read_reaches_it_once(api: Api, wire: Wire) -> None:
    wire.head_alone, wire.ends = True, ENDS["reset"]
    with pytest.raises(OutcomeUnknown):
        api.send(TO, "x" * 5_000_000)
    assert wire.sends == {"unread": 1}


def test_where_idle_connections_are_closed_none_is_sent_twice_or_said_to_be_lost(
    api: Api, wire: Wire
) -> None:
    # The close of a connection and the next send on it meet by chance, so it is tried often.
    wire.after = True
    said: dict[str, str] = {}
    for index in range(150):
        name = f"m-{index}"
        try:
            api.send(TO, TEXT, message_id=name)
            said[name] = "accepted"
        except OutcomeUnknown:
            said[name] = "unknown"
        except Unreachable:
            said[name] = "refused"
    assert max(wire.sends.values()) == 1
    for name, outcome in said.items():
        assert outcome == "unknown" or wire.sends[name] == (outcome == "accepted"), (name, outcome)
    assert "accepted" in said.values()


def test_where_no_connection_is_made_nothing_was_sent_and_it_is_tried_again(
    kind: str, world: World, wire: Wire
) -> None:
    told: list[Any] = []
    api = _client(kind, world, wire, on_retry=told.append, retry=RetryPolicy(attempts=3))
    api.send(TO, TEXT, message_id="m-0")
    wire.close()
    # What is idle may be found closed only when it is used; the second has no connection at all.
    with contextlib.suppress(OutcomeUnknown, Unreachable):
        api.send(TO, TEXT, message_id="m-1")
    told.clear()
    with pytest.raises(Unreachable) as raised:
        api.send(TO, TEXT, message_id="m-2")
    assert raised.value.sent == "no"
    assert isinstance(raised.value.__cause__, httpx.ConnectError)
    assert [event.reason for event in told] == ["ConnectError"] * 2
    assert wire.sends == {"m-0": 1}
    api.close()


def test_a_gateway_that_speaks_no_tls_is_none(kind: str, world: World) -> None:
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                heard.append(connection.recv(65536))
                connection.sendall(_whole(TOKEN))

        thread = threading.Thread(target=answer)
        thread.start()
        port = listener.getsockname()[1]
        api = world.client_for(
            kind, world.Gateway(), base_url=f"https://localhost:{port}", retry=RetryPolicy(attempts=1)
        )
        with pytest.raises(TokenUnavailable, match="ConnectError"):
            api.send(TO, TEXT)
        thread.join(10)
        api.close()
    assert world.secret.encode() not in heard[0]


def test_when_the_time_of_the_call_is_over_nothing_is_sent(kind: str, world: World, wire: Wire) -> None:
    clock = world.FakeClock()
    api = world.client_for(
        kind,
        world.Gateway(),
        base_url=f"http://127.0.0.1:{wire.port}",
        clock=clock,
        deadline=1.0,
        retry=RetryPolicy(attempts=2, base=100.0, cap=100.0),
    )
    wire.ends = lambda connection: connection.sendall(_whole(b"{}", "429 Too Many Requests"))
    with pytest.raises(Exception, match="429"):
        api.send(TO, TEXT, message_id="m-1")
    assert wire.sends == {"m-1": 1}
    api.close()


SENDING = ("error sending request for url (http://127.0.0.1/x)", "client error (SendRequest)")
CONNECTING = ("error sending request for url (http://127.0.0.1/x)", "client error (Connect)")


@pytest.mark.parametrize(
    ("name", "causes", "kind_of_failure"),
    [
        (
            "ConnectError",
            (*CONNECTING, "tcp connect error", "Connection refused (os error 111)"),
            "ConnectError",
        ),
        ("ConnectTimeoutError", (*CONNECTING, "operation timed out"), "ConnectTimeout"),
        ("PoolTimeoutError", (), "PoolTimeout"),
        # These classes lie: the request was on its way.
        ("ConnectError", (*SENDING, "connection closed before message completed"), "RemoteProtocolError"),
        ("ConnectError", (*SENDING, "connection error", "Connection reset by peer"), "ReadError"),
        ("ConnectTimeoutError", (SENDING[0], "operation timed out"), "ReadTimeout"),
        ("ConnectError", (), "ReadError"),
        ("ReadTimeoutError", (), "ReadTimeout"),
        ("WriteTimeoutError", (), "ReadTimeout"),
        ("DecodeError", (*SENDING, "invalid HTTP version parsed"), "RemoteProtocolError"),
        ("BodyDecodeError", ("error decoding response body",), "RemoteProtocolError"),
        ("RequestPanicError", (), "ReadError"),
        ("ClientClosedError", (), "ReadError"),
        ("RequestError", (), "ReadError"),
    ],
)
def test_what_a_failure_means(name: str, causes: tuple[str, ...], kind_of_failure: str) -> None:
    error = getattr(exceptions, name)("words", {"causes": [{"message": cause} for cause in causes] or None})
    assert type(understood(error)).__name__ == kind_of_failure


@pytest.mark.parametrize("cls", [BlackkonnectSMS, AsyncBlackkonnectSMS])
@pytest.mark.parametrize(
    ("options", "argument"),
    [
        ({"fast": "yes"}, "fast"),
        ({"fast": True, "transport": httpx.MockTransport(lambda _: httpx.Response(200))}, "transport"),
        ({"fast": True, "event_hooks": {}}, "event_hooks"),
    ],
)
def test_what_does_not_go_together(cls: Any, options: dict[str, Any], argument: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        cls(base_url="https://sms.example.com", client_id="a", client_secret="b", **options)
    assert raised.value.argument == argument


def test_an_id_that_is_too_long_for_a_url(api: Api) -> None:
    with pytest.raises(InvalidArgument, match="too long"):
        api.status("m" * 70_000)


def test_a_proxy_of_the_environment_is_asked_and_gets_nothing_in_clear(
    kind: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        heard: list[bytes] = []

        def refuse() -> None:
            connection, _ = listener.accept()
            with connection:
                heard.append(connection.recv(65536))
                connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

        thread = threading.Thread(target=refuse)
        thread.start()
        for name in ("no_proxy", "NO_PROXY"):
            monkeypatch.delenv(name, raising=False)
        for name in ("https_proxy", "HTTPS_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{listener.getsockname()[1]}")
        api = world.client_for(
            kind, world.Gateway(), base_url="https://sms.example.com", retry=RetryPolicy(attempts=1)
        )
        with pytest.raises(TokenUnavailable):
            api.send(TO, TEXT)
        thread.join(10)
        api.close()
    assert heard[0].startswith(b"CONNECT sms.example.com:443 HTTP/1.1\r\n")
    assert world.secret.encode() not in heard[0]


def test_what_the_environment_says_of_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    assert _proxy_for("https://sms.example.com") is None
    monkeypatch.setenv("ALL_PROXY", "proxy.example.com:3128")
    assert _proxy_for("https://sms.example.com") == "http://proxy.example.com:3128"
    monkeypatch.setenv("HTTPS_PROXY", "http://other.example.com:3128")
    assert _proxy_for("https://sms.example.com/gw") == "http://other.example.com:3128"
    monkeypatch.setenv("NO_PROXY", "example.com")
    assert _proxy_for("https://sms.example.com:8443/gw") is None


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "SSL_CERT_FILE"])
def test_an_environment_that_can_t_be_used(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv(variable, "gopher://[" if variable == "HTTPS_PROXY" else "/nowhere/at/all.pem")
    with pytest.raises(ConfigurationError, match="environment"):
        BlackkonnectSMS(base_url="https://sms.example.com", client_id="a", client_secret="b", fast=True)


MAKE = 'BlackkonnectSMS(base_url="http://127.0.0.1:1", client_id="a", client_secret="b", fast=True)'
WITHOUT = f"""
import sys
sys.modules["pyreqwest"] = None
from blackkonnect_sms import BlackkonnectSMS, ConfigurationError
try:
    {MAKE}
except ConfigurationError as error:
    print(error)
"""
UNCLOSED = """
import asyncio, sys
from blackkonnect_sms import AsyncBlackkonnectSMS, BlackkonnectSMS
options = {"base_url": sys.argv[1], "client_id": "a", "client_secret": "b", "fast": True}
sms = BlackkonnectSMS(**options)
asynchronous = AsyncBlackkonnectSMS(**options)
async def run():
    for _ in range(20):
        await asynchronous.send("+233200000001", "hello")
for _ in range(20):
    sms.send("+233200000001", "hello")
asyncio.run(run())
"""
FORKED = """
import os, sys
from blackkonnect_sms import BlackkonnectSMS, ConfigurationError, Refused
options = {"base_url": sys.argv[1], "client_id": "a", "client_secret": "b", "fast": True}
sms = BlackkonnectSMS(**options)
sms.send("+233200000001", "hello")
child = os.fork()
if child:
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
for client, error in ((sms, Refused), (BlackkonnectSMS(**options), ConfigurationError)):
    try:
        client.send("+233200000001", "hello")
    except error:
        continue
    sys.exit(1)
"""
CUT_OFF = """
import sys
from blackkonnect_sms import BlackkonnectSMS, interrupted_send
options = {"client_id": "a", "client_secret": "b", "fast": True, "reconcile_for": 0.0}
sms = BlackkonnectSMS(base_url=sys.argv[1], timeout=float(sys.argv[2]), **options)
try:
    sms.send("+233200000001", "hello", message_id="m-1")
except KeyboardInterrupt as error:
    print(*interrupted_send(error).message_ids)
    raise
"""


def _run(script: str, *arguments: str) -> str:
    command = [sys.executable, "-c", script, *arguments]
    told = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert told.returncode == 0, told.stderr
    return told.stdout


def test_without_the_extra_it_says_what_to_install() -> None:
    assert "pip install 'blackkonnect-sms[fast]'" in _run(WITHOUT)


def test_one_that_nobody_closes_does_not_break_the_end_of_the_program(wire: Wire) -> None:
    _run(UNCLOSED, f"http://127.0.0.1:{wire.port}")
    assert sum(wire.sends.values()) == 40


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
def test_a_forked_process_gets_an_error_and_does_not_hang(wire: Wire) -> None:
    _run(FORKED, f"http://127.0.0.1:{wire.port}")
    assert sum(wire.sends.values()) == 1


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT for one process")
@pytest.mark.parametrize("answers", [True, False])
def test_ctrl_c_ends_the_program_with_its_request_and_leaves_the_id(
    wire: Wire,
    answers: bool,  # noqa: FBT001
) -> None:
    arrived, interrupted = threading.Event(), threading.Event()

    def hold(connection: socket.socket) -> None:
        arrived.set()
        interrupted.wait(100)
        if answers:
            connection.sendall(_whole(TAKEN))
        # Whoever waits for an answer ends this by going away.
        connection.recv(1)

    wire.ends = hold
    timeout = "60" if answers else "1"
    command = [sys.executable, "-c", CUT_OFF, f"http://127.0.0.1:{wire.port}", timeout]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        assert arrived.wait(100)
        program.send_signal(signal.SIGINT)
        interrupted.set()
        told, wrong = program.communicate(timeout=40)
    assert (program.returncode, told) == (-signal.SIGINT, "m-1\n"), wrong
    assert "KeyboardInterrupt" in wrong
    assert wire.sends == {"m-1": 1}


def test_the_example_of_the_manual_runs() -> None:
    emulator = pytest.importorskip("blackkonnect_emulator")
    page = (Path(__file__).parents[2] / "docs" / "speed.md").read_text("utf-8")
    (example,) = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    with emulator.running(emulator.Settings()) as gateway:
        set_up = (
            f"import os; os.environ.update(BLACKKONNECT_BASE_URL={gateway.base_url!r}, "
            f"BLACKKONNECT_CLIENT_ID={gateway.client_id!r}, "
            f"BLACKKONNECT_CLIENT_SECRET={gateway.client_secret!r})\n"
        )
        assert "taken: " in _run(set_up + example)
