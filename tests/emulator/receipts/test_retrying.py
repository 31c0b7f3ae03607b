"""What happens to a receipt that is not taken."""

import asyncio
from typing import Any

import pytest
from blackkonnect_emulator.receipts.receipts import Receipts

pytestmark = pytest.mark.anyio

MINUTE = 60_000
DAY = 24 * 60 * MINUTE
# What Infobip tells of its retries: minutes after the first attempt, of the first seven and of the last.
TOLD = {1: 1, 2: 3, 3: 8, 4: 18, 5: 35, 6: 61, 7: 98, 20: 41 * 60 + 30}


async def outcomes(gateway: Any, message: int = 1) -> list[tuple[str, str, list[str]]]:
    seen = await gateway.inside.receipts.of(message)
    return [(one.status, one.state, [attempt.outcome for attempt in one.attempts]) for one in seen]


async def test_the_times_of_all_retries_and_giving_up(sending: Any, receiver: Any, send: Any) -> None:
    receiver.answer = lambda got: receiver.status(500 if got["deliveryStatus"] == "SENT" else 200)
    await send(sending, "m1")
    await sending.inside.time.advance(4 * DAY)
    sent, final = await sending.inside.receipts.of(1)
    minutes = [(attempt.at - sent.since) / MINUTE for attempt in sent.attempts]
    assert len(minutes) == 21
    assert {retry: minutes[retry] for retry in TOLD} == TOLD
    for n in range(20):
        assert minutes[n + 1] - minutes[n] == 1 + n * n
    assert (sent.state, sent.due_at, {attempt.outcome for attempt in sent.attempts}) == (
        "given up",
        None,
        {"500"},
    )
    # The later one was held back until then.
    assert (final.state, [attempt.at for attempt in final.attempts]) == ("delivered", [sent.attempts[-1].at])
    assert [status for _, status in receiver.told] == ["SENT"] * 21 + ["DELIVERED"]
    assert len({got["receiptId"] for got in receiver.got}) == 2
    assert await sending.inside.receipts.next_due(sending.inside.tenants) is None


async def test_down_then_up(sending: Any, receiver: Any, send: Any) -> None:
    await receiver.stop()
    await send(sending, "m1")
    await sending.inside.time.advance(2 * MINUTE)
    assert await outcomes(sending) == [
        ("SENT", "waiting", ["connection refused"] * 2), ("DELIVERED", "waiting", [])
    ]  # fmt: skip
    sent, final = await sending.inside.receipts.of(1)
    assert sent.due_at == sent.since + 3 * MINUTE
    assert final.due_at is None
    await receiver.start()
    await sending.inside.time.advance(MINUTE + 299)
    assert receiver.told == []
    await sending.inside.time.advance(1)
    assert receiver.told == [("m1", "SENT"), ("m1", "DELIVERED")]
    assert [state for _, state, _ in await outcomes(sending)] == ["delivered", "delivered"]


@pytest.mark.parametrize("code", [200, 201, 204, 299])
async def test_any_2xx_is_enough(sending: Any, receiver: Any, send: Any, code: int) -> None:
    receiver.answer = lambda _: receiver.status(code)
    await send(sending, "m1")
    await sending.inside.time.advance(DAY)
    assert await outcomes(sending) == [
        ("SENT", "delivered", [str(code)]), ("DELIVERED", "delivered", [str(code)])
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "404"),
        (b"HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nConnection: close\r\n\r\n", "503"),
        (b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n", "not followed: 302"),
        (
            b"HTTP/1.1 307 Moved\r\nLocation: http://192.0.2.1/\r\nContent-Length: 0\r\n\r\n",
            "not followed: 307",
        ),
        (b"Connection: close\r\n\r\n", "no HTTP answer"),
        (b"Connection: close" + b"x" * 100_000, "no HTTP answer"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000, "no HTTP answer"),
        (b"HTTP/1.1 200 OK\r\nConnection: close", "connection closed"),
    ],
)
async def test_what_is_no_2xx_is_tried_again(
    sending: Any, receiver: Any, send: Any, answer: bytes, outcome: str
) -> None:
    receiver.answer = lambda _: answer
    await send(sending, "m1")
    await sending.inside.time.advance(1000)
    assert await outcomes(sending) == [("SENT", "waiting", [outcome]), ("DELIVERED", "waiting", [])]
    assert receiver.told == [("m1", "SENT")]
    receiver.answer = lambda _: receiver.status(200)
    await sending.inside.time.advance(MINUTE)
    assert await outcomes(sending) == [
        ("SENT", "delivered", [outcome, "200"]), ("DELIVERED", "delivered", ["200"])
    ]  # fmt: skip


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n" + b"x" * 1_000_000,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"fffff\r\n" + b"x" * 0xFFFFF,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno chunk",
        b"HTTP/1.0 200 OK\r\n\r\nConnection: close",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 2\r\n\r\nok",
    ],
)
async def test_the_body_of_an_answer_does_not_matter(
    sending: Any, receiver: Any, send: Any, answer: bytes
) -> None:
    receiver.answer = lambda _: answer
    await send(sending, "m1")
    await sending.inside.time.advance(1000)
    assert await outcomes(sending) == [("SENT", "delivered", ["200"]), ("DELIVERED", "delivered", ["200"])]
    assert not any("cookie" in head.lower() for head in receiver.requests)


async def test_one_that_hangs_holds_up_nobody_elses(start: Any, receiver: Any, send: Any) -> None:
    gateway = start(callbacks={"acme": receiver.address, "other": receiver.address})
    gateway.inside.receipts.timeout = 0.2
    receiver.answer = lambda got: None if got["messageId"] == "m1" else receiver.status(204)
    await send(gateway, "m1")
    await send(gateway, "m2", "other")
    await gateway.inside.time.advance(300)
    assert await outcomes(gateway, 1) == [("SENT", "waiting", ["timeout"]), ("DELIVERED", "waiting", [])]
    assert await outcomes(gateway, 2) == [("SENT", "delivered", ["204"]), ("DELIVERED", "waiting", [])]
    ((attempt,),) = [one.attempts for one in await gateway.inside.receipts.of(1) if one.attempts]
    assert attempt.milliseconds >= 200
    await gateway.inside.receipts.stop()


async def test_it_waits_ten_seconds_unless_told_otherwise(gateway: Any) -> None:
    assert Receipts(gateway.inside).timeout == 10


async def test_the_environment_names_no_proxy(
    sending: Any, receiver: Any, send: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    await send(sending, "m1")
    await sending.inside.time.advance(1000)
    assert receiver.told == [("m1", "SENT"), ("m1", "DELIVERED")]
    assert receiver.requests[0].startswith("GET /hook-9f3a?")


async def test_a_host_that_is_not_there(start: Any, send: Any) -> None:
    gateway = start(callbacks={"acme": "http://nowhere.invalid/x"}, callback_hosts=["nowhere.invalid"])
    await send(gateway, "m1")
    await gateway.inside.time.advance(300)
    assert (await outcomes(gateway))[0] == ("SENT", "waiting", ["host not found"])
    await gateway.inside.receipts.stop()


async def test_localhost_is_this_machine(start: Any, receiver: Any, send: Any) -> None:
    gateway = start(callbacks={"acme": receiver.address.replace("127.0.0.1", "localhost")})
    await send(gateway, "m1")
    await gateway.inside.time.advance(1000)
    assert [state for _, state, _ in await outcomes(gateway)] == ["delivered", "delivered"]
    assert f"\r\nHost: localhost:{receiver.port}\r\n" in receiver.requests[0]
    await gateway.inside.receipts.stop()


async def test_a_server_without_tls(start: Any, send: Any) -> None:
    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    gateway = start(callbacks={"acme": f"https://127.0.0.1:{port}/x"})
    await send(gateway, "m1")
    await gateway.inside.time.advance(300)
    assert (await outcomes(gateway))[0] == ("SENT", "waiting", ["TLS failed"])
    server.close()
    await gateway.inside.receipts.stop()
