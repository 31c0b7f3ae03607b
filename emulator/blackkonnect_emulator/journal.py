"""The requests that came in lately, and what was answered."""

import marshal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from blackkonnect_emulator.answers import Answer

_MOST_EXCHANGES = 1_000
_MOST_BYTES = 3 * 1024 * 1024
_LONGEST_BODY = 32 * 1024
_OVERHEAD = 300
_LONGEST_VALUE = 1_000
_MOST_KNOWN = 500
# A version of the format that looks for nothing that stands twice, which takes longer than it spares.
_PLAIN = 2
_HIDDEN = b"(hidden)"
_SECRET_HEADERS = frozenset({b"authorization", b"proxy-authorization", b"cookie"})

Headers = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer.

    Attributes:
        number: Its number; a later one has a higher one.
        at: When the answer was ready, in milliseconds of the tenant's clock.
        tenant: Who asked; empty for the anonymous one and where nobody was recognised.
        operation: The operation's name in the document.
        correlation_id: The gateway's id of the request, where it has one.
        method: The method.
        path: Path and query as they came; without the query where that may hold a secret.
        request_headers: Its headers, without secrets.
        request_body: Its body, or its begin where it is long; empty where it holds a secret.
        status: The status of the answer; `None` where none went out.
        answer_headers: The headers of the answer.
        answer_body: What went out of its body, or the begin of it; empty where it holds a token.
        fault: The kind of fault that the emulator was told to show, if any.
    """

    number: int
    at: int
    tenant: str
    operation: str
    correlation_id: str | None
    method: str
    path: str = field(repr=False)
    request_headers: Sequence[tuple[str, str]] = field(repr=False)
    request_body: bytes = field(repr=False)
    status: int | None
    answer_headers: Sequence[tuple[str, str]] = field(repr=False)
    answer_body: bytes = field(repr=False)
    fault: str | None


@dataclass(slots=True)
class Entry:
    """An exchange while it goes on; what it holds is written down at its end.

    Attributes:
        operation: The operation's name.
        secret: Whether bodies hold what nobody may see.
        method: The method.
        path: The path as it came.
        query: The query as it came.
        headers: The request's headers.
        headers_size: How many bytes of these are kept for this exchange alone, where `Journal.kept` told it.
        tenant: Who asked, once that is known.
        at: When, once that is known.
        body: The request's body, once it is read.
        correlation_id: The gateway's id, once there is one.
        fault: The fault that showed, if any.
    """

    operation: str
    secret: bool
    method: str
    path: bytes = field(repr=False)
    query: bytes = field(repr=False)
    headers: Headers = field(repr=False)
    headers_size: int | None = None
    tenant: str = ""
    at: int = 0
    body: bytes = field(default=b"", repr=False)
    correlation_id: str | None = None
    fault: str | None = None


class _Kept(NamedTuple):
    """An exchange in one piece: what it was made of is free for the next one, which finds it in the cache.

    Attributes:
        packed: What is its own.
        headers: The request's headers, many of which others have too.
        size: How many bytes it takes, about.
    """

    packed: bytes
    headers: Headers
    size: int

    def __repr__(self) -> str:
        return f"_Kept({self.size} bytes)"


class Journal:
    """Keeps the latest exchanges, at most 1,000 of them and about 3 MiB."""

    def __init__(self) -> None:
        self._kept: deque[_Kept] = deque()
        self._bytes = 0
        self._count = 0
        self._known: dict[tuple[bytes, bytes], tuple[bytes, bytes]] = {}

    def add(self, entry: Entry, answer: Answer) -> None:
        """Keep an exchange that has ended.

        Args:
            entry: The request.
            answer: What was answered, whether or not it all goes out.
        """
        self._count += 1
        query, body, answered = entry.query, entry.body, answer.body
        if entry.secret:
            query = body = answered = b""
        if len(body) + len(answered) > _LONGEST_BODY:
            body, answered = body[:_LONGEST_BODY], answered[:_LONGEST_BODY]
        if entry.headers_size is None:
            entry.headers, entry.headers_size = self.kept(entry.headers)
        packed = marshal.dumps(
            (
                self._count,
                entry.at,
                entry.tenant,
                entry.operation,
                entry.correlation_id,
                entry.method,
                entry.path,
                query,
                body,
                entry.fault,
                answer.status,
                answered,
                answer.media_type,
                dict(answer.headers),
                answer.goes_out,
            ),
            _PLAIN,
        )
        size = _OVERHEAD + len(packed) + entry.headers_size
        self._kept.append(_Kept(packed, entry.headers, size))
        self._bytes += size
        while self._bytes > _MOST_BYTES or len(self._kept) > _MOST_EXCHANGES:
            self._bytes -= self._kept.popleft().size

    def kept(self, headers: Headers) -> tuple[Headers, int]:
        """Keep one of headers that are the same again and again, as a client's are, and no secrets.

        Returns:
            What is kept, and how many bytes of it are new.
        """
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        kept: list[tuple[bytes, bytes]] = []
        own = 0
        for header in headers:
            same = self._known.get(header)
            if same is None:
                same = self._know(header)
                own += len(same[0]) + len(same[1])
            kept.append(same)
        return kept, own

    def _know(self, header: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
        name, value = header
        value_kept = _HIDDEN if name.lower() in _SECRET_HEADERS else value[:_LONGEST_VALUE]
        kept = (name[:_LONGEST_VALUE], value_kept)
        if len(name) + len(value) <= _LONGEST_VALUE:
            self._known[header] = kept
        return kept

    def latest(
        self,
        tenant: str | None = None,
        before: int | None = None,
        limit: int = 100,
        operation: str | None = None,
    ) -> list[Exchange]:
        """List exchanges, the newest first.

        Args:
            tenant: Whose; `None` for all.
            before: Older than the one of this number.
            limit: At most so many.
            operation: By this operation; `None` for all.
        """
        found: list[Exchange] = []
        for exchange in self._exchanges():
            if len(found) == limit:
                break
            if (
                (tenant is None or exchange.tenant == tenant)
                and (before is None or exchange.number < before)
                and (operation is None or exchange.operation == operation)
            ):
                found.append(exchange)
        return found

    def find(self, correlation_id: str) -> Exchange | None:
        """Find the exchange by which a message came, where it is not too long ago."""
        sought = correlation_id.encode()
        for kept in reversed(self._kept):
            # An id of another's message may stand in a body, too.
            if sought in kept.packed and (found := _exchange(kept)).correlation_id == correlation_id:
                return found
        return None

    def clear(self, tenant: str | None = None) -> None:
        """Forget exchanges.

        Args:
            tenant: Whose; `None` for all.
        """
        kept = [one for one in self._kept if tenant is not None and _exchange(one).tenant != tenant]
        self._kept = deque(kept)
        self._bytes = sum(one.size for one in kept)

    def _exchanges(self) -> Iterator[Exchange]:
        return map(_exchange, reversed(self._kept))


def _exchange(kept: _Kept) -> Exchange:
    number, at, tenant, operation, correlation_id, method, raw_path, query, body, fault, *answered = (
        marshal.loads(kept.packed)  # noqa: S302 - `add` made it
    )
    answer: Answer | None = Answer(*answered)
    if answer is not None and answer.goes_out == "nothing":
        answer = None
    path = raw_path.decode("latin-1")
    return Exchange(
        number=number,
        at=at,
        tenant=tenant,
        operation=operation,
        correlation_id=correlation_id,
        method=method,
        path=f"{path}?{query.decode('latin-1')}" if query else path,
        request_headers=_shown(kept.headers),
        request_body=body,
        status=None if answer is None else answer.status,
        answer_headers=[] if answer is None else _shown(answer.raw_headers()),
        answer_body=b"" if answer is None else answer.gone_out(),
        fault=fault,
    )


def _shown(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers]
