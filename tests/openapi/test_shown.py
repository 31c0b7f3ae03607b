"""What the vendor's pages show is in the document, and each page is named: the tests of that test."""

from __future__ import annotations

from typing import Any

import pytest

from openapi import provenance_checks as checks
from openapi import tree, vendor
from openapi.findings import Finding
from tests.openapi.spoiling import (
    BULK,
    BULK_STATUS,
    NAVIGATION_2026,
    RECEIPT,
    SCHEMAS,
    SEND,
    SEND_BULK_2025,
    SEND_BULK_2026,
    STATUS_2026,
    TOKEN,
    Spoil,
    drop,
    put,
    take,
)


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (
            put(f"{SCHEMAS}/SmsMessage/properties/sendAt", "type", "integer"),
            [
                (
                    "invalid vendor example",
                    f"{BULK}/requestBody/content/application~1json/schema",
                    "/messages/0/sendAt",
                ),
                (
                    "invalid vendor example",
                    f"{BULK}/responses/200/content/application~1json/schema",
                    "/data/sendAt",
                ),
            ],
        ),
        (
            put(
                f"{SCHEMAS}/NetworkOperatorMessageDeliveryDTO/properties/networkOperatorId",
                "format",
                "date-time",
            ),
            [
                (
                    "invalid vendor example",
                    f"{SCHEMAS}/NetworkOperatorMessageDeliveryDTO",
                    "/networkOperatorId",
                )
            ],
        ),
        (
            take(f"{SCHEMAS}/NetworkOperatorMessageDeliveryDTO/properties", "cost"),
            [("missing", f"{SCHEMAS}/NetworkOperatorMessageDeliveryDTO", "the field cost")],
        ),
        (
            take(f"{SCHEMAS}/GenericResponseNetworkOperatorMessageDeliveryDTO/properties", "items"),
            [("missing", f"{SCHEMAS}/GenericResponseNetworkOperatorMessageDeliveryDTO", "the field items")],
        ),
        (
            take(f"{SCHEMAS}/DeliveryTime/properties", "minute"),
            [
                (
                    "missing",
                    f"{SCHEMAS}/DeliveryWindow/properties/from",
                    f"{SEND_BULK_2025} shows the field minute",
                ),
                (
                    "missing",
                    f"{SCHEMAS}/DeliveryWindow/properties/to",
                    f"{SEND_BULK_2026} shows the field minute",
                ),
            ],
        ),
        (
            take(f"{SCHEMAS}/TokenRequest/properties", "scope"),
            [
                (
                    "missing",
                    f"{TOKEN}/requestBody/content/application~1x-www-form-urlencoded/schema",
                    "field scope",
                )
            ],
        ),
        (
            drop(f"{BULK_STATUS}/parameters", 3),
            [
                ("missing", f"{BULK_STATUS}/parameters", "query parameter sort"),
                ("not shown", "/components", ""),
            ],
        ),
        (
            drop(f"{SEND}/parameters", 0),
            [
                ("missing", f"{SEND}/parameters", "header parameter X-ServiceAccount-ID"),
                ("not shown", "/components", ""),
            ],
        ),
        (
            put("/components/parameters/BulkCorrelationId", "in", "query"),
            [
                ("missing", f"{BULK_STATUS}/parameters", "path parameter bulkCorrelationId"),
                ("not shown", "/components/parameters/BulkCorrelationId", ""),
            ],
        ),
        (take(f"{BULK}/responses", "500"), [("missing", f"{BULK}/responses", "status 500")]),
        (
            put(RECEIPT, "operationId", "receipt"),
            [
                ("missing", "/paths", "operation handleDeliveryReceipt"),
                ("not shown", RECEIPT, "the operation"),
            ],
        ),
        (put(RECEIPT, "tags", ["Access Token"]), [("missing", RECEIPT, "tag Mobile SMS Messaging")]),
        (
            put("/servers/0", "url", "https://else.example"),
            [("missing", "/servers", "server https://test"), ("not shown", "/servers/0", "the server")],
        ),
        (
            put("/tags/0", "name", "SMS"),
            [("missing", "/tags", "tag Mobile SMS Messaging"), ("not shown", "/tags/0", "the tag")],
        ),
        (
            put(
                f"{BULK}/responses/200/content/application~1json",
                "schema",
                {"$ref": f"#{SCHEMAS}/SmsMessage"},
            ),
            [
                (
                    "missing",
                    f"{BULK}/responses/200/content/application~1json/schema",
                    "schema BulkSmsMessageResponse",
                )
            ],
        ),
        (
            put(f"{SCHEMAS}/SmsMessage/properties", "flash", {"type": "boolean"}),
            [
                (
                    "not shown",
                    f"{SCHEMAS}/SmsMessage/properties/flash",
                    f"by {SEND_BULK_2025}, {SEND_BULK_2026}",
                )
            ],
        ),
        (
            put(f"{SCHEMAS}/Weekday/x-provenance", "source", [SEND_BULK_2025, SEND_BULK_2026, STATUS_2026]),
            [("not shown", f"{SCHEMAS}/Weekday", f"the schema is not shown by {STATUS_2026}")],
        ),
        (
            put(f"{SCHEMAS}/Weekday/x-provenance", "source", [SEND_BULK_2025]),
            [("not named", f"{SCHEMAS}/Weekday", f"the schema is shown by {SEND_BULK_2026} too")],
        ),
        (
            put(f"{SCHEMAS}/Weekday", "x-provenance", {"kind": "inferred", "note": "A guess."}),
            [("shown", f"{SCHEMAS}/Weekday", "the schema is inferred, but shown by")],
        ),
        (
            put(f"{SEND}/responses/418", "x-provenance", {"kind": "documented", "source": [NAVIGATION_2026]}),
            [("not shown", f"{SEND}/responses/418", f"the response is not shown by {NAVIGATION_2026}")],
        ),
        (
            put(
                f"{SCHEMAS}/Weekday/x-provenance", "rules", {"kind": "documented", "source": [SEND_BULK_2025]}
            ),
            [("not shown", f"{SCHEMAS}/Weekday", f"x-extensible-enum is not shown by {SEND_BULK_2025}")],
        ),
        (
            put(f"{TOKEN}/requestBody/x-provenance/rules", "source", [SEND_BULK_2026]),
            [
                ("not shown", f"{TOKEN}/requestBody", f"required is not shown by {SEND_BULK_2026}"),
                ("not named", f"{TOKEN}/requestBody", f"required is shown by {NAVIGATION_2026} too"),
            ],
        ),
    ],
)
def test_what_the_document_says_otherwise_than_the_pages_is_found(
    spoil: Spoil, found: list[tuple[str, str, str]], document: dict[str, Any], pages: list[vendor.Page]
) -> None:
    tree.at(document, f"{SEND}/responses")["418"] = {
        "description": "Tea.",
        "x-provenance": {"kind": "inferred", "note": "It is a joke."},
    }
    spoil(document)
    result = checks.check_sources(document, pages)
    for rule, pointer, words in found:
        assert [
            one for one in result if one.rule == rule and pointer in one.pointer and words in one.message
        ], result
    # What is missing, or stands elsewhere, leaves names of pages that are now wrong; nothing else is found.
    assert {one.rule for one in result} <= {rule for rule, _, _ in found} | {"not shown", "not named"}


@pytest.mark.parametrize(
    ("page", "spoil", "found"),
    [
        (
            STATUS_2026,
            put("/operations/0/responses/200/example/0", "network", "string"),
            ("missing", f"{BULK_STATUS}/responses/200", "field network"),
        ),
        (
            STATUS_2026,
            put("/operations/0/responses/200/example/0", "deliveryTimestamp", "yesterday"),
            ("invalid vendor example", f"{BULK_STATUS}/responses/200", "is not valid under any"),
        ),
        (
            STATUS_2026,
            put("/operations/0/request", "queryParams", ["page", "size", "sort", "from"]),
            ("missing", f"{BULK_STATUS}/parameters", "query parameter from"),
        ),
        (
            STATUS_2026,
            put("/operations/0/responses", "404", {"description": "Not Found"}),
            ("shown", "/components/responses/NotFound", "the response is convention, but shown"),
        ),
        (
            NAVIGATION_2026,
            put("/schemas", "Odd", {}),
            ("missing", SCHEMAS, f"{NAVIGATION_2026} shows the schema Odd"),
        ),
        (
            SEND_BULK_2025,
            put("/operations/0/request/example/messages/0", "flash", True),
            ("missing", f"{SCHEMAS}/BulkSmsMessageRequest/properties/messages/items", "field flash"),
        ),
        (
            SEND_BULK_2025,
            put("/operations/0/request", "contentType", "application/xml"),
            ("missing", f"{BULK}/requestBody", "media type application/xml"),
        ),
        (
            SEND_BULK_2025,
            put("/operations/0", "path", "/api/sms/send/v2"),
            ("missing", BULK, "path /api/sms/send/v2"),
        ),
        (SEND_BULK_2025, put("/operations/0", "method", "PUT"), ("missing", BULK, "method put")),
        (
            "2025-05-16/navigation",
            lambda page: page["operations"].append({**page["operations"][0], "operation": "cancelMessage"}),
            ("missing", "/paths", "operation cancelMessage"),
        ),
    ],
)
def test_what_a_page_shows_and_the_document_lacks_is_found(
    page: str,
    spoil: Spoil,
    found: tuple[str, str, str],
    document: dict[str, Any],
    evidence: dict[str, dict[str, Any]],
) -> None:
    spoil(evidence[page])
    result = checks.check_sources(document, [vendor.parse(content) for content in evidence.values()])
    rule, pointer, words = found
    assert [one for one in result if one.rule == rule and pointer in one.pointer and words in one.message], (
        result
    )


def test_what_was_captured_in_part_may_lack_something_and_may_not_be_wrong(
    document: dict[str, Any], evidence: dict[str, dict[str, Any]]
) -> None:
    document["components"]["schemas"]["SmsMessage"]["required"] = ["destinations", "text"]
    content = evidence[SEND_BULK_2026]
    assert not invalid(document, content)
    message = content["operations"][0]["request"]["example"]["messages"][0]
    message["text"] = 7
    assert [one.message.split(" shows ")[1] for one in invalid(document, content)] == [
        '/messages/0/text: 7 is not of type "string"'
    ]
    del message["text"], content["operations"][0]["request"]["partial"]
    assert [one.message.split(" shows ")[1] for one in invalid(document, content)] == [
        '/messages/0: "text" is a required property'
    ]


def invalid(document: dict[str, Any], content: dict[str, Any]) -> list[Finding]:
    result = checks.check_sources(document, [vendor.parse(content)])
    return [one for one in result if one.rule == "invalid vendor example"]
