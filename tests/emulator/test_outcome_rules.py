"""Rules for outcomes, as the command line and the control API write them."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from blackkonnect_emulator.document import load
from blackkonnect_emulator.outcome_kinds import OUTCOMES
from blackkonnect_emulator.outcome_rules import OutcomeError, OutcomeRule
from hypothesis import given, settings
from hypothesis import strategies as st

MANUAL = (Path(__file__).parents[2] / "docs" / "emulator.md").read_text("utf-8")
MSISDN = load("2026-02-25").schemas["Msisdn"]["pattern"]
NUMBER = "+233200000009"

rules = st.builds(
    OutcomeRule,
    st.just("*") | st.from_regex(r"\A\+?[1-9][0-9]{0,14}\*\Z") | st.from_regex(MSISDN, fullmatch=True),
    st.sampled_from(sorted(OUTCOMES)),
    st.floats(0, 1),
    st.none() | st.text(max_size=20),
)


def test_the_manual_s_examples() -> None:
    (lines,) = re.findall(r"<!-- outcome rules -->\n```text\n(.+?)```", MANUAL, re.DOTALL)
    for line in lines.splitlines():
        assert OutcomeRule.parse(line).to_text() == line
    (example,) = re.findall(r"<!-- outcome rules -->\n```json\n(.+?)```", MANUAL, re.DOTALL)
    assert OutcomeRule.from_json(json.loads(example)).to_json() == json.loads(example)


@settings(derandomize=True)
@given(rules)
def test_a_rule_is_read_as_it_was_written(rule: OutcomeRule) -> None:
    assert OutcomeRule.parse(rule.to_text()) == rule
    assert OutcomeRule.from_json(json.loads(json.dumps(rule.to_json()))) == rule


@settings(derandomize=True)
@given(st.from_regex(MSISDN, fullmatch=True) | st.text("+0123456789*", max_size=18))
def test_a_pattern_without_star_is_what_the_document_takes_for_a_number(pattern: str) -> None:
    try:
        taken = OutcomeRule(pattern, "slow").pattern
    except OutcomeError:
        assert not re.fullmatch(MSISDN, pattern)
    else:
        assert taken.endswith("*") or re.fullmatch(MSISDN, pattern)
        assert taken.lstrip("+") == pattern.lstrip("+")


@pytest.mark.parametrize(
    ("read", "content", "field"),
    [
        (OutcomeRule.parse, "", "outcome"),
        (OutcomeRule.parse, NUMBER, "outcome"),
        (OutcomeRule.parse, "=failed", "pattern"),
        (OutcomeRule.parse, f"failed={NUMBER}", "pattern"),
        (OutcomeRule.parse, "+0*=failed", "pattern"),
        (OutcomeRule.parse, "+233 20=failed", "pattern"),
        (OutcomeRule.parse, "+**=failed", "pattern"),
        (OutcomeRule.parse, f"{NUMBER}=", "outcome"),
        (OutcomeRule.parse, f"{NUMBER}=lost", "outcome"),
        (OutcomeRule.parse, "*=failed:", "probability"),
        (OutcomeRule.parse, "*=failed:1.1", "probability"),
        (OutcomeRule.parse, "*=failed:-0.1", "probability"),
        (OutcomeRule.parse, "*=failed:nan", "probability"),
        (OutcomeRule.parse, "*=failed:1e999", "probability"),
        (OutcomeRule.parse, f"*=failed@{'a' * 256}", "tenant"),
        (OutcomeRule.parse, "*=failed@\udc80", "tenant"),
        (OutcomeRule.from_json, None, "rule"),
        (OutcomeRule.from_json, [NUMBER, "failed"], "rule"),
        (OutcomeRule.from_json, {}, "pattern"),
        (OutcomeRule.from_json, {"pattern": None, "outcome": "failed"}, "pattern"),
        (OutcomeRule.from_json, {"pattern": NUMBER}, "outcome"),
        (OutcomeRule.from_json, {"pattern": 233200000009, "outcome": "failed"}, "pattern"),
        (OutcomeRule.from_json, {"pattern": "*", "outcome": ["failed"]}, "outcome"),
        (OutcomeRule.from_json, {"pattern": "*", "outcome": "failed", "probability": True}, "probability"),
        (OutcomeRule.from_json, {"pattern": "*", "outcome": "failed", "probability": "1"}, "probability"),
        (OutcomeRule.from_json, {"pattern": "*", "outcome": "failed", "tenant": 1}, "tenant"),
        (OutcomeRule.from_json, {"pattern": "*", "outcome": "failed", "chance": 1}, "chance"),
        (OutcomeRule.from_json, {"pattern": "*", "outcome": "failed", NUMBER: 1}, "rule"),
        (OutcomeRule.from_json, {1: "*"}, "rule"),
    ],
)
def test_the_field_is_named_and_no_number(read: Callable[[Any], object], content: object, field: str) -> None:
    with pytest.raises(OutcomeError, match=f"^{field}: ") as caught:
        read(content)
    assert caught.value.field == field
    assert NUMBER[1:] not in str(caught.value)


def test_null_is_left_out() -> None:
    written = {"pattern": "*", "outcome": "failed", "probability": None, "tenant": None}
    assert OutcomeRule.from_json(written) == OutcomeRule("*", "failed")
