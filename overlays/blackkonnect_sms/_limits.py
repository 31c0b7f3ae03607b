"""How much of an answer is read, and for how long: neither one that drips nor one without end is waited for.

httpx unpacks a compressed answer by itself, however much comes of it, and knows no longest time for a whole
answer. So each answer's stream is replaced as soon as its headers are there, by one that unpacks it here.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any, Protocol

from blackkonnect_sms._deadlines import Patience, patience_of
from blackkonnect_sms._http import http

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    Hooks = dict[str, list[Callable[..., Any]]]

__all__ = ["ACCEPTED_ENCODING", "AnswerTooLarge", "AnswerUndecodable", "Intake", "hooks", "hooks_async"]

ACCEPTED_ENCODING = "gzip"
"""The value of ``Accept-Encoding``: what `Intake` can unpack within bounds (RFC 9110, section 8.4.1)."""

_PLAIN = frozenset({"", "identity"})
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})
_BYTES_OF_A_CONTAINER = 64
_BYTES_OF_A_VALUE = 16
_EITHER_HEADER = zlib.MAX_WBITS | 32


class AnswerTooLarge(http.DecodingError):
    """An answer has more bytes, or more values, than the client reads."""


class AnswerUndecodable(http.DecodingError):
    """An answer is packed in a way that can't be unpacked."""


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class Intake:
    """What is taken of an answer's bytes, piece by piece; it does no I/O.

    The values are counted too: of an answer of empty objects alone, which takes three bytes for each, Python
    makes a hundred times its size.

    Args:
        encoding: The answer's ``Content-Encoding``.
        limit: The most bytes that it may have, both as it comes and unpacked.

    Raises:
        AnswerUndecodable: The encoding is none of those that are understood.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        self._unpacker: _Unpacker | None = _unpacker(encoding.strip().lower()) if encoding else None
        self._limit = limit
        self._raw = self._size = self._containers = self._values = 0

    def take(self, raw: bytes) -> bytes:
        """Return what the next bytes unpack to.

        Args:
            raw: The bytes as they came.

        Returns:
            The unpacked bytes, at most as many as the limit leaves.

        Raises:
            AnswerTooLarge: The answer is larger than the limit.
            AnswerUndecodable: The bytes are not packed as the answer says.
        """
        self._raw += len(raw)
        piece = self._unpacked(raw)
        self._size += len(piece)
        self._containers += piece.count(b"{") + piece.count(b"[")
        self._values += piece.count(b",")
        if (
            max(self._raw, self._size) > self._limit
            or self._containers > self._limit // _BYTES_OF_A_CONTAINER
            or self._values > self._limit // _BYTES_OF_A_VALUE
        ):
            raise AnswerTooLarge(f"the answer is larger than the {self._limit} bytes that are read")
        return piece

    def _unpacked(self, raw: bytes) -> bytes:
        if self._unpacker is None or not raw:
            return raw
        if self._unpacker.eof:
            return b""
        try:
            # One byte more than may come tells that there is more.
            return self._unpacker.decompress(raw, self._limit - self._size + 1)
        except zlib.error as error:
            raise AnswerUndecodable("the answer is not packed as it says") from error

    def end(self) -> None:
        """Say that no more comes.

        Raises:
            AnswerUndecodable: The answer breaks off in the midst of what was packed.
        """
        if self._unpacker is not None and self._raw and not self._unpacker.eof:
            raise AnswerUndecodable("the answer breaks off")


def _unpacker(name: str) -> _Unpacker | None:
    if name in _PACKED:
        return zlib.decompressobj(_EITHER_HEADER)
    if name not in _PLAIN:
        raise AnswerUndecodable("the answer's Content-Encoding is none that was asked for")
    return None


class _Limited(http.SyncByteStream):
    def __init__(self, stream: http.SyncByteStream, intake: Intake, patience: Patience | None) -> None:
        self._stream, self._intake, self._patience = stream, intake, patience

    def __iter__(self) -> Iterator[bytes]:
        for raw in self._stream:
            yield self._intake.take(raw)
            _on_time(self._patience)
        self._intake.end()

    def close(self) -> None:
        self._stream.close()


class _LimitedAsync(http.AsyncByteStream):
    def __init__(self, stream: http.AsyncByteStream, intake: Intake, patience: Patience | None) -> None:
        self._stream, self._intake, self._patience = stream, intake, patience

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for raw in self._stream:
            yield self._intake.take(raw)
            _on_time(self._patience)
        self._intake.end()

    async def aclose(self) -> None:
        await self._stream.aclose()


def _on_time(patience: Patience | None) -> None:
    if patience is not None and patience.left() <= 0:
        raise http.ReadTimeout("the answer did not end in time")


def hooks(most: int) -> Hooks:
    """Return the hooks of httpx that bound each answer of a client before any of its body is read.

    Args:
        most: The most bytes that an answer may have, both as it comes and unpacked.
    """

    def limit(response: http.Response) -> None:
        if isinstance(response.stream, http.SyncByteStream):
            response.stream = _Limited(response.stream, *_bounds(response, most))

    return {"response": [limit]}


def hooks_async(most: int) -> Hooks:
    """Return the hooks for an asynchronous client, as `hooks` does.

    Args:
        most: The most bytes that an answer may have, both as it comes and unpacked.
    """

    async def limit(response: http.Response) -> None:
        if isinstance(response.stream, http.AsyncByteStream):
            response.stream = _LimitedAsync(response.stream, *_bounds(response, most))

    return {"response": [limit]}


def _bounds(response: http.Response, most: int) -> tuple[Intake, Patience | None]:
    headers = response.headers
    # Popped, so that httpx does not unpack it a second time.
    encoding = headers.pop("Content-Encoding") if "Content-Encoding" in headers else ""
    try:
        intake = Intake(encoding, most)
    except AnswerUndecodable as error:
        error.request = response.request
        raise
    return intake, patience_of(response.request)
