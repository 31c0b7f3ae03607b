"""Telling watchers that something changed, as server-sent events (HTML Living Standard, section 9.2)."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from blackkonnect_emulator.control import writing
from blackkonnect_emulator.control.answering import HEADERS
from blackkonnect_emulator.control.reading import Parameters

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway

_PAUSE = 0.5
_SILENCE = 15.0
_RETRY = "retry: 1000\n\n"
_HEARTBEAT = ": nothing new\n\n"


async def events(gateway: "Gateway", request: Request) -> Response:
    """Streams server-sent events: `changed` with the version, and `clock` when the clock was moved.

    There are no more than about two in a second. A message that reaches a status by itself is a change too.
    """
    Parameters(request, ()).check()
    return _EventStream(_events(gateway))


async def _events(gateway: "Gateway") -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    yield _RETRY
    version, reading = -1, None
    silent_since = loop.time()
    while True:
        if gateway.changes.version != version:
            version = gateway.changes.version
            yield _event("changed", {"version": version})
            if gateway.clock.reading != reading:
                reading = gateway.clock.reading
                yield _event("clock", writing.clock(gateway.clock))
            silent_since = loop.time()
            await asyncio.sleep(_PAUSE)
            continue
        left = silent_since + _SILENCE - loop.time()
        if left <= 0:
            yield _HEARTBEAT
            silent_since = loop.time()
            continue
        await gateway.time.wait_for_change(version, left)


def _event(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"


class _EventStream(Response):
    """An answer that goes on until the client leaves or the server stops.

    Args:
        events: What to send.
    """

    media_type = "text/event-stream"

    def __init__(self, events: AsyncIterator[str]) -> None:
        super().__init__(headers={**HEADERS, "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._events = events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI
        """Send the events."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        sending = asyncio.ensure_future(self._send(send))
        leaving = asyncio.ensure_future(_left(receive))
        try:
            await asyncio.wait((sending, leaving), return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                sending.result()
        finally:
            sending.cancel()
            leaving.cancel()

    async def _send(self, send: Send) -> None:
        async for event in self._events:
            await send({"type": "http.response.body", "body": event.encode(), "more_body": True})


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
