"""Moving the time through the control API."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.anyio


async def test_the_clock_is_moved_by_seconds_and_to_a_time(control: Any) -> None:
    assert (await control("POST", "clock", {"advance": 90.5}))["now"] == "2026-03-02T08:01:30.500Z"
    moved = await control("POST", "clock", {"to": "2026-03-02T11:00:00+01:00"})
    assert moved == {"mode": "manual", "factor": 0.0, "now": "2026-03-02T10:00:00.000Z", "nextEvent": None}
    assert await control("GET", "clock") == moved
    assert await control.wrong("POST", "clock", {"to": "2026-03-02T09:59:59Z"}) == {"#/to"}


async def test_to_the_next_event_goes_from_status_to_status(control: Any) -> None:
    await control.send("+233200000001", "x")
    statuses = []
    for _ in range(3):
        statuses.append((await control("GET", "messages/1"))["status"])
        told = await control("POST", "clock", {"to": "next event"})
    assert statuses == ["QUEUED", "SENT", "DELIVERED"]
    assert told["nextEvent"] is None


async def test_the_pace_changes(control: Any) -> None:
    assert (await control("POST", "clock", {"factor": 60}))["mode"] == "scaled"
    assert (await control("POST", "clock", {"factor": 1}))["mode"] == "real"
    assert (await control("POST", "clock", {"factor": 0}))["mode"] == "manual"


async def test_a_tenants_own_clock_moves_alone(control: Any) -> None:
    start = "2030-01-01T00:00:00Z"
    await control("PUT", "tenants/own", {"clock": "manual", "start": start}, 201)
    moved = await control("POST", "clock", {"advance": 1, "tenant": "own"})
    assert moved["now"] == "2030-01-01T00:00:01.000Z"
    assert (await control("GET", "clock?tenant=own"))["now"] == "2030-01-01T00:00:01.000Z"
    assert (await control("GET", "clock"))["now"] == "2026-03-02T08:00:00.000Z"
    assert await control.wrong("POST", "clock", {"advance": 1, "tenant": "acme"}) == {"#/tenant"}
    assert await control.wrong("POST", "clock", {"advance": 1, "tenant": "nobody"}) == {"#/tenant"}
    await control("GET", "clock?tenant=nobody", status=404)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    st.dictionaries(
        st.sampled_from(["advance", "to", "factor", "tenant", "x"]),
        st.one_of(
            st.integers(-(2**62), 2**62),
            st.floats(allow_nan=False, allow_infinity=False),
            st.booleans(),
            st.sampled_from(["next event", "2026-02-30T00:00:00Z", "9999-12-31T23:59:59Z", "", "\x00"]),
            st.just([]),
        ),
    )
)
async def test_whatever_is_asked_time_never_goes_back(control: Any, body: dict[str, Any]) -> None:
    before = (await control("GET", "clock"))["now"]
    answer = await control.client.post("/_emulator/clock", json=body)
    assert answer.status_code in (200, 400), answer.text
    if answer.status_code == 400:
        assert answer.json()["errors"]
    assert (await control("GET", "clock"))["now"] >= before


@pytest.mark.parametrize("path", ["clock", "reset", "seed", "faults", "outcomes"])
async def test_a_query_where_the_body_tells_it_all_is_refused(control: Any, path: str) -> None:
    await control.send("+233200000001", "x")
    assert await control.wrong("POST", f"{path}?tenant=acme", {}) == {"tenant"}
    assert len((await control("GET", "messages"))["messages"]) == 1
