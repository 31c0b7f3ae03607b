"""The emulator as an ASGI application."""

import asyncio
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING

from blackkonnect_emulator.asgi import Receive, Scope, Send
from blackkonnect_emulator.endpoint import Endpoints
from blackkonnect_emulator.exchange import Exchange
from blackkonnect_emulator.gateway import Gateway
from blackkonnect_emulator.headers import Headers
from blackkonnect_emulator.problems import Problem
from blackkonnect_emulator.routing import raw_path
from blackkonnect_emulator.settings import Settings

if TYPE_CHECKING:
    from blackkonnect_emulator.asgi import App

_OWN_NAMES = ("127.0.0.1", "localhost", "[::1]")


class Emulator:
    """The emulator, an ASGI application.

    The document's paths are answered here, without a framework's detours; the control API and the inbox
    are an application of their own, which is imported when it is asked for first.

    Args:
        gateway: What answers.

    Attributes:
        gateway: Its inside: `settings.clients` holds the credentials to use, and `close()` closes the
            database where no server does so at the end of the application's lifespan.
        loop: The event loop that serves it, from the begin of its lifespan on.
    """

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self._endpoints = Endpoints(gateway)
        self._heads = self._endpoints.heads
        self._names = frozenset(_as_called(name) for name in (*_OWN_NAMES, *gateway.settings.hosts))
        self._side: App | None = None
        self.loop: asyncio.AbstractEventLoop | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        if scope["type"] == "http":
            head = self._heads.get(scope)
            if head is not None:
                self.gateway.receipts.look()
                await head.endpoint.handle(head, scope, receive, send)
            else:
                await self._handle(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    def answer_at_once(self, exchange: Exchange) -> bool:
        """Answer a request without a task, where it is a send whose head is known.

        Args:
            exchange: The request, which is whole.

        Returns:
            Whether it is answered, now or as soon as it is stored.
        """
        head = self._heads.get(exchange.scope)
        if head is None:
            return False
        self.gateway.receipts.look()
        return head.endpoint.answer_at_once(head, exchange)

    async def _handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope["headers"])
        try:
            self._check_host(headers.values(b"host"))
        except Problem as problem:
            await problem.answer().send(scope, send)
            return
        self.gateway.receipts.look()
        path = raw_path(scope)
        found = self._endpoints.find(path)
        if found is not None:
            await self._endpoints.handle(found, headers, scope, receive, send)
        elif path == b"/" or path.startswith(b"/_emulator"):
            await self._beside()(scope, receive, send)
        else:
            await Problem(404, "The gateway has no such path.").answer().send(scope, send)

    def _check_host(self, given: Sequence[bytes]) -> None:
        """Refuse a request that calls this machine by a name of another, as a page does by DNS rebinding.

        RFC 9110, section 7.4, gives 421 for it; RFC 9112, section 3.2, asks for 400 without a Host header.
        """
        if len(given) != 1:
            raise Problem(400, "The request needs one Host header.")
        name, colon, port = given[0].lower().rpartition(b":")
        # RFC 3986, section 3.2.3: a port may be left empty.
        if not colon or (port and not port.isdigit()):
            name = given[0].lower()
        if name not in self._names and not _is_loopback(name):
            raise Problem(421, "The emulator answers to names of this machine alone, such as 127.0.0.1.")

    def _beside(self) -> "App":
        if self._side is None:
            from blackkonnect_emulator.side import side_app  # noqa: PLC0415 - most tests never need it

            self._side = side_app(self.gateway)
        return self._side

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        self.loop = asyncio.get_running_loop()
        self.gateway.receipts.wake()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.gateway.receipts.stop()
        self.gateway.close()
        await send({"type": "lifespan.shutdown.complete"})


def create_app(settings: Settings | None = None) -> Emulator:
    """Make the emulator.

    Args:
        settings: How it is set up; by default in memory, with one client and a random secret.

    Raises:
        DatabaseError: The database can't be opened.
    """
    return Emulator(Gateway(settings or Settings()))


def _as_called(host: str) -> bytes:
    # RFC 3986, section 3.2.2: an address of IPv6 stands in brackets.
    name = f"[{host}]" if ":" in host and not host.startswith("[") else host
    return name.lower().encode()


def _is_loopback(name: bytes) -> bool:
    try:
        if name.startswith(b"["):
            return name.endswith(b"]") and IPv6Address(name[1:-1].decode("ascii")).is_loopback
        return IPv4Address(name.decode("ascii")).is_loopback
    except ValueError:
        return False
