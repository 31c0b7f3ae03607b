"""The server of ``receipts listen``."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

import httpx
import pytest
from blackkonnect_sms.cli.receipts_server import ListenError, ReceiptsServer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment


def test_who_asked_before_the_end_is_answered_before_it() -> None:
    happened: list[str] = []

    def app(_: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        server.stop()
        for _attempt in range(10_000):  # until nobody listens any more
            try:
                socket.create_connection(("127.0.0.1", server.port), 5).close()
            except OSError:
                break
        happened.append("answered")
        start_response("200 OK", [])
        return [b"taken"]

    def serve() -> None:
        server.serve()
        happened.append("ended")

    server = ReceiptsServer(0, app)
    thread = threading.Thread(target=serve)
    thread.start()
    with httpx.Client(trust_env=False) as client:
        assert client.get(f"http://127.0.0.1:{server.port}/").content == b"taken"
    thread.join(30)
    assert happened == ["answered", "ended"]


def test_who_never_asks_is_not_waited_for() -> None:
    server = ReceiptsServer(0, lambda _, __: [])
    thread = threading.Thread(target=server.serve)
    thread.start()
    with socket.create_connection(("127.0.0.1", server.port), 5) as silent:
        server.stop()
        thread.join(5)
        assert not thread.is_alive()
        assert silent.getsockname()


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ListenError, match=f"{port} can't be listened on"):
            ReceiptsServer(port, lambda _, __: [])
