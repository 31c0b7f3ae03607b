"""Servers for receivers, on free ports of this machine."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

SECRET = "a-secret_of.the~tests"
EDITIONS = ("2025-05-16", "2026-02-25")
# Longer than any server takes to end on a busy machine.
LONGEST_END = 30.0


@contextmanager
def asgi_server(app: Any, root_path: str = "") -> Iterator[str]:
    """Serve an ASGI application with uvicorn; the address has no slash at its end.

    What a proxy would have cut off the path is the root path.
    """
    uvicorn = pytest.importorskip("uvicorn")
    with socket.socket() as listening:
        # The kernel takes connections from here on, so nobody waits for the server to be up.
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        options = {"log_config": None, "access_log": False, "ws": "none", "lifespan": "on"}
        config = uvicorn.Config(app, root_path=root_path, **options)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(LONGEST_END)
            assert not thread.is_alive()


class _Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: the log would show the secret."""


@contextmanager
def wsgi_server(app: Any) -> Iterator[str]:
    """Serve a WSGI application with wsgiref; the address has no slash at its end."""
    with make_server("127.0.0.1", 0, app, server_class=_Threaded, handler_class=_Silent) as server:
        # What it looks at first for its end is the default, half a second.
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join(LONGEST_END)


class Servers:
    """What serves, since test modules import no other."""

    asgi = staticmethod(asgi_server)
    wsgi = staticmethod(wsgi_server)


@pytest.fixture(scope="session")
def servers() -> type[Servers]:
    return Servers


@pytest.fixture(scope="session")
def secret() -> str:
    return SECRET


@pytest.fixture(params=EDITIONS)
def edition(request: pytest.FixtureRequest) -> str:
    """The emulator's edition, each in turn."""
    return str(request.param)


@pytest.fixture(scope="session")
def _emulators() -> Iterator[Any]:
    served = pytest.importorskip("blackkonnect_emulator.fixture_servers")
    with served.FixtureServers(edition=None, seed="1") as emulators:
        yield emulators


@pytest.fixture
def emulator(request: pytest.FixtureRequest, _emulators: Any) -> Iterator[Any]:
    """What the fixture `blackkonnect_emulator` is, where the plugin is not installed too.

    Its edition is that of the fixture `edition`, where the test has that.
    """
    given = {"edition": request.getfixturevalue("edition")} if "edition" in request.fixturenames else {}
    made = _emulators.begin(request.node.nodeid, given)
    try:
        yield made
    finally:
        _emulators.end(made)
