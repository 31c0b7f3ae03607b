"""Moving the time, so that everything that comes due happens, at once and in its order."""

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING

from blackkonnect_emulator import remembered_tenants
from blackkonnect_emulator.clock import FURTHEST, Clock, Mode, Reading
from blackkonnect_emulator.tenants import Tenant

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway


class OwnClockError(ValueError):
    """A tenant has no clock of its own."""


class Timekeeper:
    """Moves the clocks of a gateway.

    Args:
        gateway: Whose clocks.
    """

    def __init__(self, gateway: "Gateway") -> None:
        self._gateway = gateway

    def clock_of(self, tenant: Tenant | None) -> Clock:
        """Tell which clock is meant.

        Args:
            tenant: One with a clock of its own, or `None` for the emulator's clock.

        Raises:
            OwnClockError: The tenant goes by the emulator's clock, which is others' too.
        """
        if tenant is None:
            return self._gateway.clock
        if not tenant.own_clock:
            raise OwnClockError("the tenant goes by the emulator's clock; move that one")
        return tenant.clock

    def living_by(self, clock: Clock) -> list[Tenant]:
        """List the tenants that go by a clock."""
        return [tenant for tenant in self._gateway.tenants if tenant.clock is clock]

    def mode(self, tenant: Tenant | None = None) -> Mode:
        """Tell whether a clock is real, scaled or manual."""
        return (self._gateway.clock if tenant is None else tenant.clock).mode

    async def advance(self, milliseconds: int, tenant: Tenant | None = None) -> int:
        """Move a clock forward; what comes due on the way happens at its time, before this returns.

        Args:
            milliseconds: By how much, 0 or more.
            tenant: Whose clock, where it is not the emulator's.

        Returns:
            The time then.

        Raises:
            ValueError: It leads back, or behind the year 9999.
            OwnClockError: The tenant has no clock of its own.
        """
        clock = self.clock_of(tenant)
        if not milliseconds >= 0:
            raise ValueError("must not be negative: time does not go back")
        # Not by `move_to`: a clock that goes may have passed a near moment before it is moved there.
        return await self._move(clock, clock.now() + milliseconds, tenant)

    async def move_to(self, time: int, tenant: Tenant | None = None) -> int:
        """Move a clock forward to a moment, as `advance` does.

        Args:
            time: In milliseconds.
            tenant: Whose clock, where it is not the emulator's.
        """
        clock = self.clock_of(tenant)
        if not time >= clock.now():
            raise ValueError("must not be before the time now: time does not go back")
        return await self._move(clock, time, tenant)

    async def _move(self, clock: Clock, time: int, tenant: Tenant | None) -> int:
        if not time <= FURTHEST:
            raise ValueError("must not be after the year 9999")
        # Where this ends is remembered first: after a crash on the way, what was told is not in the future.
        await self._remember(clock.to_resume()._replace(told=time), tenant)
        receipts = self._gateway.receipts
        living = self.living_by(clock)
        while (due := await receipts.next_due(living)) is not None and due <= time:
            clock.move_to(due)
            await receipts.deliver_due(living)
        clock.move_to(time)
        await self._keep(clock, tenant)
        return clock.now()

    async def go(self, factor: float, tenant: Tenant | None = None) -> None:
        """Let a clock go faster, slower or not at all from now on.

        Args:
            factor: How many of its seconds go by in a real one: 1 for the real pace, 0 for a manual clock.
            tenant: Whose clock, where it is not the emulator's.
        """
        clock = self.clock_of(tenant)
        clock.go(factor)
        await self._keep(clock, tenant)

    async def next_event(self, tenants: Iterable[Tenant] | None = None) -> int | None:
        """Tell when the next message reaches a status or the next receipt is due, up to 50 ms late.

        Args:
            tenants: Whose; by default of all that go by the emulator's clock.
        """
        living = self.living_by(self._gateway.clock) if tenants is None else list(tenants)
        times = [tenant.agenda.next_after(tenant.clock.now()) for tenant in living]
        times.append(await self._gateway.receipts.next_due(living))
        return min((time for time in times if time is not None), default=None)

    async def wait_for_change(self, version: int, seconds: float) -> int:
        """Wait until something changes; that a message reaches a status by itself is a change too.

        Args:
            version: The version of the gateway's changes that is known already.
            seconds: For how long at most, in real time.

        Returns:
            The version now; the one given where the time was up first.
        """
        changes, clock = self._gateway.changes, asyncio.get_running_loop().time
        until = clock() + seconds
        while changes.version == version and (left := until - clock()) > 0:
            # A status that was reached while nobody waited is told by asking for the next one.
            due = await self.seconds_to_next_event()
            await changes.wait(version, left if due is None else min(due, left))
        return changes.version

    async def seconds_to_next_event(self) -> float | None:
        """Tell how long this machine has to wait until anything happens to any message by itself."""
        waits: list[float] = []
        for tenant in self._gateway.tenants:
            time = tenant.agenda.next_after(tenant.clock.now())
            if time is not None and (wait := tenant.clock.seconds_until(time)) is not None:
                waits.append(wait)
        return min(waits, default=None)

    async def _remember(self, reading: Reading, tenant: Tenant | None) -> None:
        if tenant is None:
            await self._gateway.store.write(
                lambda connection: remembered_tenants.save_clock(connection, reading)
            )
        else:
            await self._gateway.keep(tenant, reading)

    async def _keep(self, clock: Clock, tenant: Tenant | None) -> None:
        await self._remember(clock.to_resume(), tenant)
        self._gateway.receipts.wake()
        self._gateway.changes.bump()
