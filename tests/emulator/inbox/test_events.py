"""Events for the page."""

import asyncio
from collections.abc import AsyncGenerator
from typing import cast

import pytest
from blackkonnect_emulator.inbox.events import Events
from starlette.requests import Request
from starlette.responses import StreamingResponse

from .conftest import Inbox

pytestmark = pytest.mark.anyio


def told(version: int) -> str:
    return f"id: {version}\nevent: changed\ndata: {version}\n\n"


async def opened(
    inbox: Inbox, query: bytes = b"", *headers: tuple[bytes, bytes]
) -> AsyncGenerator[str, None]:
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": query, "headers": list(headers)}
    response = await Events(inbox.gateway).stream(Request(scope))
    assert isinstance(response, StreamingResponse)
    assert response.media_type == "text/event-stream"
    return cast("AsyncGenerator[str, None]", response.body_iterator)


async def test_a_change_that_the_page_does_not_know_is_told_at_once(inbox: Inbox) -> None:
    version = inbox.gateway.changes.version
    await inbox.put("+233200000001", "hello")
    now = inbox.gateway.changes.version
    for query, headers in (
        (f"since={version}", ()),
        ("since=999", ()),
        ("", ()),
        (f"since={now}", ((b"last-event-id", b"0"),)),
    ):
        parts = await opened(inbox, query.encode(), *headers)
        assert await anext(parts) == "retry: 1000\n\n"
        assert await anext(parts) == told(now)
        await parts.aclose()


async def test_nothing_is_told_until_something_changes_and_then_once(inbox: Inbox) -> None:
    query = f"since={inbox.gateway.changes.version}".encode()
    parts = await opened(inbox, query)
    await anext(parts)
    waiting = asyncio.ensure_future(anext(parts))
    await asyncio.sleep(0)
    assert not waiting.done()
    for _ in range(20):
        inbox.gateway.changes.bump()
    assert await waiting == told(inbox.gateway.changes.version)
    await parts.aclose()
