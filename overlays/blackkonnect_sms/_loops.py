"""One asynchronous HTTP client for each event loop: a connection of httpx belongs to the loop it began in.

Each is closed when its loop ends in the way that `asyncio.run` ends it, when the whole is closed, or at the
latest dropped when another loop begins.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING

from blackkonnect_sms_api.records import define, field

from blackkonnect_sms.errors import ConfigurationError, Refused

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable
    from typing import TypeAlias

    from blackkonnect_sms._fast import AsyncFastClient
    from blackkonnect_sms._http import http

    Client: TypeAlias = http.AsyncClient | AsyncFastClient

__all__ = ["ClientPerLoop"]

_LONGEST_CLOSING = 5.0


@define(eq=False)
class ClientPerLoop:
    """The HTTP clients of one `AsyncBlackkonnectSMS`, by the event loop that they are used in.

    Args:
        make: Makes a client.
        first: A client that is made already, for the first loop.
        shared: Whether that client serves all loops, as one does whose transport the caller has given: of a
            transport there is no second.
    """

    make: Callable[[], Client] = field(repr=False)
    first: Client | None = field(repr=False)
    shared: bool = False
    is_closed: bool = field(default=False, init=False)
    _clients: dict[asyncio.AbstractEventLoop, Client] = field(factory=dict, init=False, repr=False)
    _keepers: dict[asyncio.AbstractEventLoop, AsyncGenerator[None]] = field(
        factory=dict, init=False, repr=False
    )
    _lock: threading.Lock = field(factory=threading.Lock, init=False, repr=False)

    async def current(self) -> Client:
        """Return the client of the loop that runs.

        Raises:
            ConfigurationError: The loop is none of asyncio.
            Refused: The whole was closed.
        """
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            raise ConfigurationError(
                "event_loop", "must be one of asyncio; of another library's, use BlackkonnectSMS in a thread"
            ) from None
        client = self._clients.get(loop)
        if client is not None and not self.is_closed:
            return client
        with self._lock:
            if self.is_closed:
                raise Refused("the client was closed; nothing was sent")
            for ended in [one for one in self._clients if one.is_closed()]:
                self._forget(ended)
            if self.shared and self.first is not None:
                self._clients[loop] = self.first
                return self.first
            client, self.first = self.first or self.make(), None
            self._clients[loop] = client
            self._keepers[loop] = keeper = self._keep(loop, client)
        await anext(keeper)
        return client

    async def _keep(self, loop: asyncio.AbstractEventLoop, client: Client) -> AsyncGenerator[None]:
        """Close a client when its loop ends: a loop closes the generators that began in it first."""
        try:
            yield
        finally:
            with self._lock:
                self._forget(loop)
            await client.aclose()

    def _forget(self, loop: asyncio.AbstractEventLoop) -> None:
        self._clients.pop(loop, None)
        self._keepers.pop(loop, None)

    async def aclose(self) -> None:
        """Close the clients of all loops; each in its own loop, as long as that runs."""
        with self._lock:
            self.is_closed = True
            keepers, first, self.first = dict(self._keepers), self.first, None
            self._clients.clear()
        if first is not None:
            await first.aclose()
        here = asyncio.get_running_loop()
        elsewhere = []
        for loop, keeper in keepers.items():
            if loop is here:
                await keeper.aclose()
            elif loop.is_running():
                closing = asyncio.run_coroutine_threadsafe(_closed(keeper), loop)
                elsewhere.append(asyncio.wrap_future(closing))
        if elsewhere:
            # A loop that is stopped just now never gets to it.
            await asyncio.wait(elsewhere, timeout=_LONGEST_CLOSING)


async def _closed(keeper: AsyncGenerator[None]) -> None:
    # A loop that ends just now closes it by itself, and then it can't be closed from here.
    with contextlib.suppress(RuntimeError):
        await keeper.aclose()
