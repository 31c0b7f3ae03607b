"""Where every element comes from is said, and is true; and each check finds what it is there for."""

from __future__ import annotations

from typing import Any

import pytest

from openapi import provenance, strict_yaml, tree, vendor
from openapi import provenance_checks as checks
from openapi.findings import Finding
from tests.openapi.conftest import HERE
from tests.openapi.spoiling import (
    NAVIGATION_2026,
    SCHEMAS,
    SEND,
    SEND_BULK_2026,
    STATUS_2026,
    Spoil,
    put,
    take,
)

UNKNOWNS = {
    "account-headers",
    "authorization-scheme",
    "bulk-correlation-id",
    "bulk-status-query-2025-05-16",
    "delivery-receipt-page",
    "delivery-status-values",
    "destination-form",
    "duplicate-message-ids",
    "envelope-code-values",
    "field-meanings",
    "limits",
    "paging",
    "problem-detail-fields",
    "receipt-fields-after-message-content",
    "required-fields",
    "single-status-page",
    "status-group-values",
    "token-fields-2025-05-16",
    "token-lifetime",
    "weekday-values",
}
"""What is not known of the vendor's API. A name may only go, here too."""


# The real ones ----------------------------------------------------------------------


def test_every_element_says_where_it_comes_from(document: dict[str, Any]) -> None:
    assert checks.check_kinds(document) == []


def test_the_document_says_what_the_pages_show(document: dict[str, Any], pages: list[vendor.Page]) -> None:
    assert checks.check_sources(document, pages) == []


def test_an_edition_says_what_its_pages_show(
    edition: dict[str, Any], document: dict[str, Any], pages: list[vendor.Page]
) -> None:
    assert checks.check_kinds(edition) == []
    assert checks.check_edition(edition, pages) == []
    assert checks.check_editions_rules(document, edition) == []


@pytest.mark.parametrize("path", sorted((HERE / "editions").glob("*.yaml")), ids=lambda path: path.name)
def test_every_removal_says_why(path: Any) -> None:
    assert checks.check_removals(strict_yaml.read(path)) == []


def test_unknowns_only_shrink(document: dict[str, Any]) -> None:
    named = {unknown["name"] for unknown in document["info"]["x-unknowns"]}
    assert named - UNKNOWNS == set(), "a new unknown: find it out instead"
    assert UNKNOWNS - named == set(), "found out: delete it from this list too"
    assert all(unknown["note"].endswith(".") for unknown in document["info"]["x-unknowns"])


def test_there_is_something_to_look_at(document: dict[str, Any], pages: list[vendor.Page]) -> None:
    kinds = [provenance.of(document, node.pointer) for node in provenance.elements(document)]
    assert {one.kind for one in kinds if one} == set(provenance.KINDS)
    assert len(kinds) > 200
    assert len(list(provenance.constraints(document))) > 50
    assert len(pages) == 11


# The tests of the tests ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (take("/servers/0", "x-provenance"), ("no kind", "/servers/0", "the server has no x-provenance")),
        (
            put("/components/headers", "Age", {"description": "Its age."}),
            ("no kind", "/components/headers/Age", "the header has no x-provenance"),
        ),
        (
            put(SCHEMAS, "Odd", {"type": "string"}),
            ("no kind", f"{SCHEMAS}/Odd", "the schema has no x-provenance"),
        ),
        (
            put("/components/parameters/CorrelationId", "x-provenance", {"kind": "inferred", "note": " "}),
            ("no note", "/components/parameters/CorrelationId/x-provenance", "inferred without a note"),
        ),
        (
            put("/components/x-provenance", "rules", {"kind": "convention"}),
            ("no note", "/components/x-provenance/rules", "convention without a note"),
        ),
        (
            put("/servers/0", "x-provenance", {"kind": "guessed"}),
            ("malformed", "/servers/0/x-provenance", "'guessed' is no kind"),
        ),
        (
            put("/servers/0", "x-provenance", {"kind": "documented"}),
            ("malformed", "/servers/0/x-provenance", "documented without a source"),
        ),
        (
            put("/servers/0/x-provenance", "sauce", "ketchup"),
            ("malformed", "/servers/0/x-provenance", "unknown sauce"),
        ),
        (
            take("/servers/0/x-provenance", "kind"),
            ("malformed", "/servers/0/x-provenance", "has a source or a note without a kind"),
        ),
        (
            put(f"{SCHEMAS}/ProblemError/x-provenance", "source", [NAVIGATION_2026]),
            (
                "malformed",
                f"{SCHEMAS}/ProblemError/x-provenance",
                "convention with a source; only what is documented has one",
            ),
        ),
        (
            take(f"{SEND}/requestBody/x-provenance", "rules"),
            ("no rules", f"{SEND}/requestBody", "required has no x-provenance.rules"),
        ),
    ],
)
def test_a_missing_kind_rule_or_note_is_found(
    spoil: Spoil, found: tuple[str, str, str], document: dict[str, Any]
) -> None:
    spoil(document)
    assert Finding(*found) in checks.check_kinds(document)


def test_an_edition_that_lacks_what_its_page_shows_is_found(
    edition_2026: dict[str, Any], pages: list[vendor.Page]
) -> None:
    del edition_2026["components"]["schemas"]["MessageDestination"]["properties"]["sourceAddress"]
    del edition_2026["security"]
    tree.at(edition_2026, "/paths")["/receipt"] = {
        "get": {"operationId": "handleDeliveryReceipt", "responses": {}}
    }
    messages = {one.message for one in checks.check_edition(edition_2026, pages)}
    assert f"{SEND_BULK_2026} shows the field sourceAddress" in messages
    assert f"{SEND_BULK_2026} shows an Authorization section" in messages
    assert f"{NAVIGATION_2026} shows handleDeliveryReceipt no more" in messages


def test_a_rule_that_an_edition_calls_documented_and_no_page_shows_is_found(
    edition_2026: dict[str, Any], pages: list[vendor.Page]
) -> None:
    rules = {"kind": "documented", "source": [STATUS_2026]}
    tree.at(edition_2026, "/components/schemas/DeliveryTime/x-provenance")["rules"] = rules
    result = checks.check_edition(edition_2026, pages)
    assert (
        Finding("not shown", f"{SCHEMAS}/DeliveryTime", f"required is not shown by {STATUS_2026}") in result
    )


def test_a_rule_that_an_overlay_adds_without_a_reason_is_found(
    edition_2026: dict[str, Any], document: dict[str, Any]
) -> None:
    tree.at(edition_2026, f"{SCHEMAS}/GatewayMessageDeliveryStatus/properties/uuid")["minLength"] = 36
    tree.at(edition_2026, f"{SCHEMAS}/GatewayMessageDeliveryStatus/x-provenance").pop("rules")
    assert checks.check_editions_rules(document, edition_2026) == [
        Finding(
            "no rules",
            f"{SCHEMAS}/GatewayMessageDeliveryStatus{place}",
            f"the overlay adds {key} without {words}",
        )
        for place, key, words in (
            ("", "required", "x-provenance.rules"),
            ("", "additionalProperties", "x-provenance.rules"),
            ("/properties/uuid", "minLength", "x-provenance.rules"),
        )
    ]


def test_a_removal_without_a_reason_is_found() -> None:
    overlay = strict_yaml.read(HERE / "editions" / "2025-05-16.overlay.yaml")
    overlay["actions"][1]["description"] = " "
    (found,) = checks.check_removals(overlay)
    assert (found.rule, found.pointer) == ("no reason", "/actions/1")


def test_a_new_unknown_and_one_that_is_gone_are_found(document: dict[str, Any]) -> None:
    unknowns = document["info"]["x-unknowns"]
    unknowns.append({"name": "colour", "note": "No page gives a colour."})
    with pytest.raises(AssertionError, match="a new unknown"):
        test_unknowns_only_shrink(document)
    del unknowns[-1], unknowns[0]
    with pytest.raises(AssertionError, match="found out"):
        test_unknowns_only_shrink(document)
