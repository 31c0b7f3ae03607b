"""What changed between two revisions is told by what it means for a client's user."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from blackkonnect_contract.changes import Kind, changes
from blackkonnect_contract.changes.reading import Unreadable, revision
from blackkonnect_contract.changes.version import enough, proposed
from blackkonnect_sms.cli.commands import blackkonnect
from click.testing import CliRunner

_HERE = Path(__file__).parent / "changes"
_BASE = yaml.safe_load((_HERE / "base.yaml").read_text(encoding="utf-8"))
_PAIRS = yaml.safe_load((_HERE / "pairs.yaml").read_text(encoding="utf-8"))
_OPERATION = ["paths", "/things", "post"]
_SCHEMA = ["content", "application/json", "schema"]
_ROOTS = {
    "/": [],
    "O": _OPERATION,
    "Q": [*_OPERATION, "requestBody", *_SCHEMA],
    "A": [*_OPERATION, "responses", "200", *_SCHEMA],
}


def _changed(pair: dict[str, Any]) -> tuple[dict[str, Any], str]:
    document = copy.deepcopy(_BASE)
    steps = [*_ROOTS[pair["at"]], *pair["path"].split("/")]
    place: Any = document
    for step in steps[:-1]:
        place = place[int(step) if isinstance(place, list) else step]
    if pair["value"] is None:
        del place[steps[-1]]
    else:
        place[steps[-1]] = pair["value"]
    return document, "".join("/" + step.replace("/", "~1") for step in steps)


@pytest.mark.parametrize("pair", _PAIRS, ids=lambda pair: f"{pair['at']}-{pair['path']}-{pair['value']}")
@pytest.mark.parametrize("direction", ["forth", "back"])
def test_a_pair(pair: dict[str, Any], direction: str) -> None:
    new, pointer = _changed(pair)
    found = changes(_BASE, new) if direction == "forth" else changes(new, _BASE)
    assert (pair[direction], pointer) in {(str(one.kind), one.pointer) for one in found}
    if pair[direction] != "breaking":
        assert Kind.BREAKING not in {one.kind for one in found if "own rule" in one.found_by}


def test_nothing_changed() -> None:
    assert changes(_BASE, copy.deepcopy(_BASE)) == []


def test_the_vendors_own_change() -> None:
    found = changes(revision("2025-05-16"), revision("2026-02-25"))
    words = [one.words for one in found if one.kind is Kind.BREAKING]
    for part in (
        "is removed",
        "from object to array",
        "authentication is required",
        "the body is required now",
    ):
        assert any(part in one for one in words), part


def test_the_version() -> None:
    found = changes(revision("2025-05-16"), revision("2026-02-25"))
    assert proposed("1.2.3", found) == "2.0.0"
    assert proposed("0.2.3", found) == "0.3.0"
    assert not enough("1.2.3", "1.3.0", found)
    assert enough("1.2.3", "2.0.0", found)


@pytest.mark.parametrize(("version", "code"), [("1.1.0", 1), ("2.0.0", 0), ("two", 2)])
def test_the_command(version: str, code: int) -> None:
    arguments = ["diff", "2025-05-16", "2026-02-25", "--old-version", "1.0.0", "--new-version", version]
    assert CliRunner().invoke(blackkonnect, arguments).exit_code == code


def test_what_is_no_document() -> None:
    with pytest.raises(Unreadable, match="neither a file nor an edition"):
        revision("nowhere")
    assert CliRunner().invoke(blackkonnect, ["diff", "nowhere", "2026-02-25"]).exit_code == 2
