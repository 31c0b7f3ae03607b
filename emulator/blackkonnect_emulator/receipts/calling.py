"""Calling an address with a receipt: one GET, and nothing that its answer says is followed.

A client for all of HTTP takes 20 times the work of this one (measured: 1.0 to 4 ms a call, against 0.05),
and a campaign makes thousands of calls. It knows no proxies, cookies and redirects, so it can't obey any.
"""

import asyncio
import socket
import ssl
from functools import cache
from types import TracebackType
from typing import NamedTuple, Self

import httptools

from blackkonnect_emulator.receipts.address import Address

_CHUNK = 4096
# Enough to read what a receiver says to a receipt, so that the connection can be used again.
_MOST_OF_BODY = 4096
_LONGEST_HEAD = 64 * 1024
_LONGEST_BODY_SECONDS = 1.0

# The first that fits; a kind stands before the more general ones.
_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (TimeoutError, "timeout"),
    (ConnectionRefusedError, "connection refused"),
    (socket.gaierror, "host not found"),
    (ssl.SSLError, "TLS failed"),
    (EOFError, "connection closed"),
    (ConnectionError, "connection closed"),
    (OSError, "no connection"),
)


class Answer(NamedTuple):
    """What came of a call.

    Attributes:
        taken: Whether the answer was a 2xx.
        words: The status code, or in a few words why there was none that counts.
    """

    taken: bool
    words: str


class Caller:
    """Calls one address, over connections that are kept until it is left.

    Args:
        address: What to call.
        timeout: For how many seconds to wait for a connection and the head of its answer.
    """

    def __init__(self, address: Address, timeout: float) -> None:
        self._address = address
        self._timeout = timeout
        host = address.origin.partition("://")[2]
        self._head = f"Host: {host}\r\nUser-Agent: blackkonnect-emulator\r\nAccept: */*\r\n\r\n".encode()
        self._idle: list[_Connection] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for connection in self._idle:
            connection.close()
        self._idle.clear()

    def shown(self, query: str) -> str:
        """Write what a call with this query calls."""
        return f"{self._address.shown}?{query}"

    async def call(self, query: str) -> Answer:
        """Make a call.

        Args:
            query: What to add to the address, percent-encoded.

        Returns:
            What came of it; nothing is raised for what the other side does.
        """
        request = f"GET {self._address.target(query)} HTTP/1.1\r\n".encode("ascii") + self._head
        try:
            async with asyncio.timeout(self._timeout):
                connection, status = await self._ask(request)
        except (OSError, EOFError, httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            return Answer(taken=False, words=_reason(error))
        usable = False
        try:
            usable = await connection.finish()
        finally:
            if usable:
                self._idle.append(connection)
            else:
                connection.close()
        if 300 <= status < 400:  # noqa: PLR2004 - redirects and their like, RFC 9110, section 15.4
            return Answer(taken=False, words=f"not followed: {status}")
        return Answer(taken=200 <= status < 300, words=str(status))  # noqa: PLR2004 - RFC 9110, section 15.3

    async def _ask(self, request: bytes) -> "tuple[_Connection, int]":
        connection = self._kept() or await _connect(self._address)
        try:
            return connection, await connection.ask(request)
        except BaseException:
            connection.close()
            raise

    def _kept(self) -> "_Connection | None":
        while self._idle:
            connection = self._idle.pop()
            if not connection.ended:
                return connection
            connection.close()
        return None


class _Connection:
    """A connection, with the answer that comes over it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._parser = httptools.HttpResponseParser(self)
        self._status = 0
        self._complete = False
        self._broken = False

    async def ask(self, request: bytes) -> int:
        """Send a request and wait for the status of its answer."""
        self._parser = httptools.HttpResponseParser(self)
        self._status, self._complete, self._broken = 0, False, False
        self._writer.write(request)
        received = 0
        while not self._status:
            chunk = await self._reader.read(_CHUNK)
            received += len(chunk)
            if not chunk:
                raise EOFError
            if received > _LONGEST_HEAD:
                raise httptools.HttpParserError
            try:
                self._parser.feed_data(chunk)
            except (httptools.HttpParserError, httptools.HttpParserUpgrade):
                self._broken = True
                # The status counts, whatever follows it.
                if not self._status:
                    raise
        return self._status

    async def finish(self) -> bool:
        """Read what is left of the answer, if it is little; tell whether the connection can be used again."""
        try:
            if not self._complete and not self._broken:
                async with asyncio.timeout(_LONGEST_BODY_SECONDS):
                    await self._read_body()
        except (OSError, httptools.HttpParserError, httptools.HttpParserUpgrade):
            return False
        return self._complete and not self._broken and bool(self._parser.should_keep_alive())

    async def _read_body(self) -> None:
        left = _MOST_OF_BODY
        while not self._complete and left > 0:
            chunk = await self._reader.read(_CHUNK)
            if not chunk:
                return
            left -= len(chunk)
            self._parser.feed_data(chunk)

    @property
    def ended(self) -> bool:
        """Whether the other side has closed it."""
        return self._reader.at_eof()

    def close(self) -> None:
        """Close it at once."""
        self._writer.transport.abort()

    def on_headers_complete(self) -> None:
        """Take the status; those of 1xx come before the answer (RFC 9110, section 15.2)."""
        status = self._parser.get_status_code()
        if status >= 200:  # noqa: PLR2004 - RFC 9110, section 15.2
            self._status = status

    def on_message_complete(self) -> None:
        """Take note that the answer is there."""
        self._complete = bool(self._status)


async def _connect(address: Address) -> _Connection:
    tls = _tls() if address.scheme == "https" else None
    # What localhost is, is not left to the machine's tables: RFC 6761, section 6.3.
    hosts = ("127.0.0.1", "::1") if address.host == "localhost" else (address.host,)
    for host in hosts[:-1]:
        try:
            return await _open(address, host, tls)
        except OSError:
            continue
    return await _open(address, hosts[-1], tls)


async def _open(address: Address, host: str, tls: ssl.SSLContext | None) -> _Connection:
    name = None if tls is None else address.host
    reader, writer = await asyncio.open_connection(host, address.port, ssl=tls, server_hostname=name)
    return _Connection(reader, writer)


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _reason(error: BaseException) -> str:
    """Say what went wrong, without the error's own words, which may hold the address."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"certificate not trusted: {error.verify_message}"
    return next((words for kind, words in _REASONS if isinstance(error, kind)), "no HTTP answer")
