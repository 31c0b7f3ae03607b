"""Emptying the emulator and putting data into it."""

from typing import TYPE_CHECKING

from starlette.requests import Request

from blackkonnect_emulator.answers import Answer
from blackkonnect_emulator.control.reading import finish, read_body, read_fields
from blackkonnect_emulator.control.tenants import known_tenant
from blackkonnect_emulator.problems import Problem, rules_broken
from blackkonnect_emulator.seeding import SeedError, apply, read_seed

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway


async def reset(gateway: "Gateway", request: Request) -> Answer:
    """Forgets messages, rules and requests: one tenant's with `tenant`, or everybody's.

    Tenants and clocks stay as they are; rules for everybody end where everybody's are meant.
    """
    given = await read_fields(request, ("tenant",))
    name = given.text("tenant", least=0)
    tenant = None if name is None else known_tenant(gateway, given, "tenant", name)
    finish(given)
    if tenant is not None:
        await gateway.reset(tenant)
        return Answer.json({"tenants": [tenant.name]})
    tenants = list(gateway.tenants)
    for one in tenants:
        await gateway.reset(one)
    gateway.faults.clear()
    gateway.outcomes.clear()
    gateway.journal.clear()
    gateway.changes.bump()
    return Answer.json({"tenants": [one.name for one in tenants]})


async def seed(gateway: "Gateway", request: Request) -> Answer:
    """Puts data in, all or nothing: `tenants`, `messages`, `outcomes` and `faults`, each a list.

    It answers how many of each there were, and the secrets that were made, which are not told again.
    """
    try:
        seeded = await apply(gateway, read_seed(await read_body(request)))
    except SeedError as error:
        if error.used:
            raise Problem(409, "An id was used before; nothing was put in.", error.places) from None
        raise rules_broken(error.places) from None
    return Answer.json(seeded._asdict())
