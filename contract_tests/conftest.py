"""Gateways to test, served on this machine."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
import uvicorn
from blackkonnect_contract.target import Target
from blackkonnect_emulator import Settings, create_app

CLIENT_ID = "acme-messaging"
CLIENT_SECRET = "an opaque string"
"""The credentials of the document's own example, which is answered with a token then."""

Wrap = Callable[[Any], Any]
Serve = Callable[..., AbstractContextManager[Target]]


@contextlib.contextmanager
def _served(edition: str, wrap: Wrap | None = None) -> Iterator[Target]:
    app: Any = create_app(Settings(edition=edition, clients={CLIENT_ID: CLIENT_SECRET}))
    gateway = app.gateway
    app = wrap(app) if wrap else app
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(512)
        config = uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=2)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            deadline = time.monotonic() + 10
            while not server.started and time.monotonic() < deadline:
                thread.join(0.01)
            assert server.started, "the gateway did not start"
            yield Target(
                base_url=f"http://127.0.0.1:{listener.getsockname()[1]}",
                client_id=CLIENT_ID,
                client_secret=CLIENT_SECRET,
                edition=edition,
            )
        finally:
            server.should_exit = True
            thread.join(10)
            gateway.close()


@pytest.fixture
def serve() -> Serve:
    """Serve the emulator, or a faulty gateway made by wrapping it."""
    return _served
