"""Watches what a client sends, and what comes back, below everything that it does with it."""

from __future__ import annotations

import asyncio
import threading

import httpx

from blackkonnect_contract.exchange import Answer, Request
from blackkonnect_contract.secrecy import PLACE

__all__ = ["AsyncTap", "Tap", "Tapped"]

Tapped = tuple[Request, Answer]


class Tap(httpx.BaseTransport):
    """Carries the requests of a client, and keeps them with their answers.

    Args:
        transport: What carries them on; the network by default.

    Attributes:
        tapped: Each request with its answer, in the order of the answers.
    """

    def __init__(self, transport: httpx.BaseTransport | None = None) -> None:
        self.tapped: list[Tapped] = []
        self._shares = transport is not None
        self._transport = transport or httpx.HTTPTransport(trust_env=False)
        self._lock = threading.Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Carry a request on.

        Args:
            request: The request.
        """
        body = request.read()
        answer = self._transport.handle_request(request)
        content = answer.read()
        with self._lock:
            self.tapped.append((_request(request, body), _answer(answer, content)))
        # What was unpacked is told as it is.
        headers = [pair for pair in answer.headers.raw if pair[0].lower() != b"content-encoding"]
        return httpx.Response(answer.status_code, headers=headers, stream=httpx.ByteStream(content))

    def close(self) -> None:
        """Close the connections; a transport that was given stays open."""
        if not self._shares:
            self._transport.close()


class AsyncTap(httpx.AsyncBaseTransport):
    """The same for a client that awaits, each request in a thread.

    Args:
        tap: Carries the requests, and keeps them.
    """

    def __init__(self, tap: Tap) -> None:
        self._tap = tap

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Carry a request on.

        Args:
            request: The request.
        """
        await request.aread()
        return await asyncio.to_thread(self._tap.handle_request, request)


def _request(request: httpx.Request, body: bytes) -> Request:
    headers = tuple(
        (name, f"Bearer {PLACE}" if name.lower() == "authorization" else value)
        for name, value in request.headers.multi_items()
    )
    return Request(request.method, str(request.url), headers, body)


def _answer(answer: httpx.Response, content: bytes) -> Answer:
    headers = tuple((name.lower(), value) for name, value in answer.headers.multi_items())
    return Answer(answer.status_code, headers, content, 0.0)
