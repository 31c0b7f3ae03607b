"""The vendor's pages as data, read from openapi/evidence/ (its README tells the form)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAVIGATION = "navigation"
NOTHING = object()
"""Stands for an example that a page does not show, since null is one that a page may show."""

KEYS = {
    "page": {"edition", "page", "title", "tags", "servers", "operations", "gone", "schemas", "notCaptured"},
    "operation": {"operation", "name", "tag", "method", "path", "authorization", "request", "responses"},
    "request": {
        "headers",
        "pathParams",
        "queryParams",
        "contentType",
        "bodyRequired",
        "example",
        "schema",
        "partial",
    },
    "response": {"description", "contentType", "example", "schema", "partial"},
    "schema": {"leftOver", "fields", "example", "partial"},
}
"""The keys of each part of a file."""


class EvidenceError(ValueError):
    """A file of the evidence is not of the form that its README tells."""


@dataclass(frozen=True)
class Body:
    """What a page shows of a request's body, of an answer or of a schema.

    Attributes:
        content_type: The media type, empty where none is shown.
        schema: The name of the schema, empty where none is shown.
        example: The example, or `NOTHING`.
        partial: The places of the example that were captured in part, each with what is known of it.
        fields: Names of fields that are shown without a value.
    """

    content_type: str = ""
    schema: str = ""
    example: Any = NOTHING
    partial: dict[str, str] = field(default_factory=dict)
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Operation:
    """What a page shows of an operation.

    Attributes:
        operation: Our operationId.
        tag: The group of the navigation that it stands in.
        method: The method, in lower case.
        path: The path, empty where none is shown.
        authorization: Whether a section of that name is shown.
        parameters: The place (`header`, `path`, `query`) and name of each parameter.
        body_required: Whether the page marks the body as required.
        request: The body.
        responses: The answers, by status.
    """

    operation: str
    tag: str
    method: str
    path: str
    authorization: bool
    parameters: tuple[tuple[str, str], ...]
    body_required: bool
    request: Body
    responses: dict[str, Body]


@dataclass(frozen=True)
class Page:
    """One page of one edition."""

    edition: str
    name: str
    tags: tuple[str, ...]
    servers: tuple[str, ...]
    operations: tuple[Operation, ...]
    gone: tuple[str, ...]
    schemas: dict[str, Body]

    @property
    def source(self) -> str:
        """The page's name in `x-provenance`."""
        return f"{self.edition}/{self.name}"


def read(folder: Path) -> list[Page]:
    """Read all pages below the folder of the evidence.

    Raises:
        EvidenceError: A file has an unknown key, or is not where its edition and page belong.
    """
    found = []
    for path in sorted(folder.glob("*/*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        if (path.parent.name, path.stem) != (content.get("edition"), content.get("page")):
            raise EvidenceError(f"{path.parent.name}/{path.name}: edition and page are not those of the path")
        found.append(parse(content))
    return found


def parse(content: dict[str, Any]) -> Page:
    """Turn the content of one file into a page.

    Raises:
        EvidenceError: There is an unknown key.
    """
    for what, value in _parts(content):
        unknown = value.keys() - KEYS[what]
        if unknown:
            place = f"{content['edition']}/{content['page']}"
            raise EvidenceError(f"{place}: unknown {', '.join(sorted(unknown))} in a {what}")
    return Page(
        edition=content["edition"],
        name=content["page"],
        tags=tuple(content.get("tags", ())),
        servers=tuple(server["url"] for server in content.get("servers", ())),
        operations=tuple(_operation(operation) for operation in content.get("operations", ())),
        gone=tuple(content.get("gone", ())),
        schemas={name: _body(schema) for name, schema in content.get("schemas", {}).items()},
    )


def _parts(content: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "page", content
    for operation in content.get("operations", ()):
        yield "operation", operation
        yield "request", operation.get("request", {})
        for response in operation.get("responses", {}).values():
            yield "response", response
    for schema in content.get("schemas", {}).values():
        yield "schema", schema


def _operation(content: dict[str, Any]) -> Operation:
    request = content.get("request", {})
    places = (("header", "headers"), ("path", "pathParams"), ("query", "queryParams"))
    return Operation(
        operation=content["operation"],
        tag=content["tag"],
        method=content["method"].lower(),
        path=content.get("path", ""),
        authorization=content.get("authorization", False),
        parameters=tuple((place, name) for place, key in places for name in request.get(key, ())),
        body_required=request.get("bodyRequired", False),
        request=_body(request),
        responses={status: _body(response) for status, response in content.get("responses", {}).items()},
    )


def _body(content: dict[str, Any]) -> Body:
    return Body(
        content_type=content.get("contentType", ""),
        schema=content.get("schema", ""),
        example=content.get("example", NOTHING),
        partial=content.get("partial", {}),
        fields=tuple(content.get("fields", ())),
    )
