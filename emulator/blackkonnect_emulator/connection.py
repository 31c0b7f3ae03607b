"""A client's connection: its requests are answered in order, and within limits."""

import asyncio
from collections import deque
from collections.abc import MutableSet
from typing import Any, Protocol

from blackkonnect_emulator.asgi import App, Scope
from blackkonnect_emulator.connection_limits import Limits
from blackkonnect_emulator.exchange import ABORT, MOST_WAITING, AnswersAtOnce, Exchange, head
from blackkonnect_emulator.problems import Problem
from blackkonnect_emulator.request_reader import RequestReader, Stage
from blackkonnect_emulator.watch import Waits, Watch


class Known(Protocol):
    """What all connections of a server share."""

    @property
    def connections(self) -> MutableSet[Any]:
        """Those that are open."""

    @property
    def tasks(self) -> MutableSet[asyncio.Task[None]]:
        """What still runs for those that are not."""

    @property
    def stopping(self) -> bool:
        """Whether those that are made from now on come too late."""


class Connection(asyncio.Protocol):
    """A connection.

    Args:
        app: What answers.
        known: What it shares with others.
        limits: What its client may take.
        loop: What it runs on.

    Attributes:
        running: The request that is being answered, or was when the connection was left.
        full: Is done when the client has read enough that there may be written more; None if so already.
    """

    transport: asyncio.Transport

    def __init__(self, app: App, known: Known, limits: Limits, loop: asyncio.AbstractEventLoop) -> None:
        self._app = app
        self._at_once = app.answer_at_once if isinstance(app, AnswersAtOnce) else None
        self._known = known
        self._limits = limits
        self.loop = loop
        self.running: Exchange | None = None
        self.full: asyncio.Future[None] | None = None
        self._reader = RequestReader(self, limits)
        # The request that is being read, and those that wait behind the one that is being answered.
        self._reading: Exchange | None = None
        self._queue: deque[Exchange] = deque()
        self._farewell: Problem | None = None
        self._lost: asyncio.Future[None] = loop.create_future()
        self._leaving = self._paused = False

    # What the event loop calls.

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin."""
        self.transport = transport
        self._server = transport.get_extra_info("sockname")[:2]
        # Who hung up before this was called has no address any more.
        peer = transport.get_extra_info("peername")
        self._client = None if peer is None else peer[:2]
        self._known.connections.add(self)
        self._watch = Watch(self.loop, self._limits, self._waits, self._cut)
        most, there = self._limits.connections, len(self._known.connections)
        # What was accepted before the listener closed can be made after it.
        if self._known.stopping or there > 2 * most:
            transport.abort()
        elif there > most:
            detail = f"The emulator serves {most} connections at once; close some."
            self._say(Problem(503, detail, headers={"Retry-After": "1"}))

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - why is nobody's business
        """End."""
        self._known.connections.discard(self)
        self._watch.stop()
        self._leaving = True
        self._drop_exchanges()
        self.resume_writing()
        if self.running is not None and self.running.task is not None:
            self._known.tasks.add(self.running.task)
            self.running.task.add_done_callback(self._known.tasks.discard)
        if not self._lost.done():
            self._lost.set_result(None)
        self._reader.close()

    def data_received(self, data: bytes) -> None:
        """Read."""
        if self._leaving:
            return
        self._watch.heard = self.loop.time()
        try:
            self._reader.feed(data)
        except Problem as problem:
            # What came whole before it is still answered.
            if self.running is not None and self.running.whole:
                self._begin_answer()
            self._refuse(problem)
        else:
            self._begin_answer()

    def _begin_answer(self) -> None:
        running = self.running
        if running is not None and not running.begun:
            running.start(self._app, self._at_once)

    def pause_writing(self) -> None:
        """Wait until the client reads."""
        self.full = self.loop.create_future()

    def resume_writing(self) -> None:
        """Wait no more."""
        if self.full is not None and not self.full.done():
            self.full.set_result(None)
        self.full = None

    # What the reader calls.

    def begin(self) -> None:
        """Note that a request begins."""
        self._watch.began = self._watch.heard

    def take_head(self, head: RequestReader) -> None:
        """Start to answer, or queue the request behind the one that is being answered."""
        version = head.version
        path, raw_path, query = head.target
        scope: Scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": version,
            "method": head.method,
            "scheme": "http",
            "path": path,
            "raw_path": raw_path,
            "query_string": query,
            "root_path": "",
            "headers": head.headers,
            "client": self._client,
            "server": self._server,
            "extensions": {ABORT: self.abort},
        }
        keep_alive = version == "1.1" and head.keep_alive
        exchange = Exchange(self, scope, keep_alive=keep_alive, expects=head.expects)
        if self.running is None:
            self.running = exchange
        elif len(self._queue) < self._limits.queued:
            self._queue.append(exchange)
            self._pause()
        else:
            raise Problem(429, f"At most {self._limits.queued} requests may wait on a connection.")
        self._reading = exchange

    def take_body(self, body: bytes) -> None:
        """Take a piece of the body."""
        if self._reading is not None:
            self._reading.add(body)
            if self._reading.size > MOST_WAITING:
                self._pause()

    def end(self) -> None:
        """Note that the request is whole."""
        if self._reading is not None:
            self._reading.end()

    # What an exchange calls.

    def awaits_client(self) -> None:
        """Note that from now on the client is waited for."""
        self._watch.await_client()
        self._resume()

    def answered(self, exchange: Exchange) -> None:
        """Go on to the next request."""
        if exchange is not self.running or self._leaving:
            return
        if not exchange.keep_alive:
            self._leave()
        elif self._queue:
            self.running = self._queue.popleft()
            self.running.start(self._app, self._at_once)
        else:
            self.running = None
            if self._farewell is not None:
                self._say(self._farewell)
            elif self._reader.stage:
                self.awaits_client()
            else:
                self._resume()
            self._watch.since = self.loop.time()

    def failed(self, exchange: Exchange) -> None:
        """Tell the client that the application failed, if it can still be told."""
        if exchange.started:
            self._leave()
        else:
            self._say(Problem(500, "The gateway failed."))

    def abort(self) -> None:
        """Close, and answer no more than was written."""
        if not self._leaving:
            self._leave()

    # What the server calls.

    def shutdown(self) -> asyncio.Future[None]:
        """Close as soon as no whole request is left without an answer; an answer that streams is cut.

        Returns:
            Is done when it is closed.
        """
        running = self.running
        unfinished = self._reader.stage is Stage.BODY and running is self._reading
        if running is None or running.started or unfinished:
            self.abort()
        else:
            running.keep_alive = False
        return self._lost

    # Leaving.

    def _refuse(self, problem: Problem) -> None:
        """Answer with a problem in its turn, and read no more."""
        reads_body = self._reader.stage is Stage.BODY
        running = self.running
        if running is not None and not (reads_body and running is self._reading):
            # Answers come in order: this one is the last.
            if reads_body:
                self._queue.pop()
            self._reader.stage = Stage.NOTHING
            self._farewell = problem
            self._pause()
        elif reads_body and (running is None or running.started):
            self._leave(linger=True)
        else:
            self._say(problem)

    def _say(self, problem: Problem) -> None:
        answer = problem.answer()
        fields = [*answer.raw_headers(), (b"connection", b"close")]
        self.transport.write(head(answer.status, fields) + answer.body)
        self._leave(linger=True)

    def _leave(self, *, linger: bool = False) -> None:
        """Close after what was written.

        Closing while something from the client is unread makes the system drop what the client has not
        read yet (RFC 9112, section 9.6), so only the own side is closed then.
        """
        self._leaving = True
        self._watch.since = self.loop.time()
        self._drop_exchanges()
        if (linger or self._reader.stage or self._paused) and self.transport.can_write_eof():
            self.transport.write_eof()
            self._resume()
        else:
            self.transport.close()

    def _drop_exchanges(self) -> None:
        if self.running is not None:
            self.running.leave()
        self._queue.clear()

    # Waiting.

    def _waits(self) -> Waits:
        if self._leaving:
            return Waits.FOR_CLOSE
        stage = self._reader.stage
        if self.running is None:
            return Waits.FOR_REST if stage else Waits.FOR_REQUEST
        asked = stage is Stage.BODY and self._reading is self.running and self.running.waiting
        return Waits.FOR_REST if asked and not self._paused else Waits.FOR_ANSWER

    def _cut(self, waits: Waits) -> None:
        if waits is Waits.FOR_CLOSE:
            self.transport.abort()
        elif waits is Waits.FOR_REST:
            self._refuse(Problem(408, "The request did not come in time."))
        else:
            self._leave()

    def _pause(self) -> None:
        if not self._paused:
            self._paused = True
            self.transport.pause_reading()

    def _resume(self) -> None:
        if self._paused:
            self._paused = False
            self.transport.resume_reading()
