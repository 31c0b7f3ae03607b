"""Making tenants and changing them, as the control API and seed files ask for."""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from blackkonnect_emulator.clock import FASTEST, FURTHEST, Clock
from blackkonnect_emulator.given_fields import Given
from blackkonnect_emulator.receipts.address import AddressError, read_address
from blackkonnect_emulator.tenants import hashed

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway
    from blackkonnect_emulator.tenants import Tenant

FIELDS = ("secret", "callback", "clock", "start")

_PACES = {"real": 1.0, "manual": 0.0}
_LONGEST_CALLBACK = 2048
_A_CLOCK = f"must be shared, real, manual or a factor: a number above 0, up to {FASTEST:.0f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantSetup:
    """How a tenant is to be set up.

    Attributes:
        name: Its client id; empty for the anonymous tenant.
        secret: Its secret; `None` for a random one, or to leave it as it is.
        callback: Where its receipts go to; `None` for nowhere.
        sets_callback: Whether the callback is to be set at all.
        clock: `shared` for the emulator's, or the factor of one of its own, 0 being a manual one; `None` to
            leave it as it is.
        start: The time that its own clock tells first, in milliseconds.
    """

    name: str
    secret: str | None = field(default=None, repr=False)
    callback: str | None = field(default=None, repr=False)
    sets_callback: bool = False
    clock: float | Literal["shared"] | None = None
    start: int | None = None


def read_setup(given: Given, name: str) -> TenantSetup:
    """Read how a tenant is to be set up; what is wrong is noted in `given.places`.

    Args:
        given: The object with the fields; an empty callback is none.
        name: The tenant's name.
    """
    no_callback = given.any("callback") == ""
    callback = None if no_callback else given.text("callback", longest=_LONGEST_CALLBACK)
    clock = _read_clock(given)
    start = given.time("start")
    if start is not None and not 0 <= start <= FURTHEST:
        given.wrong("start", "must be from 1970 to the year 9999")
    if start is not None and (clock is None or clock == "shared"):
        given.wrong("start", "goes with a clock of the tenant's own alone")
    return TenantSetup(
        name=name,
        secret=given.text("secret"),
        callback=callback,
        sets_callback=no_callback or callback is not None,
        clock=clock,
        start=start,
    )


def _read_clock(given: Given) -> float | Literal["shared"] | None:
    value = given.any("clock")
    if value is None:
        return None
    if value == "shared":
        return "shared"
    if isinstance(value, str) and value in _PACES:
        return _PACES[value]
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= FASTEST:
        return float(value)
    given.wrong("clock", _A_CLOCK)
    return None


def check_setup(gateway: "Gateway", setup: TenantSetup, given: Given) -> None:
    """Check that a tenant can be set up so; what is wrong is noted in `given.places`.

    Args:
        gateway: Where.
        setup: How.
        given: Where it was read from.
    """
    tenant = gateway.tenants.get(setup.name)
    if setup.secret is not None and (not setup.name or setup.name in gateway.settings.clients):
        whose = "the emulator's settings" if setup.name else "nobody: the anonymous tenant has none"
        given.wrong("secret", f"is set by {whose}")
    if setup.callback is not None:
        try:
            read_address(setup.callback, gateway.settings.callback_hosts)
        except AddressError as error:
            given.wrong("callback", str(error))
    if tenant is None or setup.clock is None:
        return
    now = tenant.clock.now()
    if setup.clock == "shared" and gateway.clock.now() < now:
        given.wrong("clock", "can't be shared: the emulator's clock is behind, and time does not go back")
    if setup.start is not None and setup.start < now:
        given.wrong("start", "must not be before the tenant's time now: time does not go back")


async def set_up(gateway: "Gateway", setup: TenantSetup) -> tuple["Tenant", str | None]:
    """Make a tenant, or change it where there is one of its name.

    Args:
        gateway: Where.
        setup: How, which was checked.

    Returns:
        The tenant, and its secret where that was made here and is told once.
    """
    tenant = gateway.tenants.get(setup.name)
    if tenant is None:
        clock = None
        if setup.clock is not None and setup.clock != "shared":
            clock = Clock(setup.clock, gateway.clock.now() if setup.start is None else setup.start)
        tenant, secret = await gateway.make_tenant(setup.name, setup.secret, clock)
        if setup.callback is not None:
            await gateway.receipts.set_callback(tenant, setup.callback)
        return tenant, secret if setup.secret is None else None
    if setup.secret is not None:
        tenant.secret = hashed(setup.secret)
    if setup.clock is not None:
        await _change_clock(gateway, tenant, setup)
    await gateway.keep(tenant)
    if setup.sets_callback:
        await gateway.receipts.set_callback(tenant, setup.callback)
    gateway.changes.bump()
    return tenant, None


async def _change_clock(gateway: "Gateway", tenant: "Tenant", setup: TenantSetup) -> None:
    if setup.clock is None:
        return
    if setup.clock == "shared":
        tenant.clock, tenant.own_clock = gateway.clock, False
    elif tenant.own_clock:
        await gateway.time.go(setup.clock, tenant)
        if setup.start is not None:
            # A clock that goes may have passed it since that was checked, which is no harm.
            with suppress(ValueError):
                await gateway.time.move_to(setup.start, tenant)
    else:
        start = tenant.clock.now() if setup.start is None else setup.start
        tenant.clock, tenant.own_clock = Clock(setup.clock, start), True
    tenant.ids.go_by(tenant.clock)
