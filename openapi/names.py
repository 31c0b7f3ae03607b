"""What the names in the document mean for the generated client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openapi_python_client.strings import PythonIdentifier

if TYPE_CHECKING:
    from collections.abc import Iterator

FORBIDDEN_PROPERTIES = {"additional_keys", "additional_properties", "cast", "from_dict", "to_dict"}
"""Names that the models use themselves, and that no small mend can move."""

FORBIDDEN_PARAMETERS = {
    "body",
    "cast",
    "cookies",
    "errors",
    "headers",
    "httpx",
    "kwargs",
    "params",
    "quote",
    "response",
}
"""Names that the functions of an operation use themselves."""


class NameClashError(ValueError):
    """A name of the document breaks the code that is generated from it."""


def check(document: dict[str, Any]) -> None:
    """Refuse the few names that would break the generated code.

    Raises:
        NameClashError: A property or a parameter has such a name.
    """
    for name, _ in _properties(document):
        if _in_python(name) in FORBIDDEN_PROPERTIES:
            raise NameClashError(f"the property {name!r} breaks the generated model")
    for name in _parameters(document):
        if _in_python(name) in FORBIDDEN_PARAMETERS:
            raise NameClashError(f"the parameter {name!r} breaks the generated function")


def sensitive(document: dict[str, Any]) -> set[str]:
    """Collect the names of properties whose values no repr may show.

    The document marks them with `x-sensitive: true`, `writeOnly: true` or `format: password`, on the property
    or on the schema that it refers to. A name that is sensitive in one schema is hidden in all.
    """
    return {name for name, schema in _properties(document) if _is_sensitive(document, schema)}


def _in_python(name: str) -> str:
    return PythonIdentifier(name, "field_")


def _is_sensitive(document: dict[str, Any], schema: object) -> bool:
    if not isinstance(schema, dict):
        return False
    if schema.get("format") == "password" or True in (schema.get("x-sensitive"), schema.get("writeOnly")):
        return True
    prefix, _, name = str(schema.get("$ref", "")).rpartition("/")
    return prefix == "#/components/schemas" and _is_sensitive(
        document, document["components"]["schemas"].get(name)
    )


def _properties(document: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for node in _mappings(document):
        properties = node.get("properties")
        if isinstance(properties, dict):
            yield from properties.items()


def _parameters(document: dict[str, Any]) -> Iterator[str]:
    for node in _mappings(document):
        if isinstance(node.get("name"), str) and "in" in node:
            yield node["name"]


def _mappings(node: object) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _mappings(child)
