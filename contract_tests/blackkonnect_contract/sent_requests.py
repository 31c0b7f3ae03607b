"""Whether a request that a client sent is one that the document describes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from blackkonnect_contract.breach import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from blackkonnect_contract.document import Document, Operation
    from blackkonnect_contract.exchange import Request

__all__ = ["broken_by", "operation_of"]

_OWN = {
    *("host", "accept", "accept-encoding", "connection", "user-agent", "content-length", "content-type"),
    *("authorization", "transfer-encoding"),
}
"""The headers that HTTP itself knows (RFC 9110)."""

_DESCRIBED = Rule("request-is-described", "A client sends what the document describes, and nothing else.")


def operation_of(document: Document, request: Request) -> tuple[Operation, dict[str, str]] | None:
    """Find the operation that a request is for, and what stands for the names in its path.

    Args:
        document: The document.
        request: The request.
    """
    path = urlsplit(request.url).path
    for operation in document.operations.values():
        found = re.fullmatch(_pattern(operation.path), path)
        if found is not None and operation.method == request.method:
            return operation, {name: unquote(value) for name, value in found.groupdict().items()}
    return None


def broken_by(document: Document, request: Request) -> Iterator[tuple[Rule, str]]:
    """Tell which rules of the document a request breaks, and how.

    Args:
        document: The document.
        request: The request.
    """
    found = operation_of(document, request)
    if found is None:
        yield _DESCRIBED, f"no operation has {request.method} {urlsplit(request.url).path}"
        return
    operation, names = found
    for message in (*_parameters(document, operation, names, request), *_token(operation, request)):
        yield _DESCRIBED, message
    yield from _body(document, operation, request)


def _parameters(
    document: Document, operation: Operation, names: Mapping[str, str], request: Request
) -> Iterator[str]:
    given: dict[tuple[str, str], list[str]] = {("path", name): [value] for name, value in names.items()}
    for name, value in parse_qsl(urlsplit(request.url).query, keep_blank_values=True):
        given.setdefault(("query", name), []).append(value)
    known = {name.lower(): name for place, name in operation.parameters if place == "header"}
    for name, value in request.headers:
        if name.lower() not in _OWN:
            given.setdefault(("header", known.get(name.lower(), name)), []).append(value)
    for place, name in given.keys() - operation.parameters.keys():
        yield f"the {place} parameter {name} is not described"
    for (place, name), parameter in operation.parameters.items():
        values = given.get((place, name))
        if values is not None:
            for message in _wrong(document, operation, parameter, values):
                yield f"the {place} parameter {name}: {message}"
        elif parameter.get("required"):
            yield f"the {place} parameter {name} is missing"


def _token(operation: Operation, request: Request) -> Iterator[str]:
    if operation.needs_token and not any(name.lower() == "authorization" for name, _ in request.headers):
        yield "there is no token"


def _body(document: Document, operation: Operation, request: Request) -> Iterator[tuple[Rule, str]]:
    if operation.body is None:
        if request.body:
            yield _DESCRIBED, "there is a body, and none is described"
        return
    media_type = next((value for name, value in request.headers if name.lower() == "content-type"), "")
    if media_type.partition(";")[0].strip().lower() != operation.media_type:
        yield _DESCRIBED, f"the body is {media_type or 'of no media type'} instead of {operation.media_type}"
        return
    value: Any
    if operation.media_type == "application/json":
        try:
            value = json.loads(request.body)
        except ValueError:
            yield _DESCRIBED, "the body is no JSON"
            return
    else:
        value = dict(parse_qsl(request.body.decode(), keep_blank_values=True))
    for error in document.errors(operation.body, value):
        rule = Rule("request-schema", "The body of a request keeps to its schema.", error.pointer)
        yield rule, f"{error.place or 'the body'}: {error.message}"


def _wrong(
    document: Document, operation: Operation, parameter: Mapping[str, Any], values: list[str]
) -> Iterator[str]:
    schema = parameter["schema"]
    pointer = _schema_of(document, operation, parameter)
    if "$ref" in schema:
        _, schema = document.resolved(schema["$ref"].removeprefix("#"))
    kind = schema.get("type")
    value: Any = values if kind == "array" else values[0]
    if kind == "integer" and re.fullmatch(r"-?\d+", values[0]):
        value = int(values[0])
    for error in document.errors(pointer, value):
        yield error.message
    if kind != "array" and len(values) > 1:
        yield f"it stands {len(values)} times"


def _schema_of(document: Document, operation: Operation, parameter: Mapping[str, Any]) -> str:
    for number, held in enumerate(operation.content.get("parameters", ())):
        pointer = f"{operation.pointer}/parameters/{number}"
        if "$ref" in held:
            pointer = held["$ref"].removeprefix("#")
        if document.at(pointer) == parameter:
            return f"{pointer}/schema"
    raise LookupError(parameter["name"])


def _pattern(path: str) -> str:
    parts = re.split(r"\{(\w+)\}", path)
    return "".join(
        f"(?P<{part}>[^/]+)" if number % 2 else re.escape(part) for number, part in enumerate(parts)
    )
