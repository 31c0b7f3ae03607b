"""Requests that the document itself gives as examples, with ids of their own."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blackkonnect_contract.document import Document, Operation

__all__ = ["Sample", "further_parts", "sample", "sends"]

_ID = "messageId"
_BULK_ID = "bulkId"


@dataclass(frozen=True, slots=True)
class Sample:
    """A right request for an operation.

    Attributes:
        path: What stands for the names in its path, percent-encoded.
        query: Its query.
        body: Its body; none where it has none.
    """

    path: Mapping[str, str] = field(default_factory=dict)
    query: tuple[tuple[str, str], ...] = ()
    body: Any = None


def sends(operation: Operation) -> bool:
    """Tell whether an operation takes messages."""
    return operation.body is not None and operation.media_type == "application/json"


def sample(
    document: Document,
    operation: Operation,
    *,
    message_id: str,
    bulk_id: str,
    least: bool = True,
) -> Sample:
    """Make a request of the document's examples.

    Args:
        document: The document.
        operation: What to ask for.
        message_id: The id of the message that it sends or asks after.
        bulk_id: That of the bulk.
        least: Whether the shortest example is wanted, else the one with the most fields.
    """
    names = {name: bulk_id if "bulk" in name.lower() else message_id for name in operation.path_names}
    query = tuple(
        (name, message_id if name == _ID else str(_example(document, parameter)))
        for (place, name), parameter in operation.parameters.items()
        if place == "query" and parameter.get("required")
    )
    path = {name: quote(value, safe="") for name, value in names.items()}
    if not sends(operation):
        return Sample(path, query)
    examples = _examples(document, operation)
    body = copy.deepcopy(min(examples, key=_size) if least else max(examples, key=_size))
    if "messages" in body:
        body[_BULK_ID] = bulk_id
        # One destination alone, so that one id tells whether it was taken.
        body["messages"] = body["messages"][:1]
        body["messages"][0]["destinations"] = body["messages"][0]["destinations"][:1]
        body["messages"][0]["destinations"][0][_ID] = message_id
        body["messages"][0].pop("sendAt", None)
    else:
        body[_ID] = message_id
    return Sample(path, query, body)


def further_parts(document: Document, operation: Operation) -> list[tuple[str, str, str]]:
    """List what a request need not have: each query parameter and header with right values that differ.

    Args:
        document: The document.
        operation: The operation.

    Returns:
        For each where it is, its name and its value.
    """
    found: list[tuple[str, str, str]] = []
    for (place, name), parameter in operation.parameters.items():
        if place == "path" or parameter.get("required"):
            continue
        example = _example(document, parameter)
        values = {str(one) for one in (example if isinstance(example, list) else [example])}
        schema = parameter.get("schema", {})
        if schema.get("type") == "integer":
            values |= {str(schema.get("minimum", 0)), str(schema.get("minimum", 0) + 1)}
        found += [(place, name, value) for value in sorted(values)]
    return found


def _examples(document: Document, operation: Operation) -> list[Any]:
    held = operation.content["requestBody"]
    if "$ref" in held:
        _, held = document.resolved(held["$ref"].removeprefix("#"))
    found = []
    for example in held["content"][operation.media_type]["examples"].values():
        named = document.at(example["$ref"].removeprefix("#")) if "$ref" in example else example
        found.append(named["value"])
    return found


def _example(document: Document, parameter: Mapping[str, Any]) -> object:
    if "example" in parameter:
        return parameter["example"]
    schema = parameter.get("schema", {})
    if "$ref" in schema:
        _, schema = document.resolved(schema["$ref"].removeprefix("#"))
    return next(iter(schema.get("examples", schema.get("enum", ("x",)))))


def _size(value: object) -> int:
    return len(str(value))
