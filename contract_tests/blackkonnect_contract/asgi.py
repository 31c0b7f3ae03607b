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
        self._transport = httpx.ASGITransport(app)
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
        body = request.read()
        asked = httpx.Request(
            request.method, request.url, headers=request.headers, content=body, extensions=request.extensions
        )
        try:
            async with asyncio.timeout(limit):
                answer = await self._transport.handle_async_request(asked)
                content = b"".join([part async for part in answer.stream])  # type: ignore[union-attr]
        except TimeoutError:
            raise httpx.ReadTimeout("no answer in time", request=request) from None
        except httpx.HTTPError:
            raise
        except Exception as error:
            raise httpx.ReadError(
                f"the application raised {type(error).__name__}", request=request
            ) from error
        return httpx.Response(
            answer.status_code, headers=answer.headers.raw, stream=httpx.ByteStream(content)
        )
