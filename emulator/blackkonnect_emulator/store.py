"""What the emulator remembers."""

import asyncio
import secrets
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from blackkonnect_emulator import acceptance
from blackkonnect_emulator.database import DatabaseError, connect, connect_reader, lock
from blackkonnect_emulator.ids import Block
from blackkonnect_emulator.lifecycle import QUEUED, SENT, Plan
from blackkonnect_emulator.records import Message, NewRequest, Page
from blackkonnect_emulator.worker import Tell, Worker, settling

T = TypeVar("T")

# Ids of a block: the request's own two, then one for each message.
CONVERSATION, FIRST_MESSAGE = 1, 2
# What is longer, in bytes, is written in a thread: the event loop would be kept from others for too long.
LONGEST_AT_ONCE = 8192

COLUMNS = (
    "messages.id, messages.message_id, requests.correlation_id, requests.first_message, requests.bulk_id,"
    " messages.destination, messages.source_address, messages.outcome,"
    " requests.accepted_at, messages.sent_at, messages.final_at, messages.final_status"
)
FROM = "FROM messages JOIN requests ON requests.id = messages.request"


def status_at(time: str) -> str:
    """Write the status that a message has reached as SQL.

    Args:
        time: The SQL of the time that it is told for.
    """
    return (
        f"CASE WHEN messages.final_at <= {time} THEN messages.final_status"
        f" WHEN messages.sent_at IS NOT NULL AND messages.sent_at <= {time} THEN '{SENT}'"
        f" ELSE '{QUEUED}' END"
    )


_SENT_BY_NOW = "messages.sent_at IS NOT NULL AND messages.sent_at <= :now"
# The fields that a page can be sorted by, as the document's `sort` names them.
_ORDERS = {
    "messageId": "messages.message_id",
    "destination": "messages.destination",
    "deliveryStatus": status_at(":now"),
    "deliveryTimestamp": (
        "CASE WHEN messages.final_at <= :now THEN messages.final_at"
        f" WHEN {_SENT_BY_NOW} THEN messages.sent_at ELSE requests.accepted_at END"
    ),
}


class Store:
    """Remembers requests and their messages in SQLite.

    Args:
        database: A file or `:memory:`.
        in_memory: Whether it is the latter. Memory has one connection, so it is read where it is written.

    Raises:
        DatabaseError: It can't be opened, or another emulator has it.
    """

    def __init__(self, database: str | Path, *, in_memory: bool) -> None:
        self._lock = None if in_memory else lock(database)
        try:
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
        except DatabaseError:
            if self._lock is not None:
                self._lock.release()
            raise
        self._writer = Worker(connection, "blackkonnect-emulator-writer")
        self._reader = (
            self._writer if in_memory else Worker(connect_reader(database), "blackkonnect-emulator-reader")
        )

    def add(self, request: NewRequest) -> Awaitable[int]:
        """Remember a request; when this is awaited, it is stored.

        Returns:
            The number of its first message; the others follow it.

        Raises:
            IdsUsedError: An id was used before; nothing was stored.
        """
        if len(request.content) > LONGEST_AT_ONCE:
            return self._writer.run(lambda connection: acceptance.add(connection, request))
        future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.add_at_once(request, settling(future))
        return future

    def add_at_once(self, request: NewRequest, tell: Tell) -> None:
        """Remember a request whose content is at most `LONGEST_AT_ONCE` bytes long.

        Args:
            request: The request.
            tell: Gets the number of its first message or, instead, an error when it is stored.
        """
        self._writer.run_together(acceptance.add_all, acceptance.add, request, tell)

    async def message(self, tenant: int, sought: str) -> Message | None:
        """Find a message by its own id, or by the correlation id of the single send that it came by."""
        return await self._reader.run(lambda connection: _message(connection, tenant, sought))

    async def bulk(self, tenant: int, sought: str) -> tuple[int, int] | None:
        """Find a bulk by its id or by its correlation id.

        Returns:
            The number to ask for its messages by, and when it was accepted.
        """
        return await self._reader.run(lambda connection: _bulk(connection, tenant, sought))

    async def page(self, bulk: int, page: Page, now: int) -> list[Message]:
        """List messages of a bulk.

        Args:
            bulk: The number that `bulk` told.
            page: Which messages.
            now: The time that statuses are sorted for.
        """
        return await self._reader.run(lambda connection: _page(connection, bulk, page, now))

    async def change(
        self,
        tenant: int,
        message_id: str,
        change: Callable[[Message], Plan | None],
        changed: Callable[[sqlite3.Connection, Message, Plan], None],
    ) -> Message | None:
        """Change a message's plan.

        Args:
            tenant: The number of whose it is.
            message_id: Its id.
            change: Gets the message and tells the new plan, or `None` where it is not the one sought.
            changed: Does what follows from a change in the same transaction; it gets the message as it was
                and the new plan.
        """
        return await self._writer.run(
            lambda connection: _change(connection, tenant, message_id, change, changed)
        )

    async def read(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """Run a query of one's own.

        Args:
            job: Gets a connection, from which it only reads.
        """
        return await self._reader.run(job)

    async def write(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """Run a change of one's own, in a transaction; when this returns, it is stored.

        Args:
            job: Gets the connection. It may run twice, the first time being undone.
        """
        return await self._writer.run(job)

    def at_start(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """Run something before anything else is asked for.

        Args:
            job: Gets the connection.
        """
        return self._writer.run_now(job)

    def close(self, last: Callable[[sqlite3.Connection], object] | None = None) -> None:
        """Finish writing and close.

        Args:
            last: Gets the connection after everything that was asked for.
        """
        self._reader.close()
        self._writer.close(last)
        if self._lock is not None:
            self._lock.release()


def _fact(connection: sqlite3.Connection, name: str, make: Callable[[], bytes]) -> bytes:
    connection.execute("INSERT INTO facts VALUES (?, ?) ON CONFLICT DO NOTHING", (name, make()))
    (value,) = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return bytes(value)


def read_message(row: Sequence[Any]) -> Message:
    """Read a row of `COLUMNS`."""
    number, message_id, correlation_id, first, bulk_id, destination, source_address, outcome = row[:8]
    uuid = Block(correlation_id).id(FIRST_MESSAGE + number - first)
    return Message(number, message_id, uuid, bulk_id, destination, source_address, outcome, Plan(*row[8:12]))


def _row(connection: sqlite3.Connection, where: str, *values: str | int) -> Message | None:
    row = connection.execute(
        f"SELECT {COLUMNS} {FROM} WHERE {where} ORDER BY messages.id DESC LIMIT 1", values
    ).fetchone()
    return None if row is None else read_message(row)


def _message(connection: sqlite3.Connection, tenant: int, sought: str) -> Message | None:
    return _row(connection, "messages.tenant = ? AND messages.message_id = ?", tenant, sought) or _row(
        connection,
        "requests.tenant = ? AND requests.correlation_id = ? AND requests.bulk_id IS NULL"
        " AND messages.id = requests.first_message",
        tenant,
        sought,
    )


def _bulk(connection: sqlite3.Connection, tenant: int, sought: str) -> tuple[int, int] | None:
    for column in ("bulk_id", "correlation_id"):
        row = connection.execute(
            f"SELECT id, accepted_at FROM requests WHERE tenant = ? AND {column} = ?"  # noqa: S608 - the same
            " AND bulk_id IS NOT NULL ORDER BY id DESC LIMIT 1",
            (tenant, sought),
        ).fetchone()
        if row is not None:
            return int(row[0]), int(row[1])
    return None


def _page(connection: sqlite3.Connection, bulk: int, page: Page, now: int) -> list[Message]:
    order = [*(_order(one) for one in page.sort), "messages.id"]
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM requests JOIN messages"  # noqa: S608 - the names above
        " ON messages.id BETWEEN requests.first_message AND requests.first_message + requests.messages - 1"
        f" WHERE requests.id = :bulk ORDER BY {', '.join(order)} LIMIT :size OFFSET :offset",
        {"bulk": bulk, "size": page.size, "offset": page.offset, "now": now},
    )
    return [read_message(row) for row in rows]


def _order(one: str) -> str:
    field, _, direction = one.partition(",")
    return _ORDERS[field] + (" DESC" if direction == "desc" else "")


def save_plan(connection: sqlite3.Connection, number: int, plan: Plan) -> None:
    """Write what becomes of a message from now on.

    Args:
        connection: In a transaction.
        number: The message's number.
        plan: What becomes of it.
    """
    connection.execute(
        "UPDATE messages SET sent_at = ?, final_at = ?, final_status = ? WHERE id = ?", (*plan[1:], number)
    )


def _change(
    connection: sqlite3.Connection,
    tenant: int,
    message_id: str,
    change: Callable[[Message], Plan | None],
    changed: Callable[[sqlite3.Connection, Message, Plan], None],
) -> Message | None:
    message = _row(connection, "messages.tenant = ? AND messages.message_id = ?", tenant, message_id)
    if message is None:
        return None
    plan = change(message)
    if plan is None:
        return None
    if plan != message.plan:
        save_plan(connection, message.number, plan)
        changed(connection, message, plan)
    return message._replace(plan=plan)
