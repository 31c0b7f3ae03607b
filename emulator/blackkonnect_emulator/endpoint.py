"""From a request to an answer: the checks in their order, then the operation."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any, NamedTuple

from blackkonnect_emulator import body, delivery_window, form_body, json_body, media_type
from blackkonnect_emulator.answers import Answer
from blackkonnect_emulator.asgi import Receive, Scope, Send
from blackkonnect_emulator.authentication import bearer_token, tenant_of
from blackkonnect_emulator.document import Body, Document, DocumentError, Operation
from blackkonnect_emulator.exchange import Exchange
from blackkonnect_emulator.failures import log_failure
from blackkonnect_emulator.faults import NO_FAULT
from blackkonnect_emulator.gateway import Call, Gateway
from blackkonnect_emulator.headers import Headers
from blackkonnect_emulator.heads import Head, Heads
from blackkonnect_emulator.journal import Entry
from blackkonnect_emulator.operations import HANDLERS, SENDS, Handler, Prepare
from blackkonnect_emulator.operations.accepting import Sending, already_used, stored
from blackkonnect_emulator.parameters import ParameterRules
from blackkonnect_emulator.problems import Problem, rules_broken
from blackkonnect_emulator.records import IdsUsedError, NewRequest
from blackkonnect_emulator.routing import Found, Paths, Segments
from blackkonnect_emulator.showing_faults import answer_with_faults
from blackkonnect_emulator.store import LONGEST_AT_ONCE
from blackkonnect_emulator.tenants import Tenant
from blackkonnect_emulator.validation import BodyRules


class Endpoints:
    """All operations of the document.

    Args:
        gateway: What answers.

    Attributes:
        heads: What the heads of requests say that were found right before.
    """

    def __init__(self, gateway: Gateway) -> None:
        operations = gateway.document.operations
        self._paths = Paths(operations)
        self.heads = Heads()
        self._endpoints = {
            operation.operation_id: Endpoint(gateway, operation, self.heads) for operation in operations
        }
        delivery_window.check(gateway.document)

    def find(self, path: bytes) -> Found | None:
        """Find a path of the document.

        Args:
            path: The raw path of a request.
        """
        return self._paths.find(path)

    async def handle(
        self, found: Found, headers: Headers, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Answer a request for a path of the document."""
        operation = found.operations.get(scope["method"])
        if operation is None:
            allowed = ", ".join(found.operations)
            problem = Problem(405, f"This path takes {allowed} alone.", headers={"Allow": allowed})
            await problem.answer().send(scope, send)
        else:
            endpoint = self._endpoints[operation.operation_id]
            await endpoint.handle(Unread(headers, found.segments), scope, receive, send)


class Unread(NamedTuple):
    """A head of which path and method alone were looked at.

    Attributes:
        headers: Its headers.
        segments: The parameters of its path, still percent-encoded.
    """

    headers: Headers
    segments: Segments


class Endpoint:
    """An operation, ready to be asked for.

    Args:
        gateway: What answers.
        operation: What is asked for.
        heads: Where heads are kept.
    """

    def __init__(self, gateway: Gateway, operation: Operation, heads: Heads) -> None:
        if operation.operation_id not in HANDLERS:
            raise DocumentError(f"the emulator has no operation {operation.operation_id}")
        self._gateway = gateway
        self._operation = operation
        self._heads = heads
        self._handler: Handler = HANDLERS[operation.operation_id]
        self._prepare: Prepare | None = SENDS.get(operation.operation_id)
        self._parameters, self._body_rules = _rules(gateway.document, operation.operation_id)
        if operation.body is not None:
            self._reader = _reader(gateway.document, operation.operation_id, operation.body)
        self._secret = not operation.takes_token

    async def handle(self, head: Head | Unread, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; what goes wrong becomes problem details, whatever it is.

        Args:
            head: What is known of its head.
            scope: The request, as ASGI has it.
            receive: Where its body comes from.
            send: Where the answer goes to.
        """
        entry = self._entry(scope)
        try:
            answer = await self._answer(head, scope, receive, entry)
        except body.ClientGone:
            return
        except Exception as error:  # noqa: BLE001 - the last resort
            answer = _failed(error)
        self._note(entry, answer)
        if not answer.send_at_once(send):
            await answer.send(scope, send)

    def answer_at_once(self, head: Head, exchange: Exchange) -> bool:
        """Answer a send without a task, as `handle` would.

        Args:
            head: What its head says.
            exchange: The request, which is whole.

        Returns:
            Whether it is answered, now or as soon as it is stored; not where it is no short send, or where it
            may meet a fault, which takes its time.
        """
        gateway = self._gateway
        if self._prepare is None or exchange.size > LONGEST_AT_ONCE or not gateway.faults.none:
            return False
        received = exchange.whole_body()
        if received is None:
            return False
        entry = self._entry(exchange.scope)
        entry.headers, entry.headers_size = head.headers, 0
        try:
            tenant, entry.at = tenant_of(head.token, gateway.tokens, gateway.tenants)
            entry.tenant = tenant.name
            call = self._understood(head, tenant, received, entry)
            sending = self._prepare(gateway, call)
            if sending.request is not None:
                entry.correlation_id = sending.request.correlation_id
                gateway.store.add_at_once(
                    sending.request, partial(self._stored, exchange, call, sending, sending.request)
                )
                return True
            answer = sending.answer
        except Exception as error:  # noqa: BLE001 - the last resort
            answer = _failed(error)
        self._note(entry, answer)
        answer.go(exchange)
        return True

    def _stored(
        self,
        exchange: Exchange,
        call: Call,
        sending: Sending,
        request: NewRequest,
        _: object,
        error: BaseException | None,
    ) -> None:
        if error is None:
            stored(self._gateway, call, request)
            answer = sending.answer
        elif isinstance(error, IdsUsedError):
            answer = already_used(error, sending).answer()
        else:
            answer = _failed(error)
        self._gateway.journal.add(call.entry, answer)
        answer.go(exchange)

    def _entry(self, scope: Scope) -> Entry:
        return Entry(
            self._operation.operation_id,
            self._secret,
            scope["method"],
            scope.get("raw_path") or scope["path"].encode(),
            scope["query_string"],
            scope["headers"],
        )

    def _note(self, entry: Entry, answer: Answer) -> None:
        if not entry.at:
            entry.at = self._gateway.clock.now()
        self._gateway.journal.add(entry, answer)

    async def _answer(self, head: Head | Unread, scope: Scope, receive: Receive, entry: Entry) -> Answer:
        gateway, operation = self._gateway, self._operation
        if isinstance(head, Head):
            token = head.token
            entry.headers, entry.headers_size = head.headers, 0
        else:
            token = bearer_token(operation, head.headers.texts(b"authorization"))
        tenant, _ = tenant_of(token, gateway.tokens, gateway.tenants)
        entry.tenant = tenant.name
        if isinstance(head, Unread):
            entry.headers, entry.headers_size = gateway.journal.kept(scope["headers"])
            head = self._read_head(head, token, scope, entry)
        received = b""
        if operation.body is not None:
            received = await body.read(receive, (), gateway.profile.most_body_bytes)
        entry.at = tenant.clock.now()
        call = self._understood(head, tenant, received, entry)
        drawn = gateway.faults.draw(call.tenant.name, operation.operation_id)
        if drawn is NO_FAULT:
            return await self._handler(gateway, call)
        return await answer_with_faults(drawn, self._handler, gateway, call)

    def _understood(self, head: Head, tenant: Tenant, received: bytes, entry: Entry) -> Call:
        """Check a body; path, token, headers and parameters are right already, and the time is noted."""
        operation = self._operation
        content = None
        if operation.body is not None:
            entry.body = received
            if received or operation.body.required:
                content = self._reader(received)
                self.check(content)
            if self._secret:
                tenant = self._asking(content, tenant)
                entry.tenant, entry.at = tenant.name, tenant.clock.now()
        return Call(operation, tenant, head.parameters, content, entry, entry.at)

    def _read_head(self, unread: Unread, token: str | None, scope: Scope, entry: Entry) -> Head:
        """Check the rest of a head, and keep what it says for requests that have the same one."""
        headers = unread.headers
        self._check_media_type(headers)
        parameters = self._parameters.read(unread.segments, scope["query_string"], headers)
        if self._operation.body is not None:
            body.check_length(headers.values(b"content-length"), self._gateway.profile.most_body_bytes)
        head = Head(self, token, parameters, entry.headers)
        self._heads.keep(scope, head)
        return head

    def check(self, content: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
        """Check a body against the document.

        Raises:
            Problem: 400, with the places.
        """
        rules = self._body_rules
        if rules is not None and not rules.fits(content):
            raise rules_broken(rules.places(content))

    def _asking(self, content: Any, anonymous: Tenant) -> Tenant:  # noqa: ANN401 - JSON
        """Tell who asks for a token, as far as that is a client at all."""
        name = content.get("client_id", "") if isinstance(content, dict) else ""
        return self._gateway.tenants.get(name) or anonymous

    def _check_media_type(self, headers: Headers) -> None:
        wanted = self._operation.body
        if wanted is None:
            return
        content_types = headers.values(b"content-type")
        if content_types or wanted.required or _may_have_body(headers):
            media_type.check(wanted.media_type, content_types, headers.values(b"content-encoding"))


def _failed(error: BaseException) -> Answer:
    """Tell what went wrong; of what nobody foresaw only that it did."""
    if isinstance(error, Problem):
        return error.answer()
    log_failure(error)
    return Problem(500, "The gateway failed.").answer()


@cache
def _rules(document: Document, operation_id: str) -> tuple[ParameterRules, BodyRules | None]:
    """Compile the rules of an operation, once for all emulators of an edition: it takes its time."""
    operation = next(known for known in document.operations if known.operation_id == operation_id)
    body_rules = None if operation.body is None else BodyRules(document, operation.body.schema)
    return ParameterRules(document, operation), body_rules


def _reader(document: Document, operation: str, wanted: Body) -> Callable[[bytes], Any]:
    match wanted.media_type:
        case "application/json":
            return json_body.read
        case "application/x-www-form-urlencoded":
            return partial(form_body.read, known=document.fields(wanted.schema))
    raise DocumentError(f"{operation}: a body of {wanted.media_type} is not read")


def _may_have_body(headers: Headers) -> bool:
    return bool(headers.values(b"transfer-encoding")) or headers.values(b"content-length") not in (
        (),
        (b"0",),
    )
