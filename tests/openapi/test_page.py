"""The page is what the document makes of it."""

from __future__ import annotations

import difflib
from typing import Any

import pytest

from openapi import page, provenance, strict_yaml, tree
from openapi.page_text import name, table, type_of
from tests.openapi.conftest import HERE


def test_the_page_is_the_documents() -> None:
    committed = page.PAGE.read_text(encoding="utf-8")
    made = page.current()
    names = "docs/document.md", "made now"
    difference = difflib.unified_diff(committed.splitlines(), made.splitlines(), *names, lineterm="")
    assert committed == made, "run `nox -s docs`\n" + "\n".join(difference)


def make(originals: dict[str, Any]) -> str:
    editions = {edition: originals[edition] for edition in ("2025-05-16", "2026-02-25")}
    overlays = {
        path.name.partition(".")[0]: strict_yaml.read(path)
        for path in sorted((HERE / "editions").glob("*.yaml"))
    }
    return page.make(originals["document"], editions, overlays)


def test_everything_is_on_the_page(originals: dict[str, Any]) -> None:
    text = make(originals)
    document = originals["document"]
    for operation in tree.operations(document):
        assert f"### {operation}\n" in text
    for schema in document["components"]["schemas"]:
        assert f"### {schema}\n" in text
    for unknown in document["info"]["x-unknowns"]:
        assert f"| {unknown['name']} |" in text
    for node in provenance.elements(document):
        known = provenance.of(document, node.pointer)
        if known is not None and known.kind != "documented":
            assert " ".join(known.note.split()) in text
    assert "; no other fields |" in text


@pytest.mark.parametrize(
    ("pointer", "words"),
    [
        ("/info", "title and description"),
        ("/servers/0", "the server `https://test.your-api-server.com`"),
        ("/tags/1", "the tag `Access Token`"),
        ("/paths/~1api~1sms~1send-message~1v1", "the path `/api/sms/send-message/v1`"),
        ("/paths/~1api~1sms~1send-message~1v1/post", "`sendMessage`"),
        ("/paths/~1api~1sms~1send-message~1v1/post/requestBody", "`sendMessage`, body"),
        ("/paths/~1api~1sms~1send-message~1v1/post/responses/200", "`sendMessage`, answer 200"),
        (
            "/paths/~1api~1sms~1send-message~1v1/post/responses/200/links/status",
            "`sendMessage`, answer 200, link `status`",
        ),
        ("/webhooks/deliveryReceipt", "the webhook `deliveryReceipt`"),
        ("/components/schemas/SmsMessage/properties/text", "`SmsMessage.text`"),
        ("/components/schemas/SmsMessage/properties/destinations/items", "`SmsMessage.destinations[]`"),
        ("/components/parameters/Page", "the query parameter `page`"),
        ("/components/headers/Allow", "the header `Allow`"),
    ],
)
def test_places_have_names(pointer: str, words: str, document: dict[str, Any]) -> None:
    assert name(document, pointer) == words


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({}, "anything"),
        ({"type": "string", "format": "uuid"}, "string (uuid)"),
        ({"type": ["string", "null"]}, "string or null"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Weekday"}}, "list of [Weekday](#weekday)"),
        ({"oneOf": [{"type": "object"}, {"type": "array"}]}, "object or list of anything"),
    ],
)
def test_types_in_short(schema: dict[str, Any], words: str) -> None:
    assert type_of(schema) == words


def test_a_bar_does_not_break_a_table() -> None:
    assert table(["a"], [["x|y\nz"]]) == "| a |\n| --- |\n| x\\|y z |"
