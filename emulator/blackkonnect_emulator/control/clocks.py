"""Telling and moving the time."""

from typing import TYPE_CHECKING

from starlette.requests import Request

from blackkonnect_emulator.answers import Answer
from blackkonnect_emulator.clock import FASTEST, SECOND
from blackkonnect_emulator.control import writing
from blackkonnect_emulator.control.reading import Parameters, body_problem, finish, not_there, read_fields
from blackkonnect_emulator.control.tenants import known_tenant
from blackkonnect_emulator.given_fields import A_TIME, Given, read_time
from blackkonnect_emulator.tenants import Tenant
from blackkonnect_emulator.timekeeping import OwnClockError
from blackkonnect_emulator.timestamps import rfc3339

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway

_WAYS = ("advance", "to", "factor")
_NEXT = "next event"
# More than the years to 9999 have.
_MOST_SECONDS = 400_000_000_000


async def tell_clock(gateway: "Gateway", request: Request) -> Answer:
    """Tells how the emulator's clock goes, or that of one tenant with `tenant`."""
    parameters = Parameters(request, ("tenant",))
    name = parameters.text("tenant")
    parameters.check()
    tenant = None if name is None else gateway.tenants.get(name)
    if name is not None and tenant is None:
        raise not_there("tenant")
    return await _told(gateway, tenant)


async def set_clock(gateway: "Gateway", request: Request) -> Answer:
    """Moves the clock or changes its pace: `advance` in seconds, `to` a time or "next event", or `factor`.

    A factor of 1 is the real pace, 0 lets it stand until it is moved. What comes due on the way happens
    before this answers. `tenant` names one with a clock of its own.
    """
    given = await read_fields(request, (*_WAYS, "tenant"))
    name = given.text("tenant", least=0)
    tenant = None if name is None else known_tenant(gateway, given, "tenant", name)
    if sum(way in given for way in _WAYS) != 1:
        given.wrong("advance", f"one of {', '.join(_WAYS)} is needed, and no more than one")
    advance = given.number("advance", 0, _MOST_SECONDS)
    factor = given.number("factor", 0, FASTEST)
    to = _read_to(given)
    finish(given)
    try:
        gateway.time.clock_of(tenant)
    except OwnClockError as error:
        raise body_problem("tenant", str(error)) from None
    try:
        if advance is not None:
            await gateway.time.advance(round(advance * SECOND), tenant)
        elif factor is not None:
            await gateway.time.go(factor, tenant)
        else:
            await _move(gateway, tenant, to)
    except ValueError as error:
        raise body_problem("advance" if advance is not None else "to", str(error)) from None
    return await _told(gateway, tenant)


def _read_to(given: Given) -> int | None:
    """Read where to move; `None` where it is the next event."""
    to = given.any("to")
    if to is None or to == _NEXT:
        return None
    time = read_time(to)
    if time is None:
        given.wrong("to", f'{A_TIME}, or "{_NEXT}"')
    return time


async def _move(gateway: "Gateway", tenant: Tenant | None, to: int | None) -> None:
    if to is not None:
        await gateway.time.move_to(to, tenant)
        return
    clock = gateway.time.clock_of(tenant)
    due = await gateway.time.next_event(gateway.time.living_by(clock))
    # Where nothing is to come, the time stays as it is.
    if due is not None:
        await gateway.time.move_to(max(due, clock.now()), tenant)


async def _told(gateway: "Gateway", tenant: Tenant | None) -> Answer:
    clock = gateway.clock if tenant is None else tenant.clock
    due = await gateway.time.next_event(gateway.time.living_by(clock))
    told = writing.clock(clock)
    return Answer.json({**told, "nextEvent": None if due is None else rfc3339(due)})
