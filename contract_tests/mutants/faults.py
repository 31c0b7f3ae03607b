"""How a fault is put around a gateway."""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlencode

from blackkonnect_contract.document import Operation, document

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, MutableMapping

    Scope = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Scope]]
    Send = Callable[[Scope], Awaitable[None]]
    App = Callable[[Scope, Receive, Send], Awaitable[None]]

__all__ = ["CLASSES", "LATEST", "MUTANTS", "Answered", "Asked", "Mutant", "in_answers", "in_requests"]

CLASSES = ("shape", "validation", "authentication", "state", "robustness")
LATEST = "2026-02-25"
MUTANTS: dict[str, Mutant] = {}
"""Every faulty gateway by its name; ``load`` fills it."""

_TOKEN = "retrieveAccessToken"
_OK = 200


@dataclass(slots=True)
class Answered:
    """An answer on its way out.

    Attributes:
        status: Its status.
        headers: Its headers, names in small letters.
        body: Its body.
    """

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON
        """Its body as JSON; none where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    @json.setter
    def json(self, value: object) -> None:
        self.body = json.dumps(value).encode()

    def set_header(self, name: str, value: str | None) -> None:
        """Set a header, or take it away."""
        self.headers = [pair for pair in self.headers if pair[0] != name]
        if value is not None:
            self.headers.append((name, value))

    def problem(self, status: int, title: str) -> None:
        """Become an error."""
        self.status = status
        self.set_header("content-type", "application/problem+json")
        self.json = {"type": "about:blank", "title": title, "status": status, "detail": title}


@dataclass(slots=True)
class Asked:
    """A request on its way in.

    Attributes:
        operation: The operationId; empty where the document has none for it.
        method: Its method.
        path: Its path, percent-decoded.
        query: Its query.
        headers: Its headers, names in small letters.
        body: Its body.
        names: What stands for the names in its path.
        number: The how-manieth request for its operation it is, from 1.
        held: What the fault remembers, for as long as the gateway runs.
        through: Asks the gateway behind the fault.
    """

    operation: str
    method: str
    path: str
    query: list[tuple[str, str]]
    headers: list[tuple[str, str]]
    body: bytes
    names: dict[str, str]
    number: int
    held: dict[str, Any]
    through: Callable[[Asked], Awaitable[Answered]]
    secrets: dict[str, str] = field(repr=False)
    original: Any = None

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON
        """Its body as JSON; none where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None

    @json.setter
    def json(self, value: object) -> None:
        self.body = json.dumps(value).encode()

    def header(self, name: str) -> str | None:
        """Return a header's first value."""
        return next((value for held, value in self.headers if held == name), None)

    def set_header(self, name: str, value: str | None) -> None:
        """Set a header, or take it away."""
        self.headers = [pair for pair in self.headers if pair[0] != name]
        if value is not None:
            self.headers.append((name, value))

    @property
    def token(self) -> str:
        """The bearer token; empty where there is none."""
        scheme, _, token = (self.header("authorization") or "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else ""

    def part(self, number: int) -> dict[str, Any]:
        """Read a part of the token without checking it: 0 the head, 1 the claims; empty where unreadable."""
        try:
            text = self.token.split(".")[number]
            held = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        except (IndexError, ValueError, RecursionError):
            return {}
        return held if isinstance(held, dict) else {}

    @property
    def client(self) -> str:
        """The client that the token names, true or not."""
        return str(self.part(1).get("sub", ""))

    async def become(self, client: str) -> bool:
        """Take on a valid token of a client that has asked for one; tell whether there is such a client."""
        if client not in self.secrets:
            return False
        path = next(o.path for o in document(LATEST).operations.values() if o.name == _TOKEN)
        form = {
            "grant_type": "client_credentials",
            "client_id": client,
            "client_secret": self.secrets[client],
        }
        headers = [("content-type", "application/x-www-form-urlencoded"), ("host", "127.0.0.1")]
        asked = Asked(
            *(_TOKEN, "POST", path, [], headers, urlencode(form).encode(), {}, 0, {}, self.through, {})
        )
        told = await self.through(asked)
        if told.status != _OK:
            return False
        self.set_header("authorization", f"Bearer {told.json['token']}")
        return True


@dataclass(frozen=True, slots=True)
class Mutant:
    """A faulty gateway.

    Attributes:
        name: Its name.
        kind: Its class, of ``CLASSES``.
        says: What is wrong with it.
        edition: The edition that the emulator behind it has.
        before: Changes requests; what it returns is the answer, and the emulator is not asked.
        after: Changes answers.
        on: The operations that it is about; empty for all requests.
        statuses: The statuses of the answers that it is about.
    """

    name: str
    kind: str
    says: str
    edition: str
    before: Callable[[Asked], Awaitable[Answered | None] | Answered | None] | None
    after: Callable[[Asked, Answered], Awaitable[None] | None] | None
    on: frozenset[str]
    statuses: frozenset[int]

    def wrap(self, app: App) -> App:
        """Put the fault around an application."""
        routes = [(_pattern(one), one) for one in document(self.edition).operations.values()]
        held: dict[str, Any] = {}
        secrets: dict[str, str] = {}
        counts: Counter[str] = Counter()

        async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http" or scope["path"].startswith("/_emulator"):
                await app(scope, receive, send)
                return
            asked = await _read(scope, receive, routes)
            asked.held, asked.secrets = held, secrets
            counts[asked.operation] += 1
            asked.number = counts[asked.operation]
            asked.through = lambda other: _through(app, scope, other)
            asked.original = asked.json
            if asked.operation == _TOKEN:
                form = dict(parse_qsl(asked.body.decode("utf-8", "replace")))
                asked.held.setdefault("forms", []).append(form)
            mine = not self.on or asked.operation in self.on
            answered = None
            if mine and self.before is not None:
                found = self.before(asked)
                answered = await found if found is not None and not isinstance(found, Answered) else found
            if answered is None:
                answered = await _through(app, scope, asked)
            if asked.operation == _TOKEN and answered.status == _OK:
                form = dict(parse_qsl(asked.body.decode("utf-8", "replace")))
                secrets[form["client_id"]] = form["client_secret"]
            if mine and self.after is not None and (not self.statuses or answered.status in self.statuses):
                waited = self.after(asked, answered)
                if waited is not None:
                    await waited
            await _answer(answered, send, scope)

        return wrapped


def in_answers(
    kind: str, *on: str, status: int | Iterable[int] = _OK, edition: str = LATEST
) -> Callable[[Callable[[Asked, Answered], Any]], Callable[[Asked, Answered], Any]]:
    """Make a faulty gateway of a function that changes answers.

    Args:
        kind: Its class.
        on: The operations whose answers it changes; none for all.
        status: The statuses of the answers that it changes; empty for all.
        edition: The edition of the emulator.
    """
    statuses = frozenset((status,) if isinstance(status, int) else status)

    def note(change: Callable[[Asked, Answered], Any]) -> Callable[[Asked, Answered], Any]:
        _note(
            change, Mutant(_name(change), kind, _says(change), edition, None, change, frozenset(on), statuses)
        )
        return change

    return note


def in_requests(
    kind: str, *on: str, edition: str = LATEST
) -> Callable[[Callable[[Asked], Any]], Callable[[Asked], Any]]:
    """Make a faulty gateway of a function that changes requests before they are looked at.

    Args:
        kind: Its class.
        on: The operations whose requests it changes; none for all.
        edition: The edition of the emulator.
    """

    def note(change: Callable[[Asked], Any]) -> Callable[[Asked], Any]:
        _note(
            change,
            Mutant(_name(change), kind, _says(change), edition, change, None, frozenset(on), frozenset()),
        )
        return change

    return note


def _name(change: Any) -> str:  # noqa: ANN401 - a function
    return str(change.__name__).replace("_", "-")


def _says(change: Any) -> str:  # noqa: ANN401 - a function
    return " ".join((change.__doc__ or "").split())


def _note(change: object, mutant: Mutant) -> None:
    if mutant.name in MUTANTS or not mutant.says or mutant.kind not in CLASSES:
        raise ValueError(f"{mutant.name}: needs a name of its own, a docstring and a class ({change!r})")
    MUTANTS[mutant.name] = mutant


def _pattern(operation: Operation) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", operation.path)
    text = "".join(f"(?P<{part}>[^/]*)" if place % 2 else re.escape(part) for place, part in enumerate(parts))
    return re.compile(text, re.DOTALL)


async def _read(scope: Scope, receive: Receive, routes: list[tuple[re.Pattern[str], Operation]]) -> Asked:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            break
    body = b"".join(parts)
    operation, names = "", {}
    for pattern, known in routes:
        found = pattern.fullmatch(scope["path"])
        if found is not None and known.method == scope["method"]:
            operation, names = known.name, {name: unquote(value) for name, value in found.groupdict().items()}
            break
    return Asked(
        operation=operation,
        method=scope["method"],
        path=scope["path"],
        query=parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True),
        headers=[
            (name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in scope["headers"]
        ],
        body=body,
        names=names,
        number=0,
        held={},
        through=None,  # type: ignore[arg-type] # set by whoever reads
        secrets={},
    )


async def _through(app: App, scope: Scope, asked: Asked) -> Answered:
    start: Scope = {}
    parts: list[bytes] = []
    told = False

    async def receive() -> Scope:
        nonlocal told
        if told:
            return {"type": "http.disconnect"}
        told = True
        return {"type": "http.request", "body": asked.body, "more_body": False}

    async def send(message: Scope) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    query = scope["query_string"] if asked.query == _query(scope) else urlencode(asked.query).encode()
    raw = scope.get("raw_path") if asked.path == scope["path"] else None
    headers = [pair for pair in asked.headers if pair[0] != "content-length"]
    if asked.body or asked.header("content-length") is not None:
        headers.append(("content-length", str(len(asked.body))))
    changed = {
        **scope,
        "method": asked.method,
        "path": asked.path,
        "raw_path": raw if raw is not None else asked.path.encode(),
        "query_string": query,
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers],
    }
    await app(changed, receive, send)
    held = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in start["headers"]]
    return Answered(start["status"], held, b"".join(parts))


def _query(scope: Scope) -> list[tuple[str, str]]:
    return parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)


async def _answer(answered: Answered, send: Send, scope: Scope) -> None:
    if scope["method"] != "HEAD":
        answered.set_header("content-length", str(len(answered.body)))
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answered.headers]
    await send({"type": "http.response.start", "status": answered.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else answered.body})
