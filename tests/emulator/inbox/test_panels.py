"""The small panels."""

import pytest
from blackkonnect_emulator.fault_rules import FaultRule
from blackkonnect_emulator.outcome_kinds import OUTCOMES

from .conftest import BASE, Inbox

pytestmark = pytest.mark.anyio


async def test_all_numbers_that_force_an_outcome_are_listed(inbox: Inbox) -> None:
    page = (await inbox.get(f"{BASE}/panels/numbers")).text
    for outcome in OUTCOMES.values():
        assert outcome.name in page
        assert outcome.number in page


async def test_emptying_is_asked_for_and_then_forgets_everything(inbox: Inbox) -> None:
    await inbox.put("+233200000001", "hello")
    await inbox.put("+233200000001", "hello", tenant="other")
    inbox.gateway.faults.add(FaultRule.parse("closed"))
    assert "forgets 2 messages" in (await inbox.get(f"{BASE}/panels/reset")).text
    answer = await inbox.post("reset")
    assert answer.headers["hx-redirect"] == "/"
    assert (await inbox.gateway.queries.counts())["messages"] == 0
    assert inbox.gateway.faults.rules() == []


async def test_the_keys_are_listed(inbox: Inbox) -> None:
    assert "<kbd>j</kbd>" in (await inbox.get(f"{BASE}/panels/keys")).text
