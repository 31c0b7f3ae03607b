"""Gateways to test, served on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from blackkonnect_contract.target import Target
from blackkonnect_emulator import Settings, running

CLIENT_ID = "acme-messaging"
CLIENT_SECRET = "an opaque string"
"""The credentials of the document's own example, which is answered with a token then."""

Wrap = Callable[[Any], Any]
Serve = Callable[..., AbstractContextManager[Target]]


@contextmanager
def _served(edition: str, wrap: Wrap | None = None) -> Iterator[Target]:
    settings = Settings(edition=edition, clients={CLIENT_ID: CLIENT_SECRET})
    with running(settings, _around=None if wrap is None else _around_requests(wrap)) as gateway:
        yield Target(
            base_url=gateway.base_url,
            client_id=CLIENT_ID,
            client_secret=CLIENT_SECRET,
            edition=edition,
        )


def _around_requests(wrap: Wrap) -> Wrap:
    """Keep the application's start and end from a fault, which is in its answers alone."""

    def around(app: Any) -> Any:  # noqa: ANN401 - ASGI
        faulty = wrap(app)

        async def both(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI
            await (faulty if scope["type"] == "http" else app)(scope, receive, send)

        return both

    return around


@pytest.fixture
def serve() -> Serve:
    """Serve the emulator, or a faulty gateway made by wrapping it."""
    return _served
