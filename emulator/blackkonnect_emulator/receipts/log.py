"""Looking receipts and their attempts up."""

import sqlite3
from collections.abc import Iterable
from typing import Any

from blackkonnect_emulator.receipts.form import receipt_id
from blackkonnect_emulator.receipts.seen import Attempt, SeenReceipt

_SELECT = (
    "SELECT receipts.id, requests.correlation_id, messages.id - requests.first_message, tenants.name,"
    " messages.id, messages.message_id, messages.destination, receipts.status, receipts.since,"
    " receipts.state, receipts.due_at"
    " FROM receipts JOIN messages ON messages.id = receipts.message"
    " JOIN requests ON requests.id = messages.request"
    " JOIN tenants ON tenants.number = receipts.tenant"
)


def of_message(connection: sqlite3.Connection, message: int) -> list[SeenReceipt]:
    """List the receipts of a message, in the order in which they are delivered."""
    rows = connection.execute(
        f"{_SELECT} WHERE receipts.message = ? ORDER BY receipts.place, receipts.id", (message,)
    )
    return _seen(connection, rows.fetchall())


def latest(
    connection: sqlite3.Connection,
    tenant: int | None,
    message: int | None,
    before: int | None,
    limit: int,
) -> list[SeenReceipt]:
    """List receipts, the newest first.

    Args:
        connection: Where.
        tenant: The number of the tenant whose they are; `None` for all.
        message: The number of the message that they tell of; `None` for all.
        before: Older than the receipt of this number.
        limit: At most so many.
    """
    conditions = {"receipts.tenant = ?": tenant, "receipts.message = ?": message, "receipts.id < ?": before}
    wanted = {condition: value for condition, value in conditions.items() if value is not None}
    where = f" WHERE {' AND '.join(wanted)}" if wanted else ""
    rows = connection.execute(
        f"{_SELECT}{where} ORDER BY receipts.id DESC LIMIT ?", (*wanted.values(), limit)
    )
    return _seen(connection, rows.fetchall())


def _seen(connection: sqlite3.Connection, rows: Iterable[Any]) -> list[SeenReceipt]:
    seen: list[SeenReceipt] = []
    for row in rows:
        number, correlation_id, place, tenant, message, message_id, destination, status = row[:8]
        since, state, due_at = row[8:]
        seen.append(
            SeenReceipt(
                number=number,
                receipt_id=receipt_id(correlation_id, place, status),
                tenant=tenant,
                message=message,
                message_id=message_id,
                destination=destination,
                status=status,
                since=since,
                state=state,
                due_at=due_at,
                attempts=_attempts(connection, number),
            )
        )
    return seen


def _attempts(connection: sqlite3.Connection, receipt: int) -> list[Attempt]:
    rows = connection.execute(
        "SELECT at, address, outcome, milliseconds FROM attempts WHERE receipt = ? ORDER BY id", (receipt,)
    )
    return [Attempt(*row) for row in rows]
