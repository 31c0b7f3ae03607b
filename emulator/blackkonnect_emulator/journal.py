"""The requests that came in lately, and what was answered."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from blackkonnect_emulator.answers import Answer

_MOST_EXCHANGES = 1_000
_MOST_BYTES = 3 * 1024 * 1024
_LONGEST_BODY = 32 * 1024
_OVERHEAD = 1_500
_LONGEST_VALUE = 1_000
_MOST_KNOWN = 500
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
        number: The exchange's number, once it has ended.
        answer: What was answered, once it has ended.
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
    number: int = 0
    answer: Answer | None = field(default=None, repr=False)


class Journal:
    """Keeps the latest exchanges, at most 1,000 of them and about 3 MiB."""

    def __init__(self) -> None:
        self._entries: deque[tuple[Entry, int]] = deque()
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
        entry.number = self._count
        if entry.secret:
            entry.query = entry.body = b""
            answer = replace(answer, body=b"")
        size = len(entry.body) + len(answer.body)
        if size > _LONGEST_BODY:
            entry.body = entry.body[:_LONGEST_BODY]
            answer = replace(answer, body=answer.body[:_LONGEST_BODY])
            size = len(entry.body) + len(answer.body)
        entry.answer = answer
        if entry.headers_size is None:
            entry.headers, entry.headers_size = self.kept(entry.headers)
        size += _OVERHEAD + len(entry.path) + len(entry.query) + entry.headers_size
        self._entries.append((entry, size))
        self._bytes += size
        while self._bytes > _MOST_BYTES or len(self._entries) > _MOST_EXCHANGES:
            self._bytes -= self._entries.popleft()[1]

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
        for entry, _ in reversed(self._entries):
            if len(found) == limit:
                break
            if (
                (tenant is None or entry.tenant == tenant)
                and (before is None or entry.number < before)
                and (operation is None or entry.operation == operation)
            ):
                found.append(_exchange(entry))
        return found

    def find(self, correlation_id: str) -> Exchange | None:
        """Find the exchange by which a message came, where it is not too long ago."""
        for entry, _ in reversed(self._entries):
            if entry.correlation_id == correlation_id:
                return _exchange(entry)
        return None

    def clear(self, tenant: str | None = None) -> None:
        """Forget exchanges.

        Args:
            tenant: Whose; `None` for all.
        """
        kept = [pair for pair in self._entries if tenant is not None and pair[0].tenant != tenant]
        self._entries = deque(kept)
        self._bytes = sum(size for _, size in kept)


def _exchange(entry: Entry) -> Exchange:
    answer = entry.answer
    answered = answer if answer is not None and answer.goes_out != "nothing" else None
    path = entry.path.decode("latin-1")
    return Exchange(
        number=entry.number,
        at=entry.at,
        tenant=entry.tenant,
        operation=entry.operation,
        correlation_id=entry.correlation_id,
        method=entry.method,
        path=f"{path}?{entry.query.decode('latin-1')}" if entry.query else path,
        request_headers=_shown(entry.headers),
        request_body=entry.body,
        status=None if answered is None else answered.status,
        answer_headers=[] if answered is None else _shown(answered.raw_headers()),
        answer_body=b"" if answered is None else answered.gone_out(),
        fault=entry.fault,
    )


def _shown(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers]
