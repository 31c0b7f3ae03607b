"""The outcomes by number, the document and the manual."""

import re
from pathlib import Path

import pytest
from blackkonnect_emulator.document import editions, load
from blackkonnect_emulator.outcome_kinds import OUTCOMES

MANUAL = (Path(__file__).parents[2] / "docs" / "emulator.md").read_text("utf-8")
CHAPTER = MANUAL.partition("\n## Outcomes by number\n")[2].partition("\n## ")[0]


def test_the_manual_has_the_table() -> None:
    rows = re.findall(r"^\| `(\S+)` \| `(\+\d+)` \| (.+) \|$", CHAPTER, re.MULTILINE)
    assert rows == [(kind.name, kind.number, kind.description) for kind in OUTCOMES.values()]


@pytest.mark.parametrize("edition", editions())
def test_the_table_speaks_the_document_s_language(edition: str) -> None:
    document = load(edition)
    for outcome in OUTCOMES.values():
        assert outcome.final_status in document.final_statuses
        assert re.fullmatch(document.schemas["Msisdn"]["pattern"], outcome.number)
        assert re.fullmatch(r"\+120255501[0-4]\d", outcome.number)
        assert {share for share, _ in outcome.shares} <= OUTCOMES.keys()
        assert sum(count for _, count in outcome.shares) in (0, 100)
        assert outcome.to_json() == {
            "name": outcome.name,
            "number": outcome.number,
            "description": outcome.description,
        }
    assert len({outcome.number for outcome in OUTCOMES.values()}) == len(OUTCOMES)
