"""Validation of values by the document's schemas, formats included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema_rs

from openapi import tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# What a value that was captured in part may still lack.
_WHOLENESS = {"required", "dependentRequired", "minItems", "minProperties", "minLength", "pattern", "format"}


def validator(document: dict[str, Any], pointer: str) -> jsonschema_rs.Draft202012Validator:
    """Compile the schema at a pointer.

    Args:
        document: The document that the schema's references are resolved in.
        pointer: Where the schema stands.

    Raises:
        ValueError: It is no schema, or a reference leads nowhere.
    """
    schema = {"allOf": [tree.at(document, pointer)]}
    schemas = document.get("components", {}).get("schemas", {})
    needed: dict[str, Any] = {}
    _collect(schema, schemas, needed)
    whole = {**schema, "components": {"schemas": needed}}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)


def _collect(value: object, schemas: dict[str, Any], needed: dict[str, Any]) -> None:
    """Collect the schemas that a value refers to; compiling all of them each time would take long."""
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for child in children:
        _collect(child, schemas, needed)
    name = str(value.get("$ref", "")).rpartition("/")[2] if isinstance(value, dict) else ""
    if name in schemas and name not in needed:
        needed[name] = schemas[name]
        _collect(schemas[name], schemas, needed)


def errors(
    document: dict[str, Any], pointer: str, value: object, partial: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Tell what is wrong with a value, by the schema at a pointer.

    Args:
        document: The document.
        pointer: Where the schema stands.
        value: The value.
        partial: The places of the value, as JSON Pointers, that are not whole; what they lack is not wrong.
    """
    for error in validator(document, pointer).iter_errors(value):
        place = tree.join("", *error.instance_path)
        if place not in (partial or {}) or error.schema_path[-1] not in _WHOLENESS:
            yield f"{place or '/'}: {error.message}"
