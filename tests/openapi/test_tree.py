"""The walk through the document misses nothing: a key that it does not know is found."""

from __future__ import annotations

from typing import Any

import pytest

from openapi import provenance_checks, tree
from openapi.findings import Finding
from tests.openapi.spoiling import SCHEMAS, SEND


def test_the_walk_knows_every_key(document: dict[str, Any], edition: dict[str, Any]) -> None:
    assert list(tree.unwalked(document)) == []
    assert list(tree.unwalked(edition)) == []


@pytest.mark.parametrize("pointer", [f"{SCHEMAS}/SmsMessage", f"{SCHEMAS}/SmsMessage/properties/text"])
@pytest.mark.parametrize(
    ("key", "value"),
    [
        *((key, {"type": "string"}) for key in ("contains", "if", "then", "else", "propertyNames")),
        *((key, {"type": "string"}) for key in ("unevaluatedItems", "contentSchema")),
        *((key, {"a": {"type": "string"}}) for key in ("$defs", "definitions", "dependentSchemas")),
    ],
)
def test_a_key_of_a_schema_that_the_walk_does_not_know_is_found(
    pointer: str, key: str, value: object, document: dict[str, Any]
) -> None:
    tree.at(document, pointer)[key] = value
    what = "property" if "properties" in pointer else "schema"
    found = Finding("unknown key", pointer, f"the walk does not know {key} of the {what}")
    assert found in provenance_checks.check_kinds(document)


@pytest.mark.parametrize(
    ("pointer", "key"),
    [
        ("/components", "callbacks"),
        (SEND, "callbacks"),
        (SEND.rpartition("/")[0], "servers"),
        (f"{SEND}/requestBody/content/application~1json", "encoding"),
    ],
)
def test_a_key_of_another_object_that_the_walk_does_not_know_is_found(
    pointer: str, key: str, document: dict[str, Any]
) -> None:
    tree.at(document, pointer)[key] = {}
    assert (pointer, key) in [(node.pointer, found) for node, found in tree.unwalked(document)]


def test_what_stands_beside_a_reference_is_found(document: dict[str, Any]) -> None:
    document["components"]["headers"]["Age"] = {"$ref": "#/components/headers/Other", "schema": {}}
    found = [(node.pointer, key) for node, key in tree.unwalked(document)]
    assert found == [("/components/headers/Age", "schema")]


@pytest.mark.parametrize("key", ["items", "additionalProperties", "unevaluatedProperties", "not"])
def test_the_walk_goes_into_a_schema(key: str, document: dict[str, Any]) -> None:
    text = tree.at(document, f"{SCHEMAS}/SmsMessage/properties/text")
    text[key] = {"properties": {"odd": {"type": "string"}}}
    pointer = f"{SCHEMAS}/SmsMessage/properties/text/{key}/properties/odd"
    assert (pointer, "property") in [(node.pointer, node.what) for node in tree.nodes(document)]
