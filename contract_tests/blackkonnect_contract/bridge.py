"""An address for a gateway that is asked in this process, for what can ask over a network alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar

import httpx

if TYPE_CHECKING:
    from socketserver import BaseServer

    from blackkonnect_contract.target import Target

__all__ = ["with_address"]

_HOST = "127.0.0.1"
_PATIENCE = 60.0
_BUFFER = 1 << 16
_OWN_TO_A_CONNECTION = {"connection", "content-length", "keep-alive", "transfer-encoding"}


@contextmanager
def with_address(target: Target) -> Iterator[Target]:
    """Give a gateway an address on this machine, should it have none.

    Args:
        target: The gateway.

    Yields:
        The same gateway, asked over HTTP; what comes at the address goes to the target's transport.
    """
    transport = target.transport
    if transport is None:
        yield target
        return
    handler = partial(_Handler, transport, target.base_url)
    with _Server((_HOST, 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, name="bridge", daemon=True, args=(0.05,))
        thread.start()
        try:
            yield replace(target, base_url=f"http://{_HOST}:{server.server_port}", transport=None)
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # A connection that is kept alive must not keep the bridge from ending.
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Tell nobody: a client that goes away in the middle is no fault of the bridge."""


class _Handler(BaseHTTPRequestHandler):
    """Carries one request to a transport and its answer back.

    Args:
        transport: The transport.
        base_url: The address that the transport takes for the gateway's.
        request: The connection.
        client_address: Who asks.
        server: Who listens.
    """

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize: ClassVar[int] = _BUFFER

    def __init__(
        self,
        transport: httpx.BaseTransport,
        base_url: str,
        request: object,
        client_address: object,
        server: BaseServer,
    ) -> None:
        self._transport = transport
        self._base = httpx.URL(base_url)
        super().__init__(request, client_address, server)  # type: ignore[arg-type]

    def __getattr__(self, name: str) -> Callable[[], None]:
        """Give every method of HTTP the same answer: that of the gateway."""
        if name.startswith("do_"):
            return self._carry
        raise AttributeError(name)

    def log_message(self, *_: object) -> None:
        """Log nothing: an address may hold what is secret."""

    def _carry(self) -> None:
        try:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            # The path as it came, whatever it holds: a parser would lose an empty step at its beginning.
            raw = self.requestline.split(" ")[1].encode("latin-1")
            asked = httpx.Request(
                self.command,
                self._base.copy_with(raw_path=raw),
                headers=[(name.encode("latin-1"), value.encode("latin-1")) for name, value in self._sent()],
                content=body,
                extensions={"timeout": dict.fromkeys(("connect", "read", "write", "pool"), _PATIENCE)},
            )
            answer = self._transport.handle_request(asked)
            # As it came: a body that is read would be decoded.
            assert isinstance(answer.stream, httpx.SyncByteStream)  # noqa: S101 - for the type checker
            content = b"".join(answer.stream)
            answer.close()
        except (httpx.HTTPError, httpx.InvalidURL):
            # As a server that breaks off: no answer is no answer on either side.
            self.close_connection = True
            return
        self.send_response_only(answer.status_code)
        for name, value in answer.headers.raw:
            if name.decode("latin-1").lower() not in _OWN_TO_A_CONNECTION:
                self.send_header(name.decode("latin-1"), value.decode("latin-1"))
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _sent(self) -> list[tuple[str, str]]:
        return [pair for pair in self.headers.items() if pair[0].lower() != "transfer-encoding"]
