"""Whatever an edition allows, the document allows."""

from __future__ import annotations

import copy
import reprlib
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from openapi import counterparts, tree, validation
from tests.openapi import strategies
from tests.openapi.spoiling import BULK_STATUS, SCHEMAS, SEND

pytestmark = pytest.mark.slow

EXAMPLES = 60


class WiderError(Exception):
    """A value was found that the edition allows and the document does not."""


def check(edition: dict[str, Any], document: dict[str, Any], pair: counterparts.Pair, examples: int) -> None:
    """Make values of the edition's schema until the document refuses one."""
    validator = validation.validator(document, pair.document)
    made = strategies.values(edition, pair.edition)

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def look(data: st.DataObject) -> None:
        value = data.draw(made)
        if not validator.is_valid(value):
            raise WiderError(f"{pair.name}: {reprlib.repr(value)}")

    look()


def test_an_edition_has_nothing_that_the_document_has_no_place_for(
    edition: dict[str, Any], document: dict[str, Any]
) -> None:
    pairs, found = counterparts.compare(edition, document)
    assert found == []
    assert {"sendMessage, body", "sendBulkMessages, body", "sendBulkMessages, answer 200"} <= {
        one.name for one in pairs
    }
    assert any("parameter" in pair.name for pair in pairs)


def test_every_value_of_an_edition_is_a_value_of_the_document(
    edition: dict[str, Any], document: dict[str, Any]
) -> None:
    for pair in counterparts.compare(edition, document)[0]:
        check(edition, document, pair, EXAMPLES)


@pytest.mark.parametrize(
    ("pointer", "schema", "name"),
    [
        ("SmsMessage/properties/priority", {"type": "integer", "maximum": 2**40}, "sendBulkMessages, body"),
        ("SmsMessage/properties/text", {"type": ["string", "null"]}, "sendBulkMessages, body"),
        ("ItemPagination/properties/pageSize", {"type": "number"}, "sendMessage, answer 200"),
        (
            "GatewayMessageDeliveryStatus/properties/uuid",
            {"type": "string", "format": "uri-reference"},
            "getMessageStatus, answer 200",
        ),
        ("GatewayMessageDeliveryStatus/properties/deliveryTimestamp", {}, "getMessageStatus, answer 200"),
        ("DeliveryWindow/properties/days", {"type": "array", "items": {}}, "sendBulkMessages, body"),
        (
            "SimpleSmsMessageRequest/properties/destination",
            {"$ref": "#/components/schemas/DeliveryTime"},
            "sendMessage, body",
        ),
        ("DeliveryStatus", {"enum": ["QUEUED", 1]}, "getMessageStatus, answer 200"),
    ],
)
def test_a_wider_schema_is_caught(
    pointer: str, schema: dict[str, Any], name: str, edition_2026: dict[str, Any], document: dict[str, Any]
) -> None:
    place = tree.at(edition_2026, f"/components/schemas/{pointer}")
    place.clear()
    place.update(schema)
    pairs, _ = counterparts.compare(edition_2026, document)
    pair = next(pair for pair in pairs if pair.name == name)
    with pytest.raises(WiderError):
        check(edition_2026, document, pair, 200)


@pytest.mark.parametrize(
    ("pointer", "key", "bound"),
    [
        ("SmsMessage/properties/text", "maxLength", 5_000),
        ("SmsMessage/properties/text", "maxLength", 39_014),
        ("SmsMessage/properties/text", "minLength", 2),
        ("SmsMessage/properties/callbackData", "maxLength", 3_999),
        ("SmsMessage/properties/destinations", "maxItems", 100),
        ("SmsMessage/properties/destinations", "maxItems", 9_999),
        ("SmsMessage/properties/destinations", "minItems", 2),
        ("BulkSmsMessageRequest/properties/messages", "maxItems", 999),
        ("DeliveryWindow/properties/days", "maxItems", 6),
    ],
)
def test_an_edition_that_is_wider_by_a_length_or_a_count_is_caught(
    pointer: str, key: str, bound: int, edition_2026: dict[str, Any], document: dict[str, Any]
) -> None:
    tree.at(document, f"{SCHEMAS}/{pointer}")[key] = bound
    pairs, _ = counterparts.compare(edition_2026, document)
    pair = next(pair for pair in pairs if pair.name == "sendBulkMessages, body")
    # With no more examples than the real test has, or else it would prove nothing of that.
    with pytest.raises(WiderError):
        check(edition_2026, document, pair, EXAMPLES)


@pytest.mark.parametrize(
    ("pointer", "change", "message"),
    [
        (
            f"{SEND}/responses",
            {"418": {"description": "Tea."}},
            "the document has no answer 418 of sendMessage",
        ),
        (
            f"{SEND}/requestBody/content",
            {"text/plain": {"schema": {}}},
            "the document has no text/plain of sendMessage, body",
        ),
        (f"{SEND}/requestBody", {"required": False}, "the document requires the body of sendMessage"),
        (
            "/components/parameters/Page",
            {"name": "number"},
            "the document has no query parameter number of getBulkMessageStatus",
        ),
        (BULK_STATUS, {"requestBody": {"content": {}}}, "the document has no body of getBulkMessageStatus"),
        (
            "/components/responses/NotFound",
            {"headers": {"Age": {"schema": {}}}},
            "the document has no header Age of getMessageStatus, answer 404",
        ),
        ("/paths", {"/more": {"get": {"operationId": "more", "responses": {}}}}, "the document has no more"),
    ],
)
def test_a_place_that_the_document_lacks_is_caught(
    pointer: str,
    change: dict[str, Any],
    message: str,
    edition_2026: dict[str, Any],
    document: dict[str, Any],
) -> None:
    tree.at(edition_2026, pointer).update(change)
    _, found = counterparts.compare(edition_2026, document)
    assert message in [one.message for one in found]


def test_a_parameter_that_the_document_requires_must_be_required(
    edition_2025: dict[str, Any], document: dict[str, Any]
) -> None:
    edition_2025["components"]["parameters"]["ReceiptMessageId"]["required"] = False
    _, found = counterparts.compare(edition_2025, document)
    assert "the document requires the query parameter messageId" in [one.message for one in found]


def test_equal_documents_have_no_pair_to_look_at(document: dict[str, Any]) -> None:
    assert counterparts.compare(copy.deepcopy(document), document) == ([], [])


def test_a_keyword_without_a_strategy_is_an_error(document: dict[str, Any]) -> None:
    document["components"]["schemas"]["ProblemError"]["minProperties"] = 1
    with pytest.raises(NotImplementedError, match="minProperties"):
        strategies.values(document, "/components/schemas/ProblemError")
