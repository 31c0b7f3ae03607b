"""A receiver of receipts on this machine, and a gateway that sends them there."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

SECRET_PATH = "/hook-9f3a"


class Receiver:
    """Takes receipts and answers as it is told.

    Attributes:
        got: The parameters of each receipt, in the order in which they came.
        requests: The heads of the requests.
        answer: Writes the whole answer to the parameters of a receipt; `None` leaves it unanswered.
    """

    def __init__(self) -> None:
        self.got: list[dict[str, str]] = []
        self.requests: list[str] = []
        self.answer: Callable[[dict[str, str]], bytes | None] = lambda _: self.status(204)
        self.connections = 0
        self.port = 0
        self._server: asyncio.Server | None = None
        self._arrived = asyncio.Event()

    async def has(self, count: int) -> None:
        """Wait until so many receipts have come."""
        while len(self.got) < count:
            self._arrived.clear()
            await self._arrived.wait()

    @staticmethod
    def status(code: int, *headers: str, body: bytes = b"") -> bytes:
        lines = [f"HTTP/1.1 {code} Said", *headers]
        if code != 204:
            lines.append(f"Content-Length: {len(body)}")
        return "\r\n".join([*lines, "", ""]).encode() + body

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}{SECRET_PATH}"

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(got["messageId"], got["deliveryStatus"]) for got in self.got]

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("ascii")
                self.requests.append(head)
                got = dict(parse_qsl(urlsplit(head.split(" ")[1]).query, strict_parsing=True))
                self.got.append(got)
                self._arrived.set()
                answer = self.answer(got)
                if answer is None:
                    await reader.read()
                    break
                writer.write(answer)
                if b"Connection: close" in answer:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
def idle_receiver() -> Receiver:
    """One that is to be started yet."""
    return Receiver()


@pytest.fixture
async def sending(start: Any, receiver: Receiver) -> AsyncIterator[Any]:
    """A gateway whose client `acme` gets its receipts at the receiver."""
    made = start(callbacks={"acme": receiver.address})
    yield made
    await made.inside.receipts.stop()


@pytest.fixture
def send() -> Callable[..., Awaitable[None]]:
    """Sends a message of a client, `acme` by default."""

    async def run(gateway: Any, message_id: str, name: str = "acme", **more: Any) -> None:
        async with gateway.signed_in(name) as client:
            asked = {**gateway.example("leastMessage"), "messageId": message_id, **more}
            answer = await client.post(gateway.SINGLE, json=asked)
        assert answer.status_code == 200, answer.text

    return run
