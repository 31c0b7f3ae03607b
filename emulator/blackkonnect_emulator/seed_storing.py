"""Putting a seed in, whole or not at all."""

import json
import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from blackkonnect_emulator import acceptance
from blackkonnect_emulator.clock import MINUTE
from blackkonnect_emulator.fault_rules import FaultRule
from blackkonnect_emulator.outcome_rules import OutcomeRule
from blackkonnect_emulator.problems import Place, in_body
from blackkonnect_emulator.records import IdsUsedError, NewRequest
from blackkonnect_emulator.seed_requests import Bodies, request_of
from blackkonnect_emulator.seeding import Seed, Seeded, SeedError, SeedMessage
from blackkonnect_emulator.tenant_setup import check_setup, set_up
from blackkonnect_emulator.tenants import Tenant

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway

_NO_SUCH_TENANT = "there is no such tenant, and none of the seed's is called so"


class _Group(NamedTuple):
    """A message, or the messages of a bulk.

    Attributes:
        tenant: The name of whose they are.
        at: When they were accepted.
        messages: The messages, with their places among all.
    """

    tenant: str
    at: int
    messages: list[SeedMessage]


async def store_seed(gateway: "Gateway", seed: Seed) -> Seeded:
    """Check a seed as a whole, then put it in.

    Args:
        gateway: Where.
        seed: What.

    Raises:
        SeedError: It doesn't fit; nothing was put in.
    """
    groups = _Check(gateway, seed).groups()
    used = await _used(gateway, groups)
    if used:
        raise SeedError(seed.source, used, used=True)
    secrets: dict[str, str] = {}
    made: list[Tenant] = []
    for _, setup in seed.tenants:
        is_new = gateway.tenants.get(setup.name) is None
        tenant, secret = await set_up(gateway, setup)
        if is_new:
            made.append(tenant)
        if secret is not None:
            secrets[setup.name] = secret
    try:
        taken = await _store(gateway, groups)
    except IdsUsedError:
        # Somebody has sent such an id since they were looked for.
        for tenant in made:
            await gateway.remove_tenant(tenant)
        raise SeedError(seed.source, [in_body(("messages",), "an id was used before")], used=True) from None
    for outcome in seed.outcomes:
        gateway.outcomes.add(outcome)
    for _, fault in seed.faults:
        gateway.faults.add(fault)
    gateway.receipts.wake()
    gateway.changes.bump()
    return Seeded(len(seed.tenants), taken, len(seed.outcomes), len(seed.faults), secrets)


class _Check:
    """Checks a seed against the document, the profile and what is there.

    Args:
        gateway: Where it is to be put in.
        seed: The seed.
    """

    def __init__(self, gateway: "Gateway", seed: Seed) -> None:
        self._gateway = gateway
        self._seed = seed
        self._places: list[Place] = []
        self._first = next(iter(gateway.settings.clients))
        self._times = {tenant.name: tenant.clock.now() for tenant in gateway.tenants}

    def groups(self) -> list[_Group]:
        """List the messages as they belong together, oldest first.

        Raises:
            SeedError: Something doesn't fit.
        """
        for given, setup in self._seed.tenants:
            given.places = self._places
            check_setup(self._gateway, setup, given)
            start = setup.start
            self._times[setup.name] = (
                self._times.get(setup.name, self._gateway.clock.now()) if start is None else start
            )
        self._check_rules()
        groups = self._messages()
        if self._places:
            raise SeedError(self._seed.source, self._places)
        return sorted(groups, key=lambda group: group.at)

    def _check_rules(self) -> None:
        rules: dict[str, Sequence[OutcomeRule | FaultRule]] = {
            "outcomes": self._seed.outcomes,
            "faults": [fault for _, fault in self._seed.faults],
        }
        for name, some in rules.items():
            for number, rule in enumerate(some):
                if rule.tenant is not None and rule.tenant not in self._times:
                    self._places.append(in_body((name, number, "tenant"), _NO_SUCH_TENANT))
        for given, fault in self._seed.faults:
            known = [operation.operation_id for operation in self._gateway.document.operations]
            if fault.operation is not None and fault.operation not in known:
                place = (*given.path, "operation")
                told = f"there is no such operation in this edition; there is {', '.join(known)}"
                self._places.append(in_body(place, told))

    def _messages(self) -> list[_Group]:
        bodies = Bodies(self._gateway)
        groups: list[_Group] = []
        bulks: dict[tuple[str, object], _Group] = {}
        seen: set[tuple[str, object]] = set()
        for message in self._seed.messages:
            given = message.given
            given.places = self._places
            tenant = self._first if message.tenant is None else message.tenant
            now = self._times.get(tenant)
            if now is None:
                given.wrong("tenant", _NO_SUCH_TENANT)
                continue
            at = self._at(message, now)
            bodies.check(message, at)
            self._check_status(message)
            if message.message_id is not None and self._gateway.profile.duplicate_ids == "refuse":
                if (tenant, str(message.message_id)) in seen:
                    given.wrong("messageId", "must not be the id of another message of the seed")
                seen.add((tenant, str(message.message_id)))
            key = (tenant, str(message.bulk_id))
            if message.bulk_id is None or key not in bulks:
                groups.append(_Group(tenant, at, [message]))
                bulks[key] = groups[-1]
            else:
                bulks[key].messages.append(message)
                if at != bulks[key].at:
                    given.wrong("at" if "at" in given else "minutesAgo", "must be the same for all of a bulk")
        return groups

    def _at(self, message: SeedMessage, now: int) -> int:
        if message.minutes_ago is not None:
            return now - round(message.minutes_ago * MINUTE)
        if message.at is not None and message.at > now:
            message.given.wrong("at", "must not be after the time of its tenant's clock")
        return now if message.at is None else min(message.at, now)

    def _check_status(self, message: SeedMessage) -> None:
        known = self._gateway.document.statuses
        if message.status is not None and message.status not in known:
            message.given.wrong("status", f"must be one of {', '.join(known)}")


async def _used(gateway: "Gateway", groups: Sequence[_Group]) -> list[Place]:
    """List the ids that were used before, where such are refused."""
    if gateway.profile.duplicate_ids == "accept":
        return []

    def look(connection: sqlite3.Connection) -> list[Place]:
        places: list[Place] = []
        for name in {group.tenant for group in groups}:
            tenant = gateway.tenants.get(name)
            if tenant is None:
                continue
            own = [group for group in groups if group.tenant == name]
            places += _used_by(connection, tenant.number, own)
        return places

    return await gateway.store.read(look)


def _used_by(connection: sqlite3.Connection, tenant: int, groups: Sequence[_Group]) -> list[Place]:
    def known(column: str, table: str, ids: list[str]) -> set[str]:
        return {
            found
            for (found,) in connection.execute(
                f"SELECT {column} FROM {table} WHERE tenant = ?"  # noqa: S608 - the names below
                f" AND {column} IN (SELECT value FROM json_each(?))",
                (tenant, json.dumps(ids)),
            )
        }

    messages = [message for group in groups for message in group.messages if message.message_id is not None]
    used = known("message_id", "messages", [str(message.message_id) for message in messages])
    places = [
        in_body((*message.given.path, "messageId"), "was used before")
        for message in messages
        if message.message_id in used
    ]
    firsts = [group.messages[0] for group in groups if group.messages[0].bulk_id is not None]
    used = known("bulk_id", "requests", [str(first.bulk_id) for first in firsts])
    return places + [
        in_body((*first.given.path, "bulkId"), "was used before") for first in firsts if first.bulk_id in used
    ]


async def _store(gateway: "Gateway", groups: Sequence[_Group]) -> int:
    """Write all messages in one transaction.

    Returns:
        How many there are.
    """
    tenants = {tenant.name: tenant for tenant in gateway.tenants}
    requests: list[NewRequest] = []
    for group in groups:
        request = request_of(gateway, tenants[group.tenant], group.messages, group.at)
        if request is not None:
            requests.append(request)

    def write(connection: sqlite3.Connection) -> None:
        for request in requests:
            acceptance.add(connection, request)

    await gateway.store.write(write)
    for tenant in tenants.values():
        if tenant.callback is not None:
            # Lets receipts be planned for the statuses that are to come.
            await gateway.receipts.set_callback(tenant, tenant.callback)
    numbers = {tenant.number: tenant for tenant in tenants.values()}
    for request in requests:
        tenant = numbers[request.tenant]
        for messages in request.messages:
            tenant.agenda.add(messages.plan[1:3], tenant.clock.now())
    return sum(len(messages.message_ids) for request in requests for messages in request.messages)
