"""Bytes to a gateway as they stand, and what comes back: for what no HTTP client would send."""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from blackkonnect_contract.exchange import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["RawGateway", "Told"]

_HTTPS = "https"


@dataclass(frozen=True, slots=True)
class Told:
    """What came back for some bytes.

    Attributes:
        answers: The answers in their order.
        late: Whether the connection was open still, and silent, when the time was over.
        seconds: How long it took.
    """

    answers: tuple[Answer, ...]
    late: bool
    seconds: float


class RawGateway:
    """A gateway behind a socket.

    Args:
        base_url: Its address.
    """

    def __init__(self, base_url: str) -> None:
        parts = urlsplit(base_url)
        self._secure = parts.scheme == _HTTPS
        self._host = parts.hostname or "localhost"
        self._port = parts.port or (443 if self._secure else 80)
        self.prefix = parts.path.rstrip("/")
        self.host = parts.netloc.rpartition("@")[2]

    def head(
        self,
        method: str,
        path: str,
        headers: Iterable[tuple[str, str]] = (),
        *,
        version: str = "HTTP/1.1",
        host: bool = True,
    ) -> bytes:
        """Write the head of a request as it stands.

        Args:
            method: Its method.
            path: Its target below the gateway's address.
            headers: Its headers.
            version: Its version.
            host: Whether it has the gateway's Host header.
        """
        lines = [f"{method} {self.prefix}{path} {version}", *([f"Host: {self.host}"] if host else [])]
        lines += [f"{name}: {value}" for name, value in headers]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    def tell(  # noqa: PLR0913 - each is a part of what is said
        self,
        parts: Iterable[bytes],
        *,
        seconds: float,
        method: str = "POST",
        count: int = 1,
        pause: float = 0.0,
        ends: bool = False,
    ) -> Told:
        """Send bytes and read what comes back.

        Sending stops as soon as something comes back, or the gateway closes.

        Args:
            parts: The bytes.
            seconds: Within how many seconds all must be over.
            method: The method, which tells whether an answer has a body.
            count: How many answers there may be at most.
            pause: How long to wait between two parts, in seconds.
            ends: Whether to say that nothing more comes, where the connection can say so.
        """
        began = time.perf_counter()
        answers: list[Answer] = []
        late = False
        with contextlib.ExitStack() as held:
            connection = self._connect(seconds)
            held.callback(connection.close)
            try:
                self._send(connection, parts, began + seconds, pause)
                if ends and not self._secure:
                    connection.shutdown(socket.SHUT_WR)
            except TimeoutError:
                late = True
            except OSError:
                # It closed before all was told; an answer may stand there all the same.
                pass
            while len(answers) < count and not late:
                left = began + seconds - time.perf_counter()
                if left <= 0:
                    late = True
                    break
                connection.settimeout(left)
                try:
                    answer = _read(connection, method, began)
                except TimeoutError:
                    late = True
                    break
                except (OSError, http.client.HTTPException, ValueError):
                    break
                answers.append(answer)
                if (answer.header("connection") or "").lower() == "close":
                    break
        return Told(tuple(answers), late, time.perf_counter() - began)

    def _connect(self, seconds: float) -> socket.socket:
        connection = socket.create_connection((self._host, self._port), timeout=seconds)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._secure:
            return ssl.create_default_context().wrap_socket(connection, server_hostname=self._host)
        return connection

    def _send(self, connection: socket.socket, parts: Iterable[bytes], ends: float, pause: float) -> None:
        for part in parts:
            left = ends - time.perf_counter()
            if left <= 0:
                raise TimeoutError
            connection.settimeout(left)
            connection.sendall(part)
            if self._answered(connection, pause):
                return

    def _answered(self, connection: socket.socket, pause: float) -> bool:
        if self._secure:
            # What waits within TLS can't be looked at without taking it.
            time.sleep(pause)
            return False
        connection.settimeout(pause)
        try:
            connection.recv(1, socket.MSG_PEEK)
        except (TimeoutError, BlockingIOError):
            return False
        return True


def _read(connection: socket.socket, method: str, began: float) -> Answer:
    answer = http.client.HTTPResponse(_Unbuffered(connection), method=method)  # type: ignore[arg-type]
    answer.begin()
    body = answer.read()
    headers = tuple((name.lower(), value) for name, value in answer.getheaders())
    return Answer(answer.status, headers, body, time.perf_counter() - began)


class _Unbuffered:
    """A connection whose bytes are read one answer at a time, so that the next answer stays there.

    Args:
        connection: The connection.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def makefile(self, _mode: str) -> object:
        """Return what can be read from, without reading ahead."""
        return _Lines(self._connection)


class _Lines:
    """Reads a connection without reading ahead.

    Args:
        connection: The connection.
    """

    closed = False

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def read(self, size: int = -1) -> bytes:
        """Read some bytes, or all until the end."""
        parts, left = [], size
        while left:
            part = self._connection.recv(65_536 if left < 0 else min(left, 65_536))
            if not part:
                break
            parts.append(part)
            left -= len(part) if left > 0 else 0
        return b"".join(parts)

    def readinto(self, room: memoryview) -> int:
        """Read into a buffer."""
        return self._connection.recv_into(room)

    def readline(self, limit: int = -1) -> bytes:
        """Read a line."""
        line = bytearray()
        while not line.endswith(b"\n") and (limit < 0 or len(line) < limit):
            byte = self._connection.recv(1)
            if not byte:
                break
            line += byte
        return bytes(line)

    def flush(self) -> None:
        """Do nothing: nothing is written."""

    def close(self) -> None:
        """Leave the connection open for the next answer."""
