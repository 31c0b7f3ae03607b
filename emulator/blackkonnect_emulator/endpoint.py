"""From a request to an answer: the checks in their order, then the operation."""

import logging
import traceback
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from blackkonnect_emulator import body, form_body, json_body, media_type
from blackkonnect_emulator.answers import Answer
from blackkonnect_emulator.authentication import tenant
from blackkonnect_emulator.document import Body, Document, DocumentError, Operation
from blackkonnect_emulator.gateway import Call, Gateway
from blackkonnect_emulator.operations import HANDLERS, Handler
from blackkonnect_emulator.parameters import ParameterRules
from blackkonnect_emulator.problems import Problem, rules_broken
from blackkonnect_emulator.routing import Found, Paths, Segments, raw_path
from blackkonnect_emulator.validation import BodyRules

_FOUND = "blackkonnect_emulator.found"
_logger = logging.getLogger("blackkonnect_emulator")


class DocumentRoute(BaseRoute):
    """All paths of the document, as one route.

    Args:
        gateway: What answers.
    """

    def __init__(self, gateway: Gateway) -> None:
        operations = gateway.document.operations
        self._paths = Paths(operations)
        self._endpoints = {operation.operation_id: Endpoint(gateway, operation) for operation in operations}

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Tell whether the document has the path."""
        if scope["type"] != "http" or (found := self._paths.find(raw_path(scope))) is None:
            return Match.NONE, {}
        return Match.FULL, {_FOUND: found}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; what goes wrong becomes problem details, whatever it is."""
        try:
            answer = await self._answer(scope, receive)
        except Problem as problem:
            answer = problem.answer()
        except body.ClientGone:
            return
        except Exception as error:  # noqa: BLE001 - the last resort
            # The error's own words may hold what the request held, so only its kind and place are told.
            where = "".join(traceback.format_tb(error.__traceback__))
            _logger.error("%s\n%s", type(error).__name__, where)  # noqa: TRY400 - the same
            answer = Problem(500, "The gateway failed.").answer()
        await answer.send(send)

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        found: Found = scope[_FOUND]
        operation = found.operations.get(scope["method"])
        if operation is None:
            allowed = ", ".join(found.operations)
            raise Problem(405, f"This path takes {allowed} alone.", headers={"Allow": allowed})
        return await self._endpoints[operation.operation_id].answer(scope, receive, found.segments)


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

    async def answer(self, scope: Scope, receive: Receive, segments: Segments) -> Answer:
        """Answer a request; path and method are right already."""
        headers: dict[str, list[bytes]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.decode("latin-1").lower(), []).append(value)
        asking = tenant(self._operation, _texts(headers, "authorization"), self._gateway.tokens)
        self._check_media_type(headers)
        parameters = self._parameters.read(segments, scope["query_string"], headers)
        content = await self._read_body(headers, receive)
        return await self._handler(self._gateway, Call(self._operation, asking, parameters, content))

    def _check_media_type(self, headers: Mapping[str, list[bytes]]) -> None:
        wanted = self._operation.body
        if wanted is None:
            return
        content_types = _texts(headers, "content-type")
        if content_types or wanted.required or _may_have_body(headers):
            media_type.check(wanted.media_type, content_types, _texts(headers, "content-encoding"))

    async def _read_body(self, headers: Mapping[str, list[bytes]], receive: Receive) -> Any:  # noqa: ANN401 - JSON
        wanted = self._operation.body
        if wanted is None:
            return None
        most = self._gateway.profile.most_body_bytes
        received = await body.read(receive, _texts(headers, "content-length"), most)
        if not received and not wanted.required:
            return None
        content = self._reader(received)
        if self._body_rules is not None and (places := self._body_rules.places(content)):
            raise rules_broken(places)
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


def _texts(headers: Mapping[str, list[bytes]], name: str) -> list[str]:
    return [value.decode("latin-1") for value in headers.get(name, ())]


def _may_have_body(headers: Mapping[str, list[bytes]]) -> bool:
    return "transfer-encoding" in headers or _texts(headers, "content-length") not in ([], ["0"])
