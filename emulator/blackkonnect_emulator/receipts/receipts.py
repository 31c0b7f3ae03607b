"""Receipts that go to the customers' addresses."""

import asyncio
import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING

from blackkonnect_emulator.lifecycle import Plan
from blackkonnect_emulator.receipts import log, planning, schedule
from blackkonnect_emulator.receipts.address import read_address
from blackkonnect_emulator.receipts.courier import Courier
from blackkonnect_emulator.receipts.form import ReceiptForm
from blackkonnect_emulator.receipts.seen import SeenReceipt

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway
    from blackkonnect_emulator.tenants import Tenant

_TIMEOUT = 10.0


class Receipts:
    """Sends receipts, and shows what came of them; a tenant without an address costs nothing.

    Args:
        gateway: Whose.
        timeout: For how many seconds of this machine to wait for the answer to a receipt.

    Attributes:
        timeout: The same; a change counts from the next start of the event loop on.
    """

    def __init__(self, gateway: "Gateway", timeout: float = _TIMEOUT) -> None:
        self.timeout = timeout
        self._gateway = gateway
        self._form = ReceiptForm(gateway.document)
        self._followed = {tenant.number: tenant for tenant in gateway.tenants if tenant.callback is not None}
        self._courier: Courier | None = None

    def wake(self) -> None:
        """Look again for what is due, and from now on as the clocks go; needs a running event loop."""
        if (courier := self._here()) is not None:
            courier.wake()

    def look(self) -> None:
        """See to it that what is due by clocks that were moved by hand is delivered; this costs little."""
        if self._followed and (courier := self._here()) is not None:
            courier.look()

    def expect(self, tenant: "Tenant", plans: Iterable[Plan]) -> None:
        """Take note of messages that were taken, each of which may be the next to have a receipt.

        Args:
            tenant: Whose they are.
            plans: What becomes of them.
        """
        if tenant.number in self._followed and (courier := self._here()) is not None:
            first = min(plan.final_at if plan.sent_at is None else plan.sent_at for plan in plans)
            courier.expect(tenant.number, first)

    async def set_callback(self, tenant: "Tenant", callback: str | None) -> None:
        """Set the address that a tenant's receipts go to.

        Messages that are not final yet get receipts for the statuses that are still to come. Without an
        address those that wait are dropped.

        Args:
            tenant: The tenant.
            callback: The address, or `None` for none.

        Raises:
            AddressError: The address may not be called, or is none.
        """
        self.check(callback)
        tenant.callback = callback
        which, now = self._gateway.receipts_of(tenant), tenant.clock.now()
        self.follow(tenant)
        await self._gateway.store.write(
            lambda connection: planning.plan_rest(connection, tenant.number, which, now)
        )
        await self._gateway.keep(tenant)
        self.wake()
        self._gateway.changes.bump()

    def check(self, callback: str | None) -> None:
        """Check that receipts may go to an address.

        Raises:
            AddressError: They may not, and why.
        """
        if callback is not None:
            read_address(callback, self._gateway.settings.callback_hosts)

    def follow(self, tenant: "Tenant") -> None:
        """Send the receipts of a tenant from now on, if it has an address."""
        if tenant.callback is None:
            self.leave(tenant)
        else:
            self._followed[tenant.number] = tenant

    def leave(self, tenant: "Tenant") -> None:
        """Send the receipts of a tenant no more."""
        self._followed.pop(tenant.number, None)

    async def next_due(self, tenants: "Iterable[Tenant]") -> int | None:
        """Tell when the next receipt is due, in milliseconds of the tenants' clocks; it may be past.

        Args:
            tenants: Whose.
        """
        numbers = [tenant.number for tenant in tenants if tenant.number in self._followed]
        if not numbers:
            return None
        found = await self._gateway.store.read(lambda connection: schedule.next_due(connection, numbers))
        return min(found.values(), default=None)

    async def deliver_due(self, tenants: "Iterable[Tenant]") -> None:
        """Deliver all that is due by the tenants' clocks, and return when that is done and stored.

        Args:
            tenants: Whose.
        """
        if (courier := self._here()) is not None:
            await courier.deliver_due(tenants)

    async def of(self, message: int) -> list[SeenReceipt]:
        """List the receipts of a message, in the order in which they are delivered.

        Args:
            message: The message's number.
        """
        return await self._gateway.store.read(lambda connection: log.of_message(connection, message))

    async def log(
        self,
        tenant: int | None = None,
        message: int | None = None,
        before: int | None = None,
        limit: int = 100,
    ) -> list[SeenReceipt]:
        """List receipts with their attempts, the newest first.

        Args:
            tenant: The number of the tenant whose they are; `None` for all.
            message: The number of the message that they tell of; `None` for all.
            before: Older than the receipt of this number: the cursor.
            limit: At most so many.
        """
        return await self._gateway.store.read(
            lambda connection: log.latest(connection, tenant, message, before, limit)
        )

    def follow_plan(
        self, connection: sqlite3.Connection, tenant: "Tenant", message: int, before: Plan, plan: Plan
    ) -> None:
        """Let a message's receipts follow its plan, in the transaction that changed it.

        Args:
            connection: That of the transaction.
            tenant: Whose message it is.
            message: Its number.
            before: Its plan before the change.
            plan: Its plan.
        """
        which = self._gateway.receipts_of(tenant)
        if which is not None:
            planning.follow(connection, message, before, plan, which)

    async def stop(self) -> None:
        """Stop; what is not answered yet stays due."""
        if self._courier is not None:
            courier, self._courier = self._courier, None
            if courier.works_in(asyncio.get_running_loop()):
                await courier.stop()

    def close(self) -> None:
        """Stop soon, without waiting for it, as where no event loop runs any more."""
        if self._courier is not None:
            self._courier.end()
            self._courier = None

    def _here(self) -> Courier | None:
        """Find who delivers in this event loop; one that has ended took its own with it."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return None
        if self._courier is not None and self._courier.works_in(loop):
            return self._courier
        if not self._followed:
            return None
        self._courier = Courier(self._gateway, self._form, self._followed, self.timeout)
        return self._courier
