"""Requests as they come over a connection."""

import contextlib
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from blackkonnect_emulator import running
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.emulator.raw_http import (
    BODY,
    GET,
    OLD,
    PATIENT,
    POST,
    SEND,
    answers,
    connected,
    problem,
    rest,
    silent,
)

__all__ = ["silent"]

pytestmark = pytest.mark.usefixtures("silent")


@pytest.mark.parametrize(
    "head",
    [
        GET + b"X: 1\r\n" * 100 + b"\r\n",
        GET + b"X: " + b"x" * 65_536 + b"\r\n\r\n",
        b"GET /" + b"x" * 65_536 + b" HTTP/1.1\r\n\r\n",
        POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + b"X: 1\r\n" * 101 + b"\r\n",
    ],
)
def test_a_head_that_is_too_large(head: bytes) -> None:
    with running(OLD, _limits=PATIENT) as served, connected(served) as connection:
        connection.sendall(head)
        problem(rest(connection), 431)


@pytest.mark.parametrize(
    ("begin", "on"),
    [
        (b"G", b"E"),
        (b"GET /", b"x"),
        (GET, b"X: 1\r\n"),
        (GET + b"X: ", b"x"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: 1\r\n"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\nX: ", b"x"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n3;", b"x"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n", b"1;" + b"x" * 1000 + b"\r\nx\r\n"),
        (SEND + GET, b"X: 1\r\n"),
    ],
)
def test_a_flood(begin: bytes, on: bytes) -> None:
    with running(OLD, _limits=PATIENT) as served, connected(served) as connection:
        with contextlib.suppress(OSError):
            connection.sendall(begin)
            for _ in range(100):
                connection.sendall(on * (65_536 // len(on)))
        told = rest(connection)
        if told.startswith(b"HTTP/1.1 200 "):
            told = told[told.index(b"HTTP/1.1 4") :]
        assert b" 431 " in told or b" 400 " in told
        problem(told, int(told[9:12]))


def test_what_just_fits() -> None:
    with running(OLD, _limits=PATIENT) as served, connected(served) as connection:
        connection.sendall(
            GET + b"X: 1\r\n" * 99 + b"\r\n" + GET + b"X: " + b"x" * 65_400 + b"\r\n\r\n"
            + POST + b"Transfer-Encoding: chunked\r\n\r\n"
            + b"".join(b"1\r\n%c\r\n" % byte for byte in BODY) + b"0\r\n" + b"X: 1\r\n" * 100 + b"\r\n"
        )  # fmt: skip
        assert [status for status, _, _ in answers(connection, 3)] == [404, 404, 200]


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\r\n\r\n",
        b"\x00",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n",
        b"CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        GET + b"X Y: 1\r\n\r\n",
        GET + b"X: a\x00b\r\n\r\n",
        POST + b"Content-Length: -1\r\n\r\n",
        POST + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        POST + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n",
    ],
)
@pytest.mark.parametrize("before", [b"", SEND])
def test_what_is_not_http(before: bytes, sent: bytes) -> None:
    with running(OLD, _limits=PATIENT) as served, connected(served) as connection:
        connection.sendall(before + sent)
        told = rest(connection)
        if before:
            assert told.startswith(b"HTTP/1.1 200 ")
            told = told[told.index(b"HTTP/1.1 400") :]
        problem(told, 400)


UPGRADE = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: %b\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY)
LONG = b"Content-Length: %d\r\n\r\n%b" % (len(BODY), BODY)
REQUESTS = [
    (SEND, 200),
    (POST + CHUNKED, 200),
    (GET + b"\r\n", 404),
    (POST + UPGRADE % b"h2c" + LONG, 200),
    (POST + UPGRADE % b"websocket" + CHUNKED, 200),
    (GET + UPGRADE % b"websocket" + b"\r\n", 404),
    (b"\r\n" + POST + b"Expect: nothing\r\n" + LONG, 200),
]


@pytest.fixture(scope="module")
def patient() -> Iterator[Any]:
    with running(OLD, _limits=PATIENT) as served:
        yield served


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.data())
def test_however_requests_are_cut_they_are_answered_in_order(patient: Any, data: st.DataObject) -> None:
    requests = data.draw(st.lists(st.sampled_from(REQUESTS), min_size=1, max_size=6))
    sent = b"".join(request for request, _ in requests)
    cuts = sorted(data.draw(st.sets(st.integers(1, len(sent) - 1), max_size=20)))
    with connected(patient) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for start, end in zip([0, *cuts], [*cuts, len(sent)], strict=True):
            connection.sendall(sent[start:end])
        read = answers(connection, len(requests))
        assert [status for status, _, _ in read] == [status for _, status in requests]


@settings(derandomize=True, deadline=None, max_examples=100)
@given(
    st.binary(min_size=1, max_size=200),
    st.sampled_from([b"", GET, POST, POST + b"Transfer-Encoding: chunked\r\n\r\n"]),
)
def test_whatever_comes_the_server_lives(patient: Any, noise: bytes, before: bytes) -> None:
    with connected(patient) as connection:
        connection.sendall(before + noise)
        connection.shutdown(socket.SHUT_WR)
        told = rest(connection)
        assert told == b"" or told.startswith((b"HTTP/1.1 4", b"HTTP/1.1 2"))


def test_too_many_requests_at_once() -> None:
    with running(OLD, _limits=PATIENT) as served, connected(served) as connection:
        connection.sendall(SEND * 200)
        read = answers(connection, 102)
        assert [status for status, _, _ in read] == [200] * 101 + [429]
        assert rest(connection) == b""
