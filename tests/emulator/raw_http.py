"""Requests and answers as raw bytes on a socket, and applications of a test's own behind it."""

import contextlib
import json
import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from blackkonnect_emulator import Settings
from blackkonnect_emulator.asgi import App, Receive, Scope, Send
from blackkonnect_emulator.connection_limits import Limits

SINGLE = b"/api/sms/send-message/v1"
BODY = b'{"text":"x","destination":"+233200000001"}'
GET = b"GET /nowhere HTTP/1.1\r\nHost: 127.0.0.1\r\n"
POST = b"POST " + SINGLE + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
SEND = POST + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY
# A test that waits for a limit sets it far below the default; one that must not reach it, far above.
SOON, NEVER = 0.05, 600.0
PATIENT = Limits(idle=NEVER, whole=NEVER)
OLD = Settings(edition="2025-05-16")


@pytest.fixture
def silent(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Nothing that a client does is an error of the server."""
    yield
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


@contextmanager
def connected(served: Any) -> Iterator[socket.socket]:
    host, port = served.base_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        yield connection


def rest(connection: socket.socket) -> bytes:
    """Read until the server closes."""
    parts = []
    with contextlib.suppress(ConnectionResetError):
        while part := connection.recv(65_536):
            parts.append(part)
    return b"".join(parts)


def answers(connection: socket.socket, count: int) -> list[tuple[int, dict[str, str], bytes]]:
    """Read answers that have a length."""
    read = []
    with connection.makefile("rb") as file:
        for _ in range(count):
            status = int(file.readline().split()[1])
            headers = {}
            while (line := file.readline()) != b"\r\n":
                name, _, value = line.decode().partition(": ")
                headers[name] = value.strip()
            read.append((status, headers, file.read(int(headers["content-length"]))))
    return read


def problem(answer: bytes, status: int) -> dict[str, Any]:
    """Check that an answer is a problem and the last of its connection."""
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status), answer
    assert b"\r\ncontent-type: application/problem+json" in head
    assert b"\r\nconnection: close" in head
    read: dict[str, Any] = json.loads(body)
    assert read["status"] == status
    assert read["title"]
    return read


class Stage:
    """An application that does what a test wants, on `/stage`; elsewhere it is the emulator."""

    def __init__(self, play: App) -> None:
        self._play = play

    def around(self, app: App) -> App:
        async def staged(scope: Scope, receive: Receive, send: Send) -> None:
            await (self._play if scope.get("path") == "/stage" else app)(scope, receive, send)

        return staged


def abort(scope: Scope) -> Callable[[], None]:
    found: Callable[[], None] = scope["extensions"]["blackkonnect_emulator.abort"]
    return found


HEAD = b"POST /stage HTTP/1.1\r\nHost: 127.0.0.1\r\n"
STAGE = HEAD + b"Content-Length: 0\r\n\r\n"


async def whole(receive: Receive) -> int:
    read, more = 0, True
    while more:
        message = await receive()
        read += len(message["body"])
        more = message["more_body"]
    return read


async def say(send: Send, body: bytes) -> None:
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.body", "body": body})
