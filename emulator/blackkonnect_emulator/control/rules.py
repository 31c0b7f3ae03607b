"""Rules for outcomes and faults: listing, adding, ending."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from blackkonnect_emulator.answers import Answer
from blackkonnect_emulator.control import writing
from blackkonnect_emulator.control.reading import Parameters, body_problem, not_there, read_body, whole_number
from blackkonnect_emulator.fault_rules import FaultRule
from blackkonnect_emulator.outcome_rules import OutcomeRule
from blackkonnect_emulator.problems import rules_broken
from blackkonnect_emulator.rule_book import Held
from blackkonnect_emulator.rule_fields import RuleError
from blackkonnect_emulator.seeding import rule_place

if TYPE_CHECKING:
    from blackkonnect_emulator.faults import Faults
    from blackkonnect_emulator.gateway import Gateway
    from blackkonnect_emulator.outcomes import Outcomes


async def list_faults(gateway: "Gateway", request: Request) -> Answer:
    """Lists the rules for faults, each with its number and how often it came about."""
    return _listed("faults", gateway.faults, request)


async def add_fault(gateway: "Gateway", request: Request) -> Answer:
    """Adds a rule for a fault: `kind` and its parameters."""

    def add(content: object) -> Held[FaultRule] | None:
        rule = FaultRule.from_json(content)
        _check_tenant(gateway, rule)
        return gateway.faults.get(gateway.faults.add(rule))

    return await _added(gateway, request, add)


async def clear_faults(gateway: "Gateway", request: Request) -> Answer:
    """Ends all rules for faults, or one tenant's own with `tenant`."""
    return _cleared(gateway, gateway.faults, request)


async def show_fault(gateway: "Gateway", request: Request) -> Answer:
    """Shows one rule for a fault."""
    return Answer.json(writing.held(_found("fault", gateway.faults, request)))


async def remove_fault(gateway: "Gateway", request: Request) -> Answer:
    """Ends one rule for a fault."""
    return _removed("fault", gateway, gateway.faults, request)


async def list_outcomes(gateway: "Gateway", request: Request) -> Answer:
    """Lists the rules for outcomes, each with its number and how often it held."""
    return _listed("outcomes", gateway.outcomes, request)


async def add_outcome(gateway: "Gateway", request: Request) -> Answer:
    """Adds a rule for an outcome: `pattern`, `outcome`, and perhaps `probability` and `tenant`."""

    def add(content: object) -> Held[OutcomeRule] | None:
        rule = OutcomeRule.from_json(content)
        _check_tenant(gateway, rule)
        return gateway.outcomes.get(gateway.outcomes.add(rule))

    return await _added(gateway, request, add)


async def clear_outcomes(gateway: "Gateway", request: Request) -> Answer:
    """Ends all rules for outcomes, or one tenant's own with `tenant`."""
    return _cleared(gateway, gateway.outcomes, request)


async def show_outcome(gateway: "Gateway", request: Request) -> Answer:
    """Shows one rule for an outcome."""
    return Answer.json(writing.held(_found("outcome", gateway.outcomes, request)))


async def remove_outcome(gateway: "Gateway", request: Request) -> Answer:
    """Ends one rule for an outcome."""
    return _removed("outcome", gateway, gateway.outcomes, request)


def _check_tenant(gateway: "Gateway", rule: FaultRule | OutcomeRule) -> None:
    # A rule for nobody never comes about, and would be taken for one that doesn't work.
    if rule.tenant is not None and gateway.tenants.get(rule.tenant) is None:
        raise body_problem("tenant", "there is no such tenant; make it first, or leave this out for all")


def _listed(name: str, rules: "Faults | Outcomes", request: Request) -> Answer:
    parameters = Parameters(request, ("tenant",))
    tenant = parameters.text("tenant")
    parameters.check()
    return Answer.json(
        {name: [writing.held(held) for held in rules.rules() if tenant in (None, held.rule.tenant)]}
    )


async def _added(gateway: "Gateway", request: Request, add: Callable[[object], Held[Any] | None]) -> Answer:
    content = await read_body(request)
    try:
        added = add(content)
    except RuleError as error:
        raise rules_broken([rule_place(error)]) from None
    gateway.changes.bump()
    return Answer.json(None if added is None else writing.held(added), 201)


def _cleared(gateway: "Gateway", rules: "Faults | Outcomes", request: Request) -> Answer:
    parameters = Parameters(request, ("tenant",))
    tenant = parameters.text("tenant")
    parameters.check()
    before = len(rules.rules())
    rules.clear(tenant)
    gateway.changes.bump()
    return Answer.json({"removed": before - len(rules.rules())})


def _found(kind: str, rules: "Faults | Outcomes", request: Request) -> Held[Any]:
    number = whole_number(request.path_params["number"])
    found = None if number is None else rules.get(number)
    if found is None:
        raise not_there(kind)
    return found


def _removed(kind: str, gateway: "Gateway", rules: "Faults | Outcomes", request: Request) -> Answer:
    rules.remove(_found(kind, rules, request).number)
    gateway.changes.bump()
    return Answer.json({"removed": 1})
