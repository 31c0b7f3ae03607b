"""Each place where an edition's document allows values, beside the same place of the document.

Whatever an edition allows, the document must allow. What can be seen without values is found here; the values
of each pair of schemas are for a property-based test.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from openapi import tree
from openapi.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator


class Pair(NamedTuple):
    """Two schemas for the same values.

    Attributes:
        name: What the values are, for a reader.
        edition: Where the schema stands in the edition's document.
        document: Where it stands in the document.
    """

    name: str
    edition: str
    document: str


def compare(edition: dict[str, Any], document: dict[str, Any]) -> tuple[list[Pair], list[Finding]]:
    """Lay an edition's document beside the document.

    Args:
        edition: The edition's document.
        document: The document.

    Returns:
        The pairs of schemas, each combination of two different ones once; and what the edition allows that
        the document has no place for.
    """
    pairs: list[Pair] = []
    found: list[Finding] = []
    for one in _exchanges(edition, document):
        (pairs if isinstance(one, Pair) else found).append(one)  # type: ignore[arg-type]
    different = {
        (_whole(edition, pair.edition), _whole(document, pair.document)): pair for pair in reversed(pairs)
    }
    return [pair for (one, other), pair in reversed(different.items()) if one != other], found


def _exchanges(edition: dict[str, Any], document: dict[str, Any]) -> Iterator[Pair | Finding]:
    for node in tree.nodes(edition):
        if node.what != "operation":
            continue
        name = node.value.get("operationId", node.pointer)
        try:
            counterpart = tree.at(document, node.pointer)
        except LookupError:
            yield Finding("wider", node.pointer, f"the document has no {name}")
            continue
        yield from _parameters(edition, document, node.pointer, name)
        yield from _request(edition, document, node.pointer, name)
        for status in node.value["responses"]:
            place = tree.join(node.pointer, "responses", status)
            if status not in counterpart["responses"]:
                yield Finding("wider", place, f"the document has no answer {status} of {name}")
                continue
            sides = tree.target(edition, place), tree.target(document, place)
            yield from _content(edition, document, *sides, f"{name}, answer {status}")
            yield from _headers(edition, document, *sides, f"{name}, answer {status}")


def _parameters(
    edition: dict[str, Any], document: dict[str, Any], pointer: str, name: str
) -> Iterator[Pair | Finding]:
    own, other = (
        {
            (tree.at(side, place)["in"], tree.at(side, place)["name"]): place
            for index in range(len(tree.at(side, pointer).get("parameters", ())))
            for place in [tree.target(side, tree.join(pointer, "parameters", index))]
        }
        for side in (edition, document)
    )
    for key, place in own.items():
        if key in other:
            schemas = tree.join(place, "schema"), tree.join(other[key], "schema")
            yield Pair(f"{name}, {key[0]} parameter {key[1]}", *schemas)
        else:
            yield Finding("wider", place, f"the document has no {key[0]} parameter {key[1]} of {name}")
    for key, place in other.items():
        needed = key in own and tree.at(edition, own[key]).get("required")
        if tree.at(document, place).get("required") and not needed:
            yield Finding("wider", pointer, f"the document requires the {key[0]} parameter {key[1]}")


def _request(
    edition: dict[str, Any], document: dict[str, Any], pointer: str, name: str
) -> Iterator[Pair | Finding]:
    has, had = ("requestBody" in tree.at(side, pointer) for side in (edition, document))
    place = tree.join(pointer, "requestBody")
    if has and not had:
        yield Finding("wider", place, f"the document has no body of {name}")
    if not had:
        return
    other = tree.target(document, place)
    own = tree.target(edition, place) if has else ""
    if tree.at(document, other).get("required") and not (has and tree.at(edition, own).get("required")):
        yield Finding("wider", place, f"the document requires the body of {name}")
    if has:
        yield from _content(edition, document, own, other, f"{name}, body")


def _content(
    edition: dict[str, Any], document: dict[str, Any], own: str, other: str, name: str
) -> Iterator[Pair | Finding]:
    for media_type in tree.at(edition, own).get("content", {}):
        if media_type in tree.at(document, other).get("content", {}):
            yield Pair(name, *(tree.join(side, "content", media_type, "schema") for side in (own, other)))
        else:
            yield Finding("wider", own, f"the document has no {media_type} of {name}")


def _headers(
    edition: dict[str, Any], document: dict[str, Any], own: str, other: str, name: str
) -> Iterator[Pair | Finding]:
    has, had = tree.at(edition, own).get("headers", {}), tree.at(document, other).get("headers", {})
    for header in has:
        if header in had:
            places = (
                tree.target(side, tree.join(place, "headers", header))
                for side, place in ((edition, own), (document, other))
            )
            yield Pair(f"{name}, header {header}", *(tree.join(place, "schema") for place in places))
        else:
            yield Finding("wider", own, f"the document has no header {header} of {name}")
    for header in had:
        place = tree.target(document, tree.join(other, "headers", header))
        if tree.at(document, place).get("required") and header not in has:
            yield Finding("wider", own, f"the document requires the header {header} of {name}")


def _whole(document: dict[str, Any], pointer: str) -> str:
    """Write a schema with all that it refers to, without words, so that two can be compared."""
    return json.dumps(_resolved(document, tree.at(document, pointer)), sort_keys=True)


def _resolved(document: dict[str, Any], schema: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(schema, list):
        return [_resolved(document, one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    words = {"description", "examples"}
    whole = {
        key: _resolved(document, value)
        for key, value in schema.items()
        if not (key in words and not isinstance(value, dict)) and not key.startswith("x-")
    }
    if "$ref" in whole:
        whole["$ref"] = _resolved(document, tree.at(document, schema["$ref"].removeprefix("#")))
    return whole
