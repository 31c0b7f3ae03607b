"""Tenants in the database."""

import json
import sqlite3
from typing import NamedTuple

from blackkonnect_emulator.clock import Reading


class KnownTenant(NamedTuple):
    """A tenant as it is remembered.

    Attributes:
        number: Its number.
        name: Its name.
        secret: What its secret hashes to; `None` for one that the settings name.
        callback: The address that its receipts go to.
        clock: How its own clock is set, if it has one.
    """

    number: int
    name: str
    secret: bytes | None
    callback: str | None
    clock: Reading | None


def number_of(connection: sqlite3.Connection, name: str) -> int:
    """Tell the number of a tenant, which is made where it has none."""
    connection.execute("INSERT INTO tenants (name) VALUES (?) ON CONFLICT DO NOTHING", (name,))
    (number,) = connection.execute("SELECT number FROM tenants WHERE name = ?", (name,)).fetchone()
    return int(number)


def known(connection: sqlite3.Connection) -> list[KnownTenant]:
    """List all tenants that are remembered."""
    rows = connection.execute("SELECT number, name, secret, callback, clock FROM tenants ORDER BY number")
    return [
        KnownTenant(number, name, secret, callback, None if clock is None else Reading(*json.loads(clock)))
        for number, name, secret, callback, clock in rows
    ]


def save(connection: sqlite3.Connection, tenant: KnownTenant) -> None:
    """Remember a tenant whose number is known."""
    connection.execute(
        "UPDATE tenants SET secret = ?, callback = ?, clock = ? WHERE number = ?",
        (
            tenant.secret,
            tenant.callback,
            None if tenant.clock is None else json.dumps(tenant.clock),
            tenant.number,
        ),
    )


def forget(connection: sqlite3.Connection, number: int) -> None:
    """Forget a tenant and all that it sent."""
    forget_messages(connection, number)
    connection.execute("DELETE FROM tenants WHERE number = ?", (number,))


def forget_messages(connection: sqlite3.Connection, number: int) -> None:
    """Forget all that a tenant sent."""
    connection.execute(
        "DELETE FROM attempts WHERE receipt IN (SELECT id FROM receipts WHERE tenant = ?)", (number,)
    )
    for table in ("receipts", "messages", "requests"):
        connection.execute(f"DELETE FROM {table} WHERE tenant = ?", (number,))  # noqa: S608 - the names above


def clock_reading(connection: sqlite3.Connection) -> Reading | None:
    """Tell how the emulator's clock was set before a restart, if it was."""
    row = connection.execute("SELECT value FROM facts WHERE name = 'clock'").fetchone()
    return None if row is None else Reading(*json.loads(row[0]))


def latest(connection: sqlite3.Connection, tenant: int | None = None) -> int:
    """Tell when the latest request was accepted; 0 where there is none.

    Args:
        connection: Where the requests are.
        tenant: The number of whose request; by default of all that have no clock of their own.
    """
    whose = "tenants.clock IS NULL" if tenant is None else "tenants.number = :tenant"
    row = connection.execute(
        f"SELECT requests.accepted_at FROM requests CROSS JOIN tenants"  # noqa: S608 - one of the two above
        f" ON tenants.number = requests.tenant WHERE {whose} ORDER BY requests.id DESC LIMIT 1",
        {"tenant": tenant},
    ).fetchone()
    return 0 if row is None else int(row[0])


def save_clock(connection: sqlite3.Connection, reading: Reading) -> None:
    """Remember how the emulator's clock is set."""
    _save(connection, "clock", reading)


def pace_asked_for(connection: sqlite3.Connection) -> float | None:
    """Tell the pace that the latest start asked for; `None` where no start has said it."""
    row = connection.execute("SELECT value FROM facts WHERE name = 'pace asked for'").fetchone()
    return None if row is None else float(json.loads(row[0]))


def save_pace_asked_for(connection: sqlite3.Connection, factor: float) -> None:
    """Remember the pace that a start asks for."""
    _save(connection, "pace asked for", factor)


def _save(connection: sqlite3.Connection, name: str, value: object) -> None:
    connection.execute(
        "INSERT INTO facts VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
        (name, json.dumps(value).encode()),
    )


def due_times(connection: sqlite3.Connection, tenant: int, now: int) -> list[int]:
    """List the times after a moment at which messages of a tenant reach a status."""
    rows = connection.execute(
        "SELECT DISTINCT sent_at FROM messages WHERE tenant = :tenant AND sent_at > :now"
        " UNION SELECT DISTINCT final_at FROM messages WHERE tenant = :tenant AND final_at > :now",
        {"tenant": tenant, "now": now},
    )
    return [time for (time,) in rows]
