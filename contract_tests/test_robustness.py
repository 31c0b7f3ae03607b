"""The robustness layer finds nothing in a faultless gateway, and each of these faults."""

from __future__ import annotations

import asyncio
import re

import pytest
from blackkonnect_contract.document import document, editions
from blackkonnect_contract.emulated import opened
from blackkonnect_contract.layers import robustness
from blackkonnect_contract.record import Record
from blackkonnect_contract.run import Run
from mutants.faults import LATEST, Answered, Asked, Mutant
from mutants.robustness import failure
from mutants.shape import BULK, SEND, STATUS, TOKEN


def found(
    edition: str, mutant: Mutant | None = None, *, over_http: bool = False, seconds: float = 20.0
) -> Record:
    wrap = None if mutant is None else mutant.wrap
    record = Record("robustness", document(edition))
    with opened(edition, wrap, over_http=over_http) as target, Run(target, record, quick=True) as run:
        robustness.check(run, seconds=seconds)
    return record


@pytest.mark.parametrize("edition", editions())
@pytest.mark.parametrize("over_http", [False, True])
def test_a_faultless_gateway_passes(edition: str, over_http: bool) -> None:  # noqa: FBT001
    record = found(edition, over_http=over_http)
    assert record.breaches == []
    assert bool(record.skipped) is not over_http
    assert all(record.asked[name, 400] > 0 for name in (SEND, BULK, STATUS, TOKEN))


def half_a_pair(asked: Asked) -> Answered | None:
    return failure() if re.search(rb'"a\\ud800"', asked.body) else None


def bad_utf8(asked: Asked) -> None:
    asked.body = asked.body.decode("utf-8", "replace").encode()


def no_number(asked: Asked) -> None:
    asked.body = re.sub(rb"-?(NaN|Infinity)", b"1", asked.body)


def megabytes(asked: Asked) -> Answered | None:
    return failure() if len(asked.body) > 4 << 20 else None


def a_mark_before_the_body(asked: Asked) -> None:
    asked.body = asked.body.removeprefix(b"\xef\xbb\xbf")


def a_long_id(asked: Asked) -> Answered | None:
    return failure() if len(asked.names["correlationId"]) > 100 else None


def a_long_form(asked: Asked) -> Answered | None:
    return failure() if len(asked.body) > 50_000 else None


def an_odd_header(asked: Asked) -> Answered | None:
    return failure() if asked.header("range") else None


FAULTS = {
    half_a_pair: SEND,
    bad_utf8: BULK,
    no_number: SEND,
    megabytes: BULK,
    a_mark_before_the_body: SEND,
    a_long_id: STATUS,
    a_long_form: TOKEN,
    an_odd_header: STATUS,
}


def made(fault, on: str) -> Mutant:  # type: ignore[no-untyped-def] # noqa: ANN001 - a fault
    return Mutant("fault", "robustness", "-", LATEST, fault, None, frozenset({on}), frozenset())


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_is_found(fault) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - a fault
    on = FAULTS[fault]
    # What was taken though it had to be refused is told twice: at the send and at the status.
    told = {breach.operation for breach in found(LATEST, made(fault, on)).breaches}
    assert on in told
    assert told <= {on, STATUS}


async def never(asked: Asked) -> None:
    if asked.body.count(b"[") > 5000:
        await asyncio.sleep(60)


def test_what_takes_too_long_is_found() -> None:
    record = found(LATEST, made(never, SEND), seconds=1.0)
    assert "answers-in-time" in {breach.rule.name for breach in record.breaches}


def test_a_fault_that_only_a_socket_shows_is_found() -> None:
    def cut(asked: Asked) -> Answered | None:
        return failure() if asked.header("expect") else None

    record = found(LATEST, made(cut, SEND), over_http=True)
    assert {breach.rule.name for breach in record.breaches} >= {"no-server-error"}
