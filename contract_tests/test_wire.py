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


def test_there_are_two_editions() -> None:
    assert EDITIONS == ["2025-05-16", "2026-02-25"]


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_emulator_keeps_to_the_document(edition: str, serve: Serve) -> None:
    with serve(edition) as target:
        report = run(target)
    assert report.passed, report.output
    assert set(report.phases) >= {"examples", "coverage", "fuzzing", "stateful"}
    document = json.loads((files("blackkonnect_sms_documents") / f"{edition}.json").read_text("utf-8"))
    for path, item in document["paths"].items():
        for method in {"get", "post"} & set(item):
            seen = report.statuses[f"{method.upper()} {path}"]
            assert seen[200] > 0, f"{method} {path} was never seen to work: {dict(seen)}"
            assert seen[400] > 0, f"{method} {path} was never seen to refuse bad data: {dict(seen)}"
