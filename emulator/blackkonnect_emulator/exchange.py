"""A request and its answer, on a connection."""

import asyncio
import time
from collections.abc import Callable
from functools import cache, lru_cache
from http import HTTPStatus
from typing import Protocol, runtime_checkable

from blackkonnect_emulator.asgi import App, Message, Scope
from blackkonnect_emulator.failures import log_failure

ABORT = "blackkonnect_emulator.abort"
# How much of a body is kept for an application that is not asking for it, in bytes.
MOST_WAITING = 65_536
# RFC 9110, section 8.6 and section 6.4.1: these never have a body.
_BODILESS = (204, 304)
# RFC 9110, section 5.6.7; `strftime` would write them in the language of the machine.
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Line(Protocol):
    """What an exchange needs of its connection."""

    loop: asyncio.AbstractEventLoop
    transport: asyncio.Transport
    full: asyncio.Future[None] | None

    def awaits_client(self) -> None:
        """Note that from now on the client is waited for."""

    def answered(self, exchange: "Exchange") -> None:
        """Go on after an answer."""

    def failed(self, exchange: "Exchange") -> None:
        """Go on after an application that failed."""

    def abort(self) -> None:
        """Close, and answer no more."""


@runtime_checkable
class AnswersAtOnce(Protocol):
    """An application that needs no task for some requests."""

    def answer_at_once(self, exchange: "Exchange") -> bool:
        """Answer a request that is whole, now or later; `False` where it must be run as others are."""


class Exchange:
    """A request whose head was read, and its answer.

    Args:
        line: The connection.
        scope: The request, as ASGI has it.
        keep_alive: Whether the connection may serve another one.
        expects: Whether the client waits for 100 (Continue) before it sends the body.

    Attributes:
        scope: The request, as above.
        begun: Whether it was begun to answer it.
        whole: Whether the body was read to its end.
        gone: Whether nobody is there any more to read an answer.
        started: Whether any of the answer was written.
        complete: Whether all of it was.
        waiting: Whether the application waits for more of the body.
        task: What runs the application, once it is started.
        keep_alive: As above; the application's answer can say no to it.
        size: How many bytes of the body the application has not taken yet.
    """

    __slots__ = (
        "_chunked",
        "_chunks",
        "_expects",
        "_left",
        "_line",
        "_start",
        "_taken",
        "_waiter",
        "begun",
        "complete",
        "gone",
        "keep_alive",
        "scope",
        "size",
        "started",
        "task",
        "whole",
    )

    def __init__(self, line: Line, scope: Scope, *, keep_alive: bool, expects: bool) -> None:
        self._line = line
        self.scope = scope
        self._expects = expects
        self._chunks: list[bytes] = []
        self._taken = False
        self._waiter: asyncio.Future[None] | None = None
        self._start: Message | None = None
        self._chunked = False
        self._left: int | None = None
        self.keep_alive = keep_alive
        self.size = 0
        self.begun = self.whole = self.gone = self.started = self.complete = False
        self.task: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> bool:
        """Tell whether the application waits for more of the body."""
        return self._waiter is not None

    def start(self, app: App, at_once: Callable[["Exchange"], bool] | None) -> None:
        """Let an application answer.

        Args:
            app: The application.
            at_once: Its way to answer a whole request without a task, which costs much, if it has one.
        """
        self.begun = True
        if not (self.whole and at_once is not None and at_once(self)):
            self.run(app)

    def run(self, app: App) -> None:
        """Run an application in a task."""
        self.task = self._line.loop.create_task(self._run(app))

    def add(self, body: bytes) -> None:
        """Take a piece of the body."""
        if not self.complete:
            self._chunks.append(body)
            self.size += len(body)
            self._wake()

    def end(self) -> None:
        """Note that the body is whole."""
        self.whole = True
        self._wake()

    def leave(self) -> None:
        """Note that nobody reads an answer: what the application still sends is dropped."""
        self.gone = True
        self._wake()

    async def receive(self) -> Message:
        """Hand what there is of the body to the application (ASGI)."""
        if not (self._chunks or self.gone or self.complete or (self.whole and not self._taken)):
            await self._wait()
        if self.gone or self.complete:
            return {"type": "http.disconnect"}
        body = b"".join(self._chunks)
        self._chunks.clear()
        self.size = 0
        self._taken = self.whole
        return {"type": "http.request", "body": body, "more_body": not self.whole}

    def whole_body(self) -> bytes | None:
        """Hand the body to the application, which spares ASGI's detours; `None` where it isn't all there."""
        if not self.whole or self._taken or self.gone or self.complete:
            return None
        self._taken = True
        body = self._chunks[0] if len(self._chunks) == 1 else b"".join(self._chunks)
        self._chunks.clear()
        self.size = 0
        return body

    async def send(self, message: Message) -> None:
        """Take a part of the answer from the application (ASGI).

        The head goes out with the first of the body, in one piece, as ASGI asks for.

        Args:
            message: The part.

        Raises:
            RuntimeError: It does not fit to what was sent before.
        """
        if self._line.full is not None and not self.gone:
            await self._line.full
        if self.gone:
            return
        kind = message["type"]
        if kind == "http.response.start" and self._start is None:
            self._start = message
            return
        if kind != "http.response.body" or self._start is None or self.complete:
            raise RuntimeError(f"{kind} does not fit here")
        body, more = message.get("body", b""), message.get("more_body", False)
        content = b"" if self.started else self._head(self._start, None if more else len(body))
        self._finish(content, body, more=more)

    def answer(self, status: int, media_type: str, body: bytes) -> bool:
        """Send a whole answer without further headers at once, which spares ASGI's detours.

        Args:
            status: The HTTP status.
            media_type: Of the body.
            body: The body.

        Returns:
            Whether it was sent; not where the client reads too slowly, or part of an answer was sent before.
        """
        if self._line.full is not None or self._start is not None or status in _BODILESS:
            return False
        if self.gone:
            return True
        self._start = {"status": status}
        self.started = True
        begin = _begin(status, media_type, int(time.time()), keep_alive=self.keep_alive)
        sent = b"" if self.scope["method"] == "HEAD" else body
        self._line.transport.write(b"%bcontent-length: %d\r\n\r\n%b" % (begin, len(body), sent))
        self._end()
        return True

    def _finish(self, head: bytes, body: bytes, *, more: bool) -> None:
        self.started = True
        self._line.transport.write(head + self._framed(body, more=more))
        if not more:
            if self._left:
                raise RuntimeError("the body is shorter than its Content-Length")
            self._end()

    def _end(self) -> None:
        self.complete = True
        self._wake()
        self._line.answered(self)

    async def _run(self, app: App) -> None:
        try:
            await app(self.scope, self.receive, self.send)
        except Exception as error:  # noqa: BLE001 - the last resort
            log_failure(error)
        if not self.complete and not self.gone:
            self._line.failed(self)

    async def _wait(self) -> None:
        if self._expects and not self.started:
            # RFC 9110, section 10.1.1.
            self._line.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        self._expects = False
        self._waiter = self._line.loop.create_future()
        if not self.whole:
            self._line.awaits_client()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _head(self, start: Message, length: int | None) -> bytes:
        """Write the head, and find out how the body is to be framed (RFC 9112, section 6).

        Args:
            start: What the application said.
            length: Of the body, in bytes, if all of it is there.
        """
        status = start["status"]
        fields = list(start.get("headers", ()))
        bodiless = self.scope["method"] == "HEAD" or status in _BODILESS
        for name, value in fields:
            if name == b"content-length":
                self._left = 0 if bodiless else int(value)
            elif name == b"connection" and value.lower() == b"close":
                self.keep_alive = False
        if bodiless:
            self._left = 0
        elif self._left is None and length is not None:
            self._left = length
            fields.append((b"content-length", b"%d" % length))
        elif self._left is None and self.scope["http_version"] == "1.1":
            self._chunked = True
            fields.append((b"transfer-encoding", b"chunked"))
        elif self._left is None:
            self.keep_alive = False
        if not self.keep_alive and (b"connection", b"close") not in fields:
            fields.append((b"connection", b"close"))
        return head(status, fields)

    def _framed(self, body: bytes, *, more: bool) -> bytes:
        if self._chunked:
            chunk = b"%x\r\n%b\r\n" % (len(body), body) if body else b""
            return chunk if more else chunk + b"0\r\n\r\n"
        if self._left is None:
            return body
        if self.scope["method"] == "HEAD":
            return b""
        if len(body) > self._left:
            raise RuntimeError("the body is longer than its Content-Length")
        self._left -= len(body)
        return body


def head(status: int, fields: list[tuple[bytes, bytes]]) -> bytes:
    """Write the head of an answer (RFC 9112, sections 4 and 5).

    Args:
        status: Its status.
        fields: Its headers; the date is added.

    Raises:
        RuntimeError: A header has a line break, which would start another one.
    """
    lines = b"".join([b"%b: %b\r\n" % field for field in fields])
    if lines.count(b"\n") != len(fields) or lines.count(b"\r") != len(fields):
        raise RuntimeError("a header has a line break")
    return b"%b%b%b\r\n" % (_status_line(status), _date(int(time.time())), lines)


@lru_cache(maxsize=16)
def _begin(status: int, media_type: str, now: int, *, keep_alive: bool) -> bytes:  # noqa: ARG001 - it is sent
    """Write the head of an answer up to its length; there are few different ones in a second."""
    fields = [(b"content-type", media_type.encode("ascii"))]
    if not keep_alive:
        fields.append((b"connection", b"close"))
    return head(status, fields)[:-2]


@cache
def _status_line(status: int) -> bytes:
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = ""
    return f"HTTP/1.1 {status} {phrase}\r\n".encode("ascii")


@lru_cache(maxsize=1)
def _date(now: int) -> bytes:
    """Write the date of an answer (RFC 9110, section 6.6.1), once a second.

    Args:
        now: Seconds since 1970.
    """
    told = time.gmtime(now)
    day, month = _DAYS[told.tm_wday], _MONTHS[told.tm_mon - 1]
    clock = f"{told.tm_hour:02}:{told.tm_min:02}:{told.tm_sec:02}"
    return f"date: {day}, {told.tm_mday:02} {month} {told.tm_year} {clock} GMT\r\n".encode("ascii")
