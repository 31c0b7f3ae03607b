"""From the bytes of a connection to requests, within limits."""

import urllib.parse
from enum import IntEnum
from functools import lru_cache
from typing import Protocol

import httptools

from blackkonnect_emulator.connection_limits import Limits
from blackkonnect_emulator.problems import Problem

Headers = list[tuple[bytes, bytes]]
# How much of the framing of chunks a byte of a body pays for: a chunk of one byte has five.
_FRAMING = 8


class Stage(IntEnum):
    """Which part of a request is read next."""

    NOTHING = 0
    HEAD = 1
    BODY = 2


class Taker(Protocol):
    """Where the parts of a request go."""

    def begin(self) -> None:
        """Note that a request begins."""

    def take_head(self, head: "RequestReader") -> None:
        """Take the head."""

    def take_body(self, body: bytes) -> None:
        """Take a piece of the body."""

    def end(self) -> None:
        """Note that the request is whole."""


class RequestReader:
    """Reads requests (RFC 9112).

    Args:
        taker: Where they go.
        limits: What they may hold.

    Attributes:
        stage: Which part is read next.
        headers: Those of the request that is read, with names in lower case.
        expects: Whether its client waits for 100 (Continue).
    """

    __slots__ = (
        "_fed",
        "_first_size",
        "_limits",
        "_parser",
        "_size",
        "_taker",
        "_trailers",
        "_upgrading",
        "_url",
        "expects",
        "headers",
        "stage",
    )

    def __init__(self, taker: Taker, limits: Limits) -> None:
        self._taker = taker
        self._limits = limits
        self._parser = self._new_parser()
        self._upgrading = False
        self._url = b""
        self._trailers = 0
        # In bytes: what came now, what came when the head began, and what came since and was no body.
        self._size = self._first_size = self._fed = 0
        self.stage = Stage.NOTHING
        self.headers: Headers = []
        self.expects = False

    @property
    def method(self) -> str:
        """Tell the method."""
        return self._parser.get_method().decode("ascii")

    @property
    def version(self) -> str:
        """Tell the version of HTTP, such as 1.1."""
        return self._parser.get_http_version()

    @property
    def keep_alive(self) -> bool:
        """Tell whether the connection may serve another request (RFC 9112, section 9.3)."""
        return self._parser.should_keep_alive()

    @property
    def target(self) -> tuple[str, bytes, bytes]:
        """Tell the path, the same as it was sent, and the query."""
        return _target(self._url)

    def feed(self, data: bytes) -> None:
        """Read.

        Args:
            data: What came, at least one byte.

        Raises:
            Problem: It is not HTTP, or too much of it. What comes after it can't be read any more.
        """
        self._size = len(data)
        while data:
            try:
                self._parser.feed_data(data)
                break
            except httptools.HttpParserUpgrade as upgrade:
                data = self._without_upgrade(data[upgrade.args[0] :])
            except httptools.HttpParserError as error:
                if isinstance(error.__context__, Problem):
                    raise error.__context__ from None
                raise Problem(400, "The request is not HTTP/1.1.") from error
        if self.stage:
            self._fed += self._size
            if self._fed > self._limits.head_bytes:
                raise self._too_large()

    def close(self) -> None:
        """Let go of the parser, which refers to this reader as this reader does to it."""
        del self._parser

    # What the parser calls.

    def on_message_begin(self) -> None:
        """Begin a request."""
        self.stage = Stage.HEAD
        self.headers = []
        self.expects = False
        self._url = b""
        self._trailers = 0
        self._first_size = self._size
        self._fed = -self._size
        self._taker.begin()

    def on_url(self, url: bytes) -> None:
        """Take a piece of the target."""
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header, or a trailer: RFC 9110, section 6.5.1, allows to drop those."""
        if self.stage is Stage.BODY:
            self._trailers += 1
            if self._trailers > self._limits.headers:
                raise self._too_large()
            return
        if len(self.headers) >= self._limits.headers:
            raise self._too_large()
        name = name.lower()
        if name == b"expect" and value.lower() == b"100-continue":
            self.expects = True
        self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        """Hand the head on."""
        if self._parser.should_upgrade():
            if self._parser.get_method() == b"CONNECT":
                raise Problem(400, "The emulator is no proxy.")
            self._upgrading = True
            return
        # Almost always all that came is short enough, and nothing must be counted.
        if self._fed + self._first_size + self._size > self._limits.head_bytes < self._head_size():
            raise self._too_large()
        self._taker.take_head(self)
        self.stage = Stage.BODY
        self._fed = -self._size

    def on_body(self, body: bytes) -> None:
        """Hand a piece of the body on."""
        self._fed -= (1 + _FRAMING) * len(body)
        self._taker.take_body(body)

    def on_message_complete(self) -> None:
        """Tell that the request is whole."""
        if not self._upgrading:
            self.stage = Stage.NOTHING
            self._taker.end()

    # The rest.

    def _new_parser(self) -> httptools.HttpRequestParser:
        parser = httptools.HttpRequestParser(self)
        # What follows a request with "Connection: close" would else be an error before its answer.
        parser.set_dangerous_leniencies(lenient_data_after_close=True)
        return parser

    def _without_upgrade(self, rest: bytes) -> bytes:
        """Write the request again as one that asks for no other protocol (RFC 9110, section 7.8).

        The parser takes what follows such a head for that other protocol, even where it is a body.
        """
        self._upgrading = False
        method, version = self._parser.get_method(), self.version.encode("ascii")
        closes = any(name == b"connection" and b"close" in value.lower() for name, value in self.headers)
        kept = [field for field in self.headers if field[0] not in (b"connection", b"upgrade")]
        if closes:
            kept.append((b"connection", b"close"))
        lines = b"".join([b"%b: %b\r\n" % field for field in kept])
        self._parser = self._new_parser()
        return b"%b %b HTTP/%b\r\n%b\r\n%b" % (method, self._url, version, lines, rest)

    def _head_size(self) -> int:
        return len(self._url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def _too_large(self) -> Problem:
        limits = self._limits
        return Problem(431, f"A head may have {limits.head_bytes} bytes and {limits.headers} headers.")


@lru_cache(maxsize=64)
def _target(url: bytes) -> tuple[str, bytes, bytes]:
    parsed = httptools.parse_url(url)
    raw_path = parsed.path or b"/"
    return urllib.parse.unquote(raw_path.decode("ascii")), raw_path, parsed.query or b""
