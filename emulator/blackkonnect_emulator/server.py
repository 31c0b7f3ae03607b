"""Serving the emulator on this machine."""

import asyncio
import gc
import importlib.util
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from types import FrameType
from typing import TYPE_CHECKING, Any

from uvicorn.config import Config
from uvicorn.server import Server, ServerState

from blackkonnect_emulator.app import Emulator, create_app
from blackkonnect_emulator.asgi import App
from blackkonnect_emulator.connection import Connection
from blackkonnect_emulator.connection_limits import Limits
from blackkonnect_emulator.settings import Settings, SettingsError

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway
    from blackkonnect_emulator.seeding import Seed

_BACKLOG = 2048
_GARBAGE = 10_000
_LONGEST_START = 10.0
_LONGEST_STOP = 10.0
# How long requests under way may take when the server stops, so that Ctrl-C takes less than a second.
_GRACE = 0.5
_LAST_WORDS = 0.1


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
        secrets: The secrets that were made for clients of the seed, which are not told again.
    """

    base_url: str
    client_id: str
    client_secret: str = field(repr=False)
    app: Emulator = field(repr=False)
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


def serve(
    settings: Settings | None = None,
    host: str = "127.0.0.1",
    port: int = 8025,
    announce: Callable[[Running], None] | None = None,
    seed: "Seed | None" = None,
) -> None:
    """Serve until it is stopped by a signal.

    Args:
        settings: How the emulator is set up.
        host: An address of this machine alone.
        port: 0 for a free one.
        announce: Is told where it serves, once it does.
        seed: What an empty database starts with.

    Raises:
        ListenError: The port is in use, for example.
        KeyboardInterrupt: It was stopped by Ctrl-C, and has stopped.
    """
    settings = settings or Settings()
    with _listening(host, port) as listener:
        running = _running(create_app(settings), settings, listener)
        server = _Server(running.app, Limits(), lambda: announce(running) if announce else None)
        _collect_seldom()
        try:
            if seed is not None:
                running = replace(running, secrets=asyncio.run(_sow(running.app.gateway, seed)))
            server.run(sockets=[listener])
        finally:
            # The end of the lifespan closes it too, but a signal can come before its begin.
            running.app.gateway.close()


def _collect_seldom() -> None:
    """Spare the search for garbage what is there for good: measured, a tenth of the work of a send."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_GARBAGE)


async def _sow(gateway: "Gateway", seed: "Seed") -> Mapping[str, str]:
    """Put a seed into an empty database; one that holds messages has had it before a restart.

    Rules are not kept in the database, so those of the seed hold after a restart as well.

    Returns:
        The secrets that were made.
    """
    from blackkonnect_emulator.seeding import SeedError, apply  # noqa: PLC0415 - seldom needed

    if (await gateway.queries.counts())["messages"]:
        seed = replace(seed, tenants=(), messages=())
    try:
        return (await apply(gateway, seed)).secrets
    except SeedError as error:
        raise SettingsError("seed-file", str(error)) from None


@contextmanager
def running(
    settings: Settings | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    _limits: Limits | None = None,
    _around: Callable[[App], App] | None = None,
) -> Iterator[Running]:
    """Serve in a thread of this process for as long as the context lasts.

    Args:
        settings: How the emulator is set up.
        host: An address of this machine alone.
        port: By default a free one.
    """
    settings = settings or Settings()
    with _listening(host, port) as listener:
        running = _running(create_app(settings), settings, listener)
        told = threading.Event()
        served = running.app if _around is None else _around(running.app)
        server = _Server(served, _limits or Limits(), told.set)

        def run() -> None:
            try:
                # It exits where the application does not start; whoever waits is told below.
                with suppress(SystemExit):
                    server.run(sockets=[listener])
            finally:
                told.set()

        thread = threading.Thread(target=run, name="blackkonnect-emulator", daemon=True)
        thread.start()
        try:
            if not told.wait(_LONGEST_START) or not server.started:
                raise ListenError("the server did not start")
            yield running
        finally:
            server.stop()
            thread.join(_LONGEST_STOP)
            running.app.gateway.close()


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


def _running(app: Emulator, settings: Settings, listener: socket.socket) -> Running:
    host, port = listener.getsockname()[:2]
    client_id, client_secret = next(iter(settings.clients.items()))
    shown = f"[{host}]" if ":" in host else host
    return Running(f"http://{shown}:{port}", client_id, client_secret, app)


class _Known(ServerState):
    """What the connections of a server share."""

    stopping = False


class _Server(Server):
    """A server that waits for events alone, so that it starts and stops at once.

    Args:
        app: What answers.
        limits: What a client may take.
        tell_started: Is called when it has started: from then on, and not before, a signal surely stops it.
    """

    def __init__(self, app: App, limits: Limits, tell_started: Callable[[], None]) -> None:
        config = Config(
            app,
            loop="uvloop" if importlib.util.find_spec("uvloop") else "asyncio",
            http=_protocol(limits),
            ws="none",
            lifespan="on",
            interface="asgi3",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            backlog=_BACKLOG,
        )
        super().__init__(config)
        self.server_state = self._known = _Known()
        self._tell_started = tell_started
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Stop, from whatever thread."""
        self.should_exit = True
        # Without a loop it has not begun, and with a closed one it has ended.
        if self._loop is not None:
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._stopping.set)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop by a signal."""
        super().handle_exit(sig, frame)
        self.stop()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve."""
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets=sockets)

    async def main_loop(self) -> None:
        """Tell that it serves, and wait until it is to stop."""
        self._tell_started()
        await self._stopping.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let requests under way be answered, within bounds, and end."""
        self._known.stopping = True
        for server in self.servers:
            server.close()
        for listener in sockets or ():
            listener.close()
        connections: list[Connection] = list(self.server_state.connections)  # type: ignore[arg-type]
        closed = [connection.shutdown() for connection in connections]
        answering = {connection.running.task for connection in connections if connection.running}
        tasks = {task for task in answering | self.server_state.tasks if task is not None and not task.done()}
        late = (await asyncio.wait(tasks, timeout=_GRACE))[1] if tasks else ()
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=_LAST_WORDS)
        if closed and (await asyncio.wait(closed, timeout=_LAST_WORDS))[1]:
            for connection in connections:
                connection.transport.abort()
        await self.lifespan.shutdown()


def _protocol(limits: Limits) -> type[asyncio.Protocol]:
    """Make a connection's class as uvicorn wants it."""

    class Limited(Connection):
        def __init__(
            self,
            config: Config,
            server_state: _Known,
            app_state: dict[str, Any],  # noqa: ARG002 - the application keeps its state itself
            _loop: asyncio.AbstractEventLoop | None = None,
        ) -> None:
            super().__init__(config.loaded_app, server_state, limits, _loop or asyncio.get_running_loop())

    return Limited
