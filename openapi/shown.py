"""What of the document the vendor's pages show."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from openapi import tree, validation, vendor
from openapi.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from openapi.vendor import Body, Operation, Page


class Showing(NamedTuple):
    """One page shows one place of the document.

    Attributes:
        pointer: The place.
        source: The page, as edition/page.
        rule: The constraint that the page shows there, or empty where it shows the place itself.
    """

    pointer: str
    source: str
    rule: str = ""


Seen = Showing | Finding
"""What a page shows: a place of the document, or something that the document lacks."""


def look(document: dict[str, Any], pages: Iterable[Page]) -> list[Seen]:
    """Lay the pages over the document, each fact and each field of each example."""
    return [seen for page in pages for seen in _page(document, page)]


def sources(seen: Iterable[Seen], rule: str = "") -> dict[str, AbstractSet[str]]:
    """Tell which pages show each place.

    The navigation counts only where no page of an operation or a schema shows the place: it names everything.

    Args:
        seen: What `look` gave.
        rule: Ask for this constraint of the places, not for the places themselves.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for one in seen:
        if isinstance(one, Showing) and one.rule == rule:
            found[one.pointer].add(one.source)
    proper = {
        pointer: {source for source in names if not source.endswith(f"/{vendor.NAVIGATION}")}
        for pointer, names in found.items()
    }
    return {pointer: proper[pointer] or names for pointer, names in found.items()}


def _page(document: dict[str, Any], page: Page) -> Iterator[Seen]:
    tags = [tag["name"] for tag in document.get("tags", ())]
    servers = [server["url"] for server in document.get("servers", ())]
    for key, shown, known in (("tags", page.tags, tags), ("servers", page.servers, servers)):
        for name in shown:
            if name in known:
                yield Showing(f"/{key}/{known.index(name)}", page.source)
            else:
                yield _missing(f"/{key}", page.source, f"{key[:-1]} {name}")
    for operation in page.operations:
        yield from _operation(document, page, operation)
    for name, body in page.schemas.items():
        if name in document["components"]["schemas"]:
            yield from _body(document, page.source, f"/components/schemas/{name}", body)
        else:
            yield _missing("/components/schemas", page.source, f"schema {name}")


def _operation(document: dict[str, Any], page: Page, operation: Operation) -> Iterator[Seen]:
    pointer = tree.operations(document).get(operation.operation, "")
    if not pointer:
        yield _missing("/paths", page.source, f"operation {operation.operation}")
        return
    yield Showing(pointer, page.source)
    _, path, method = tree.tokens_of(pointer)
    value = tree.at(document, pointer)
    if method != operation.method:
        yield _missing(pointer, page.source, f"method {operation.method}")
    if operation.tag not in value.get("tags", ()):
        yield _missing(pointer, page.source, f"tag {operation.tag}")
    if operation.path == path:
        yield Showing(pointer.rpartition("/")[0], page.source)
    elif operation.path:
        yield _missing(pointer, page.source, f"path {operation.path}")
    yield from _parameters(document, page, operation, pointer)
    yield from _request(document, page, operation, pointer)
    for status, body in operation.responses.items():
        if status in value["responses"]:
            place = tree.target(document, tree.join(pointer, "responses", status))
            yield Showing(place, page.source)
            yield from _content(document, page.source, place, body)
        else:
            yield _missing(tree.join(pointer, "responses"), page.source, f"status {status}")


def _parameters(document: dict[str, Any], page: Page, operation: Operation, pointer: str) -> Iterator[Seen]:
    known = {}
    for holder in (pointer.rpartition("/")[0], pointer):
        for index in range(len(tree.at(document, holder).get("parameters", ()))):
            place = tree.target(document, tree.join(holder, "parameters", index))
            value = tree.at(document, place)
            known[value["in"], value["name"]] = place
    for where, name in operation.parameters:
        if (where, name) in known:
            yield Showing(known[where, name], page.source)
        else:
            yield _missing(tree.join(pointer, "parameters"), page.source, f"{where} parameter {name}")


def _request(document: dict[str, Any], page: Page, operation: Operation, pointer: str) -> Iterator[Seen]:
    if not operation.body_required and not operation.request.content_type:
        return
    if "requestBody" not in tree.at(document, pointer):
        yield _missing(pointer, page.source, "request body")
        return
    place = tree.target(document, tree.join(pointer, "requestBody"))
    yield Showing(place, page.source)
    if operation.body_required:
        yield Showing(place, page.source, "required")
    yield from _content(document, page.source, place, operation.request)


def _content(document: dict[str, Any], source: str, pointer: str, body: Body) -> Iterator[Seen]:
    if not body.content_type:
        return
    if body.content_type not in tree.at(document, pointer).get("content", {}):
        yield _missing(pointer, source, f"media type {body.content_type}")
        return
    place = tree.join(pointer, "content", body.content_type)
    yield Showing(place, source)
    schema = tree.join(place, "schema")
    if body.schema and tree.at(document, schema).get("$ref") != f"#/components/schemas/{body.schema}":
        yield _missing(schema, source, f"schema {body.schema}")
    yield from _body(document, source, schema, body)


def _body(document: dict[str, Any], source: str, schema: str, body: Body) -> Iterator[Seen]:
    if body.example is not vendor.NOTHING:
        for error in validation.errors(document, schema, body.example, body.partial):
            yield Finding("invalid vendor example", schema, f"{source} shows {error}")
        yield from _value(document, source, schema, body.example)
    elif tree.tokens_of(schema)[:2] == ["components", "schemas"]:
        yield Showing(schema, source)
    if body.fields:
        yield from _value(document, source, schema, dict.fromkeys(body.fields, vendor.NOTHING))


def _value(document: dict[str, Any], source: str, schema: str, value: object) -> Iterator[Seen]:
    """Follow a value, and each field of it, into the schemas that apply to it."""
    places = list(_applying(document, schema, value))
    yield from (Showing(place, source) for place in places)
    if isinstance(value, dict):
        for name, field in value.items():
            having = (place for place in places if name in tree.at(document, place).get("properties", {}))
            fields = [tree.join(place, "properties", name) for place in having]
            if not fields:
                yield _missing(schema, source, f"field {name}")
            for place in fields:
                yield from _value(document, source, place, field)
    elif isinstance(value, list):
        for place in places:
            if "items" in tree.at(document, place):
                for item in value:
                    yield from _value(document, source, tree.join(place, "items"), item)


def _applying(document: dict[str, Any], pointer: str, value: object) -> Iterator[str]:
    """Give the schema at a pointer, and those that it refers to, for this value."""
    schema = tree.at(document, pointer)
    yield pointer
    if "$ref" in schema:
        yield from _applying(document, schema["$ref"].removeprefix("#"), value)
    for index in range(len(schema.get("allOf", ()))):
        yield from _applying(document, tree.join(pointer, "allOf", index), value)
    for key in ("oneOf", "anyOf"):
        for index in range(len(schema.get(key, ()))):
            branch = tree.join(pointer, key, index)
            if value is vendor.NOTHING or validation.validator(document, branch).is_valid(value):
                yield from _applying(document, branch, value)


def _missing(pointer: str, source: str, what: str) -> Finding:
    return Finding("missing", pointer, f"{source} shows the {what}")
