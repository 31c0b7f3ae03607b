"""A stand-in for five gateways: it answers in their formats, fails by a schedule, and counts what it takes.

What is done to a request follows from the seed, the number that it is for and how many requests came for it
before, so each client meets the same faults. Connections are closed after each answer.

`python benchmarks/stand_in.py PORT [CERTIFICATE KEY]` serves without faults and keeps connections open.
"""

from __future__ import annotations

import asyncio
import json
import random
import ssl
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

SHARE = 0.2
LATE = 1.5
LAG = 0.3
FAULTS = (
    "late",
    "closed",
    "answer lost",
    "truncated",
    "429",
    "500",
    "500 taken",
    "503",
    "503 taken",
    "garbled",
    "401",
)
# A refused connection is the twelfth; it never reaches a server, so the senders make it.
CHANCE = SHARE / (len(FAULTS) + 1)

_TAKEN_FIRST = frozenset({"late", "answer lost", "truncated", "500 taken", "503 taken", "garbled"})
_BEFORE = "/api/sms/"
_LONGEST_HEAD = 1 << 22
_OK = 200


@dataclass
class StandIn:
    """The server and its ledger.

    Attributes:
        seed: What the faults follow from.
        taken: How often a text to a number was taken.
        faults: How often each fault came about.
    """

    seed: int
    taken: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    _asked: Counter[str] = field(default_factory=Counter)
    _keys: set[str] = field(default_factory=set)
    _messages: dict[str, float] = field(default_factory=dict)
    _bulks: dict[str, list[str]] = field(default_factory=dict)
    _busy: int = 0
    faulty: bool = True
    keeps_open: bool = False

    @asynccontextmanager
    async def serving(self, context: ssl.SSLContext | None, port: int = 0) -> AsyncIterator[int]:
        """Serve for as long as the context lasts; the port is given."""
        server = await asyncio.start_server(
            self._connection, "127.0.0.1", port, ssl=context, backlog=512, limit=_LONGEST_HEAD
        )
        async with server:
            yield int(server.sockets[0].getsockname()[1])

    async def settled(self) -> None:
        """Wait until nothing that is late is still to come."""
        await asyncio.sleep(2 * LATE)
        while self._busy:  # noqa: ASYNC110 - a server of a benchmark may look now and then
            await asyncio.sleep(LATE / 10)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._busy += 1
        try:
            with suppress(OSError, asyncio.IncompleteReadError, ValueError):
                while True:
                    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                    lines = (line.partition(":") for line in head.split("\r\n")[1:] if line)
                    headers = {name.lower(): value.strip() for name, _, value in lines}
                    body = await reader.readexactly(int(headers.get("content-length", "0")))
                    await self._answer(head.split(" ")[1], headers, body, writer)
                    if not self.keeps_open:
                        break
        finally:
            self._busy -= 1
            with suppress(OSError):
                writer.close()

    async def _answer(
        self, target: str, headers: dict[str, str], body: bytes, writer: asyncio.StreamWriter
    ) -> None:
        path = urlsplit(target).path
        key, take, answer = self._route(path, headers, body)
        fault = self._fault(key)
        if fault == "late":
            await asyncio.sleep(LATE)
        if fault in _TAKEN_FIRST or not fault:
            take()
        if fault in {"closed", "answer lost"}:
            return
        status, extra = 200, ""
        if fault[:3].isdigit():
            status = int(fault[:3])
            extra = "Retry-After: 1\r\n" if status in {429, 503} else ""
        told = answer() if status == _OK else (status, {"message": fault, "code": status})
        status, value = told
        raw = json.dumps(value).encode()
        if fault == "garbled":
            raw = raw[: len(raw) // 2] + b"\xff" * (len(raw) - len(raw) // 2)
        writer.write(
            f"HTTP/1.1 {status} Told\r\nContent-Type: application/json\r\nContent-Length: {len(raw)}\r\n"
            f"{extra}Connection: {'keep-alive' if self.keeps_open else 'close'}\r\n\r\n".encode()
        )
        writer.write(raw[: len(raw) // 2] if fault == "truncated" else raw)
        await writer.drain()

    def _fault(self, key: str) -> str:
        self._asked[key] += 1
        drawn = random.Random(f"{self.seed}:{key}:{self._asked[key]}").random() / CHANCE  # noqa: S311 - repeatable
        fault = FAULTS[int(drawn)] if self.faulty and drawn < len(FAULTS) else ""
        self.faults[fault] += 1
        return fault

    def _route(
        self, path: str, headers: dict[str, str], body: bytes
    ) -> tuple[str, Callable[[], None], Callable[[], tuple[int, Any]]]:
        """Return what a request is about, what takes it, and what makes the answer."""
        if path.startswith(_BEFORE):
            return self._ours(path.removeprefix(_BEFORE), body)
        answer: dict[str, Any]
        if path.startswith("/2010-04-01/"):
            number = parse_qs(body.decode())["To"][0]
            answer = {"sid": f"SM{number[1:]}", "status": "queued", "to": number, "num_segments": "1"}
        elif path == "/sms/json":
            number = "+" + parse_qs(body.decode())["to"][0].removeprefix("+")
            one = {"to": number[1:], "message-id": number, "status": "0", "network": "62001"}
            price = {"remaining-balance": "3.14", "message-price": "0.03"}
            answer = {"message-count": "1", "messages": [{**one, **price}]}
        elif path == "/v2/messages":
            number = json.loads(body)["to"]
            answer = {"data": {"id": f"id-{number}", "record_type": "message", "text": "hello"}}
        else:
            numbers = [one["to"] for one in json.loads(body)["messages"][0]["destinations"]]
            number = numbers[0]
            status = {"groupId": 1, "groupName": "PENDING", "id": 26, "name": "PENDING_ACCEPTED"}
            answer = {"messages": [{"messageId": to, "status": status, "destination": to} for to in numbers]}
        return number, lambda: self._take(number, headers.get("idempotency-key")), lambda: (200, answer)

    def _take(self, number: str, key: str | None = None) -> None:
        # A gateway that knows the key answers as before and takes nothing.
        if key is not None:
            if key in self._keys:
                return
            self._keys.add(key)
        self.taken[number] += 1

    def _ours(self, path: str, body: bytes) -> tuple[str, Callable[[], None], Callable[[], tuple[int, Any]]]:
        if path.startswith("authenticate/"):
            return "token", lambda: None, lambda: (200, {"token": "e30.e30.e30"})
        if path.startswith("messages/status/bulk/"):
            name = unquote(path.split("/")[3])
            return path, lambda: None, lambda: self._listed(self._bulks.get(name, ()))
        if path.startswith("messages/status/"):
            name = unquote(path.split("/")[2])
            return path, lambda: None, lambda: self._one(name)
        sent = json.loads(body)
        if path.startswith("send-message/"):
            entries = [(sent["messageId"], sent["destination"])]
        else:
            listed = [one for message in sent["messages"] for one in message["destinations"]]
            entries = [(one["messageId"], one["destination"]) for one in listed]

        def take() -> None:
            for name, number in entries:
                self._messages.setdefault(name, time.monotonic())
                self._take(number)
            if "bulkId" in sent:
                self._bulks[sent["bulkId"]] = [name for name, _ in entries]

        def answer() -> tuple[int, Any]:
            told = [
                {"messageId": name, "destination": number, "messageGroupStatus": {"deliveryStatus": "QUEUED"}}
                for name, number in entries
            ]
            bulk = {"bulkId": sent["bulkId"], "smsMessageDeliveryStatuses": told} if "bulkId" in sent else {}
            return 200, {"isSuccessful": True, "deliveryStatus": "QUEUED", "correlationId": "c", **bulk}

        return entries[0][1], take, answer

    def _one(self, name: str) -> tuple[int, Any]:
        if time.monotonic() - self._messages.get(name, float("inf")) < LAG:
            return 404, {"title": "Not Found", "status": 404}
        return 200, {"messageId": name, "deliveryStatus": "SENT"}

    def _listed(self, names: Iterable[str]) -> tuple[int, Any]:
        told = [one for status, one in map(self._one, names) if status == _OK]
        return (200, told) if told else (404, {"title": "Not Found", "status": 404})


async def serve(port: int, context: ssl.SSLContext | None) -> None:
    """Serve without faults until the process is ended."""
    async with StandIn(0, faulty=False, keeps_open=True).serving(context, port):
        await asyncio.Event().wait()


def main() -> None:
    """Serve as the command line says."""
    context = None
    if certificate := sys.argv[2:]:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*certificate)
    asyncio.run(serve(int(sys.argv[1]), context))


if __name__ == "__main__":
    main()
