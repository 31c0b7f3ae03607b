"""The document layer finds nothing in the editions, and each of these spoilt places."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
from blackkonnect_contract.document import Document, document, editions
from blackkonnect_contract.emulated import opened
from blackkonnect_contract.layers import document as layer
from blackkonnect_contract.record import Record
from blackkonnect_contract.run import Run

if TYPE_CHECKING:
    from collections.abc import Callable

LATEST = "2026-02-25"


@pytest.mark.parametrize("edition", editions())
def test_an_edition_passes_and_the_gateway_is_not_asked(edition: str) -> None:
    record = Record("document", document(edition))
    with opened(edition) as target, Run(target, record) as run:
        layer.check(run)
    assert record.breaches == []
    assert record.checks > 1000
    assert not record.asked


def schema(content: dict[str, Any], name: str) -> dict[str, Any]:
    held: dict[str, Any] = content["components"]["schemas"][name]
    return held


def send(content: dict[str, Any]) -> dict[str, Any]:
    held: dict[str, Any] = content["paths"]["/api/sms/send-message/v1"]["post"]
    return held


def no_title(content: dict[str, Any]) -> None:
    del content["info"]["title"]


def errors_as_json(content: dict[str, Any]) -> None:
    answer = send(content)["responses"]["401"]["content"]
    answer["application/json"] = answer.pop("application/problem+json")


def no_example(content: dict[str, Any]) -> None:
    del send(content)["responses"]["200"]["content"]["application/json"]["examples"]


def no_page(content: dict[str, Any]) -> None:
    send(content)["x-provenance"]["source"] = []


def another_kind(content: dict[str, Any]) -> None:
    send(content)["x-provenance"]["kind"] = "guessed"


def no_reason(content: dict[str, Any]) -> None:
    schema(content, "Msisdn")["x-provenance"]["note"] = ""


def wrong_example(content: dict[str, Any]) -> None:
    content["components"]["examples"]["leastMessage"]["value"]["destination"] = "nobody"


def wrong_schema_example(content: dict[str, Any]) -> None:
    schema(content, "Msisdn")["examples"] = ["nobody"]


def another_operation(content: dict[str, Any]) -> None:
    send(content)["operationId"] = "sendAnother"


def more_statuses(content: dict[str, Any]) -> None:
    send(content)["responses"]["418"] = copy.deepcopy(send(content)["responses"]["400"])


def more_values(content: dict[str, Any]) -> None:
    schema(content, "Weekday")["enum"].append("NODAY")


def longer(content: dict[str, Any]) -> None:
    schema(content, "ProblemDetail")["properties"]["status"]["maximum"] = 999


def less_needed(content: dict[str, Any]) -> None:
    schema(content, "TokenRequest")["required"] = []


def another_type(content: dict[str, Any]) -> None:
    schema(content, "ItemPagination")["properties"]["pageSize"] = {"type": "string"}


SPOILT: dict[Callable[[dict[str, Any]], None], str] = {
    no_title: "openapi-3.1",
    errors_as_json: "problem-details",
    no_example: "described-example",
    no_page: "provenance",
    another_kind: "provenance",
    no_reason: "provenance",
    wrong_example: "example-keeps-to-its-schema",
    wrong_schema_example: "example-keeps-to-its-schema",
    another_operation: "edition-within-the-document",
    more_statuses: "edition-within-the-document",
    more_values: "edition-within-the-document",
    longer: "edition-within-the-document",
    less_needed: "edition-within-the-document",
    another_type: "edition-within-the-document",
}


def found(change: Callable[[dict[str, Any]], None]) -> set[str]:
    content = copy.deepcopy(dict(document(LATEST).content))
    change(content)
    record = Record("document", Document(LATEST, content))
    # Nothing is as near around an edition as the edition itself.
    layer.look(record, document(LATEST))
    return {breach.rule.name for breach in record.breaches}


@pytest.mark.parametrize("change", SPOILT, ids=lambda change: change.__name__)
def test_what_is_spoilt_is_found(change: Callable[[dict[str, Any]], None]) -> None:
    assert SPOILT[change] in found(change)


def test_a_reference_that_leads_nowhere_is_found() -> None:
    content = copy.deepcopy(dict(document(LATEST).content))
    content["components"]["schemas"]["Lost"] = {"$ref": "#/components/schemas/Nowhere"}
    record = Record("document", Document(LATEST, content))
    layer.look(record, document(LATEST))
    assert "reference-leads-somewhere" in {breach.rule.name for breach in record.breaches}
