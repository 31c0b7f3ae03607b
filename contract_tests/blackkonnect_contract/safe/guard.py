"""Stands before the network, sees each request as it would leave, and lets pass what keeps to the rules."""

from __future__ import annotations

import re
import threading
from collections import Counter
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx

from blackkonnect_contract.document import document
from blackkonnect_contract.safe.bodies import Body, read_body
from blackkonnect_contract.safe.kinds import Kinds
from blackkonnect_contract.safe.refusals import (
    ForeignHostError,
    GuardError,
    TooFastError,
    TooManySendsError,
    TooManyTokensError,
    UnplannedError,
)
from blackkonnect_contract.safe.told_ids import Ids

if TYPE_CHECKING:
    from collections.abc import Callable

    from blackkonnect_contract.document import Operation
    from blackkonnect_contract.safe.journal import Journal
    from blackkonnect_contract.safe.limits import Limits
    from blackkonnect_contract.target import Target

__all__ = ["MOST_TOKENS", "GuardedTransport"]

MOST_TOKENS: Final = 4
"""How often a token may be asked for, with right and wrong credentials: more could lock an account."""

_HEADERS = {
    *("host", "accept", "accept-encoding", "connection", "user-agent", "content-length", "content-type"),
    "authorization",
}
_MEDIA_TYPES = {
    "sending": {"application/json", "text/plain"},
    "tokens": {"application/x-www-form-urlencoded"},
}
_SEGMENT = r"(?:[A-Za-z0-9_~:-]|[.](?![./]|$)|%20)+"
"""What may stand for a name in a path: nothing that leads elsewhere, whoever reads it."""
_TRIES = 10
_A_MOMENT = 1e-6


class GuardedTransport(httpx.BaseTransport):
    """Lets nothing leave that breaks a rule; what leaves is written down before.

    Args:
        inner: Carries what is let through.
        target: The gateway.
        limits: What the user allows.
        journal: Is told what leaves.
        clock: Tells the time in seconds; it never goes back.
        sleep: Waits for so many seconds.

    Attributes:
        step: The step of the plan that requests are for.
        sends: To how many destinations something may have been sent.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - each is said above
        self,
        inner: httpx.BaseTransport,
        target: Target,
        limits: Limits,
        journal: Journal,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        self.step = ""
        self.sends = 0
        self._inner = inner
        self._limits = limits
        self._journal = journal
        self._clock = clock
        self._sleep = sleep
        self._base = httpx.URL(target.base_url.rstrip("/"))
        clients = (target.credentials, target.other)
        digits = [number.removeprefix("+") for number in limits.numbers]
        self._ids = Ids([one.client_secret for one in clients if one is not None], digits)
        self._kinds = Kinds(document(target.edition))
        self._fields = {name: self._kinds.fields(one) for name, one in self._kinds.sending.items()}
        self._asked: Counter[str] = Counter()
        self._number = 0
        self._sent_at: float | None = None
        self._lock = threading.Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Let a request pass, or not.

        Args:
            request: The request.

        Raises:
            GuardError: It would break a rule, and did not leave.
            JournalError: It can't be written down, and did not leave.
            httpx.HTTPError: It left, and no answer came.
        """
        # One after the other: else two could pass on the last send that is left.
        with self._lock:
            content = request.read()
            try:
                operation, body = self._judged(request, content)
            except GuardError as error:
                facts = {"step": self.step, "rule": type(error).__name__, "why": str(error)}
                self._journal.write("not asked", **facts)
                raise
            return self._let_through(request, content, operation, body)

    def close(self) -> None:
        """Close what carries the requests."""
        self._inner.close()

    def _judged(self, request: httpx.Request, content: bytes) -> tuple[Operation, Body | None]:
        self._judge_host(request)
        operation = self._operation(request)
        self._judge_headers(request, operation, content)
        self._judge_query(request, operation)
        if operation.name in self._kinds.tokens:
            if self._asked[operation.name] >= MOST_TOKENS:
                raise TooManyTokensError(f"a token was asked for {MOST_TOKENS} times already")
            return operation, None
        if operation.name in self._kinds.reading:
            if content:
                raise UnplannedError(f"{operation.name} is asked without a body")
            return operation, None
        body = read_body(content, self._limits.numbers, self._fields[operation.name])
        left = self._limits.max_sends - self.sends
        if len(body.destinations) > left:
            message = f"{len(body.destinations)} sends, and {left} of {self._limits.max_sends} are left"
            raise TooManySendsError(message)
        self._wait()
        return operation, body

    def _judge_host(self, request: httpx.Request) -> None:
        url, base = request.url, self._base
        same = (url.scheme, url.host, url.port) == (base.scheme, base.host, base.port)
        hosts = request.headers.get_list("host")
        if not same or url.userinfo or hosts != [url.netloc.decode("ascii")]:
            raise ForeignHostError("the request is for another host than the gateway's")

    def _operation(self, request: httpx.Request) -> Operation:
        path = request.url.raw_path.partition(b"?")[0].decode("ascii", "replace")
        base = self._base.raw_path.decode("ascii").rstrip("/")
        for operation in self._kinds.allowed.values():
            pattern = "".join(
                _SEGMENT if part.startswith("{") else re.escape(part)
                for part in re.split(r"(\{\w+\})", operation.path)
            )
            if request.method == operation.method and re.fullmatch(re.escape(base) + pattern, path):
                return operation
        raise UnplannedError("no operation that may be asked has this method and path")

    def _judge_headers(self, request: httpx.Request, operation: Operation, content: bytes) -> None:
        known = _HEADERS | {name.lower() for place, name in operation.parameters if place == "header"}
        named = Counter(name.decode("latin-1").lower() for name, _ in request.headers.raw)
        for name, count in named.items():
            if name not in known or count > 1:
                raise UnplannedError(f"the header {name} is not described, or stands twice")
        if any(re.search(rb"[\r\n\0]", value) for _, value in request.headers.raw):
            raise UnplannedError("a header has more than a line")
        length = request.headers.get("content-length", "0")
        if length != str(len(content)):
            raise UnplannedError("the body has another length than its header says")
        media_type = re.sub(r";\s*charset=utf-8$", "", request.headers.get("content-type", "").lower())
        kind = "sending" if operation.name in self._kinds.sending else "tokens"
        if content and operation.body is not None and media_type not in _MEDIA_TYPES[kind]:
            raise UnplannedError("the body has a media type by which it could be read otherwise")

    def _judge_query(self, request: httpx.Request, operation: Operation) -> None:
        known = {name for place, name in operation.parameters if place == "query"}
        query = urlsplit(str(request.url)).query
        # Some gateways part a query at semicolons as well.
        if ";" in query or any(
            unquote(name) not in known for name, _ in parse_qsl(query, keep_blank_values=True)
        ):
            raise UnplannedError("a parameter of the query is not described")

    def _wait(self) -> None:
        """Wait until what may send may leave.

        Raises:
            TooFastError: Time does not go by.
        """
        if self._sent_at is None:
            return
        ends = self._sent_at + self._limits.seconds_between
        for _ in range(_TRIES):
            left = ends - self._clock()
            if left <= 0:
                return
            self._sleep(left + _A_MOMENT)
        raise TooFastError(f"the rate of {self._limits.rate} a second can't be kept: no time goes by")

    def _let_through(
        self, request: httpx.Request, content: bytes, operation: Operation, body: Body | None
    ) -> httpx.Response:
        self._number += 1
        number = self._number
        self._ids.add_secret(request.headers.get("authorization", "").rpartition(" ")[2])
        self._journal.write(
            "asking",
            number=number,
            step=self.step,
            operation=operation.name,
            destinations=[] if body is None else self._destinations(body),
            bulkId="" if body is None else self._ids.shown(body.bulk_id),
        )
        # From here on it counts as sent, whatever becomes of it.
        self._asked[operation.name] += 1
        if body is not None:
            self.sends += len(body.destinations)
            self._sent_at = self._clock()
        # What was looked at is what leaves: no stream, and no extension, that tells otherwise.
        limits = {name: one for name, one in request.extensions.items() if name == "timeout"}
        sent = httpx.Request(
            request.method, request.url, headers=request.headers.raw, content=content, extensions=limits
        )
        try:
            answer = self._inner.handle_request(sent)
            try:
                answer.read()
            finally:
                answer.close()
        except httpx.HTTPError as error:
            self._journal.write("no answer", number=number, why=type(error).__name__)
            raise
        finally:
            # Not from when it left: how long it was on its way, nobody knows.
            if body is not None:
                self._sent_at = self._clock()
        ids = [] if body is None else self._ids.told(answer.content)
        self._journal.write("answered", number=number, status=answer.status_code, ids=ids)
        return answer

    def _destinations(self, body: Body) -> list[dict[str, object]]:
        return [
            {
                "to": one.place,
                "number": self._limits.shown(one.place) if one.place else "",
                "messageId": self._ids.shown(one.message_id),
            }
            for one in body.destinations
        ]
