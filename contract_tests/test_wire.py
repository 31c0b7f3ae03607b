"""The emulator keeps to the document in both editions, and the run that says so is no empty one."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib.resources import files

import pytest
from blackkonnect_contract.target import Target
from blackkonnect_contract.wire import run

Serve = Callable[..., AbstractContextManager[Target]]

EDITIONS = sorted(
    path.name.removesuffix(".json")
    for path in files("blackkonnect_sms_documents").iterdir()
    if path.name[:1].isdigit()
)


def operations(edition: str) -> list[str]:
    """Return each operation of an edition by its method and path."""
    document = json.loads((files("blackkonnect_sms_documents") / f"{edition}.json").read_text("utf-8"))
    return [
        f"{method.upper()} {path}"
        for path, item in document["paths"].items()
        for method in ("get", "post")
        if method in item
    ]


def test_there_are_two_editions() -> None:
    assert EDITIONS == ["2025-05-16", "2026-02-25"]


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_emulator_keeps_to_the_document(edition: str, serve: Serve) -> None:
    with serve(edition) as target:
        report = run(target)
    assert report.passed, report.output
    for phase in ("examples", "coverage", "fuzzing", "stateful"):
        assert report.count(phase=phase) > 0, f"the phase {phase} asked nothing"
    for operation in operations(edition):
        assert report.count(operation=operation, status=200) > 0, f"{operation} was never seen to work"
        assert report.count(operation=operation, status=400) > 0, f"{operation} was never seen to refuse"
        if "/status/" in operation:
            followed = report.count(phase="stateful", operation=operation, status=200)
            assert followed > 0, f"{operation} was never asked for what was sent"
