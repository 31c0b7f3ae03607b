"""Clients that take their time."""

import asyncio
import contextlib
import threading
import time

import pytest
from blackkonnect_emulator import running
from blackkonnect_emulator.asgi import Receive, Scope, Send
from blackkonnect_emulator.connection_limits import Limits

from tests.emulator.raw_http import (
    GET,
    HEAD,
    NEVER,
    OLD,
    POST,
    SEND,
    SOON,
    STAGE,
    Stage,
    answers,
    connected,
    problem,
    rest,
    say,
    silent,
    whole,
)

__all__ = ["silent"]

pytestmark = pytest.mark.usefixtures("silent")


@pytest.mark.parametrize(
    "begin",
    [
        b"G",
        GET,
        GET + b"X: 1",
        POST + b"Content-Length: 10\r\n\r\n",
        POST + b"Content-Length: 10\r\n\r\nabc",
        POST + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\nX: ",
        SEND + b"POST ",
        SEND + POST + b"Content-Length: 10\r\n\r\nabc",
    ],
)
def test_a_request_that_stops_coming(begin: bytes) -> None:
    with running(OLD, _limits=Limits(idle=SOON)) as served, connected(served) as connection:
        connection.sendall(begin)
        told = rest(connection)
        if begin.startswith(SEND):
            assert told.startswith(b"HTTP/1.1 200 ")
            told = told[told.index(b"HTTP/1.1 408") :]
        problem(told, 408)


def test_a_request_that_never_stops_coming() -> None:
    with running(OLD, _limits=Limits(idle=NEVER, whole=SOON)) as served, connected(served) as connection:
        connection.sendall(POST + b"Transfer-Encoding: chunked\r\n\r\n")
        read = b""
        connection.settimeout(SOON / 100)
        while not read:
            with contextlib.suppress(TimeoutError, BrokenPipeError, ConnectionResetError):
                connection.sendall(b"1\r\nx\r\n")
                read = connection.recv(65_536)
        problem(read, 408)


def test_an_application_that_takes_its_time_is_waited_for() -> None:
    async def play(_: Scope, receive: Receive, send: Send) -> None:
        # Longer than a client may take.
        await asyncio.sleep(6 * SOON)
        read = await whole(receive)
        await asyncio.sleep(6 * SOON)
        await say(send, b"%d" % read)

    limits = Limits(idle=3 * SOON, whole=4 * SOON)
    with running(OLD, _limits=limits, _around=Stage(play).around) as served, connected(served) as connection:
        size = 2_000_000
        connection.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % size + b"x" * size)
        status, _, body = answers(connection, 1)[0]
        assert (status, int(body)) == (200, size)


def test_a_server_that_gets_no_time_blames_no_client() -> None:
    blocked, sent = threading.Event(), threading.Event()

    async def play(_: Scope, __: Receive, send: Send) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + 4 * SOON
        blocked.set()
        while time.monotonic() < end or not sent.is_set():
            pass
        await say(send, b"")

    limits = Limits(idle=2 * SOON)
    with (
        running(OLD, _limits=limits, _around=Stage(play).around) as served,
        connected(served) as slow,
        connected(served) as other,
    ):
        slow.sendall(SEND[:40])
        other.sendall(STAGE)
        blocked.wait()
        slow.sendall(SEND[40:])
        sent.set()
        assert answers(other, 1)[0][0] == 200
        assert answers(slow, 1)[0][0] == 200


@pytest.mark.parametrize("begin", [b"", b"\r\n", SEND])
def test_a_connection_that_rests(begin: bytes) -> None:
    with running(OLD, _limits=Limits(keep_alive=SOON)) as served, connected(served) as connection:
        connection.sendall(begin)
        told = rest(connection)
        assert told.startswith(b"HTTP/1.1 200 ") if begin == SEND else told == b""
