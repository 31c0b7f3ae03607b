"""The document and its editions keep to the house rules; and each rule finds what it is there for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator

from openapi import house_rules, strict_yaml, tree
from tests.openapi.conftest import HERE
from tests.openapi.spoiling import SCHEMAS, SEND, STATUS

OPERATIONS = {
    "retrieveAccessToken",
    "sendMessage",
    "sendBulkMessages",
    "getMessageStatus",
    "getBulkMessageStatus",
    "handleDeliveryReceipt",
}
WEBHOOK = "receiveDeliveryReceipt"
FILES = sorted(HERE.glob("*.yaml")) + sorted(HERE.glob("editions/*.yaml"))


def test_the_document_keeps_to_the_house_rules(document: dict[str, Any]) -> None:
    assert house_rules.check(document) == []


def test_an_edition_keeps_to_the_house_rules(edition: dict[str, Any]) -> None:
    assert house_rules.check(edition) == []


def test_the_document_is_openapi(document: dict[str, Any]) -> None:
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_an_edition_is_openapi(edition: dict[str, Any]) -> None:
    assert list(OpenAPIV31SpecValidator(edition).iter_errors()) == []


def test_the_operations_are_those_of_the_navigation(originals: dict[str, Any]) -> None:
    assert set(tree.operations(originals["document"])) == OPERATIONS
    assert set(tree.operations(originals["2025-05-16"])) == OPERATIONS
    assert set(tree.operations(originals["2026-02-25"])) == OPERATIONS - {"handleDeliveryReceipt"}
    for document in originals.values():
        assert [one["get"]["operationId"] for one in document["webhooks"].values()] == [WEBHOOK]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_reader_of_yaml_reads_the_same(path: Path) -> None:
    """A plain loader gives what the strict one gives: no dates, no octal numbers, no key twice."""
    plain = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert plain == strict_yaml.read(path)
    assert not any(isinstance(leaf, date) for leaf in leaves(plain))


def leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for child in value.values() for leaf in leaves(child)]
    if isinstance(value, list):
        return [leaf for child in value for leaf in leaves(child)]
    return [value]


# The tests of the tests ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "pointer", "key", "value"),
    [
        ("reference", f"{SCHEMAS}/SmsMessage/properties/deliveryTimeWindow", "$ref", f"#{SCHEMAS}/Gone"),
        ("reference", f"{SEND}/parameters/0", "$ref", "other.yaml#/a"),
        ("reference", f"{SCHEMAS}/Weekday", "$ref", f"#{SCHEMAS}/Weekday"),
        ("summary", SEND, "summary", "Send messages to many destinations"),
        ("summary", SEND, "summary", ""),
        ("summary", SEND, "operationId", "sendBulkMessages"),
        ("description", SEND, "description", ""),
        ("description", "/tags/0", "description", "Tag"),
        ("description", f"{SCHEMAS}/SmsMessage/properties/text", "description", "The text."),
        ("description", f"{SCHEMAS}/SmsMessage/properties/text", "description", "What the phones show"),
        ("description", f"{SCHEMAS}/Weekday", "description", "TODO: say what it is."),
        ("description", "/components/parameters/Page", "description", None),
        ("description", "/components/headers/Allow", "description", None),
        ("description", f"{SEND}/responses/200", "description", "OK"),
        ("description", f"{SEND}/responses/200/links/status", "description", None),
        ("no example", f"{SEND}/requestBody/content/application~1json", "examples", None),
        ("no example", "/components/parameters/Page", "example", None),
        ("no example", "/components/headers/Allow", "example", None),
        ("invalid example", "/components/examples/leastMessage/value", "text", 7),
        ("invalid example", "/components/parameters/Page", "example", "first"),
        ("invalid example", "/components/examples/delivered/value", "deliveryTimestamp", "2026-03-02 08:00"),
        ("invalid example", f"{SCHEMAS}/SmsMessage/properties/sendAt", "examples", ["tomorrow"]),
        ("placeholder", "/components/examples/leastMessage/value", "text", "string"),
        ("placeholder", "/components/parameters/CorrelationId", "example", "string"),
        ("integer", f"{SCHEMAS}/DeliveryTime/properties/hour", "format", None),
        ("integer", f"{SCHEMAS}/DeliveryTime/properties/hour", "format", "int16"),
        ("integer", f"{SCHEMAS}/DeliveryTime/properties/hour", "maximum", 2**31),
        ("integer", f"{SCHEMAS}/DeliveryTime/properties/hour", "minimum", None),
        ("integer", "/components/parameters/Page/schema", "maximum", None),
        (
            "problem",
            "/components/responses/NotFound/content",
            "text/html",
            {"schema": {}, "examples": {"a": {"value": 1}}},
        ),
        ("problem", f"{SEND}/responses/500", "content", None),
        ("link", f"{SEND}/responses/200/links/status", "operationId", "getStatus"),
        ("link", f"{SEND}/responses/200/links/status", "parameters", {"id": "$response.body#/correlationId"}),
        ("open answer", f"{SCHEMAS}/DeliveryStatus", "enum", ["QUEUED"]),
        ("open answer", f"{SCHEMAS}/ProblemDetail/properties/title", "const", "Bad Request"),
        ("open answer", "/components/headers/Allow/schema", "enum", ["POST"]),
        ("ranges", STATUS, "responses", {}),
        ("unused", SCHEMAS, "Odd", {"type": "string", "description": "Nothing has it.", "examples": ["a"]}),
        (
            "unused",
            "/components/securitySchemes",
            "other",
            {"type": "http", "description": "Nothing has it."},
        ),
    ],
)
def test_a_planted_defect_of_the_document_is_found(
    rule: str, pointer: str, key: str, value: object, document: dict[str, Any]
) -> None:
    place = tree.at(document, pointer)
    if value is None:
        del place[key]
    else:
        place[key] = value
    assert rule in {one.rule for one in house_rules.check(document)}


@pytest.mark.parametrize("status", ["4XX", "5xx", "default"])
def test_an_edition_that_promises_a_range_is_found(status: str, edition: dict[str, Any]) -> None:
    responses = tree.at(edition, f"{SEND}/responses")
    responses[status] = responses["500"]
    assert {one.rule for one in house_rules.check(edition)} >= {"ranges"}


def test_an_example_that_an_edition_refuses_is_found(edition: dict[str, Any]) -> None:
    edition["components"]["examples"]["leastBulk"]["value"]["messages"] = []
    assert {one.rule for one in house_rules.check(edition)} == {"invalid example"}


@pytest.mark.parametrize(
    ("pointer", "key"),
    [("/info", "title"), ("/components/responses/NotFound", "description"), (STATUS, "parameters")],
)
def test_what_is_not_openapi_is_found(pointer: str, key: str, document: dict[str, Any]) -> None:
    del tree.at(document, pointer)[key]
    assert list(OpenAPIV31SpecValidator(document).iter_errors())


@pytest.mark.parametrize("text", ["a: 2026-03-02", "a: 1\na: 2", "a: yes", "a: 010", "a: 12:30"])
def test_yaml_that_readers_read_differently_is_found(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(strict_yaml.AmbiguousYAMLError):
        strict_yaml.read(path)
