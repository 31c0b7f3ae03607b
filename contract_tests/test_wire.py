"""Schemathesis finds nothing in the emulator, and the run that says so is no empty one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blackkonnect_contract import wire
from blackkonnect_contract.document import document
from blackkonnect_contract.good_requests import PAGES, SEND, STATUS
from mutants.faults import LATEST

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from blackkonnect_contract.target import Target

    Serve = Callable[..., AbstractContextManager[Target]]

PHASES = ("examples", "coverage", "fuzzing", "stateful")


def test_the_emulator_keeps_to_the_document(serve: Serve) -> None:
    with serve(LATEST) as target:
        report = wire.run(target)
    assert report.passed, report.output
    assert not report.errors
    assert not report.cut
    for phase in PHASES:
        assert report.count(phase=phase) > 0, f"the phase {phase} asked nothing"
    for one in document(LATEST).operations.values():
        operation = f"{one.method} {one.path}"
        assert report.count(operation=operation, status=200) > 0, f"{operation} was never seen to work"
        assert report.count(operation=operation, status=400) > 0, f"{operation} was never seen to refuse"
        if one.name in {STATUS, PAGES}:
            followed = report.count(phase="stateful", operation=operation, status=200)
            assert followed > 0, f"{operation} was never asked for what was sent"
    assert target.client_secret not in repr(report)
    assert "eyJ" not in repr([one.request for one in report.asked])


def test_a_run_whose_time_is_over_says_so(serve: Serve) -> None:
    with serve(LATEST) as target:
        report = wire.run(target, seconds=0.1)
    assert report.cut
    assert not report.passed
    assert not report.asked


def test_a_seed_repeats_a_run_but_for_new_ids(serve: Serve) -> None:
    narrow = ("--phases", "examples", "--include-operation-id", SEND)
    runs = []
    for _ in range(2):
        with serve(LATEST) as target:
            report = wire.run(target, seed=7, arguments=narrow)
        runs.append([(one.method, one.path, one.answer and one.answer.status) for one in report.asked])
    assert runs[0] == runs[1]
    assert runs[0]
