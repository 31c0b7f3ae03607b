"""The facts are the document's."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from blackkonnect_sms_api import facts as made
from hypothesis import given, settings
from hypothesis import strategies as st

from openapi import facts

DOCUMENT: dict[str, Any] = {
    "info": {"version": "1.2.3"},
    "paths": {"/a/{b}": {"parameters": [], "get": {"operationId": "getA"}, "post": {"operationId": "postA"}}},
    "components": {
        "schemas": {
            "DeliveryStatus": {"x-extensible-enum": ["NEW", "END"], "x-final-statuses": ["END"]},
            "Weekday": {"x-extensible-enum": ["MONDAY", "TUESDAY"]},
        }
    },
}
EDITIONS: dict[str, Any] = {
    "one": {"components": {"schemas": {"Msisdn": {"pattern": "^[0-9]$"}}}},
    "two": {"components": {"schemas": {"Msisdn": {"pattern": "^[0-9]$"}}}},
}


def run(document: dict[str, Any], editions: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    exec(facts.source(document, editions), found)  # noqa: S102 - our own output
    return found


def test_the_module_says_what_the_document_says() -> None:
    found = run(DOCUMENT, EDITIONS)
    assert found["INFO_VERSION"] == "1.2.3"
    assert found["EDITIONS"] == ("one", "two")
    assert found["MSISDN_PATTERN"] == "^[0-9]$"
    assert found["DELIVERY_STATUSES"] == {"NEW": False, "END": True}
    assert found["WEEKDAYS"] == ("MONDAY", "TUESDAY")
    assert found["PATHS"] == {"getA": ("GET", "/a/{b}"), "postA": ("POST", "/a/{b}")}


@settings(derandomize=True, max_examples=50, database=None)
@given(st.text())
def test_any_text_of_the_document_is_data(text: str) -> None:
    editions = {text: {"components": {"schemas": {"Msisdn": {"pattern": text}}}}}
    found = run({**DOCUMENT, "info": {"version": text}}, editions)
    assert (found["INFO_VERSION"], found["EDITIONS"], found["MSISDN_PATTERN"]) == (text, (text,), text)


def test_contradictions_are_errors() -> None:
    document = copy.deepcopy(DOCUMENT)
    document["components"]["schemas"]["DeliveryStatus"]["x-final-statuses"] = ["OTHER"]
    with pytest.raises(ValueError, match="x-final-statuses"):
        facts.source(document, EDITIONS)
    document = copy.deepcopy(DOCUMENT)
    document["paths"]["/b"] = {"get": {"operationId": "getA"}}
    with pytest.raises(ValueError, match="getA"):
        facts.source(document, EDITIONS)
    other = {"components": {"schemas": {"Msisdn": {"pattern": "x"}}}}
    with pytest.raises(ValueError, match="disagree"):
        facts.source(DOCUMENT, {**EDITIONS, "three": other})


def test_the_facts_of_the_product() -> None:
    assert made.EDITIONS == ("2025-05-16", "2026-02-25")
    assert made.DELIVERY_STATUSES["QUEUED"] is False
    assert made.DELIVERY_STATUSES["DELIVERED"] is True
    assert made.PATHS["sendMessage"] == ("POST", "/api/sms/send-message/v1")
    assert re.fullmatch(made.MSISDN_PATTERN, "+233200000001")
    assert not re.fullmatch(made.MSISDN_PATTERN, "+233200000001\n")
