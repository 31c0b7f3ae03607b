"""Outcomes by number: which of the rules decides, and what is drawn."""

import pytest
from blackkonnect_emulator.outcome_kinds import OUTCOMES, Outcome
from blackkonnect_emulator.outcome_rules import OutcomeRule
from blackkonnect_emulator.outcomes import Outcomes
from hypothesis import given, settings
from hypothesis import strategies as st

NUMBER = "+233200000009"

rules = st.builds(
    OutcomeRule,
    st.sampled_from(["*", "+2*", "+233*", "+1202555*", NUMBER, "+12025550103"]),
    st.sampled_from(sorted(OUTCOMES)),
    st.floats(0, 1),
    st.sampled_from([None, "acme", "other"]),
)


def names(outcomes: Outcomes, count: int, number: str = NUMBER, tenant: str = "acme") -> list[str | None]:
    drawn = [outcomes.draw(tenant, number) for _ in range(count)]
    return [None if outcome is None else outcome.name for outcome in drawn]


def name(outcomes: Outcomes, number: str = NUMBER, tenant: str = "acme") -> str | None:
    return names(outcomes, 1, number, tenant)[0]


def with_rules(*texts: str, seed: int = 1) -> Outcomes:
    outcomes = Outcomes(seed)
    for text in texts:
        outcomes.add(OutcomeRule.parse(text))
    return outcomes


@pytest.mark.parametrize("outcome", [kind for kind in OUTCOMES.values() if not kind.shares])
def test_a_number_forces_its_outcome_with_and_without_plus(outcome: Outcome) -> None:
    outcomes = Outcomes(1)
    assert outcomes.draw("acme", outcome.number) is outcome
    assert outcomes.draw("", outcome.number.removeprefix("+")) is outcome


def test_other_numbers_are_ordinary() -> None:
    ordinary = [f"+1202555{last:04}" for last in range(150, 200)] + [NUMBER, "12025550200", "+2025550100"]
    assert Outcomes(1).special("acme", ordinary) == {}
    assert all(Outcomes(1).draw("acme", number) is None for number in ordinary)


def test_mixed_is_drawn_as_its_shares_say_and_repeats() -> None:
    drawn = names(Outcomes(1), 10_000, OUTCOMES["mixed"].number)
    counted = {kind: drawn.count(kind) for kind in set(drawn)}
    for kind, share in OUTCOMES["mixed"].shares:
        assert abs(counted.pop(kind) - share * 100) < 100
    assert not counted
    assert names(Outcomes(1), 10_000, OUTCOMES["mixed"].number) == drawn
    assert names(Outcomes(2), 10_000, OUTCOMES["mixed"].number) != drawn


def test_without_a_seed_each_is_different() -> None:
    number = OUTCOMES["mixed"].number
    assert names(Outcomes(), 1000, number) != names(Outcomes(), 1000, number)


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (["*=failed", f"{NUMBER}=slow", "+233*=stuck"], "slow"),
        (["*=failed", "+23320*=slow", "+233*=stuck"], "slow"),
        (["+233*=slow", "*=failed"], "slow"),
        ([f"{NUMBER}*=failed", f"{NUMBER}=slow", f"{NUMBER}0*=failed"], "slow"),
        ([f"{NUMBER}*=slow", "*=failed"], "slow"),
        (["*=failed", "*=slow"], "slow"),
        ([f"{NUMBER}=failed", "*=slow@acme", "*=failed@other"], "slow"),
        ([f"{NUMBER}=failed:0", "+233*=slow", "*=failed"], "slow"),
        (["+234*=failed", "+2332000000091*=failed", "*=failed@other"], None),
    ],
)
def test_which_rule_decides(texts: list[str], wanted: str | None) -> None:
    outcomes = with_rules(*texts)
    assert name(outcomes) == wanted
    assert name(outcomes, NUMBER.removeprefix("+")) == wanted


def test_rules_go_over_the_table() -> None:
    outcomes = with_rules("*=slow:0.5")
    drawn = names(outcomes, 100, OUTCOMES["failed"].number)
    assert set(drawn) == {"slow", "failed"}
    assert outcomes.rules()[0].fired == drawn.count("slow")


def test_the_anonymous_tenant_is_one_of_its_own() -> None:
    outcomes = with_rules("*=slow@")
    assert name(outcomes, tenant="") == "slow"
    assert name(outcomes, tenant="acme") is None


def test_adding_asking_and_removing_others_changes_no_draw() -> None:
    alone = with_rules("+233*=mixed:0.5")
    wanted = names(alone, 200)
    among = with_rules("+233*=mixed:0.5", "+234*=mixed:0.5", "*=mixed:0.5@other")
    drawn = []
    for place in range(200):
        name(among, "+234200000001")
        name(among, "+235200000001", "other")
        number = among.add(OutcomeRule.parse(f"+2{place:06}*=failed:0.5@third"))
        drawn.append(name(among))
        assert among.remove(number)
    assert drawn == wanted


def test_draws_start_again_with_a_cleared_tenant_whatever_it_is_called() -> None:
    outcomes = with_rules("*=failed:0.5")

    def drawn(tenant: str) -> list[str | None]:
        outcomes.add(OutcomeRule("*", "mixed", tenant=tenant))
        return names(outcomes, 200, tenant=tenant)

    first = drawn("acme")
    outcomes.clear("acme")
    assert [held.rule.tenant for held in outcomes.rules()] == [None]
    assert drawn("acme") == first
    assert drawn("other") == first


@pytest.mark.parametrize("tenant", [None, "acme"])
def test_the_draws_of_the_table_start_again(tenant: str | None) -> None:
    outcomes = Outcomes(1)
    first = names(outcomes, 200, OUTCOMES["mixed"].number)
    assert names(outcomes, 200, OUTCOMES["mixed"].number) != first
    outcomes.clear(tenant)
    assert names(outcomes, 200, OUTCOMES["mixed"].number) == first
    assert names(outcomes, 200, OUTCOMES["mixed"].number, "other") == first


def test_everything_starts_again_when_all_is_cleared() -> None:
    outcomes = with_rules("*=mixed", "*=mixed@acme")
    first = names(outcomes, 200) + names(outcomes, 200, tenant="other")
    outcomes.clear()
    outcomes.add(OutcomeRule("*", "mixed", tenant="acme"))
    outcomes.add(OutcomeRule("*", "mixed"))
    assert names(outcomes, 200) + names(outcomes, 200, tenant="other") == first


def test_list_get_remove_clear() -> None:
    outcomes = with_rules("*=failed", "*=slow@acme")
    first, second = outcomes.rules()
    assert (first.rule.outcome, second.rule.outcome) == ("failed", "slow")
    assert outcomes.get(second.number) == second
    assert name(outcomes) == "slow"
    assert outcomes.get(second.number) == second._replace(fired=1)
    assert outcomes.remove(second.number)
    assert not outcomes.remove(second.number)
    assert outcomes.get(second.number) is None
    assert name(outcomes) == "failed"
    third = outcomes.add(OutcomeRule("*", "stuck"))
    assert third > second.number
    assert outcomes.remove(third)
    assert name(outcomes) == "failed"
    outcomes.clear()
    assert outcomes.rules() == []
    assert name(outcomes) is None


def test_a_removed_rule_leaves_the_others_of_its_pattern_and_length() -> None:
    outcomes = with_rules("+233*=failed", "+234*=stuck")
    first, second = (held.number for held in outcomes.rules())
    outcomes.remove(second)
    assert name(outcomes) == "failed"
    outcomes.remove(first)
    assert name(outcomes) is None


@pytest.mark.parametrize("text", ["+233*=slow", "+233*=slow@acme"])
def test_a_rule_makes_an_ordinary_number_special(text: str) -> None:
    drawn = with_rules(text).special("acme", ["+234200000001", NUMBER])
    assert drawn == {1: OUTCOMES["slow"]}
    assert with_rules("*=slow@other").special("acme", [NUMBER]) == {}


@settings(derandomize=True)
@given(
    st.lists(rules, max_size=5),
    st.lists(st.sampled_from([NUMBER, *(kind.number for kind in OUTCOMES.values())]), max_size=20),
)
def test_special_is_draw_for_each(given_rules: list[OutcomeRule], destinations: list[str]) -> None:
    one, other = Outcomes(3), Outcomes(3)
    for rule in given_rules:
        one.add(rule)
        other.add(rule)
    drawn = [one.draw("acme", destination) for destination in destinations]
    special = other.special("acme", destinations)
    assert [special.get(place) for place in range(len(destinations))] == drawn
    assert None not in special.values()
    assert all(not outcome.shares for outcome in special.values())


def test_no_number_is_shown() -> None:
    outcomes = with_rules(f"{NUMBER}=slow")
    assert NUMBER[1:] not in repr(outcomes.rules())
