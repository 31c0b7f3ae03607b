"""From a request to an answer: the checks in their order, then the operation."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from blackkonnect_emulator import body, form_body, json_body, media_type
from blackkonnect_emulator.answers import Answer
from blackkonnect_emulator.asgi import Receive, Scope, Send
from blackkonnect_emulator.authentication import tenant_of
from blackkonnect_emulator.document import Body, Document, DocumentError, Operation
from blackkonnect_emulator.failures import log_failure
from blackkonnect_emulator.faults import NO_FAULT
from blackkonnect_emulator.gateway import Call, Gateway
from blackkonnect_emulator.headers import Headers
from blackkonnect_emulator.journal import Entry
from blackkonnect_emulator.operations import HANDLERS, Handler
from blackkonnect_emulator.parameters import ParameterRules
from blackkonnect_emulator.problems import Problem, rules_broken
from blackkonnect_emulator.routing import Found, Paths, Segments
from blackkonnect_emulator.showing_faults import answer_with_faults
from blackkonnect_emulator.tenants import Tenant
from blackkonnect_emulator.validation import BodyRules


class Endpoints:
    """All operations of the document.

    Args:
        gateway: What answers.
    """

    def __init__(self, gateway: Gateway) -> None:
        operations = gateway.document.operations
        self._journal = gateway.journal
        self._clock = gateway.clock
        self._paths = Paths(operations)
        self._endpoints = {operation.operation_id: Endpoint(gateway, operation) for operation in operations}

    def find(self, path: bytes) -> Found | None:
        """Find a path of the document.

        Args:
            path: The raw path of a request.
        """
        return self._paths.find(path)

    async def handle(
        self, found: Found, headers: Headers, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Answer a request; what goes wrong becomes problem details, whatever it is."""
        operation = found.operations.get(scope["method"])
        if operation is None:
            allowed = ", ".join(found.operations)
            problem = Problem(405, f"This path takes {allowed} alone.", headers={"Allow": allowed})
            await problem.answer().send(scope, send)
            return
        endpoint = self._endpoints[operation.operation_id]
        entry = endpoint.entry(scope)
        try:
            answer = await endpoint.answer(headers, scope, receive, found.segments, entry)
        except Problem as problem:
            answer = problem.answer()
        except body.ClientGone:
            return
        except Exception as error:  # noqa: BLE001 - the last resort
            log_failure(error)
            answer = Problem(500, "The gateway failed.").answer()
        if not entry.at:
            entry.at = self._clock.now()
        self._journal.add(entry, answer)
        await answer.send(scope, send)


class Endpoint:
    """An operation, ready to be asked for.

    Args:
        gateway: What answers.
        operation: What is asked for.
    """

    def __init__(self, gateway: Gateway, operation: Operation) -> None:
        if operation.operation_id not in HANDLERS:
            raise DocumentError(f"the emulator has no operation {operation.operation_id}")
        self._gateway = gateway
        self._operation = operation
        self._handler: Handler = HANDLERS[operation.operation_id]
        self._parameters, self._body_rules = _rules(gateway.document, operation.operation_id)
        if operation.body is not None:
            self._reader = _reader(gateway.document, operation.operation_id, operation.body)
        self._secret = not operation.takes_token

    def entry(self, scope: Scope) -> Entry:
        """Begin the request's place in the journal."""
        return Entry(
            self._operation.operation_id,
            self._secret,
            scope["method"],
            scope.get("raw_path") or scope["path"].encode(),
            scope["query_string"],
            scope["headers"],
        )

    async def answer(
        self, headers: Headers, scope: Scope, receive: Receive, segments: Segments, entry: Entry
    ) -> Answer:
        """Answer a request; path and method are right already."""
        gateway, operation = self._gateway, self._operation
        tenant = tenant_of(operation, headers.texts(b"authorization"), gateway.tokens, gateway.tenants)
        entry.tenant = tenant.name
        self._check_media_type(headers)
        parameters = self._parameters.read(segments, scope["query_string"], headers)
        content = await self._read_body(headers, receive, entry)
        if self._secret:
            tenant = self._asking(content, tenant)
            entry.tenant = tenant.name
        entry.at = tenant.clock.now()
        call = Call(operation, tenant, parameters, content, entry, entry.at)
        drawn = gateway.faults.draw(tenant.name, operation.operation_id)
        if drawn is NO_FAULT:
            return await self._handler(gateway, call)
        return await answer_with_faults(drawn, self._handler, gateway, call)

    def check(self, content: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
        """Check a body against the document.

        Raises:
            Problem: 400, with the places.
        """
        if self._body_rules is not None and (places := self._body_rules.places(content)):
            raise rules_broken(places)

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

    async def _read_body(self, headers: Headers, receive: Receive, entry: Entry) -> Any:  # noqa: ANN401 - JSON
        wanted = self._operation.body
        if wanted is None:
            return None
        most = self._gateway.profile.most_body_bytes
        received = await body.read(receive, headers.values(b"content-length"), most)
        entry.body = received
        if not received and not wanted.required:
            return None
        content = self._reader(received)
        self.check(content)
        return content


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
