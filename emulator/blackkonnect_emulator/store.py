"""What the emulator remembers."""

import json
import secrets
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from blackkonnect_emulator.database import DatabaseError, connect, connect_reader
from blackkonnect_emulator.lifecycle import QUEUED, SENT, Plan
from blackkonnect_emulator.records import IdsUsedError, Message, NewRequest, Page
from blackkonnect_emulator.worker import Worker

_COLUMNS = (
    "messages.message_id, messages.uuid, requests.bulk_id, messages.destination, messages.source_address,"
    " messages.queued_at, messages.sent_at, messages.final_at, messages.final_status, messages.id"
)
_FROM = "FROM messages JOIN requests ON requests.id = messages.request"
_SENT_BY_NOW = "messages.sent_at IS NOT NULL AND messages.sent_at <= :now"
# The fields that a page can be sorted by, as the document's `sort` names them.
_ORDERS = {
    "messageId": "messages.message_id",
    "destination": "messages.destination",
    "deliveryStatus": (
        "CASE WHEN messages.final_at <= :now THEN messages.final_status"
        f" WHEN {_SENT_BY_NOW} THEN '{SENT}' ELSE '{QUEUED}' END"
    ),
    "deliveryTimestamp": (
        "CASE WHEN messages.final_at <= :now THEN messages.final_at"
        f" WHEN {_SENT_BY_NOW} THEN messages.sent_at ELSE messages.queued_at END"
    ),
}


class Store:
    """Remembers requests and their messages in SQLite.

    Args:
        database: A file or `:memory:`.
        in_memory: Whether it is the latter. Memory has one connection, so it is read where it is written.
    """

    def __init__(self, database: str | Path, *, in_memory: bool) -> None:
        connection = connect(database)
        try:
            self.key = _fact(connection, "token key", lambda: secrets.token_bytes(32))
            self.starts = int(_fact(connection, "starts", lambda: b"0"))
            connection.execute(
                "UPDATE facts SET value = ? WHERE name = 'starts'", (str(self.starts + 1).encode(),)
            )
        except sqlite3.Error as error:
            connection.close()
            raise DatabaseError(f"{database}: {error}") from error
        self._writer = Worker(connection, "blackkonnect-emulator-writer")
        self._reader = (
            self._writer if in_memory else Worker(connect_reader(database), "blackkonnect-emulator-reader")
        )

    async def add(self, request: NewRequest) -> None:
        """Remember a request; when this returns, it is stored.

        Raises:
            IdsUsedError: An id was used before; nothing was stored.
        """
        await self._writer.run(lambda connection: _add(connection, request))

    async def message(self, tenant: str, sought: str) -> Message | None:
        """Find a message by its own id, or by the correlation id of the single send that it came by."""
        return await self._reader.run(lambda connection: _message(connection, tenant, sought))

    async def bulk(self, tenant: str, sought: str) -> int | None:
        """Find a bulk by its id or by its correlation id, and tell the number to ask for its messages by."""
        return await self._reader.run(lambda connection: _bulk(connection, tenant, sought))

    async def page(self, bulk: int, page: Page, now: int) -> list[Message]:
        """List messages of a bulk.

        Args:
            bulk: What `bulk` told.
            page: Which messages.
            now: The time that statuses are sorted for.
        """
        return await self._reader.run(lambda connection: _page(connection, bulk, page, now))

    async def change(
        self, tenant: str, message_id: str, change: Callable[[Message], Plan | None]
    ) -> Message | None:
        """Change a message's plan.

        Args:
            tenant: Whose it is.
            message_id: Its id.
            change: Gets the message and tells the new plan, or `None` where it is not the one sought.
        """
        return await self._writer.run(lambda connection: _change(connection, tenant, message_id, change))

    def close(self) -> None:
        """Finish writing and close."""
        self._reader.close()
        self._writer.close()


def _fact(connection: sqlite3.Connection, name: str, make: Callable[[], bytes]) -> bytes:
    connection.execute("INSERT INTO facts VALUES (?, ?) ON CONFLICT DO NOTHING", (name, make()))
    (value,) = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return bytes(value)


def _add(connection: sqlite3.Connection, request: NewRequest) -> None:
    used = _used(connection, request.tenant, request.unused_message_ids)
    bulk_used = request.unused_bulk_id and (
        connection.execute(
            "SELECT 1 FROM requests WHERE tenant = ? AND bulk_id = ? LIMIT 1",
            (request.tenant, request.bulk_id),
        ).fetchone()
        is not None
    )
    if used or bulk_used:
        raise IdsUsedError(used, bulk_used)
    number = connection.execute(
        "INSERT INTO requests"
        " (tenant, operation, correlation_id, conversation_id, bulk_id, accepted_at, content)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            request.tenant,
            request.operation,
            request.correlation_id,
            request.conversation_id,
            request.bulk_id,
            request.accepted_at,
            request.content,
        ),
    ).lastrowid
    connection.executemany(
        "INSERT INTO messages (request, tenant, message_id, uuid, entry, destination, source_address, parts,"
        " queued_at, sent_at, final_at, final_status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((number, request.tenant, *message[:-1], *message.plan) for message in request.messages),
    )


def _used(connection: sqlite3.Connection, tenant: str, message_ids: Sequence[str]) -> frozenset[str]:
    if not message_ids:
        return frozenset()
    found = connection.execute(
        "SELECT message_id FROM messages WHERE tenant = ? AND message_id IN (SELECT value FROM json_each(?))",
        (tenant, json.dumps(message_ids)),
    )
    return frozenset(message_id for (message_id,) in found)


def _read(row: tuple[str, str, str | None, str, str | None, int, int | None, int, str, int]) -> Message:
    return Message(*row[:5], Plan(*row[5:9]))


def _row(connection: sqlite3.Connection, where: str, *values: str) -> tuple[Message, int] | None:
    row = connection.execute(
        f"SELECT {_COLUMNS} {_FROM} WHERE {where} ORDER BY messages.id DESC LIMIT 1",
        values,
    ).fetchone()
    return None if row is None else (_read(row), row[-1])


def _message(connection: sqlite3.Connection, tenant: str, sought: str) -> Message | None:
    found = _row(connection, "messages.tenant = ? AND messages.message_id = ?", tenant, sought) or _row(
        connection,
        "requests.tenant = ? AND requests.correlation_id = ? AND requests.bulk_id IS NULL",
        tenant,
        sought,
    )
    return None if found is None else found[0]


def _bulk(connection: sqlite3.Connection, tenant: str, sought: str) -> int | None:
    for column in ("bulk_id", "correlation_id"):
        row = connection.execute(
            f"SELECT id FROM requests WHERE tenant = ? AND {column} = ? AND bulk_id IS NOT NULL"  # noqa: S608 - the same
            " ORDER BY id DESC LIMIT 1",
            (tenant, sought),
        ).fetchone()
        if row is not None:
            return int(row[0])
    return None


def _page(connection: sqlite3.Connection, bulk: int, page: Page, now: int) -> list[Message]:
    order = [*(_order(one) for one in page.sort), "messages.id"]
    rows = connection.execute(
        f"SELECT {_COLUMNS} {_FROM} WHERE messages.request = :bulk"
        f" ORDER BY {', '.join(order)} LIMIT :size OFFSET :offset",
        {"bulk": bulk, "size": page.size, "offset": page.offset, "now": now},
    )
    return [_read(row) for row in rows]


def _order(one: str) -> str:
    field, _, direction = one.partition(",")
    return _ORDERS[field] + (" DESC" if direction == "desc" else "")


def _change(
    connection: sqlite3.Connection, tenant: str, message_id: str, change: Callable[[Message], Plan | None]
) -> Message | None:
    found = _row(connection, "messages.tenant = ? AND messages.message_id = ?", tenant, message_id)
    if found is None:
        return None
    message, number = found
    plan = change(message)
    if plan is None:
        return None
    if plan != message.plan:
        connection.execute(
            "UPDATE messages SET sent_at = ?, final_at = ?, final_status = ? WHERE id = ?",
            (*plan[1:], number),
        )
    return message._replace(plan=plan)
