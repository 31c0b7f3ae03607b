"""Messages as the database has them, by a filter, the newest first."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from blackkonnect_emulator import text_search
from blackkonnect_emulator.ids import Block
from blackkonnect_emulator.store import CONVERSATION, FIRST_MESSAGE, status_at
from blackkonnect_emulator.views import MessageFilter

# The content of a bulk is large, and one for all of its messages; it is fetched apart.
_COLUMNS = (
    "messages.id, messages.tenant, messages.request, messages.entry, messages.message_id,"
    " messages.destination, messages.source_address, messages.parts, messages.outcome,"
    " requests.operation, requests.correlation_id, requests.bulk_id, requests.first_message,"
    " requests.accepted_at, messages.sent_at, messages.final_at, messages.final_status,"
    " CASE WHEN requests.messages = 1 THEN requests.content END"
)
# CROSS JOIN: messages are walked from the newest on, whatever SQLite thinks of its indexes.
_FROM = "FROM messages CROSS JOIN requests ON requests.id = messages.request"


class Times(NamedTuple):
    """The tenants' names and times, by their numbers in the database."""

    names: Mapping[int, str]
    now: Mapping[int, int]


class _Where(NamedTuple):
    """The part of a filter that SQL sees to."""

    conditions: str
    values: Mapping[str, Any]


class Row(NamedTuple):
    """A message as the database has it, in the order of the columns."""

    number: int
    tenant: int
    request: int
    entry: int
    message_id: str
    destination: str
    source_address: str | None
    parts: int
    outcome: str | None
    operation: str
    correlation_id: str
    bulk_id: str | None
    first_message: int
    accepted_at: int
    sent_at: int | None
    final_at: int
    final_status: str
    content: bytes | None

    def ids(self) -> tuple[str, str]:
        """Tell the gateway's ids of the message and of the exchange."""
        block = Block(self.correlation_id)
        return block.id(FIRST_MESSAGE + self.number - self.first_message), block.id(CONVERSATION)


class StoredRequest(NamedTuple):
    """A request as the database has it.

    Attributes:
        operation: The operation that it came by.
        correlation_id: The gateway's id of it.
        bulk_id: The bulk's id; `None` for a single message.
        content: Its body as it came.
        messages: Entry, id and destination of each of its messages that was taken, in their order.
    """

    operation: str
    correlation_id: str
    bulk_id: str | None
    content: bytes
    messages: list[tuple[int, str, str]]


def request_behind(connection: sqlite3.Connection, number: int) -> StoredRequest | None:
    """Find the request that a message came by.

    Args:
        connection: Where it is.
        number: The message's number.
    """
    found = connection.execute(
        "SELECT operation, correlation_id, bulk_id, content, first_message, requests.messages"
        " FROM messages JOIN requests ON requests.id = messages.request WHERE messages.id = ?",
        (number,),
    ).fetchone()
    if found is None:
        return None
    operation, correlation_id, bulk_id, content, first, count = found
    messages = connection.execute(
        "SELECT entry, message_id, destination FROM messages WHERE id BETWEEN ? AND ? ORDER BY id",
        (first, first + count - 1),
    ).fetchall()
    return StoredRequest(operation, correlation_id, bulk_id, content, messages)


def rows(connection: sqlite3.Connection, times: Times, wanted: MessageFilter, size: int) -> Iterator[Row]:
    """List messages, the newest first; of a text that is searched for, some that don't hold it too.

    Args:
        connection: Where they are.
        times: Whose messages, and the times that statuses are told for.
        wanted: Which; its limit counts for nothing.
        size: At most so many.
    """
    for row in _select(connection, _COLUMNS, times, wanted, size):
        yield Row._make(row)


def places(
    connection: sqlite3.Connection, times: Times, wanted: MessageFilter, size: int
) -> Iterator[tuple[int, int, str]]:
    """List number, tenant and destination of messages, as `rows` does, for a quarter of its time."""
    yield from _select(connection, "messages.id, messages.tenant, messages.destination", times, wanted, size)


def rows_of(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[Row]:
    """List the messages of some numbers, the newest first."""
    found = connection.execute(
        f"SELECT {_COLUMNS} {_FROM} WHERE messages.id IN ({', '.join(map(str, numbers))})"
        " ORDER BY messages.id DESC"
    )
    return [Row._make(row) for row in found]


def _select(
    connection: sqlite3.Connection, columns: str, times: Times, wanted: MessageFilter, size: int
) -> Iterable[Any]:
    where = _where(connection, times, wanted)
    if where is None:
        return ()
    return connection.execute(
        f"SELECT {columns} {_FROM} WHERE {where.conditions} ORDER BY messages.id DESC LIMIT :size",
        {**where.values, "size": size},
    )


def _where(connection: sqlite3.Connection, times: Times, wanted: MessageFilter) -> _Where | None:
    """Write what a filter asks for; `None` where nothing can match."""
    # A plus before a column keeps SQLite from its index, whose order would need sorting.
    numbers = [number for number, name in times.names.items() if wanted.tenant in (None, name)]
    index = "" if wanted.message_id is not None else "+"
    conditions = [f"{index}messages.tenant IN ({', '.join(map(str, numbers))})"]
    values: dict[str, Any] = {}
    if wanted.destination is not None:
        digits = wanted.destination.removeprefix("+")
        conditions.append("messages.destination IN (:digits, :plus)")
        values |= {"digits": digits, "plus": f"+{digits}"}
    for name in ("source_address", "message_id"):
        if (value := getattr(wanted, name)) is not None:
            conditions.append(f"messages.{name} = :{name}")
            values[name] = value
    for name in ("bulk_id", "correlation_id"):
        if (value := getattr(wanted, name)) is not None:
            span = _span(connection, name, value, numbers)
            if span is None:
                return None
            conditions.append(f"messages.id BETWEEN {span[0]} AND {span[1]} AND requests.{name} = :{name}")
            values[name] = value
    if wanted.before is not None:
        conditions.append("messages.id < :before")
        values["before"] = wanted.before
    if wanted.status is not None:
        conditions.append(_in_status(times))
        values["status"] = wanted.status
    if wanted.text:
        conditions.append(text_search.CONDITION)
        values |= text_search.values(wanted.text)
    return _Where(" AND ".join(conditions), values)


def _span(
    connection: sqlite3.Connection, column: str, value: str, tenants: list[int]
) -> tuple[int, int] | None:
    """Tell between which numbers the messages of some requests lie."""
    first, last = connection.execute(
        f"SELECT min(first_message), max(first_message + messages - 1) FROM requests"  # noqa: S608 - no value from outside
        f" WHERE tenant IN ({', '.join(map(str, tenants))}) AND {column} = ?",
        (value,),
    ).fetchone()
    return None if first is None else (first, last)


def _in_status(times: Times) -> str:
    """Write the condition that a message is in `:status` at the time of its tenant's clock."""
    by_time: dict[int, list[int]] = {}
    for number, now in times.now.items():
        by_time.setdefault(now, []).append(number)
    cases = " ".join(
        f"WHEN messages.tenant IN ({', '.join(map(str, numbers))}) THEN {now}"
        for now, numbers in by_time.items()
    )
    return f"{status_at(f'(CASE {cases} END)')} = :status"


def count(connection: sqlite3.Connection) -> Mapping[str, int]:
    """Count the `messages`, and the `phones` that have any."""
    (messages,) = connection.execute("SELECT count(*) FROM messages").fetchone()
    (phones,) = connection.execute(
        "SELECT count(*) FROM (SELECT DISTINCT tenant, destination FROM messages)"
    ).fetchone()
    return {"messages": messages, "phones": phones}
