"""Answers as they go over a connection."""

from collections.abc import Iterator
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

import pytest
from blackkonnect_emulator import running
from blackkonnect_emulator.asgi import Receive, Scope, Send

from tests.emulator.raw_http import (
    BODY,
    OLD,
    PATIENT,
    POST,
    SEND,
    STAGE,
    Stage,
    answers,
    connected,
    problem,
    rest,
    silent,
    whole,
)

__all__ = ["silent"]

pytestmark = pytest.mark.usefixtures("silent")


@pytest.fixture(scope="module")
def patient() -> Iterator[Any]:
    with running(OLD, _limits=PATIENT) as served:
        yield served


def test_the_body_is_asked_for_when_it_is_wanted(patient: Any) -> None:
    with connected(patient) as connection:
        connection.sendall(POST + b"Expect: 100-Continue\r\nContent-Length: %d\r\n\r\n" % len(BODY))
        assert connection.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(BODY)
        assert answers(connection, 1)[0][0] == 200
        connection.sendall(POST + b"Expect: 100-continue\r\nContent-Length: 99999999\r\n\r\n")
        assert answers(connection, 1)[0][0] == 413


def test_the_date(patient: Any) -> None:
    with connected(patient) as connection:
        connection.sendall(SEND)
        date = answers(connection, 1)[0][1]["date"]
        assert format_datetime(parsedate_to_datetime(date), usegmt=True) == date


async def stream(_: Scope, receive: Receive, send: Send) -> None:
    await whole(receive)
    await send({"type": "http.response.start", "status": 200})
    for part in (b"one", b"", b"two"):
        await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body"})


@pytest.mark.parametrize(
    ("first", "body"),
    [
        (b"GET /stage HTTP/1.1", b"3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n"),
        (b"GET /stage HTTP/1.0", b"onetwo"),
        (b"HEAD /stage HTTP/1.1", b""),
    ],
)
def test_an_answer_of_unknown_length(first: bytes, body: bytes) -> None:
    with running(OLD, _around=Stage(stream).around) as served, connected(served) as connection:
        connection.sendall(first + b"\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        head, _, told = rest(connection).partition(b"\r\n\r\n")
        assert b"\r\nconnection: close" in head
        assert told == body


FAULTS: list[tuple[list[dict[str, Any]], int]] = [
    ([], 500),
    ([{"type": "http.response.body"}], 500),
    ([{"type": "http.response.start", "status": 200}], 500),
    (
        [
            {"type": "http.response.start", "status": 200, "headers": [(b"x", b"a\r\nb: c")]},
            {"type": "http.response.body"},
        ],
        500,
    ),
    (
        [
            {"type": "http.response.start", "status": 200},
            {"type": "http.response.body", "body": b"x", "more_body": True},
        ],
        200,
    ),
    (
        [
            {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]},
            {"type": "http.response.body", "body": b"x"},
        ],
        200,
    ),
]


@pytest.mark.parametrize(("messages", "status"), FAULTS)
def test_an_application_that_fails(
    messages: list[dict[str, Any]], status: int, caplog: pytest.LogCaptureFixture
) -> None:
    secret = ["a ", "secret"]

    async def play(_: Scope, receive: Receive, send: Send) -> None:
        await whole(receive)
        for message in messages:
            await send(message)
        raise ValueError("".join(secret))

    with running(OLD, _around=Stage(play).around) as served, connected(served) as connection:
        connection.sendall(STAGE)
        told = rest(connection)
        assert told.startswith(b"HTTP/1.1 %d " % status)
        if status == 500:
            problem(told, 500)
        with connected(served) as other:
            other.sendall(SEND)
            assert answers(other, 1)[0][0] == 200
    assert "Error" in caplog.text
    assert "a secret" not in caplog.text
    caplog.clear()


def test_a_client_that_reads_late() -> None:
    size = 20_000_000

    async def play(_: Scope, __: Receive, send: Send) -> None:
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % size)]}
        )
        for part in [b"x" * (size // 20)] * 20:
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body"})

    with running(OLD, _around=Stage(play).around) as served, connected(served) as connection:
        connection.sendall(STAGE)
        assert len(answers(connection, 1)[0][2]) == size
