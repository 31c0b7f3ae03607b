"""The panel of the clock."""

import pytest

from .conftest import BASE, Inbox

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("by", "milliseconds"), [("minute", 60_000), ("hour", 3_600_000), ("day", 86_400_000)]
)
async def test_the_time_moves_by_a_step(inbox: Inbox, by: str, milliseconds: int) -> None:
    before = inbox.gateway.clock.now()
    answer = await inbox.post("clock/advance", by=by)
    assert answer.status_code == 200
    assert inbox.gateway.clock.now() == before + milliseconds


async def test_the_time_moves_to_the_next_event_until_there_is_none(inbox: Inbox) -> None:
    number = await inbox.put("+233200000001", "hello")
    statuses = []
    for _ in range(2):
        assert (await inbox.post("clock/advance", by="next")).status_code == 200
        message = await inbox.gateway.queries.message(number)
        assert message is not None
        statuses.append(message.reached.status)
    assert statuses == ["SENT", "DELIVERED"]
    none = await inbox.post("clock/advance", by="next")
    assert none.status_code == 422
    assert "Nothing is to come" in none.text


async def test_the_pace_is_set(inbox: Inbox) -> None:
    assert (await inbox.post("clock/mode", mode="scaled", factor="3600")).status_code == 200
    assert inbox.gateway.clock.factor == 3600
    assert "3600\N{MULTIPLICATION SIGN}" in (await inbox.get(f"{BASE}/bar")).text
    await inbox.post("clock/mode", mode="real", factor="60")
    assert "real" in (await inbox.get(f"{BASE}/bar")).text
    await inbox.post("clock/mode", mode="manual")
    assert inbox.gateway.clock.mode == "manual"


@pytest.mark.parametrize("factor", ["", "0", "-1", "nan", "inf", "1e9", "fast"])
async def test_a_factor_that_makes_no_sense_is_refused(inbox: Inbox, factor: str) -> None:
    answer = await inbox.post("clock/mode", mode="scaled", factor=factor)
    assert answer.status_code == 422
    assert 'id="error-factor"' in answer.text
    assert inbox.gateway.clock.mode == "manual"


async def test_a_step_that_is_none_is_refused(inbox: Inbox) -> None:
    assert (await inbox.post("clock/advance", by="year")).status_code == 422
    assert (await inbox.post("clock/mode", mode="slow")).status_code == 422


async def test_the_year_9999_is_the_end(inbox: Inbox) -> None:
    inbox.gateway.clock.move_to(253_402_300_700_000)
    assert (await inbox.post("clock/advance", by="day")).status_code == 422
    assert (await inbox.get("/")).status_code == 200
