"""The gateway that is tested."""

from __future__ import annotations

from dataclasses import dataclass, field

import httpx

__all__ = ["Credentials", "Target"]


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a client of the gateway proves itself with.

    Attributes:
        client_id: Its id.
        client_secret: Its secret; it is in no repr.
    """

    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A gateway, and credentials that it accepts.

    Attributes:
        base_url: Its address.
        client_id: The id of a client that it knows.
        client_secret: That client's secret; it is in no repr.
        edition: The edition of the vendor's pages that it is to keep to.
        other: A second client, which must see nothing of the first one's; a gateway that lets the gate make
            clients needs none.
        transport: What carries the requests instead of the network, as to an application in this process.
    """

    base_url: str
    client_id: str
    client_secret: str = field(repr=False)
    edition: str
    other: Credentials | None = None
    transport: httpx.BaseTransport | None = field(default=None, repr=False)

    @property
    def credentials(self) -> Credentials:
        """The first client's."""
        return Credentials(self.client_id, self.client_secret)

    def client(self, seconds: float) -> httpx.Client:
        """Return an HTTP client for it that neither follows redirects nor heeds the environment's proxies.

        Args:
            seconds: How long an answer may take.
        """
        return httpx.Client(
            base_url=self.base_url,
            transport=None if self.transport is None else _Shared(self.transport),
            timeout=seconds,
            trust_env=False,
            follow_redirects=False,
        )


class _Shared(httpx.BaseTransport):
    """A transport that stays open when a client of it is closed.

    Args:
        transport: The transport.
    """

    def __init__(self, transport: httpx.BaseTransport) -> None:
        self._transport = transport

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._transport.handle_request(request)
