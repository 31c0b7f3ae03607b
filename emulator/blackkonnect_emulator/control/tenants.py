"""Tenants: listing, making, changing, removing."""

from typing import TYPE_CHECKING

from starlette.requests import Request

from blackkonnect_emulator.answers import Answer
from blackkonnect_emulator.control import writing
from blackkonnect_emulator.control.reading import Parameters, finish, not_there, read_fields
from blackkonnect_emulator.given_fields import LONGEST_TEXT, Given
from blackkonnect_emulator.problems import Problem, in_parameter, rules_broken
from blackkonnect_emulator.tenant_setup import FIELDS, check_setup, read_setup, set_up
from blackkonnect_emulator.tenants import Tenant

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway


def known_tenant(gateway: "Gateway", given: Given, field: str, name: str) -> Tenant | None:
    """Find the tenant that a field names; one that there is not is noted as wrong.

    Args:
        gateway: Where.
        given: What the field is of.
        field: The field.
        name: What it holds.
    """
    tenant = gateway.tenants.get(name)
    if tenant is None:
        given.wrong(field, "there is no such tenant")
    return tenant


async def list_tenants(gateway: "Gateway", request: Request) -> Answer:
    """Lists the tenants, without their secrets."""
    Parameters(request, ()).check()
    return Answer.json({"tenants": [writing.tenant(gateway, tenant) for tenant in gateway.tenants]})


async def show_tenant(gateway: "Gateway", request: Request) -> Answer:
    """Shows one tenant."""
    return Answer.json(writing.tenant(gateway, _found(gateway, request)))


async def put_tenant(gateway: "Gateway", request: Request) -> Answer:
    """Makes a tenant or changes it: `secret`, `callback`, `clock` and `start`, as far as they are given.

    The clock is `shared`, `real`, `manual` or a factor, and `start` the time that its own one tells first.
    An empty callback ends it. A secret that is made here is answered once.
    """
    name = request.path_params["name"]
    if len(name) > LONGEST_TEXT:
        told = f"must have at most {LONGEST_TEXT} characters"
        raise rules_broken([in_parameter("name", told)])
    given = await read_fields(request, FIELDS)
    setup = read_setup(given, name)
    check_setup(gateway, setup, given)
    finish(given)
    is_new = gateway.tenants.get(name) is None
    tenant, secret = await set_up(gateway, setup)
    written = writing.tenant(gateway, tenant)
    if secret is not None:
        written["secret"] = secret
    return Answer.json(written, 201 if is_new else 200)


async def remove_tenant(gateway: "Gateway", request: Request) -> Answer:
    """Removes a tenant with all that it sent."""
    tenant = _found(gateway, request)
    if not tenant.name or tenant.name in gateway.settings.clients:
        raise Problem(409, "The emulator's settings name this tenant, so it stays; it can be reset.")
    await gateway.remove_tenant(tenant)
    return Answer.json({"removed": 1})


def _found(gateway: "Gateway", request: Request) -> Tenant:
    tenant = gateway.tenants.get(request.path_params["name"])
    if tenant is None:
        raise not_there("tenant")
    return tenant
