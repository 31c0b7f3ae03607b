"""The document as a tree of OpenAPI's objects, each at its JSON Pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

_SCHEMA = (
    ("properties", "map", "property"),
    ("patternProperties", "map", "subschema"),
    ("items", "one", "subschema"),
    ("prefixItems", "list", "subschema"),
    ("additionalProperties", "one", "subschema"),
    ("unevaluatedProperties", "one", "subschema"),
    ("allOf", "list", "subschema"),
    ("oneOf", "list", "subschema"),
    ("anyOf", "list", "subschema"),
    ("not", "one", "subschema"),
)
_PARAMETER = (
    ("schema", "one", "subschema"),
    ("examples", "map", "example"),
    ("content", "map", "media type"),
)

_CHILDREN: dict[str, tuple[tuple[str, str, str], ...]] = {
    "document": (
        ("info", "one", "info"),
        ("servers", "list", "server"),
        ("tags", "list", "tag"),
        ("paths", "map", "path"),
        ("webhooks", "map", "path"),
        ("components", "one", "components"),
    ),
    "components": (
        ("securitySchemes", "map", "security scheme"),
        ("headers", "map", "header"),
        ("responses", "map", "response"),
        ("parameters", "map", "parameter"),
        ("requestBodies", "map", "request body"),
        ("schemas", "map", "schema"),
        ("examples", "map", "example"),
        ("links", "map", "link"),
        ("pathItems", "map", "path"),
    ),
    "path": (("parameters", "list", "parameter"), *((method, "one", "operation") for method in METHODS)),
    "operation": (
        ("parameters", "list", "parameter"),
        ("requestBody", "one", "request body"),
        ("responses", "map", "response"),
        ("servers", "list", "server"),
    ),
    "parameter": _PARAMETER,
    "header": _PARAMETER,
    "request body": (("content", "map", "media type"),),
    "response": (
        ("headers", "map", "header"),
        ("content", "map", "media type"),
        ("links", "map", "link"),
    ),
    "media type": (("schema", "one", "subschema"), ("examples", "map", "example")),
    "schema": _SCHEMA,
    "property": _SCHEMA,
    "subschema": _SCHEMA,
}

SCHEMAS = frozenset({"schema", "property", "subschema"})

_SCHEMA_LEAVES = {
    *("$ref", "type", "enum", "const", "format", "pattern", "minLength", "maxLength", "multipleOf"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minItems", "maxItems", "uniqueItems"),
    *("minProperties", "maxProperties", "required", "dependentRequired", "title", "description", "default"),
    *("example", "examples", "deprecated", "readOnly", "writeOnly"),
}
_PARAMETER_LEAVES = {
    *("name", "in", "description", "required", "deprecated", "allowEmptyValue", "style", "explode"),
    *("allowReserved", "example"),
}
# What holds no object of the kinds above. Everything else is unknown, so that nothing escapes the rules.
_LEAVES: dict[str, set[str]] = {
    "document": {"openapi", "security"},
    "info": {"title", "summary", "description", "termsOfService", "contact", "license", "version"},
    "server": {"url", "description", "variables"},
    "tag": {"name", "description"},
    "path": {"summary", "description"},
    "operation": {"operationId", "summary", "description", "tags", "deprecated", "security"},
    "parameter": _PARAMETER_LEAVES,
    "header": _PARAMETER_LEAVES,
    "request body": {"description", "required"},
    "response": {"description"},
    "media type": {"example"},
    "example": {"summary", "description", "value", "externalValue"},
    "link": {"operationId", "operationRef", "parameters", "requestBody", "description"},
    "security scheme": {"type", "description", "name", "in", "scheme", "bearerFormat", "openIdConnectUrl"},
    "reference": {"$ref", "summary", "description"},
    "schema": _SCHEMA_LEAVES,
    "property": _SCHEMA_LEAVES,
    "subschema": _SCHEMA_LEAVES,
}


class Node(NamedTuple):
    """One object of the document.

    Attributes:
        pointer: Its JSON Pointer.
        what: What OpenAPI calls it; `reference` where only a `$ref` stands in its place.
        value: The object itself.
    """

    pointer: str
    what: str
    value: dict[str, Any]


def nodes(document: dict[str, Any], pointer: str = "", what: str = "document") -> Iterator[Node]:
    """Walk the document, or the part of it at a pointer, without following references.

    Args:
        document: The document.
        pointer: Where to begin.
        what: What stands there.

    Yields:
        The object at the pointer and all below it, parents first.
    """
    value = at(document, pointer)
    if not isinstance(value, dict):
        return
    if "$ref" in value and what not in SCHEMAS:
        yield Node(pointer, "reference", value)
        return
    yield Node(pointer, what, value)
    for key, container, child in _CHILDREN.get(what, ()):
        if key in value:
            for below in _below(value[key], join(pointer, key), container):
                yield from nodes(document, below, child)


def unwalked(document: dict[str, Any]) -> Iterator[tuple[Node, str]]:
    """Give every key that the walk knows neither as a way down nor as an end, with the object that has it."""
    for node in nodes(document):
        known = _LEAVES.get(node.what, set()).union(key for key, _, _ in _CHILDREN.get(node.what, ()))
        yield from ((node, key) for key in node.value if key not in known and not key.startswith("x-"))


def _below(inside: object, place: str, container: str) -> Iterator[str]:
    """Give the pointers of the objects that stand at a place, alone or in a map or a list."""
    if container == "one":
        yield place
    elif container == "map" and isinstance(inside, dict):
        yield from (join(place, name) for name, value in inside.items() if isinstance(value, dict))
    elif container == "list" and isinstance(inside, list):
        yield from (join(place, index) for index in range(len(inside)))


def join(pointer: str, *tokens: str | int) -> str:
    """Add tokens to a JSON Pointer."""
    return pointer + "".join(f"/{str(token).replace('~', '~0').replace('/', '~1')}" for token in tokens)


def tokens_of(pointer: str) -> list[str]:
    """Take a JSON Pointer apart."""
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


def at(value: Any, pointer: str) -> Any:  # noqa: ANN401 - JSON
    """Get what stands at a JSON Pointer.

    Raises:
        LookupError: Nothing stands there.
    """
    for token in tokens_of(pointer):
        if isinstance(value, list):
            if not token.isdigit():
                raise LookupError(f"{pointer}: {token!r} is no index of a list")
            value = value[int(token)]
        elif isinstance(value, dict):
            value = value[token]
        else:
            raise LookupError(f"{pointer}: nothing is below {value!r}")  # noqa: TRY004 - the pointer is wrong
    return value


def lineage(pointer: str) -> Iterator[str]:
    """Give a JSON Pointer and those of all its ancestors, nearest first."""
    while pointer:
        yield pointer
        pointer = pointer.rpartition("/")[0]
    yield ""


def target(document: dict[str, Any], pointer: str) -> str:
    """Follow the references that stand at a pointer to where the object itself stands."""
    seen = {pointer}
    value = at(document, pointer)
    while isinstance(value, dict) and "$ref" in value:
        pointer = value["$ref"].removeprefix("#")
        if pointer in seen:
            raise LookupError(f"{pointer}: refers to itself")
        seen.add(pointer)
        value = at(document, pointer)
    return pointer


def operations(document: dict[str, Any]) -> dict[str, str]:
    """Find the operations of the paths, by operationId, with the pointer of each."""
    return {
        item[method].get("operationId", join("/paths", path, method)): join("/paths", path, method)
        for path, item in document["paths"].items()
        for method in METHODS
        if method in item
    }
