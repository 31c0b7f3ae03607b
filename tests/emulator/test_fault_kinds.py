"""The kinds of faults, the document and the manual."""

import re
from pathlib import Path

import pytest
from blackkonnect_emulator.document import editions, load
from blackkonnect_emulator.fault_kinds import EVERY_KIND_TAKES, FAULTS, PARAMETERS, STATUS_OPERATIONS
from blackkonnect_emulator.fault_rules import FaultRule

MANUAL = (Path(__file__).parents[2] / "docs" / "emulator.md").read_text("utf-8")
CHAPTER = MANUAL.partition("\n## Faults\n")[2].partition("\n## ")[0]


def simple(kind: str) -> FaultRule:
    return FaultRule(kind, seconds=1) if "seconds" in FAULTS[kind].needs else FaultRule(kind)


def test_the_manual_has_the_tables() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (.+) \| (.*?) ?\|$", CHAPTER, re.MULTILINE)
    written = []
    for kind in FAULTS.values():
        takes = [f"`{name}` (needed)" if name in kind.needs else f"`{name}`" for name in kind.takes]
        written.append((kind.name, kind.description, ", ".join(takes)))
    assert rows == written
    rows = re.findall(r"^\| `([a-z_]+)` \| ([^|]+) \|$", CHAPTER, re.MULTILINE)
    assert rows == list(PARAMETERS.items())
    assert tuple(PARAMETERS)[:5] == EVERY_KIND_TAKES


@pytest.mark.parametrize("edition", editions())
def test_the_kinds_speak_the_document_s_language(edition: str) -> None:
    operations = {operation.operation_id for operation in load(edition).operations}
    assert operations >= STATUS_OPERATIONS
    for kind in FAULTS.values():
        assert set(kind.needs) <= set(kind.takes) <= PARAMETERS.keys() - set(EVERY_KIND_TAKES)
        assert kind.to_json() == {
            "kind": kind.name,
            "description": kind.description,
            "needs": list(kind.needs),
            "parameters": {name: PARAMETERS[name] for name in (*EVERY_KIND_TAKES, *kind.takes)},
        }


def test_what_is_answered_and_done() -> None:
    told = {kind: (rule.status, rule.done) for kind in FAULTS for rule in [simple(kind)]}
    assert told == {
        "latency": (None, False),
        "rate-limited": (429, False),
        "internal-error": (500, False),
        "unavailable": (503, False),
        "closed": (None, False),
        "answer-lost": (None, True),
        "truncated": (None, True),
        "garbled": (200, True),
        "token-refused": (401, False),
        "status-lags": (None, False),
    }
    assert FaultRule("internal-error", taken=True).done
    assert FaultRule("rate-limited").retry_after == 1
    assert FaultRule("unavailable").retry_after is None
