"""Telling the page that something changed."""

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from blackkonnect_emulator.inbox.responses import STRICT
from blackkonnect_emulator.inbox.view import whole_number

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway

_PAUSE = 0.5
_SILENCE = 15.0
_RETRY = "retry: 1000\n\n"


class Events:
    """Tells pages of changes as server-sent events (HTML Living Standard, section 9.2).

    Args:
        gateway: Whose changes.
    """

    def __init__(self, gateway: "Gateway") -> None:
        self._time = gateway.time

    async def stream(self, request: Request) -> Response:
        """Send an event `changed` at once after a change, but no more than two in a second.

        A page names the version that it shows, so that no change between the two is missed; a browser that
        connects again names the last one that it was told.
        """
        known = request.headers.get("last-event-id", request.query_params.get("since", ""))
        headers = {**STRICT, "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._events(whole_number(known)), 200, headers, "text/event-stream")

    async def _events(self, version: int | None) -> AsyncIterator[str]:
        yield _RETRY
        known = -1 if version is None else version
        while True:
            now = await self._time.wait_for_change(known, _SILENCE)
            if now == known:
                yield ": nothing new\n\n"
                continue
            known = now
            yield f"id: {now}\nevent: changed\ndata: {now}\n\n"
            await asyncio.sleep(_PAUSE)
