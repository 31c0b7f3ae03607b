"""A gateway with a fault or two in each operation is found out in each of them by the wire layer."""

from __future__ import annotations

import json
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import pytest
from blackkonnect_contract.document import document
from blackkonnect_contract.emulated import opened
from blackkonnect_contract.gate import run_gate
from blackkonnect_contract.good_requests import BULK, PAGES, SEND, STATUS, TOKEN
from mutants.faults import LATEST, Mutant

if TYPE_CHECKING:
    from blackkonnect_contract.gate import LayerReport
    from mutants.faults import Answered, Asked

_FATE = "/components/schemas/GatewayMessageDeliveryStatus"
_MOMENT = "2026-03-02T08:00:04.211Z"


def changed(asked: Asked, answer: Answered) -> None:
    """Be faulty in many ways."""
    told = answer.json
    match asked.operation, answer.status:
        case ("", 405):
            answer.set_header("allow", None)
        case (name, 415) if name == TOKEN:
            # As a server that breaks off: the application raises.
            raise ConnectionError
        case (name, 200) if name == SEND:
            del told["correlationId"]
            answer.json = told
        case (name, 400) if name == SEND:
            answer.json = {**told, "status": 422}
        case (name, 200) if name == BULK:
            told["smsMessageDeliveryStatuses"][-1]["smsCount"] += 1
            answer.json = told
        case (name, 400) if name == BULK:
            answer.problem(409, "Conflict")
        case (name, 401 | 404) if name == STATUS:
            answer.status = 200
            answer.headers = [pair for pair in answer.headers if pair[0] != "www-authenticate"]
            answer.set_header("content-type", "application/json")
            answer.json = {
                "uuid": "095be615-a8ad-4c33-8e9c-c7612fbf6c9f",
                "messageId": asked.names["correlationId"],
                "destination": "+233200000001",
                "deliveryStatus": "DELIVERED",
                "deliveryTimestamp": _MOMENT,
            }
        case (name, 200 | 404) if name == PAGES:
            answer.problem(500, "Internal Server Error")


EVERY: frozenset[Any] = frozenset()
FAULTY = Mutant("many", "shape", "It is faulty in many ways.", LATEST, None, changed, EVERY, EVERY)


@pytest.fixture(scope="module")
def report() -> LayerReport:
    with opened(LATEST, FAULTY.wrap) as target:
        found = run_gate(lambda _: nullcontext(target), [LATEST], layers=["wire"], quick=True, seed=3).layers[
            0
        ]
        assert target.client_secret not in repr(found)
    return found


def test_every_operation_was_asked(report: LayerReport) -> None:
    assert {name for name, _ in report.record.asked} >= set(document(LATEST).operations)
    assert not report.passed


@pytest.mark.parametrize(
    ("rule", "operation"),
    [
        ("answers-at-all", TOKEN),
        ("answer-schema", SEND),
        ("problem-status", SEND),
        ("sms-count", BULK),
        ("negative-data-rejection", BULK),
        ("ignored-auth", STATUS),
        ("refused-stores-nothing", SEND),
        ("required-header", SEND),
        ("no-server-error", PAGES),
    ],
)
def test_a_fault_is_found(rule: str, operation: str, report: LayerReport) -> None:
    found = [one for one in report.record.breaches if (one.rule.name, one.operation) == (rule, operation)]
    names = sorted({(one.rule.name, one.operation) for one in report.record.breaches})
    assert found, f"not among {json.dumps(names)}"
    for one in found:
        assert one.message
        assert one.kind in {"documented", "inferred", "convention"}
        assert one.rule.says.endswith(".")
        if one.rule.pointer:
            document(LATEST).at(one.rule.pointer)


def test_what_shows_a_breach_can_be_repeated(report: LayerReport) -> None:
    shown: list[Any] = [one.exchange for one in report.record.breaches if one.exchange is not None]
    assert shown
    for exchange in shown:
        assert exchange.request.curl().startswith(("curl", "echo"))
        assert "Bearer ey" not in exchange.request.curl()
