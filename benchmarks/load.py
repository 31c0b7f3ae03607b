"""Load for a server: many connections kept open, each asking again as soon as it is answered.

From the command line it loads our emulator, with the database in a file of a temporary folder:
`python benchmarks/load.py`, or any server that runs: `python benchmarks/load.py --port 8025 --pid 4711`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import tempfile
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, TypeVar, cast

from cpu_time import cpu_seconds
from sends import bulk, single, token_request
from servers import CLIENT, SECRET, emulator_command, free_port, serving

_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:[ \t]*chunked", re.IGNORECASE)
_STATUS = slice(9, 12)
_PATIENCE = 600.0

T = TypeVar("T")


class LoadError(Exception):
    """A server answered what it should not, so that its speed says nothing."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a server did under load.

    Attributes:
        answered: How many requests it answered with 200.
        seconds: How long it took.
        cpu_seconds: The server's CPU time meanwhile.
        answer_bytes: The size of the last answer's body.
    """

    answered: int
    seconds: float
    cpu_seconds: float
    answer_bytes: int

    @property
    def per_cpu_second(self) -> float:
        """Requests a second of the server's CPU time."""
        return self.answered / self.cpu_seconds


class _Connection(asyncio.Protocol):
    """One connection: it sends a request whenever the answer before is complete, until it is told to end."""

    def __init__(self, make: Callable[[], bytes | None]) -> None:
        self._make = make
        self._received = b""
        self._transport: asyncio.Transport | None = None
        self.answered = 0
        self.last_body = b""
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are no subclass of it, but behave like it.
        self._transport = cast("asyncio.Transport", transport)
        self._ask()

    def data_received(self, data: bytes) -> None:
        self._received = self._received + data if self._received else data
        if (body := _complete_body(self._received)) is None:
            return
        status, self._received = self._received[_STATUS], b""
        if status != b"200":
            self._end(LoadError(f"status {status.decode('latin-1')}, and not 200"))
            return
        self.last_body = body
        self.answered += 1
        self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(LoadError(f"the server closed a connection: {exc}"))

    def _ask(self) -> None:
        request = self._make()
        if request is None or self._transport is None:
            self._end()
        else:
            self._transport.write(request)

    def _end(self, error: LoadError | None = None) -> None:
        if self.ended.done():
            return
        if error is None:
            self.ended.set_result(None)
        else:
            self.ended.set_exception(error)
        if self._transport is not None:
            self._transport.close()


def _complete_body(received: bytes) -> bytes | None:
    """Tell the body as it came, or `None` where some is still missing; RFC 9112, section 6."""
    head, blank, body = received.partition(b"\r\n\r\n")
    if not blank:
        return None
    if length := _LENGTH.search(head):
        return body if len(body) >= int(length[1]) else None
    if _CHUNKED.search(head):
        # JSON escapes a line's end, so this can't stand in the midst of a body.
        return body if body.endswith(b"0\r\n\r\n") else None
    return b""


def load(
    port: int, pid: int, make: Callable[[], bytes | None], seconds: float, connections: int = 64
) -> Loaded:
    """Load a server and measure its CPU time.

    Args:
        port: Where it listens, on 127.0.0.1.
        pid: The process, or the wrapper that started it.
        make: Makes a request, or tells by `None` that there are no more.
        seconds: How long at most, more than 0.
        connections: How many requests are under way at a time.

    Raises:
        LoadError: An answer was not 200, or a connection was closed.
    """
    return _run(_load(port, pid, make, seconds, connections))


def ask(port: int, request: bytes) -> bytes:
    """Send one request and return the answer's body.

    Args:
        port: Where, on 127.0.0.1.
        request: It, as it goes over the wire.

    Raises:
        LoadError: The answer was not 200.
        OSError: Nothing listens there.
    """
    requests = iter([request])

    async def once() -> bytes:
        (connection,) = await _connect(port, 1, lambda: next(requests, None))
        return connection.last_body

    return _run(once())


async def _load(
    port: int, pid: int, make: Callable[[], bytes | None], seconds: float, connections: int
) -> Loaded:
    begun, used = time.perf_counter(), cpu_seconds(pid)
    until = begun + seconds
    made = await _connect(port, connections, lambda: make() if time.perf_counter() < until else None)
    return Loaded(
        answered=sum(connection.answered for connection in made),
        cpu_seconds=cpu_seconds(pid) - used,
        seconds=time.perf_counter() - begun,
        answer_bytes=len(made[0].last_body),
    )


async def _connect(port: int, connections: int, make: Callable[[], bytes | None]) -> list[_Connection]:
    loop = asyncio.get_running_loop()
    made = [
        (await loop.create_connection(lambda: _Connection(make), "127.0.0.1", port))[1]
        for _ in range(connections)
    ]
    await asyncio.wait_for(asyncio.gather(*(connection.ended for connection in made)), _PATIENCE)
    return made


def _run(coroutine: Coroutine[Any, Any, T]) -> T:
    try:
        import uvloop  # noqa: PLC0415 - it is optional
    except ImportError:
        return asyncio.run(coroutine)
    return uvloop.run(coroutine)


def main() -> None:
    """Load a server as the command line says, and tell each round's figure and the median."""
    parser = argparse.ArgumentParser(description="Load a server and tell requests a second of its CPU time.")
    parser.add_argument("--port", type=int, help="a server that runs; by default our emulator is started")
    parser.add_argument("--pid", type=int, help="its process; needed with --port")
    parser.add_argument("--memory", action="store_true", help="start the emulator without a database file")
    parser.add_argument("--bulk", type=int, default=0, metavar="N", help="send bulks of N destinations")
    parser.add_argument("--gateway-ids", action="store_true", help="let the gateway choose the ids")
    parser.add_argument(
        "--connections", type=int, default=64, help="requests under way at a time (%(default)s)"
    )
    parser.add_argument("--seconds", type=float, default=3.0, help="how long a round takes (%(default)s)")
    parser.add_argument(
        "--rounds", type=int, default=5, help="how many, after one that warms up (%(default)s)"
    )
    given = parser.parse_args()
    if (given.port is None) != (given.pid is None):
        parser.error("--port and --pid go together")
    if given.port is not None:
        return _report(given, given.port, given.pid)
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        database = None if given.memory else Path(folder) / "messages.db"
        with serving("emulator", emulator_command(port, database), port) as server:
            return _report(given, port, server.pid)


def _report(given: argparse.Namespace, port: int, pid: int) -> None:
    token = json.loads(ask(port, token_request(CLIENT, SECRET)))["token"]
    own_ids = not given.gateway_ids
    make = bulk(token, given.bulk, own_ids=own_ids) if given.bulk else single(token, own_ids=own_ids)
    rates: list[float] = []
    for _ in range(given.rounds + 1):
        loaded = load(port, pid, make, given.seconds, given.connections)
        each = max(1, given.bulk)
        rates.append(loaded.per_cpu_second * each)
        print(
            f"{loaded.answered * each:8} in {loaded.seconds:5.2f} s, {loaded.cpu_seconds:5.2f} CPU s: "
            f"{rates[-1]:9.0f} a CPU-second ({1e6 / rates[-1]:6.2f} us each)"
        )
    print(f"median {median(rates[1:]):.0f}, best {max(rates[1:]):.0f} a CPU-second, without the first round")


if __name__ == "__main__":
    main()
