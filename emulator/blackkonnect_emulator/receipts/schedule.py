"""Which receipts are due, and what came of their attempts."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from blackkonnect_emulator.receipts import planning
from blackkonnect_emulator.receipts.handing_back import HandedBack
from blackkonnect_emulator.receipts.retrying import Retrying

_LONGEST_ADDRESS = 2000
_SELECT_DUE = (
    "SELECT receipts.id, receipts.message, receipts.status, receipts.since, receipts.copies,"
    " receipts.failures, messages.message_id, messages.destination, messages.source_address,"
    " requests.bulk_id, requests.correlation_id, messages.id - requests.first_message,"
    " requests.id, messages.entry"
    " FROM receipts JOIN messages ON messages.id = receipts.message"
    " JOIN requests ON requests.id = messages.request"
    " WHERE receipts.tenant = ? AND receipts.due_at <= ? ORDER BY receipts.due_at, receipts.id LIMIT ?"
)


class Due(NamedTuple):
    """A receipt that is due.

    Attributes:
        number: Its number in the database.
        message: That of its message.
        status: The status that it tells.
        since: When the message reached it.
        copies: How often it is still to be delivered.
        failures: How many attempts have failed.
        message_id: The id of the message.
        destination: Where the message went.
        source_address: Who it is from, if it says so.
        bulk_id: The bulk that it belongs to, if any.
        correlation_id: The gateway's id of the request that it came by.
        place: Its place in that.
        callback_data: What its sender wants handed back, if anything.
    """

    number: int
    message: int
    status: str
    since: int
    copies: int
    failures: int
    message_id: str
    destination: str
    source_address: str | None
    bulk_id: str | None
    correlation_id: str
    place: int
    callback_data: str | None


class Attempted(NamedTuple):
    """An attempt that has ended.

    Attributes:
        due: What was to be delivered.
        at: When it began, in milliseconds of the tenant's clock.
        address: What was called.
        outcome: What came of it, in words.
        delivered: Whether the receipt was taken.
        milliseconds: How long it took on this machine.
    """

    due: Due
    at: int
    address: str
    outcome: str
    delivered: bool
    milliseconds: int


def next_due(connection: sqlite3.Connection, tenants: Iterable[int]) -> dict[int, int]:
    """Tell when the next receipt of each tenant is due, if one is.

    Args:
        connection: Where.
        tenants: The numbers of the tenants.
    """
    found: dict[int, int] = {}
    for tenant in tenants:
        row = connection.execute(
            "SELECT due_at FROM receipts WHERE tenant = ? AND due_at IS NOT NULL ORDER BY due_at LIMIT 1",
            (tenant,),
        ).fetchone()
        if row is not None:
            found[tenant] = row[0]
    return found


def take_due(
    connection: sqlite3.Connection, handed_back: HandedBack, tenant: int, now: int, limit: int
) -> list[Due]:
    """Take receipts that are due, at most one of each message, and mark them as begun.

    Args:
        connection: Where.
        handed_back: Finds what is handed back.
        tenant: The number of whose they are.
        now: The tenant's time.
        limit: At most so many.
    """
    rows = connection.execute(_SELECT_DUE, (tenant, now, limit)).fetchall()
    connection.executemany(
        "UPDATE receipts SET begun = 1 WHERE id = ? AND NOT begun", [(row[0],) for row in rows]
    )
    due: list[Due] = []
    for row in rows:
        *columns, request, entry = row
        data = handed_back.of(connection, request, columns[10], entry)
        due.append(Due._make((*columns, data)))
    return due


def store(
    connection: sqlite3.Connection, attempts: Sequence[Attempted], retrying: Retrying, now: int
) -> None:
    """Store what came of attempts.

    Args:
        connection: Where.
        attempts: The attempts, in the order in which they ended.
        retrying: When a receipt is tried again.
        now: The tenant's time.
    """
    for attempt in attempts:
        changed, ended = _set(connection, attempt, retrying)
        if changed:
            address = attempt.address
            if len(address) > _LONGEST_ADDRESS:
                address = f"{address[:_LONGEST_ADDRESS]}…"
            connection.execute(
                "INSERT INTO attempts (receipt, at, address, outcome, milliseconds) VALUES (?, ?, ?, ?, ?)",
                (attempt.due.number, attempt.at, address, attempt.outcome, attempt.milliseconds),
            )
        if ended:
            planning.go_on(connection, attempt.due.message, now)


def _set(connection: sqlite3.Connection, attempt: Attempted, retrying: Retrying) -> tuple[bool, bool]:
    """Change a receipt, and tell whether it is still there and whether it is done with."""
    due = attempt.due
    if attempt.delivered and due.copies > 1:
        # The next copy is due as this one was: at once.
        cursor = connection.execute("UPDATE receipts SET copies = copies - 1 WHERE id = ?", (due.number,))
        return cursor.rowcount > 0, False
    due_at = None if attempt.delivered else retrying.next_at(attempt.at, due.failures)
    state = "delivered" if attempt.delivered else "given up" if due_at is None else "waiting"
    cursor = connection.execute(
        # What was dropped meanwhile stays so, unless it was taken after all.
        "UPDATE receipts SET"
        " due_at = CASE WHEN state = 'waiting' THEN :due_at END,"
        " state = CASE WHEN state = 'waiting' OR :state = 'delivered' THEN :state ELSE state END,"
        " failures = failures + :failed WHERE id = :id",
        {"due_at": due_at, "state": state, "failed": not attempt.delivered, "id": due.number},
    )
    return cursor.rowcount > 0, due_at is None
