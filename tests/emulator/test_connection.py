"""Connections: how they are closed, and how long and how many there may be."""

import asyncio
import contextlib
import subprocess
import sys
import threading

import pytest
from blackkonnect_emulator import running
from blackkonnect_emulator.asgi import Receive, Scope, Send
from blackkonnect_emulator.connection_limits import Limits

from tests.emulator.raw_http import (
    NEVER,
    OLD,
    SEND,
    STAGE,
    Stage,
    abort,
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


def test_a_truncated_answer() -> None:
    async def play(scope: Scope, _: Receive, send: Send) -> None:
        length = [(b"content-length", b"200000")]
        await send({"type": "http.response.start", "status": 200, "headers": length})
        await send({"type": "http.response.body", "body": b"x" * 100_000, "more_body": True})
        abort(scope)()
        await send({"type": "http.response.body", "body": b"y" * 100_000})

    with running(OLD, _around=Stage(play).around) as served, connected(served) as connection:
        connection.sendall(STAGE + SEND)
        head, _, body = rest(connection).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 OK\r\n")
        assert b"content-length: 200000" in head
        assert body == b"x" * 100_000


@pytest.mark.parametrize("begun", [False, True])
@pytest.mark.parametrize("raises", [False, True])
def test_closed_without_an_answer(*, begun: bool, raises: bool) -> None:
    async def play(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        if begun:
            await send({"type": "http.response.start", "status": 200})
        abort(scope)()
        abort(scope)()
        assert (await receive())["type"] == "http.disconnect"
        if raises:
            await send({"type": "http.response.start", "status": 200})
            await send({"type": "http.response.body", "body": b"x"})

    with running(OLD, _around=Stage(play).around) as served, connected(served) as connection:
        connection.sendall(STAGE)
        assert rest(connection) == b""
        with connected(served) as other:
            other.sendall(SEND)
            assert answers(other, 1)[0][0] == 200


def test_too_many_connections() -> None:
    limits = Limits(connections=1, linger=NEVER)
    with running(OLD, _limits=limits) as served, connected(served) as first:
        with connected(served) as second, connected(served) as third:
            told = rest(second)
            assert "1 connections" in problem(told, 503)["detail"]
            assert b"\r\nretry-after: 1\r\n" in told
            assert rest(third) == b""
        first.sendall(SEND)
        assert answers(first, 1)[0][0] == 200


WITHOUT_FILES = """
import logging, resource, sys
logging.basicConfig()
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
from blackkonnect_emulator import Settings, running
with running(Settings(edition="2025-05-16")) as served:
    print(served.base_url, flush=True)
    sys.stdin.read()
"""


def test_without_file_descriptors() -> None:
    pytest.importorskip("resource", reason="this system has no such limit")
    with subprocess.Popen(
        [sys.executable, "-c", WITHOUT_FILES],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            assert process.stdout is not None
            base_url = process.stdout.readline().decode().strip()
            served = type("Served", (), {"base_url": base_url})
            with contextlib.ExitStack() as stack:
                for _ in range(200):
                    stack.enter_context(connected(served))
            told = b""
            while not told.startswith(b"HTTP/1.1 200"):
                with contextlib.suppress(OSError), connected(served) as connection:
                    connection.sendall(SEND)
                    told = connection.recv(65_536)
            assert process.communicate(timeout=60)[1] == b""
        finally:
            process.kill()


@pytest.mark.parametrize("begun", [False, True])
def test_an_application_learns_that_the_client_left_or_the_server_stops(*, begun: bool) -> None:
    learned: list[str] = []
    started = threading.Semaphore(0)

    async def play(_: Scope, receive: Receive, send: Send) -> None:
        await whole(receive)
        if begun:
            await send({"type": "http.response.start", "status": 200})
            await send({"type": "http.response.body", "body": b"x", "more_body": True})
        started.release()
        try:
            learned.append((await receive())["type"])
        except asyncio.CancelledError:
            learned.append("cancelled")
            raise
        await say(send, b"") if not begun else None

    with running(OLD, _around=Stage(play).around) as served, contextlib.ExitStack() as stack:
        with connected(served) as one:
            one.sendall(STAGE)
            assert started.acquire(timeout=60)
        two = stack.enter_context(connected(served))
        two.sendall(STAGE)
        assert started.acquire(timeout=60)
        kept = stack.pop_all()
    with kept:
        told = rest(two)
    assert told.startswith(b"HTTP/1.1 200 ") if begun else told == b""
    assert learned == ["http.disconnect", "http.disconnect" if begun else "cancelled"]
