"""The house rules of examples: there are some everywhere, they are valid, and they read like real life."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from openapi import tree, validation
from openapi.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACEHOLDERS = frozenset({"string", "foo", "bar", "test", "example", "lorem ipsum"})


class Example(NamedTuple):
    """One example.

    Attributes:
        pointer: Where its value stands.
        schema: Where the schema stands that it is an example of.
        value: The value.
    """

    pointer: str
    schema: str
    value: Any


def presence(document: dict[str, Any]) -> Iterator[Finding]:
    """Every body, every parameter and every header has an example."""
    for node in tree.nodes(document):
        if node.what == "media type" and not node.value.get("examples"):
            yield Finding("no example", node.pointer, "the media type has no examples")
        elif node.what in {"parameter", "header"} and not {"example", "examples"} & node.value.keys():
            yield Finding("no example", node.pointer, f"the {node.what} has no example")


def validity(document: dict[str, Any]) -> Iterator[Finding]:
    """Every example is valid under the schema that it stands beside."""
    for example in examples(document):
        for error in validation.errors(document, example.schema, example.value):
            yield Finding("invalid example", example.pointer, f"by {example.schema}: {error}")


def placeholders(document: dict[str, Any]) -> Iterator[Finding]:
    """No example is a placeholder."""
    for example in examples(document):
        for text in _texts(example.value):
            if text.strip().lower() in PLACEHOLDERS:
                yield Finding("placeholder", example.pointer, f"{text!r} is a placeholder")


def examples(document: dict[str, Any]) -> Iterator[Example]:
    """Give every example of the document with its schema."""
    for node in tree.nodes(document):
        if node.what in {"media type", "parameter", "header"}:
            schema = tree.join(node.pointer, "schema")
            if "example" in node.value:
                yield Example(tree.join(node.pointer, "example"), schema, node.value["example"])
            for name in node.value.get("examples", {}):
                place = tree.target(document, tree.join(node.pointer, "examples", name))
                yield Example(tree.join(place, "value"), schema, tree.at(document, place)["value"])
        elif node.what in tree.SCHEMAS:
            for index, value in enumerate(node.value.get("examples", ())):
                yield Example(tree.join(node.pointer, "examples", index), node.pointer, value)


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for child in value.values() if isinstance(value, dict) else value:
            yield from _texts(child)
