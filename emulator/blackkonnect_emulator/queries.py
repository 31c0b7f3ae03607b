"""Finding messages, for the inbox and the control API."""

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from blackkonnect_emulator.lifecycle import Plan, reached
from blackkonnect_emulator.message_content import Entry
from blackkonnect_emulator.message_rows import Row, Times, count, places, rows, rows_of
from blackkonnect_emulator.message_search import Matching
from blackkonnect_emulator.segmentation import encoding
from blackkonnect_emulator.views import MOST_AT_ONCE, MessageFilter, Phone, SeenMessage

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway

# How many rows are looked through in one go; between two of them others may write.
_AT_ONCE = 2_000
_LARGEST = 2**63 - 1


class Queries:
    """Finds messages.

    Args:
        gateway: Whose.
    """

    def __init__(self, gateway: "Gateway") -> None:
        self._gateway = gateway
        self._counted: tuple[int, Mapping[str, int]] = (-1, {})

    async def messages(self, wanted: MessageFilter) -> list[SeenMessage]:
        """List messages, the newest first.

        Args:
            wanted: Which.
        """
        times = self._times()
        # One more than a page holds tells whether there is another one.
        limit = min(wanted.limit, MOST_AT_ONCE + 1)
        found: list[SeenMessage] = []
        cursor = wanted.before
        while True:
            size = _AT_ONCE if wanted.text else limit - len(found)
            some = replace(wanted, before=cursor, limit=limit - len(found))
            seen, cursor = await self._gateway.store.read(
                lambda connection, some=some, size=size: _messages(connection, times, some, size)  # type: ignore[misc]
            )
            found += seen
            if cursor is None or len(found) >= limit:
                return found

    async def message(self, number: int) -> SeenMessage | None:
        """Find a message by the emulator's own number of it."""
        if not 0 < number < _LARGEST:
            return None
        found = await self.messages(MessageFilter(before=number + 1, limit=1))
        return found[0] if found and found[0].number == number else None

    async def phones(self, wanted: MessageFilter) -> list[Phone]:
        """List the phones that have messages, the one with the newest message first.

        Args:
            wanted: Which messages count. `before` and `limit` are meant of the phones: those whose newest
                message is older, and at most so many.
        """
        times = self._times()
        # One more than a page holds tells whether there is another one.
        limit = min(wanted.limit, MOST_AT_ONCE + 1)
        walk = _Phones(times, wanted, limit)
        while walk.going:
            await self._gateway.store.read(walk.go_on)
        return [Phone(message.tenant, message.destination, message) for message in walk.found]

    async def counts(self) -> Mapping[str, int]:
        """Count the `messages`, and the `phones` that have any."""
        version, counted = self._counted
        if version != self._gateway.changes.version or not counted:
            version = self._gateway.changes.version
            counted = await self._gateway.store.read(count)
            self._counted = (version, counted)
        return counted

    def _times(self) -> Times:
        names: dict[int, str] = {}
        now: dict[int, int] = {}
        told: dict[int, int] = {}
        for tenant in self._gateway.tenants:
            names[tenant.number] = tenant.name
            # A clock that goes on its own tells one time to all tenants that go by it.
            now[tenant.number] = told.setdefault(id(tenant.clock), tenant.clock.now())
        return Times(names, now)


def _messages(
    connection: sqlite3.Connection, times: Times, wanted: MessageFilter, size: int
) -> tuple[list[SeenMessage], int | None]:
    """List what matches among the next rows, and where to go on, if anywhere."""
    matching = Matching(connection, wanted.text)
    found: list[SeenMessage] = []
    number, passed = 0, 0
    for row in rows(connection, times, wanted, size):
        number, passed = row.number, passed + 1
        if matching(row):
            found.append(_seen(row, matching.entry(row), times))
            if len(found) == wanted.limit:
                break
    return found, number if passed == size else None


class _Phones:
    """A walk along messages, the newest first, that stops at each phone when it is met first.

    Args:
        times: Whose messages.
        wanted: Which messages.
        limit: After how many phones it ends.

    Attributes:
        found: The newest message of each phone.
        going: Whether there is more to walk along.
    """

    def __init__(self, times: Times, wanted: MessageFilter, limit: int) -> None:
        self._times = times
        self._wanted = replace(wanted, before=None)
        self._before = _LARGEST if wanted.before is None else wanted.before
        self._limit = limit
        self._known: set[tuple[int, str]] = set()
        self.found: list[SeenMessage] = []
        self.going = limit > 0

    def go_on(self, connection: sqlite3.Connection) -> None:
        """Walk along the next messages."""
        if self.going:
            passed = self._search(connection) if self._wanted.text else self._list(connection)
            self.going = passed == _AT_ONCE and len(self.found) < self._limit

    def _search(self, connection: sqlite3.Connection) -> int:
        matching = Matching(connection, self._wanted.text)
        passed = number = 0
        for row in rows(connection, self._times, self._wanted, _AT_ONCE):
            number, passed = row.number, passed + 1
            if (row.tenant, row.destination) not in self._known and matching(row):
                self._known.add((row.tenant, row.destination))
                if number < self._before:
                    self.found.append(_seen(row, matching.entry(row), self._times))
                    if len(self.found) == self._limit:
                        break
        self._wanted = replace(self._wanted, before=number)
        return passed

    def _list(self, connection: sqlite3.Connection) -> int:
        numbers: list[int] = []
        passed = number = 0
        left = self._limit - len(self.found)
        for number, tenant, destination in places(connection, self._times, self._wanted, _AT_ONCE):
            passed += 1
            if (tenant, destination) not in self._known:
                self._known.add((tenant, destination))
                if number < self._before:
                    numbers.append(number)
                    if len(numbers) == left:
                        break
        self._wanted = replace(self._wanted, before=number)
        matching = Matching(connection, None)
        self.found += [_seen(row, matching.entry(row), self._times) for row in rows_of(connection, numbers)]
        return passed


def _seen(row: Row, entry: Entry, times: Times) -> SeenMessage:
    plan = Plan(row.accepted_at, row.sent_at, row.final_at, row.final_status)
    now = times.now[row.tenant]
    uuid, conversation_id = row.ids()
    return SeenMessage(
        number=row.number,
        tenant=times.names[row.tenant],
        message_id=row.message_id,
        uuid=uuid,
        bulk_id=row.bulk_id,
        correlation_id=row.correlation_id,
        conversation_id=conversation_id,
        operation=row.operation,
        destination=row.destination,
        source_address=row.source_address,
        text=entry.text,
        encoding=encoding(entry.text),
        parts=row.parts,
        outcome=row.outcome,
        details=entry.details,
        plan=plan,
        now=now,
        reached=reached(plan, now),
    )
