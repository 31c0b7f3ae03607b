"""Faults: which of the rules comes about."""

from collections.abc import Iterator

import pytest
from blackkonnect_emulator.document import load
from blackkonnect_emulator.fault_rules import FaultError, FaultRule
from blackkonnect_emulator.faults import NO_FAULT, Drawn, Faults
from hypothesis import given, settings
from hypothesis import strategies as st

OPERATIONS = [operation.operation_id for operation in load("2025-05-16").operations]
SEND, BULK, STATUS = "sendMessage", "sendBulkMessages", "getMessageStatus"

rules = st.builds(
    FaultRule,
    st.sampled_from(["closed", "garbled", "rate-limited"]),
    st.sampled_from([None, SEND, STATUS]),
    st.sampled_from([None, "acme", "other"]),
    st.floats(0, 1),
    st.none() | st.integers(1, 3),
    st.integers(0, 3),
)


def with_rules(*texts: str, seed: int = 1) -> Faults:
    faults = Faults(seed, OPERATIONS)
    for text in texts:
        faults.add(FaultRule.parse(text))
    return faults


def kinds(
    faults: Faults, count: int, operation: str = SEND, tenant: str | None = "acme"
) -> Iterator[str | None]:
    for _ in range(count):
        rule = faults.draw(tenant, operation).rule
        yield None if rule is None else rule.kind


def pattern(faults: Faults, count: int, operation: str = SEND, tenant: str | None = "acme") -> str:
    return "".join("-" if kind is None else kind[0] for kind in kinds(faults, count, operation, tenant))


def test_no_rules_no_fault() -> None:
    assert Faults(None, OPERATIONS).draw("acme", SEND) is NO_FAULT
    assert Drawn(0.0, 0, None) == NO_FAULT


def test_latency_adds_up_and_the_longest_lag_counts() -> None:
    faults = with_rules(
        "latency:seconds=0.5",
        "status-lags:seconds=2",
        "latency:seconds=1,operation=getMessageStatus",
        "status-lags:seconds=0.0305",
        "closed:operation=getMessageStatus",
    )
    assert faults.draw("acme", STATUS) == Drawn(1.5, 2000, FaultRule("closed", operation=STATUS))
    assert faults.draw("acme", SEND) == Drawn(0.5, 0, None)
    assert [held.fired for held in faults.rules()] == [2, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (["closed:count=2"], "cc------"),
        (["closed:skip=3"], "---ccccc"),
        (["closed:skip=3,count=2"], "---cc---"),
        (["closed:probability=0"], "--------"),
        (["closed:operation=sendBulkMessages"], "--------"),
        (["closed:tenant=other"], "--------"),
        (["closed:tenant="], "--------"),
        (["rate-limited:count=3", "internal-error:count=2"], "rrrii---"),
        (["closed:count=2", "garbled:count=3"], "ccggg---"),
        (["closed:skip=1,count=2", "garbled:count=3"], "gccgg---"),
        (["closed:count=2", "garbled:count=3,tenant=acme"], "gggcc---"),
        # A rule sees the requests that another one spoils.
        (["closed:count=2", "garbled:skip=3"], "cc-ggggg"),
    ],
)
def test_which_rule_comes_about(texts: list[str], wanted: str) -> None:
    assert pattern(with_rules(*texts), 8) == wanted


def test_other_requests_use_nothing_up() -> None:
    faults = with_rules("closed:operation=sendMessage,tenant=acme,skip=1,count=2,probability=0.5")
    among = with_rules("closed:operation=sendMessage,tenant=acme,skip=1,count=2,probability=0.5")
    wanted = pattern(faults, 30)
    drawn = ""
    for _ in range(30):
        assert pattern(among, 3, BULK) + pattern(among, 3, SEND, "other") == "------"
        drawn += pattern(among, 1)
    assert drawn == wanted
    assert drawn.count("c") == 2


def test_whose_request_it_is() -> None:
    faults = with_rules("closed:tenant=", "garbled:tenant=acme", "truncated")
    drawn = [next(kinds(faults, 1, SEND, tenant)) for tenant in ("", "acme", "other", None)]
    assert drawn == ["closed", "garbled", "truncated", "truncated"]


def test_chance_repeats_with_the_seed_alone() -> None:
    drawn = pattern(with_rules("closed:probability=0.25"), 10_000)
    assert abs(drawn.count("c") - 2500) < 150
    assert pattern(with_rules("closed:probability=0.25"), 10_000) == drawn
    assert pattern(with_rules("closed:probability=0.25", seed=2), 10_000) != drawn
    one, other = (Faults(None, OPERATIONS) for _ in range(2))
    for faults in (one, other):
        faults.add(FaultRule("closed", probability=0.5))
    assert pattern(one, 1000) != pattern(other, 1000)


@settings(derandomize=True)
@given(st.lists(rules, max_size=4), st.lists(st.sampled_from([SEND, STATUS]), max_size=20))
def test_adding_rules_changes_no_other_rule_s_draws(others: list[FaultRule], asked: list[str]) -> None:
    tested = FaultRule("latency", seconds=1, probability=0.5)
    alone, among = Faults(1, OPERATIONS), Faults(1, OPERATIONS)
    numbers = [faults.add(tested) for faults in (alone, among)]
    for rule in others:
        among.add(rule)
    for operation in asked:
        alone.draw("acme", operation)
        among.draw("acme", operation)
    assert alone.get(numbers[0]) == among.get(numbers[1])


def test_chance_starts_again_with_a_cleared_tenant_whatever_it_is_called() -> None:
    faults = with_rules("garbled:probability=0", "closed:probability=0.5,tenant=acme")
    first = pattern(faults, 200)
    faults.clear("acme")
    assert [held.rule.kind for held in faults.rules()] == ["garbled"]
    for tenant in ("acme", "other"):
        faults.add(FaultRule("closed", probability=0.5, tenant=tenant))
        assert pattern(faults, 200, SEND, tenant) == first
    faults.clear()
    assert faults.rules() == []
    assert faults.draw("other", SEND) is NO_FAULT


def test_list_get_remove() -> None:
    faults = with_rules("closed", "garbled")
    first, second = faults.rules()
    assert (first.rule.kind, second.rule.kind) == ("closed", "garbled")
    assert pattern(faults, 2) == "cc"
    assert faults.get(first.number) == first._replace(fired=2)
    assert faults.remove(first.number)
    assert not faults.remove(first.number)
    assert faults.get(first.number) is None
    assert pattern(faults, 1) == "g"
    assert faults.add(FaultRule("closed")) > second.number


def test_an_operation_that_the_edition_does_not_have() -> None:
    faults = Faults(1, [operation.operation_id for operation in load("2026-02-25").operations])
    with pytest.raises(FaultError, match=r"^operation: .* there is retrieveAccessToken, ") as caught:
        faults.add(FaultRule("closed", operation="handleDeliveryReceipt"))
    assert caught.value.field == "operation"
    assert faults.rules() == []
