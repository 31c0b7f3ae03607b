"""The evidence is of the form that its README tells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from openapi import vendor
from tests.openapi.conftest import HERE


def test_every_key_is_told_by_the_readme() -> None:
    text = (HERE / "evidence" / "README.md").read_text(encoding="utf-8")
    assert [key for keys in vendor.KEYS.values() for key in sorted(keys) if f"`{key}`" not in text] == []


@pytest.mark.parametrize(
    ("pointer", "words"),
    [
        ([], "unknown odd in a page"),
        (["operations", 0], "unknown odd in a operation"),
        (["operations", 0, "request"], "unknown odd in a request"),
        (["operations", 0, "responses", "200"], "unknown odd in a response"),
    ],
)
def test_an_unknown_key_is_an_error(
    pointer: list[Any], words: str, evidence: dict[str, dict[str, Any]]
) -> None:
    content = evidence["2025-05-16/send-bulk-sms-messages"]
    place: Any = content
    for token in pointer:
        place = place[token]
    place["odd"] = 1
    with pytest.raises(vendor.EvidenceError, match=words):
        vendor.parse(content)


def test_a_page_in_the_wrong_folder_is_an_error(tmp_path: Path, evidence: dict[str, dict[str, Any]]) -> None:
    (tmp_path / "2024-01-01").mkdir()
    content = json.dumps(evidence["2025-05-16/navigation"])
    (tmp_path / "2024-01-01" / "navigation.json").write_text(content, encoding="utf-8")
    with pytest.raises(vendor.EvidenceError, match="not those of the path"):
        vendor.read(tmp_path)


def test_every_partial_place_is_there(evidence: dict[str, dict[str, Any]]) -> None:
    for content in evidence.values():
        page = vendor.parse(content)
        bodies = list(page.schemas.values())
        for operation in page.operations:
            bodies += [operation.request, *operation.responses.values()]
        for body in bodies:
            for pointer in body.partial:
                vendor_value(body.example, pointer)


def vendor_value(value: Any, pointer: str) -> Any:
    for token in pointer.split("/")[1:]:
        value = value[int(token) if isinstance(value, list) else token]
    return value
