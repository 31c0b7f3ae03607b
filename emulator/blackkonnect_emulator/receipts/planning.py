"""Which receipts a message gets, and in which order.

They are planned in the transaction that takes or changes the message, so that a crash loses none. Of the
receipts of a message that wait, the first alone has a time at which it is due; the next gets one when
that is done with.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Literal

from blackkonnect_emulator.lifecycle import SENT, Plan, whole
from blackkonnect_emulator.outcome_kinds import OUTCOMES, ReceiptOrder

Which = Literal["every", "final"]


def _names(order: ReceiptOrder) -> str:
    return ", ".join(f"'{outcome.name}'" for outcome in OUTCOMES.values() if outcome.receipts == order)


_OUT_OF_ORDER = f"coalesce(outcome, '') IN ({_names('out of order')})"
_TWICE = f"CASE WHEN outcome IN ({_names('twice')}) THEN 2 ELSE 1 END"
_WANTED = f"coalesce(outcome, '') NOT IN ({_names('none')})"
_COLUMNS = "tenant, message, status, since, place, due_at, copies, failures, begun, state"
_AMONG = "(:statuses IS NULL OR {} IN (SELECT value FROM json_each(:statuses)))"
_SENT_AMONG, _FINAL_AMONG = _AMONG.format(f"'{SENT}'"), _AMONG.format("final_status")
_SENT_TOO = f"(:every AND sent_at IS NOT NULL AND sent_at > :after AND {_SENT_AMONG})"
# What comes first is due at its time; what comes after it waits until that is done with.
_INSERT_SENT = (
    f"INSERT INTO receipts ({_COLUMNS}) SELECT tenant, id, '{SENT}', sent_at,"  # noqa: S608 - constants
    f" CASE WHEN {_OUT_OF_ORDER} THEN 3 ELSE 1 END,"
    f" CASE WHEN {_OUT_OF_ORDER} THEN NULL ELSE sent_at END, {_TWICE}, 0, 0, 'waiting'"
    f" FROM messages WHERE {_SENT_TOO} AND {_WANTED} AND "
)
_INSERT_FINAL = (
    f"INSERT INTO receipts ({_COLUMNS}) SELECT tenant, id, final_status, final_at, 2,"  # noqa: S608 - the same
    f" CASE WHEN {_SENT_TOO} AND NOT {_OUT_OF_ORDER} THEN NULL ELSE final_at END, {_TWICE}, 0, 0, 'waiting'"
    f" FROM messages WHERE final_at > :after AND {_FINAL_AMONG} AND {_WANTED} AND "
)
# Every message of which any receipt waits has one that is due.
_DROP = (
    "UPDATE receipts SET state = 'dropped', due_at = NULL WHERE state = 'waiting' AND message IN"
    " (SELECT message FROM receipts WHERE tenant = ? AND due_at IS NOT NULL)"
)
_NONE_WAITS = (
    "tenant = :tenant AND NOT EXISTS (SELECT 1 FROM receipts AS known"
    " WHERE known.message = messages.id AND known.state = 'waiting' AND known.id <= :known)"
)
_FIRST_WAITING = (
    "(SELECT id FROM receipts WHERE message = :message AND state = 'waiting' ORDER BY place LIMIT 1)"
)
_FIRST_DUE = (
    f"UPDATE receipts SET due_at = max(since, :now) WHERE id = {_FIRST_WAITING}"  # noqa: S608 - constants
    " AND due_at IS NULL"
)
_LATER_NOT_DUE = (
    "UPDATE receipts SET due_at = NULL WHERE message = :message AND state = 'waiting'"  # noqa: S608 - the same
    f" AND id <> {_FIRST_WAITING}"
)
_ALWAYS = -(2**62)


def plan_new(connection: sqlite3.Connection, first: int, last: int, which: Which) -> None:
    """Plan the receipts of messages that were just taken.

    Args:
        connection: Where.
        first: The number of the first of them.
        last: The number of the last of them.
        which: Whether every status after QUEUED gets one, or the final one alone.
    """
    values = {"first": first, "last": last}
    _insert(connection, "id BETWEEN :first AND :last", values, which, _ALWAYS)


def plan_rest(connection: sqlite3.Connection, tenant: int, which: Which | None, now: int) -> None:
    """Plan the receipts of a tenant for the statuses that are still to come, now that it has an address.

    A message that has receipts that wait keeps them; without an address they are dropped.

    Args:
        connection: Where.
        tenant: The tenant's number.
        which: As for `plan_new`; `None` where the tenant has no address.
        now: The tenant's time.
    """
    if which is None:
        connection.execute(_DROP, (tenant,))
        return
    (known,) = connection.execute("SELECT coalesce(max(id), 0) FROM receipts").fetchone()
    _insert(connection, _NONE_WAITS, {"tenant": tenant, "known": known}, which, now)


def follow(connection: sqlite3.Connection, message: int, before: Plan, plan: Plan, which: Which) -> None:
    """Let the receipts of a message follow its plan, which has changed already.

    What was begun to be delivered stays; of the rest, what is still true stays, and what is new comes to it.

    Args:
        connection: Where.
        message: The message's number.
        before: Its plan before the change.
        plan: Its plan.
        which: As for `plan_new`.
    """
    begun = _statuses(connection, message, "begun")
    unbegun = _statuses(connection, message, "NOT begun AND state = 'waiting'")
    connection.execute(
        "DELETE FROM receipts WHERE message = ? AND NOT begun AND state = 'waiting'", (message,)
    )
    new = {status for status, _ in set(whole(plan)) - set(whole(before))}
    values = {"message": message}
    _insert(connection, "id = :message", values, which, _ALWAYS, statuses=(new | unbegun) - begun)
    connection.execute(
        _LATER_NOT_DUE,
        values,
    )


def go_on(connection: sqlite3.Connection, message: int, now: int) -> None:
    """Let the next receipt of a message be due, after the one before it is done with.

    Args:
        connection: Where.
        message: The message's number.
        now: The tenant's time.
    """
    connection.execute(
        _FIRST_DUE,
        {"message": message, "now": now},
    )


def _statuses(connection: sqlite3.Connection, message: int, condition: str) -> set[str]:
    rows = connection.execute(
        f"SELECT status FROM receipts WHERE message = ? AND {condition}",  # noqa: S608 - the conditions above
        (message,),
    )
    return {status for (status,) in rows}


def _insert(  # noqa: PLR0913 - what the statements need
    connection: sqlite3.Connection,
    where: str,
    values: Mapping[str, int],
    which: Which,
    after: int,
    *,
    statuses: Iterable[str] | None = None,
) -> None:
    wanted = None if statuses is None else json.dumps(list(statuses))
    given = {**values, "every": which == "every", "after": after, "statuses": wanted}
    connection.execute(_INSERT_SENT + where, given)
    connection.execute(_INSERT_FINAL + where, given)
