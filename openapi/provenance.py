"""Where every element of the document comes from, as it says itself.

`x-provenance: {kind, source, note, rules}`: kind, source and note hold for the object that carries them and
for all below it, down to the next that has a kind of its own; of a reference, its target counts.
`rules` is of the same form, says the same of constraints, and is inherited on its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from openapi import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openapi.tree import Node

KINDS = ("documented", "inferred", "convention")
KEYWORD = "x-provenance"

_SCHEMA_CONSTRAINTS = (
    *(
        "format",
        "pattern",
        "minLength",
        "maxLength",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
    ),
    *("multipleOf", "minItems", "maxItems", "uniqueItems", "minContains", "maxContains", "minProperties"),
    *(
        "maxProperties",
        "required",
        "dependentRequired",
        "dependentSchemas",
        "enum",
        "const",
        "x-extensible-enum",
    ),
    *("x-final-statuses", "additionalProperties", "unevaluatedProperties", "propertyNames", "not", "default"),
)
_OPEN = {"additionalProperties", "unevaluatedProperties"}
_NO_ELEMENTS = {"document", "components", "reference"}


class Provenance(NamedTuple):
    """Where something comes from.

    Attributes:
        kind: `documented`, `inferred` or `convention`.
        sources: The pages that show it, as edition/page.
        note: Why, or what to mind.
        pointer: The object that says so.
    """

    kind: str
    sources: frozenset[str]
    note: str
    pointer: str


def elements(document: dict[str, Any]) -> Iterator[Node]:
    """Give all that needs a provenance: all objects but references and schemas without a name or a kind."""
    for node in tree.nodes(document):
        named = node.what not in _NO_ELEMENTS and node.what != "subschema"
        if named or (node.what == "subschema" and "kind" in node.value.get(KEYWORD, {})):
            yield node


def of(document: dict[str, Any], pointer: str) -> Provenance | None:
    """Find the provenance of the element at a pointer."""
    return _nearest(document, pointer, lambda block: block)


def rules_of(document: dict[str, Any], pointer: str) -> Provenance | None:
    """Find the provenance of the constraints at a pointer."""
    return _nearest(document, pointer, lambda block: block.get("rules", {}))


def constraints(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Give every constraint: the pointer of the object that carries it, and the keyword."""
    for node in tree.nodes(document):
        keys = _SCHEMA_CONSTRAINTS if node.what in tree.SCHEMAS else ("required",)
        yield from ((node.pointer, key) for key in keys if _constrains(node, key))


def _nearest(document: dict[str, Any], pointer: str, part: Any) -> Provenance | None:  # noqa: ANN401
    for place in tree.lineage(pointer):
        value = tree.at(document, place)
        block = part(value.get(KEYWORD, {})) if isinstance(value, dict) else {}
        if "kind" in block:
            return Provenance(block["kind"], frozenset(block.get("source", ())), block.get("note", ""), place)
    return None


def _constrains(node: Node, key: str) -> bool:
    if node.what in tree.SCHEMAS:
        return key in node.value and not (key in _OPEN and node.value[key] is True)
    if node.what == "request body":
        return key in node.value
    # OpenAPI itself requires the parameters of a path.
    return (
        node.what in {"parameter", "header"} and node.value.get("in") != "path" and bool(node.value.get(key))
    )
