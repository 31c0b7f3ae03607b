"""Delivering the receipts of a tenant that are due."""

import asyncio
import sqlite3
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from blackkonnect_emulator.receipts import schedule
from blackkonnect_emulator.receipts.address import read_address
from blackkonnect_emulator.receipts.form import ReceiptForm, Told, receipt_id
from blackkonnect_emulator.receipts.handing_back import HandedBack
from blackkonnect_emulator.receipts.retrying import Retrying
from blackkonnect_emulator.receipts.schedule import Attempted, Due

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway
    from blackkonnect_emulator.receipts.calling import Caller
    from blackkonnect_emulator.tenants import Tenant

# Many a receiver lets five connections wait and drops the rest, each of which then takes a second.
_AT_ONCE = 4
# So many attempts are stored at once; a crash lets at most these be made again.
_MOST_IN_A_ROUND = 64


class Delivery:
    """Delivers receipts of a tenant within one event loop.

    In a round each receipt is of another message; the next one of a message is due when this one is done
    with, so that they come in order. A tenant's rounds follow one another, whoever asks for them.

    Args:
        gateway: Whose tenant.
        tenant: The tenant.
        form: How receipts are written.
        timeout: For how many seconds to wait for an answer.
    """

    def __init__(self, gateway: "Gateway", tenant: "Tenant", form: ReceiptForm, timeout: float) -> None:
        self._gateway = gateway
        self._tenant = tenant
        self._form = form
        self._timeout = timeout
        self._retrying = Retrying.of(gateway.profile)
        self._handed_back = HandedBack()
        self._lock = asyncio.Lock()

    @property
    def is_running(self) -> bool:
        """Whether a run goes on."""
        return self._lock.locked()

    async def run(self) -> None:
        """Deliver all that is due by the tenant's clock, and return when that is done and stored."""
        async with self._lock:
            due: Sequence[Due] = await self._turn(())
            while due and self._tenant.callback is not None:
                due = await self._to(self._tenant.callback, due)

    async def _to(self, callback: str, due: Sequence[Due]) -> Sequence[Due]:
        """Deliver to an address for as long as it is the tenant's."""
        # Most tests need no receipts, so what calls is imported with the first.
        from blackkonnect_emulator.receipts.calling import Caller  # noqa: PLC0415

        address = read_address(callback, self._gateway.settings.callback_hosts)
        async with Caller(address, self._timeout) as caller:
            while due and self._tenant.callback == callback:
                due = await self._turn(await self._round(caller, callback, due))
        return due

    async def _round(self, caller: "Caller", callback: str, due: Sequence[Due]) -> list[Attempted]:
        ended: list[Attempted] = []
        left = iter(due)

        async def work(left: Iterator[Due]) -> None:
            for one in left:
                if self._tenant.callback != callback:
                    return
                ended.append(await self._attempt(caller, one))

        try:
            async with asyncio.TaskGroup() as tasks:
                for _ in range(min(_AT_ONCE, len(due))):
                    tasks.create_task(work(left))
        except asyncio.CancelledError:
            # What was taken by the other side is not to be delivered again after a restart.
            await self._turn(ended, most=0)
            raise
        return ended

    async def _attempt(self, caller: "Caller", due: Due) -> Attempted:
        told = Told(
            message_id=due.message_id,
            status=due.status,
            since=due.since,
            bulk_id=due.bulk_id,
            receipt_id=receipt_id(due.correlation_id, due.place, due.status),
            destination=due.destination,
            source_address=due.source_address,
            callback_data=due.callback_data,
        )
        query = self._form.query(told)
        at, begun = self._tenant.clock.now(), time.perf_counter()
        answer = await caller.call(query)
        took = round((time.perf_counter() - begun) * 1000)
        return Attempted(due, at, caller.shown(query), answer.words, answer.taken, took)

    async def _turn(self, ended: Sequence[Attempted], most: int = _MOST_IN_A_ROUND) -> list[Due]:
        """Store what came of a round, and take what is due for the next."""
        number, now = self._tenant.number, self._tenant.clock.now()
        attempts = tuple(ended)

        def turn(connection: sqlite3.Connection) -> list[Due]:
            schedule.store(connection, attempts, self._retrying, now)
            return schedule.take_due(connection, self._handed_back, number, now, most)

        due = await self._gateway.store.write(turn)
        if attempts:
            self._gateway.changes.bump()
        return due
