"""Rules for faults, as the command line and the control API write them."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from blackkonnect_emulator.fault_kinds import EVERY_KIND_TAKES, FAULTS, PARAMETERS, STATUS_OPERATIONS
from blackkonnect_emulator.fault_rules import FaultError, FaultRule
from hypothesis import given, settings
from hypothesis import strategies as st

MANUAL = (Path(__file__).parents[2] / "docs" / "emulator.md").read_text("utf-8")


@st.composite
def rules(draw: st.DrawFn) -> FaultRule:
    kind = draw(st.sampled_from(list(FAULTS.values())))
    values: dict[str, st.SearchStrategy[object]] = {
        "operation": st.none() | st.sampled_from(sorted(STATUS_OPERATIONS)),
        "tenant": st.none() | st.text(max_size=20),
        "probability": st.floats(0, 1),
        "count": st.none() | st.integers(1, 10**9),
        "skip": st.integers(0, 10**9),
        "seconds": st.floats(0, 86_400) | st.integers(0, 86_400),
        "retry_after": st.integers(0, 86_400),
        "taken": st.booleans(),
    }
    given_ = {name: draw(values[name]) for name in (*EVERY_KIND_TAKES, *kind.takes)}
    return FaultRule.from_json({"kind": kind.name, **given_})


def test_the_manual_s_examples() -> None:
    (lines,) = re.findall(r"<!-- fault rules -->\n```text\n(.+?)```", MANUAL, re.DOTALL)
    for line in lines.splitlines():
        assert FaultRule.parse(line).to_text() == line
    (example,) = re.findall(r"<!-- fault rules -->\n```json\n(.+?)```", MANUAL, re.DOTALL)
    assert json.loads(example).items() <= FaultRule.from_json(json.loads(example)).to_json().items()


@settings(derandomize=True)
@given(rules())
def test_a_rule_is_read_as_it_was_written(rule: FaultRule) -> None:
    assert FaultRule.parse(rule.to_text()) == rule
    assert FaultRule.from_json(json.loads(json.dumps(rule.to_json()))) == rule


def test_what_goes_without_saying_is_not_written() -> None:
    for text in (
        "closed",
        "rate-limited",
        "latency:seconds=0.2",
        "answer-lost:operation=sendMessage,probability=0.1,count=3",
        "unavailable:tenant=a%2Cb%25,skip=1,retry_after=5,taken=true",
    ):
        assert FaultRule.parse(text).to_text() == text


@pytest.mark.parametrize(
    ("read", "content", "field"),
    [
        (FaultRule.parse, "", "kind"),
        (FaultRule.parse, "lost", "kind"),
        (FaultRule.parse, "closed:", "rule"),
        (FaultRule.parse, "closed:probability", "probability"),
        (FaultRule.parse, "closed:chance=1", "chance"),
        (FaultRule.parse, "closed:+233200000009=1", "rule"),
        (FaultRule.parse, "closed:kind=closed", "kind"),
        (FaultRule.parse, "closed:count=1,count=2", "count"),
        (FaultRule.parse, "closed:count=0", "count"),
        (FaultRule.parse, "closed:count=1.5", "count"),
        (FaultRule.parse, "closed:count=1000000001", "count"),
        (FaultRule.parse, "closed:count=9999999999999999999", "count"),
        (FaultRule.parse, "closed:skip=-1", "skip"),
        (FaultRule.parse, "closed:probability=", "probability"),
        (FaultRule.parse, "closed:probability=2", "probability"),
        (FaultRule.parse, "closed:probability=inf", "probability"),
        (FaultRule.parse, "closed:operation=", "operation"),
        (FaultRule.parse, "closed:operation=send message", "operation"),
        (FaultRule.parse, f"closed:tenant={'a' * 256}", "tenant"),
        (FaultRule.parse, "closed:tenant=\udc80", "tenant"),
        (FaultRule.parse, "closed:seconds=1", "seconds"),
        (FaultRule.parse, "closed:retry_after=1", "retry_after"),
        (FaultRule.parse, "closed:taken=true", "taken"),
        (FaultRule.parse, "answer-lost:taken=true", "taken"),
        (FaultRule.parse, "internal-error:taken=yes", "taken"),
        (FaultRule.parse, "latency", "seconds"),
        (FaultRule.parse, "latency:seconds=-1", "seconds"),
        (FaultRule.parse, "latency:seconds=1e999", "seconds"),
        (FaultRule.parse, "status-lags", "seconds"),
        (FaultRule.parse, "status-lags:seconds=1,operation=sendMessage", "operation"),
        (FaultRule.parse, "rate-limited:retry_after=86401", "retry_after"),
        (FaultRule.from_json, None, "rule"),
        (FaultRule.from_json, "closed", "rule"),
        (FaultRule.from_json, {}, "kind"),
        (FaultRule.from_json, {"kind": None}, "kind"),
        (FaultRule.from_json, {"kind": {}}, "kind"),
        (FaultRule.from_json, {"kind": "closed", "operation": 1}, "operation"),
        (FaultRule.from_json, {"kind": "closed", "tenant": []}, "tenant"),
        (FaultRule.from_json, {"kind": "closed", "count": True}, "count"),
        (FaultRule.from_json, {"kind": "closed", "skip": 1.0}, "skip"),
        (FaultRule.from_json, {"kind": "closed", "probability": 10**400}, "probability"),
        (FaultRule.from_json, {"kind": "latency", "seconds": "1"}, "seconds"),
        (FaultRule.from_json, {"kind": "unavailable", "retry_after": 0.5}, "retry_after"),
        (FaultRule.from_json, {"kind": "unavailable", "taken": 1}, "taken"),
        (FaultRule.from_json, {"kind": "unavailable", "taken": 0}, "taken"),
        (FaultRule.from_json, {"kind": "unavailable", "retryAfter": 1}, "retryAfter"),
    ],
)
def test_the_field_is_named(read: Callable[[Any], object], content: object, field: str) -> None:
    with pytest.raises(FaultError, match=f"^{field}: ") as caught:
        read(content)
    assert caught.value.field == field
    assert "233200000009" not in str(caught.value)


def test_null_is_left_out() -> None:
    assert FaultRule.from_json({"kind": "closed", **dict.fromkeys(PARAMETERS)}) == FaultRule("closed")
