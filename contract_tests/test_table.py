"""The table finds nothing in a faultless gateway, and each of these faults by the rule that it breaks."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest
from blackkonnect_contract.document import document, editions
from blackkonnect_contract.emulated import opened
from blackkonnect_contract.gate import run_gate
from blackkonnect_contract.layers import table
from blackkonnect_contract.record import Record
from blackkonnect_contract.run import Run
from mutants.faults import LATEST, Answered, Asked, Mutant
from mutants.shape import BULK, PAGES, SEND, STATUS, TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable


def found(edition: str, mutant: Mutant | None = None, *, seed: int = 1, quick: bool = True) -> Record:
    record = Record("table", document(edition))
    wrap = None if mutant is None else mutant.wrap
    with opened(edition, wrap) as target, Run(target, record, seed=seed, quick=quick) as run:
        table.check(run)
    return record


@pytest.mark.parametrize("edition", editions())
@pytest.mark.parametrize("seed", [1, 2])
def test_a_faultless_gateway_passes(edition: str, seed: int) -> None:
    record = found(edition, seed=seed)
    assert record.breaches == []
    operations = document(edition).operations
    assert all(record.asked[name, 200] > 0 for name in operations)
    assert all(record.asked[name, 400] > 0 for name in operations)
    assert record.checks > 1000


def test_every_place_is_tried() -> None:
    asked: set[bytes] = set()
    record = Record("table", document(LATEST), lambda exchange: asked.add(exchange.request.body))
    with opened(LATEST) as target, Run(target, record, quick=False) as run:
        table.Table(run).bodies()
    assert record.breaches == []
    bodies = b"\n".join(asked)
    for schema in (
        *("SimpleSmsMessageRequest", "BulkSmsMessageRequest", "SmsMessage", "MessageDestination"),
        *("DeliveryWindow", "DeliveryTime"),
    ):
        for name in record.document.at(f"/components/schemas/{schema}/properties"):
            assert f'"{name}":'.encode() in bodies, f"{schema}/{name} was never sent"


def text_is_cut(asked: Asked) -> None:
    body = asked.json
    if isinstance(body, dict) and isinstance(body.get("text"), str) and len(body["text"]) > 39_015:
        asked.json = {**body, "text": body["text"][:10]}


def number_of_six_digits(asked: Asked) -> None:
    body = asked.json
    if isinstance(body, dict) and len(str(body.get("destination")).lstrip("+")) < 7:
        asked.json = {**body, "destination": "+233200000001"}


def unknown_fields_are_dropped(asked: Asked) -> None:
    body = asked.json
    schemas = document(LATEST).at("/components/schemas").values()
    known = {name for schema in schemas for name in schema.get("properties", ())}
    if isinstance(body, dict) and body.keys() - known:
        asked.json = {name: value for name, value in body.items() if name in known}


def pages_of_any_size(asked: Asked) -> None:
    asked.query = [
        (name, "20" if name == "size" and value.isdigit() else value) for name, value in asked.query
    ]


def another_grant(asked: Asked) -> None:
    asked.body = asked.body.replace(b"grant_type=password", b"grant_type=client_credentials")


def text_as_json(asked: Asked) -> None:
    if asked.header("content-type") == "text/plain":
        asked.set_header("content-type", "application/json")


BEFORE: dict[Callable[[Asked], Answered | None], tuple[str, str]] = {
    text_is_cut: (SEND, "bad-is-refused"),
    number_of_six_digits: (SEND, "bad-is-refused"),
    unknown_fields_are_dropped: (SEND, "bad-is-refused"),
    pages_of_any_size: (PAGES, "parameter"),
    another_grant: (TOKEN, "token-request"),
    text_as_json: (BULK, "media-type"),
}


def one_part_too_few(_: Asked, answered: Answered) -> None:
    told = answered.json
    for fate in told["smsMessageDeliveryStatuses"]:
        fate["smsCount"] = min(fate["smsCount"], 1)
    answered.json = told


def last_destination_is_forgotten(_: Asked, answered: Answered) -> None:
    told = answered.json
    told["smsMessageDeliveryStatuses"] = told["smsMessageDeliveryStatuses"][:-1]
    answered.json = told


def request_id_is_new(_: Asked, answered: Answered) -> None:
    told = answered.json
    if told.get("requestId"):
        answered.json = {**told, "requestId": "another"}


def sender_is_forgotten(_: Asked, answered: Answered) -> None:
    answered.json = {**answered.json, "sourceAddress": None}


AFTER: dict[Callable[[Asked, Answered], None], tuple[str, str]] = {
    one_part_too_few: (BULK, "sms-count"),
    last_destination_is_forgotten: (BULK, "a-fate-for-each-destination"),
    request_id_is_new: (SEND, "request-id-is-repeated"),
    sender_is_forgotten: (STATUS, "status-tells-what-was-sent"),
}


@pytest.mark.parametrize("fault", BEFORE, ids=lambda fault: fault.__name__)
def test_a_fault_in_what_is_taken_is_found(fault: Callable[[Asked], Answered | None]) -> None:
    on, rule = BEFORE[fault]
    mutant = Mutant("fault", "validation", "-", LATEST, fault, None, frozenset({on}), frozenset())
    with opened(LATEST, mutant.wrap) as target:
        report = run_gate(lambda _: nullcontext(target), [LATEST], layers=["table"], first=True)
    (breach,) = report.layers[0].record.breaches
    assert (breach.operation, breach.rule.name) == (on, rule)


@pytest.mark.parametrize("fault", AFTER, ids=lambda fault: fault.__name__)
def test_a_fault_in_what_is_told_is_found(fault: Callable[[Asked, Answered], None]) -> None:
    on, rule = AFTER[fault]
    mutant = Mutant("fault", "shape", "-", LATEST, None, fault, frozenset({on}), frozenset({200}))
    assert rule in {breach.rule.name for breach in found(LATEST, mutant).breaches}


@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_seed_asks_the_same(seed: int) -> None:
    assert found(LATEST, seed=seed).asked == found(LATEST, seed=seed).asked
