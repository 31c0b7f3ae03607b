"""Serving the emulator on this machine."""

import importlib.util
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address

import uvicorn
from starlette.applications import Starlette

from blackkonnect_emulator.app import create_app
from blackkonnect_emulator.settings import Settings, SettingsError

_BACKLOG = 2048
_LONGEST_START = 10.0
_LONGEST_STOP = 10.0
_TICK = 0.01


class ListenError(Exception):
    """The emulator can't listen at an address."""


@dataclass(frozen=True, slots=True)
class Running:
    """An emulator that serves.

    Attributes:
        base_url: Where.
        client_id: The id of its first client.
        client_secret: The secret of its first client.
        app: The application.
    """

    base_url: str
    client_id: str
    client_secret: str = field(repr=False)
    app: Starlette = field(repr=False)


def serve(
    settings: Settings | None = None,
    host: str = "127.0.0.1",
    port: int = 8025,
    announce: Callable[[Running], None] | None = None,
) -> None:
    """Serve until it is stopped by a signal.

    Args:
        settings: How the emulator is set up.
        host: An address of this machine alone.
        port: 0 for a free one.
        announce: Is told where it serves, once it does.

    Raises:
        ListenError: The port is in use, for example.
        KeyboardInterrupt: It was stopped by Ctrl-C, and has stopped.
    """
    settings = settings or Settings()
    with _listening(host, port) as listener:
        running = _running(create_app(settings), settings, listener)
        try:
            _server(running.app, lambda: announce(running) if announce else None).run(sockets=[listener])
        finally:
            # The end of the lifespan closes it too, but a signal can come before its begin.
            running.app.state.gateway.close()


@contextmanager
def running(settings: Settings | None = None, host: str = "127.0.0.1", port: int = 0) -> Iterator[Running]:
    """Serve in a thread of this process for as long as the context lasts.

    Args:
        settings: How the emulator is set up.
        host: An address of this machine alone.
        port: By default a free one.
    """
    settings = settings or Settings()
    with _listening(host, port) as listener:
        running = _running(create_app(settings), settings, listener)
        server = _server(running.app)
        thread = threading.Thread(
            target=server.run, kwargs={"sockets": [listener]}, name="blackkonnect-emulator", daemon=True
        )
        thread.start()
        try:
            _wait_for_start(server, thread)
            yield running
        finally:
            server.should_exit = True
            thread.join(_LONGEST_STOP)
            running.app.state.gateway.close()


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    address = "127.0.0.1" if host == "localhost" else host
    try:
        loopback = ip_address(address).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise SettingsError("host", f"{host!r} is not an address of this machine alone, as 127.0.0.1 is")
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((address, port))
            listener.listen(_BACKLOG)
        except (OSError, OverflowError) as error:
            reason = error.strerror if isinstance(error, OSError) else "a port is a number from 0 to 65535"
            raise ListenError(f"can't listen at {address} port {port}: {reason}") from error
        yield listener


def _running(app: Starlette, settings: Settings, listener: socket.socket) -> Running:
    host, port = listener.getsockname()[:2]
    client_id, client_secret = next(iter(settings.clients.items()))
    shown = f"[{host}]" if ":" in host else host
    return Running(f"http://{shown}:{port}", client_id, client_secret, app)


class _Server(uvicorn.Server):
    """A server that tells when it has started: from then on, and not before, a signal surely stops it."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell_started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._tell_started()


def _server(app: Starlette, started: Callable[[], None] = lambda: None) -> uvicorn.Server:
    config = uvicorn.Config(
        app,
        loop="uvloop" if importlib.util.find_spec("uvloop") else "asyncio",
        http="httptools" if importlib.util.find_spec("httptools") else "h11",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        backlog=_BACKLOG,
        timeout_graceful_shutdown=1,
    )
    return _Server(config, started)


def _wait_for_start(server: uvicorn.Server, thread: threading.Thread) -> None:
    waited = 0.0
    while not server.started:
        thread.join(_TICK)
        waited += _TICK
        if not thread.is_alive() or waited > _LONGEST_START:
            raise ListenError("the server did not start")
