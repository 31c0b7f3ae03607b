"""Delivering receipts by themselves, as the clocks go."""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from blackkonnect_emulator.receipts import schedule
from blackkonnect_emulator.receipts.delivery import Delivery
from blackkonnect_emulator.receipts.form import ReceiptForm

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway
    from blackkonnect_emulator.tenants import Tenant

_LONGEST_SLEEP = 3600.0
_PAUSE_AFTER_FAILURE = 1.0

_logger = logging.getLogger("blackkonnect_emulator")


class Courier:
    """Delivers what is due, within one event loop: as the clocks go, and when it is asked to.

    Args:
        gateway: Whose receipts.
        form: How receipts are written.
        followed: The tenants that have an address, by their numbers; the others are passed over.
        timeout: For how many seconds to wait for an answer.
    """

    def __init__(
        self, gateway: "Gateway", form: ReceiptForm, followed: "Mapping[int, Tenant]", timeout: float
    ) -> None:
        self._gateway = gateway
        self._form = form
        self._followed = followed
        self._timeout = timeout
        self._deliveries: dict[int, Delivery] = {}
        self._known: dict[int, int] = {}
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._woken = asyncio.Event()
        self._ending = False
        self._loop = asyncio.get_running_loop()
        self._task = self._loop.create_task(self._run())

    def works_in(self, loop: asyncio.AbstractEventLoop) -> bool:
        """Tell whether it works in this event loop, and still does."""
        return self._loop is loop and not self._ending and not self._task.done()

    def wake(self) -> None:
        """Look again for what is due."""
        self._woken.set()

    def expect(self, tenant: int, time: int) -> None:
        """Look again, unless it is known that a tenant's next receipt is due by a time.

        Args:
            tenant: The tenant's number.
            time: In milliseconds.
        """
        known = self._known.get(tenant)
        if known is None or time < known:
            self._woken.set()

    def look(self) -> None:
        """Look again, if what was to come is due by now, as by a clock that was moved."""
        for number, due in self._known.items():
            tenant = self._followed.get(number)
            if tenant is not None and number not in self._busy and due <= tenant.clock.now():
                self._woken.set()

    async def deliver_due(self, tenants: "Iterable[Tenant]") -> None:
        """Deliver all that is due by the tenants' clocks, and return when that is done and stored."""
        living = [tenant for tenant in tenants if tenant.number in self._followed]
        async with asyncio.TaskGroup() as tasks:
            for tenant in living:
                tasks.create_task(self._delivery(tenant).run())

    def end(self) -> None:
        """Stop soon; may be called from outside of the event loop, and after its end."""
        self._ending = True
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._task.cancel)

    async def stop(self) -> None:
        """Stop; what is not answered yet stays due."""
        self._ending = True
        self._task.cancel()
        await asyncio.wait((self._task,))

    def _delivery(self, tenant: "Tenant") -> Delivery:
        delivery = self._deliveries.get(tenant.number)
        if delivery is None:
            delivery = Delivery(self._gateway, tenant, self._form, self._timeout)
            self._deliveries[tenant.number] = delivery
        return delivery

    async def _run(self) -> None:
        try:
            while True:
                self._woken.clear()
                try:
                    await self._begin()
                    wait = self._wait()
                except Exception as error:  # noqa: BLE001 - the disk, say: it is tried again
                    self._failed(error)
                    wait = _PAUSE_AFTER_FAILURE
                await self._sleep(wait)
        finally:
            running = list(self._busy.values())
            for task in running:
                task.cancel()
            if running:
                await asyncio.wait(running)

    async def _begin(self) -> None:
        """Read what is due when, and begin with what is due now."""
        numbers = list(self._followed)
        for number in self._deliveries.keys() - self._followed.keys():
            if not self._deliveries[number].is_running:
                del self._deliveries[number]
        store = self._gateway.store
        self._known = await store.read(lambda connection: schedule.next_due(connection, numbers))
        for number, due in self._known.items():
            tenant = self._followed.get(number)
            if tenant is not None and number not in self._busy and due <= tenant.clock.now():
                self._busy[number] = self._loop.create_task(self._deliver(tenant))

    def _wait(self) -> float:
        """Tell how many seconds of this machine to wait for what is due next."""
        waits = [
            self._followed[number].clock.seconds_until(due)
            for number, due in self._known.items()
            if number in self._followed and number not in self._busy
        ]
        return min((wait for wait in waits if wait is not None), default=_LONGEST_SLEEP)

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(min(seconds, _LONGEST_SLEEP)):
                await self._woken.wait()
        except TimeoutError:
            return

    async def _deliver(self, tenant: "Tenant") -> None:
        try:
            await self._delivery(tenant).run()
        except Exception as error:  # noqa: BLE001 - the same
            self._failed(error)
            await asyncio.sleep(_PAUSE_AFTER_FAILURE)
        finally:
            del self._busy[tenant.number]
            self._woken.set()

    def _failed(self, error: Exception) -> None:
        # The error's own words may hold the address.
        if not self._ending:
            _logger.error("receipts could not be delivered: %s", type(error).__name__)
