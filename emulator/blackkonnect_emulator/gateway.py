"""The gateway: everything that its operations need."""

import secrets
import sqlite3
from dataclasses import dataclass, field
from typing import Any

from blackkonnect_emulator import remembered_tenants, statuses
from blackkonnect_emulator.agenda import Agenda
from blackkonnect_emulator.changes import Changes
from blackkonnect_emulator.clock import SECOND, Clock, Reading
from blackkonnect_emulator.database import DatabaseError
from blackkonnect_emulator.document import Document, Operation, load
from blackkonnect_emulator.faults import Faults
from blackkonnect_emulator.ids import Ids
from blackkonnect_emulator.journal import Entry, Journal
from blackkonnect_emulator.lifecycle import Pace
from blackkonnect_emulator.outcomes import Outcomes
from blackkonnect_emulator.parameters import Values
from blackkonnect_emulator.profile import Profile, load_profile
from blackkonnect_emulator.queries import Queries
from blackkonnect_emulator.receipts.address import is_address
from blackkonnect_emulator.receipts.planning import Which, plan_rest
from blackkonnect_emulator.receipts.receipts import Receipts
from blackkonnect_emulator.remembered_tenants import KnownTenant
from blackkonnect_emulator.send_queue import SendQueue
from blackkonnect_emulator.settings import Settings
from blackkonnect_emulator.store import Store
from blackkonnect_emulator.tenants import ANONYMOUS, Tenant, Tenants, hashed
from blackkonnect_emulator.timekeeping import Timekeeper
from blackkonnect_emulator.tokens import Tokens


@dataclass(slots=True)
class Call:
    """A request that was found to fit the document.

    Attributes:
        operation: What is asked for.
        tenant: Who asks.
        parameters: The parameters by name, those of headers in lower case.
        body: The body, where the operation takes one and it is there.
        entry: The request's place in the journal.
        now: The time that it is answered for: that of the tenant's clock, or less where a fault makes
            statuses lag.
    """

    operation: Operation
    tenant: Tenant
    parameters: Values = field(repr=False)
    body: Any = field(repr=False)
    entry: Entry
    now: int


class Gateway:
    """A gateway of one edition, with all that it remembers.

    Args:
        settings: How it is set up.

    Raises:
        DatabaseError: The database can't be opened.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.document: Document = load(settings.edition)
        statuses.check(self.document)
        self.profile: Profile = load_profile(settings.profile)
        self.clock: Clock = settings.clock
        self.pace = Pace(round(settings.seconds_to_sent * SECOND), round(settings.seconds_to_final * SECOND))
        self.changes = Changes()
        self.journal = Journal()
        self.faults = Faults(
            settings.seed, [operation.operation_id for operation in self.document.operations]
        )
        self.outcomes = Outcomes(settings.seed)
        for outcome in settings.outcomes:
            self.outcomes.add(outcome)
        for fault in settings.faults:
            self.faults.add(fault)
        self.store = Store(settings.database, in_memory=settings.in_memory)
        self.tenants = Tenants()
        try:
            self.store.at_start(self._restore)
        except sqlite3.Error as error:
            self.store.close()
            raise DatabaseError(f"{settings.database}: {error}") from error
        self.tokens = Tokens(self.store.key, self.tenants, settings.token_seconds)
        self.queries = Queries(self)
        self.receipts = Receipts(self)
        self.time = Timekeeper(self)

    def _restore(self, connection: sqlite3.Connection) -> None:
        """Take in the tenants of the settings, and those that were made before a restart."""
        reading, asked = remembered_tenants.clock_reading(connection), self.clock.factor
        if reading is not None:
            # A pace that was set since the last start stays, unless this one asks for another than that did.
            same_pace = remembered_tenants.pace_asked_for(connection) == asked
            self.clock.resume(reading, same_pace=same_pace)
        # A message that was taken is not to be one of the future, however the clock was before.
        self.clock.move_to(remembered_tenants.latest(connection))
        remembered_tenants.save_clock(connection, self.clock.to_resume())
        remembered_tenants.save_pace_asked_for(connection, asked)
        for name in (ANONYMOUS, *self.settings.clients):
            remembered_tenants.number_of(connection, name)
        for known in remembered_tenants.known(connection):
            tenant = self._tenant(connection, known)
            self.tenants.put(tenant)
            now = tenant.clock.now()
            which = self.receipts_of(tenant)
            plan_rest(connection, tenant.number, which, now)
            tenant.agenda.add(remembered_tenants.due_times(connection, tenant.number, now), now)

    def _tenant(self, connection: sqlite3.Connection, known: KnownTenant) -> Tenant:
        clock = self.clock
        if known.clock is not None:
            clock = Clock(known.clock.factor, known.clock.told)
            clock.resume(known.clock)
            clock.move_to(remembered_tenants.latest(connection, known.number))
        secret, callback = known.secret, known.callback
        if callback is not None and not is_address(callback, self.settings.callback_hosts):
            callback = None
        if known.name in self.settings.clients:
            secret = hashed(self.settings.clients[known.name])
        return Tenant(
            name=known.name,
            number=known.number,
            clock=clock,
            ids=Ids(clock, self._seed_of(known.name)),
            agenda=Agenda(self.changes.bump),
            secret=secret,
            callback=self.settings.callbacks.get(known.name, callback),
            own_clock=known.clock is not None,
            queue=self._queue(),
        )

    def receipts_of(self, tenant: Tenant) -> Which | None:
        """Tell which receipts a tenant gets; none without an address that they go to."""
        return None if tenant.callback is None else self.settings.receipts

    def _seed_of(self, name: str) -> str | None:
        seed = self.settings.seed
        return None if seed is None else f"{seed}/{self.store.starts}/{name}"

    def _queue(self) -> SendQueue | None:
        per_second = self.settings.messages_per_second
        return None if per_second is None else SendQueue(per_second)

    async def make_tenant(
        self, name: str, secret: str | None = None, clock: Clock | None = None, callback: str | None = None
    ) -> tuple[Tenant, str]:
        """Take a new tenant in.

        Args:
            name: Its client id, which nobody has yet.
            secret: Its secret; by default a random one.
            clock: A clock of its own; by default it goes by the emulator's.
            callback: The address that its receipts go to.

        Returns:
            The tenant and its secret, which is not told again.

        Raises:
            AddressError: Receipts may not go to the address.
        """
        self.receipts.check(callback)
        secret = secret or secrets.token_urlsafe(24)
        number = await self.store.write(lambda connection: remembered_tenants.number_of(connection, name))
        own = clock is not None
        clock = clock or self.clock
        tenant = Tenant(
            name=name,
            number=number,
            clock=clock,
            ids=Ids(clock, self._seed_of(name)),
            agenda=Agenda(self.changes.bump),
            secret=hashed(secret),
            callback=callback,
            own_clock=own,
            queue=self._queue(),
        )
        await self.keep(tenant)
        self.tenants.put(tenant)
        self.receipts.follow(tenant)
        self.changes.bump()
        return tenant, secret

    async def keep(self, tenant: Tenant, clock: Reading | None = None) -> None:
        """Remember how a tenant is set up.

        Args:
            tenant: The tenant.
            clock: How its own clock is to go on after a restart; by default from now.
        """
        known = self._known(tenant)
        if clock is not None:
            known = known._replace(clock=clock)
        await self.store.write(lambda connection: remembered_tenants.save(connection, known))

    def _known(self, tenant: Tenant) -> KnownTenant:
        configured = tenant.name in self.settings.clients
        return KnownTenant(
            number=tenant.number,
            name=tenant.name,
            secret=None if configured else tenant.secret,
            callback=tenant.callback,
            clock=tenant.clock.to_resume() if tenant.own_clock else None,
        )

    async def remove_tenant(self, tenant: Tenant) -> None:
        """Forget a tenant with all that it sent and all that was said of it."""
        self.tenants.remove(tenant.name)
        self.receipts.leave(tenant)
        await self.store.write(lambda connection: remembered_tenants.forget(connection, tenant.number))
        self._forget_said(tenant)

    async def reset(self, tenant: Tenant) -> None:
        """Forget what a tenant sent, its faults, outcomes and exchanges; it stays, as its clock does."""
        await self.store.write(
            lambda connection: remembered_tenants.forget_messages(connection, tenant.number)
        )
        self._forget_said(tenant)

    def _forget_said(self, tenant: Tenant) -> None:
        tenant.agenda.clear()
        tenant.queue = self._queue()
        self.faults.clear(tenant.name)
        self.outcomes.clear(tenant.name)
        self.journal.clear(tenant.name)
        self.changes.bump()

    def close(self) -> None:
        """Finish writing, remember the time, and close the database."""
        self.receipts.close()
        self.store.close(None if self.settings.in_memory else self._save_clocks)

    def _save_clocks(self, connection: sqlite3.Connection) -> None:
        remembered_tenants.save_clock(connection, self.clock.to_resume())
        for tenant in self.tenants:
            if tenant.own_clock:
                remembered_tenants.save(connection, self._known(tenant))
