"""A small server on 127.0.0.1 for the receiver of receipts."""

from __future__ import annotations

import socketserver
import threading
from typing import TYPE_CHECKING
from weakref import WeakSet
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["ListenError", "ReceiptsServer"]

_PATIENCE = 10.0


class ListenError(Exception):
    """It can't listen, or does no more."""


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    # A caller that is slow, or never asks, holds up neither the others nor the end.
    daemon_threads = True
    block_on_close = False

    def server_bind(self) -> None:
        # The library's own asks the name server for this machine's name.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]
        self.setup_environ()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a connection that broke is no news."""


class _Handler(WSGIRequestHandler):
    timeout = _PATIENCE

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Log nothing: a request's line holds the secret and a number."""


class ReceiptsServer:
    """Serves an application on 127.0.0.1.

    It ends only when whoever had asked before the end has the answer: a receipt that was taken and not
    acknowledged comes again.

    Args:
        port: The port; 0 for a free one.
        app: The application.

    Raises:
        ListenError: The port can't be had.

    Attributes:
        port: The port that it listens on.
    """

    def __init__(self, port: int, app: WSGIApplication) -> None:
        try:
            self._server = make_server(
                "127.0.0.1", port, self._answer, server_class=_Server, handler_class=_Handler
            )
        except OSError as error:
            raise ListenError(f"{port} can't be listened on: {error.strerror}") from None
        self.port = int(self._server.server_port)
        self._app = app
        self._answering: WeakSet[threading.Thread] = WeakSet()

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self._answering.add(threading.current_thread())
        return self._app(environ, start_response)

    def serve(self) -> None:
        """Serve until `stop`, or what interrupts it."""
        try:
            with self._server:
                self._server.serve_forever(poll_interval=0.1)
        finally:
            for thread in list(self._answering):
                thread.join(_PATIENCE)

    def stop(self) -> None:
        """End `serve`."""
        threading.Thread(target=self._server.shutdown).start()
