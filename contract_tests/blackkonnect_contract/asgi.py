"""Asking an ASGI application in this process as a server would be asked."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import httpx

__all__ = ["AsgiTransport"]

_PATIENCE = 60.0


class AsgiTransport(httpx.BaseTransport):
    """Carries the requests of a client that waits to an application in an event loop of its own.

    What the application raises comes out at the client as ``httpx.ReadError``, as from a server that broke
    off, so that no answer is no answer however the gateway is reached.

    Args:
        app: The application, which needs no lifespan events.
    """

    def __init__(self, app: Any) -> None:  # noqa: ANN401 - ASGI
        self._loop = asyncio.new_event_loop()
        self._app = app
        self._thread = threading.Thread(target=self._loop.run_forever, name="asgi-transport", daemon=True)
        self._thread.start()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Ask the application.

        Args:
            request: The request.

        Raises:
            httpx.ReadError: The application raised.
            httpx.ReadTimeout: It took longer than the request's timeout.
        """
        limit = request.extensions.get("timeout", {}).get("read") or _PATIENCE
        asked = asyncio.run_coroutine_threadsafe(self._ask(request, limit), self._loop)
        return asked.result()

    def close(self) -> None:
        """End the event loop."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _ask(self, request: httpx.Request, limit: float) -> httpx.Response:
        exchange = _Exchange(request.read())
        try:
            async with asyncio.timeout(limit):
                await self._app(_scope(request), exchange.receive, exchange.send)
        except TimeoutError:
            raise httpx.ReadTimeout("no answer in time", request=request) from None
        except Exception as error:
            raise httpx.ReadError(
                f"the application raised {type(error).__name__}", request=request
            ) from error
        if not exchange.status:
            raise httpx.ReadError("the application answered nothing", request=request)
        content = httpx.ByteStream(b"".join(exchange.parts))
        return httpx.Response(exchange.status, headers=exchange.headers, stream=content)


class _Exchange:
    """What an application is told of one request, and what it answers.

    Args:
        body: The request's body.
    """

    def __init__(self, body: bytes) -> None:
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.parts: list[bytes] = []
        self._body: bytes | None = body
        self._ended = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        """Give the body at once; whoever waits for more hears of the end."""
        body, self._body = self._body, None
        if body is not None:
            return {"type": "http.request", "body": body, "more_body": False}
        await self._ended.wait()
        return {"type": "http.disconnect"}

    async def send(self, event: dict[str, Any]) -> None:
        """Take a part of the answer."""
        if event["type"] == "http.response.start":
            self.status, self.headers = event["status"], list(event.get("headers", ()))
        elif event["type"] == "http.response.body":
            self.parts.append(event.get("body", b""))
            if not event.get("more_body", False):
                self._ended.set()


def _scope(request: httpx.Request) -> dict[str, Any]:
    url = request.url
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": url.scheme,
        "path": url.path,
        "raw_path": url.raw_path.partition(b"?")[0],
        "query_string": url.query,
        "root_path": "",
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "server": (url.host, url.port),
        "client": ("127.0.0.1", 123),
    }
