"""What the document must keep to, so that the generated client can cope with any gateway."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import blackkonnect_sms_api.models
import pytest

from openapi import generate, names, strict_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENT = strict_yaml.read(generate.DOCUMENT)
SCHEMAS = DOCUMENT["components"]["schemas"]
SAMPLES: dict[str, Any] = {
    "date-time": "2026-03-02T08:00:00+00:00",
    "uuid": "095be615-a8ad-4c33-8e9c-c7612fbf6c9f",
    "string": "text",
    "integer": 7,
    "number": 0.5,
    "boolean": True,
}


def resolve(node: Any) -> Any:
    while isinstance(node, dict) and "$ref" in node:
        target: Any = DOCUMENT
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        node = target
    return node


def reachable(
    node: Any, place: str, seen: frozenset[int] = frozenset()
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Walk through all schemas that a schema reaches."""
    node = resolve(node)
    if not isinstance(node, dict) or id(node) in seen:
        return
    seen |= {id(node)}
    yield place, node
    for name, child in node.get("properties", {}).items():
        yield from reachable(child, f"{place}.{name}", seen)
    for key in ("items", "additionalProperties"):
        yield from reachable(node.get(key), f"{place}.{key}", seen)
    for key in ("allOf", "anyOf", "oneOf"):
        for child in node.get(key, []):
            yield from reachable(child, f"{place}.{key}", seen)


def answers() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in DOCUMENT["paths"].items():
        for method, operation in item.items():
            if not isinstance(operation, dict) or "responses" not in operation:
                continue
            for status, response in operation["responses"].items():
                for media in resolve(response).get("content", {}).values():
                    yield from reachable(media["schema"], f"{method} {path} {status}")


ANSWERS = list(answers())


def test_there_is_something_to_look_at() -> None:
    assert len(ANSWERS) > 100


@pytest.mark.parametrize("keyword", ["enum", "const"])
def test_no_answer_breaks_on_a_value_that_the_vendor_adds(keyword: str) -> None:
    assert [place for place, schema in ANSWERS if keyword in schema] == []


def test_no_answer_breaks_on_a_field_that_is_missing() -> None:
    assert [place for place, schema in ANSWERS if schema.get("required")] == []


def test_no_answer_says_null() -> None:
    """Null reads as absent everywhere, so no type names it."""
    assert [
        place for place, schema in ANSWERS if "null" in schema.get("type", ()) or "nullable" in schema
    ] == []


def test_no_answer_is_a_union_with_a_scalar() -> None:
    """The generated unions tell objects from arrays, and don't look at scalars."""
    unions = [
        (place, part)
        for place, schema in ANSWERS
        for key in ("oneOf", "anyOf")
        for part in schema.get(key, [])
    ]
    assert unions
    assert [place for place, part in unions if resolve(part).get("type") not in {"object", "array"}] == []
    assert [place for place, schema in ANSWERS if isinstance(schema.get("type"), list)] == []


def test_only_formats_whose_reading_is_mended() -> None:
    formats = {schema["format"] for _, schema in ANSWERS if "format" in schema}
    assert formats <= {"date-time", "uuid", "int32", "int64", "uri-reference"}


def test_every_operation_describes_every_error() -> None:
    for item in DOCUMENT["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict) and "operationId" in operation:
                for status in ("4XX", "5XX"):
                    content = resolve(operation["responses"][status])["content"]
                    assert content["application/problem+json"]["schema"] == {
                        "$ref": "#/components/schemas/ProblemDetail"
                    }


def test_no_name_breaks_the_generated_code() -> None:
    names.check(DOCUMENT)


def test_secrets_and_texts_are_marked() -> None:
    assert names.sensitive(DOCUMENT) >= {"client_secret", "token", "text", "messageContent"}


# Every model ------------------------------------------------------------------------------------------


def sample(schema: Any) -> Any:
    """Write a value with every field set."""
    schema = resolve(schema)
    if schema.get("type") == "array":
        return [sample(schema["items"])]
    if schema.get("type") == "object":
        parts = [schema, *map(resolve, schema.get("allOf", []))]
        return {name: sample(child) for part in parts for name, child in part.get("properties", {}).items()}
    return SAMPLES.get(schema.get("format", ""), SAMPLES.get(schema.get("type", ""), {"any": ["thing"]}))


@pytest.mark.parametrize("name", [name for name, schema in SCHEMAS.items() if schema.get("type") == "object"])
def test_every_model_comes_back_as_it_went(name: str) -> None:
    by_name = {model.lower(): model for model in blackkonnect_sms_api.models.__all__}
    model = getattr(blackkonnect_sms_api.models, by_name[re.sub(r"[^a-z0-9]", "", name.lower())])
    wire = sample(SCHEMAS[name])
    read = model.from_dict(wire)
    assert wire
    assert read.to_dict() == wire
    assert read.additional_properties == {}
