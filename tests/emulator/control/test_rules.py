"""Rules for outcomes and faults through the control API."""

from typing import Any

import pytest

pytestmark = pytest.mark.anyio

RULES = [
    ("faults", {"kind": "rate-limited", "count": 2, "tenant": "acme"}, {"kind": "x"}, "#/kind"),
    (
        "outcomes",
        {"pattern": "+23320*", "outcome": "failed"},
        {"pattern": "x", "outcome": "failed"},
        "#/pattern",
    ),
]


@pytest.mark.parametrize(("kind", "rule", "wrong", "pointer"), RULES)
async def test_rules_come_and_go(
    control: Any, kind: str, rule: dict[str, Any], wrong: dict[str, Any], pointer: str
) -> None:
    added = await control("POST", kind, rule, 201)
    assert rule.items() <= added.items()
    assert added["fired"] == 0
    assert await control("GET", f"{kind}/{added['number']}") == added
    assert (await control("GET", kind))[kind] == [added]
    assert (await control("GET", f"{kind}?tenant=other"))[kind] == []
    assert await control.wrong("POST", kind, wrong) == {pointer}
    assert await control.wrong("POST", kind, {**rule, "odd": 1}) == {"#/odd"}
    await control("DELETE", f"{kind}/{added['number']}")
    await control("DELETE", f"{kind}/{added['number']}", status=404)
    await control("POST", kind, rule, 201)
    assert await control("DELETE", f"{kind}?tenant=other") == {"removed": 0}
    assert await control("DELETE", kind) == {"removed": 1}


async def test_a_fault_shows_and_counts(control: Any) -> None:
    fault = {"kind": "unavailable", "operation": "sendMessage", "count": 1}
    number = (await control("POST", "faults", fault, 201))["number"]
    async with control.gateway.signed_in() as client:
        body = {"destination": "+233200000001", "text": "x"}
        assert [(await client.post(control.gateway.SINGLE, json=body)).status_code for _ in "ab"] == [
            503,
            200,
        ]
    assert (await control("GET", f"faults/{number}"))["fired"] == 1
    newest = (await control("GET", "requests?operation=sendMessage"))["requests"]
    assert [exchange["fault"] for exchange in newest] == [None, "unavailable"]


async def test_an_operation_of_another_edition_is_named(control: Any) -> None:
    rule = {"kind": "closed", "operation": "noSuchOperation"}
    assert await control.wrong("POST", "faults", rule) == {"#/operation"}


@pytest.mark.parametrize(("kind", "rule", "_wrong", "_pointer"), RULES)
async def test_a_rule_for_a_tenant_that_there_is_not(
    control: Any, kind: str, rule: dict[str, Any], _wrong: Any, _pointer: str
) -> None:
    for tenant in ("acmee", "ACME", "new"):
        assert await control.wrong("POST", kind, {**rule, "tenant": tenant}) == {"#/tenant"}
        assert await control.wrong("POST", "seed", {kind: [rule, {**rule, "tenant": tenant}]}) == {
            f"#/{kind}/1/tenant"
        }
    assert (await control("GET", kind))[kind] == []
    # Empty is the anonymous one, and a seed may make the tenants of its rules.
    await control("POST", kind, {**rule, "tenant": ""}, 201)
    await control("POST", "seed", {"tenants": [{"name": "new"}], kind: [{**rule, "tenant": "new"}]})
    await control("POST", kind, {**rule, "tenant": "new"}, 201)
    await control("DELETE", "tenants/new")
    assert await control.wrong("POST", kind, {**rule, "tenant": "new"}) == {"#/tenant"}
