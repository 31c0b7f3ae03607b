"""Writing an accepted request and its messages, which is what most of the work goes into."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, groupby
from typing import Any

from blackkonnect_emulator.receipts.planning import plan_new
from blackkonnect_emulator.records import IdsUsedError, NewMessages, NewRequest

# Many rows in one statement cost half of what each alone does.
_ROWS_AT_ONCE = 128
_REQUEST_COLUMNS = (
    "tenant, operation, correlation_id, bulk_id, repeat, accepted_at, first_message, messages, content"
)
_MESSAGE_COLUMNS = (
    "request, tenant, repeat, entry, source_address, parts, sent_at, final_at, final_status, outcome,"
    " message_id, destination"
)
_INTO_REQUESTS = f"requests ({_REQUEST_COLUMNS})"
_INTO_MESSAGES = f"messages ({_MESSAGE_COLUMNS})"
_REQUEST_ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?)"
_MESSAGE_ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
# What is the same for each usual single send is not handed over for each.
_USUAL_REQUEST_ROW = "(?, ?, ?, NULL, 0, ?, ?, 1, ?)"
_USUAL_MESSAGE_ROW = "(?, ?, 0, 0, ?, ?, ?, ?, ?, NULL, ?, ?)"
# How many of the columns of messages those of one request and entry share.
_SHARED = 10
_FEW = 4

_Row = tuple[Any, ...]


def add_all(connection: sqlite3.Connection, requests: Sequence[NewRequest]) -> list[int]:
    """Write requests and their messages, none of whose ids was used before.

    Args:
        connection: In a transaction.
        requests: In the order in which they came.

    Returns:
        The number of each request's first message; the others follow it.

    Raises:
        sqlite3.IntegrityError: Ids were used before; the caller undoes what was written.
    """
    request_number, message_number = connection.execute(
        "SELECT (SELECT coalesce(max(id), 0) + 1 FROM requests),"
        " (SELECT coalesce(max(id), 0) + 1 FROM messages)"
    ).fetchone()
    firsts: list[int] = []
    rows: list[_Row] = []
    if all(map(_is_usual, requests)):
        firsts.extend(range(message_number, message_number + len(requests)))
        _insert_usual(connection, requests, request_number, firsts)
        _plan_receipts(connection, requests, [*firsts, message_number + len(requests)])
        return firsts
    for request in requests:
        firsts.append(message_number)
        count = 0
        for messages in request.messages:
            count += len(messages.message_ids)
        rows.append(_request_row(request, 0, message_number, count))
        message_number += count
    _insert(connection, _INTO_REQUESTS, _REQUEST_ROW, rows)
    waiting: list[_Row] = []
    for number, request in enumerate(requests, request_number):
        for messages in request.messages:
            shared = _shared(number, request.tenant, 0, messages)
            ids, destinations = messages.message_ids, messages.destinations
            if len(ids) == 1:
                waiting.append((*shared, ids[0], destinations[0]))
            elif len(ids) <= _FEW:
                waiting += [(*shared, *pair) for pair in zip(ids, destinations, strict=True)]
            else:
                _insert(connection, _INTO_MESSAGES, _MESSAGE_ROW, waiting)
                waiting = []
                _insert_sharing(connection, shared, ids, destinations)
    _insert(connection, _INTO_MESSAGES, _MESSAGE_ROW, waiting)
    _plan_receipts(connection, requests, [*firsts, message_number])
    return firsts


def add(connection: sqlite3.Connection, request: NewRequest) -> int:
    """Write a request and its messages, some of whose ids may have been used before.

    Args:
        connection: In a transaction with a savepoint.
        request: The request.

    Returns:
        The number of its first message; the others follow it.

    Raises:
        IdsUsedError: Ids were used before, and such are refused.
    """
    (first,) = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM messages").fetchone()
    try:
        return add_all(connection, [request])[0]
    except sqlite3.IntegrityError:
        if request.refuse_used:
            raise _used(connection, request, first) from None
        return _add_again(connection, request, first)


def _is_usual(request: NewRequest) -> bool:
    """Tell whether it is a single message whose number forces nothing on it."""
    return request.bulk_id is None and len(request.messages) == 1 and request.messages[0].outcome is None


def _insert_usual(
    connection: sqlite3.Connection, requests: Sequence[NewRequest], first: int, numbers: Sequence[int]
) -> None:
    """Write usual single sends.

    Args:
        connection: In a transaction.
        requests: The sends.
        first: The number of the first of them.
        numbers: Those of their messages.
    """
    request_rows: list[_Row] = []
    message_rows: list[_Row] = []
    for request, number in zip(requests, numbers, strict=True):
        tenant, operation, correlation_id, _, accepted_at, content, (messages,), _, _ = request
        _, (message_id,), (destination,), source_address, parts, plan, _ = messages
        request_rows.append((tenant, operation, correlation_id, accepted_at, number, content))
        message_rows.append((first, tenant, source_address, parts, *plan[1:], message_id, destination))
        first += 1
    _insert(connection, _INTO_REQUESTS, _USUAL_REQUEST_ROW, request_rows)
    _insert(connection, _INTO_MESSAGES, _USUAL_MESSAGE_ROW, message_rows)


def _plan_receipts(
    connection: sqlite3.Connection, requests: Sequence[NewRequest], numbers: Sequence[int]
) -> None:
    """Plan the receipts of messages, those of requests that follow one another together.

    Args:
        connection: In a transaction.
        requests: Whose.
        numbers: That of each request's first message, and then the one behind the last message.
    """
    begin = 0
    for which, some in groupby([request.receipts for request in requests]):
        end = begin + len(list(some))
        if which is not None:
            plan_new(connection, numbers[begin], numbers[end] - 1, which)
        begin = end


def _request_row(request: NewRequest, repeat: int, first: int, count: int) -> _Row:
    return (
        request.tenant,
        request.operation,
        request.correlation_id,
        request.bulk_id,
        repeat,
        request.accepted_at,
        first,
        count,
        request.content,
    )


def _shared(request: int, tenant: int, repeat: int, messages: NewMessages) -> _Row:
    return (
        request,
        tenant,
        repeat,
        messages.entry,
        messages.source_address,
        messages.parts,
        *messages.plan[1:],
        messages.outcome,
    )


@cache
def _insertion(into: str, row: str, rows: int) -> str:
    return f"INSERT INTO {into} VALUES {', '.join([row] * rows)}"  # noqa: S608 - the names above


@cache
def _insertion_sharing(rows: int) -> str:
    shared, pairs = ", ".join("?" * _SHARED), ", ".join(["(?, ?)"] * rows)
    # SQLite does not reorder the sides of a CROSS JOIN, so the rows come as given.
    return (
        f"INSERT INTO {_INTO_MESSAGES}"  # noqa: S608 - the names above
        f" SELECT * FROM (VALUES ({shared})) CROSS JOIN (VALUES {pairs})"
    )


def _insert(connection: sqlite3.Connection, into: str, row: str, rows: Sequence[_Row]) -> None:
    for start, count in _portions(len(rows)):
        values = list(chain.from_iterable(rows[start : start + count]))
        connection.execute(_insertion(into, row, count), values)


def _insert_sharing(
    connection: sqlite3.Connection, shared: _Row, ids: Sequence[str], destinations: Sequence[str]
) -> None:
    for start, count in _portions(len(ids)):
        pairs: list[str] = [""] * (2 * count)
        pairs[::2] = ids[start : start + count]
        pairs[1::2] = destinations[start : start + count]
        connection.execute(_insertion_sharing(count), (*shared, *pairs))


def _portions(count: int) -> Iterator[tuple[int, int]]:
    """Cut a number of rows into powers of two, so that few different statements are ever compiled."""
    start = 0
    while start < count:
        portion = min(_ROWS_AT_ONCE, 1 << ((count - start).bit_length() - 1))
        yield start, portion
        start += portion


def _add_again(connection: sqlite3.Connection, request: NewRequest, first: int) -> int:
    """Write a request some of whose ids were used before, each message with the count of its id."""
    connection.execute("DELETE FROM messages WHERE id >= ?", (first,))
    connection.execute("DELETE FROM requests WHERE first_message = ?", (first,))
    (repeat,) = connection.execute(
        "SELECT count(*) FROM requests WHERE tenant = ? AND bulk_id = ?", (request.tenant, request.bulk_id)
    ).fetchone()
    count = sum(len(messages.message_ids) for messages in request.messages)
    _insert(connection, _INTO_REQUESTS, _REQUEST_ROW, [_request_row(request, repeat, first, count)])
    (number,) = connection.execute("SELECT max(id) FROM requests").fetchone()
    for messages in request.messages:
        for message_id, destination in zip(messages.message_ids, messages.destinations, strict=True):
            (repeat,) = connection.execute(
                "SELECT count(*) FROM messages WHERE tenant = ? AND message_id = ?",
                (request.tenant, message_id),
            ).fetchone()
            shared = _shared(number, request.tenant, repeat, messages)
            _insert(connection, _INTO_MESSAGES, _MESSAGE_ROW, [(*shared, message_id, destination)])
    _plan_receipts(connection, [request], [first, first + count])
    return first


def _used(connection: sqlite3.Connection, request: NewRequest, first: int) -> IdsUsedError:
    ids = list(_ids(request.messages))
    # What this request wrote itself, from its first message on, is undone with the error.
    found = connection.execute(
        "SELECT message_id FROM messages"
        " WHERE tenant = ? AND message_id IN (SELECT value FROM json_each(?)) AND id < ?",
        (request.tenant, json.dumps(ids), first),
    )
    used = frozenset(message_id for (message_id,) in found)
    bulk = connection.execute(
        "SELECT 1 FROM requests WHERE tenant = ? AND bulk_id = ? AND correlation_id <> ?",
        (request.tenant, request.bulk_id, request.correlation_id),
    ).fetchone()
    return IdsUsedError(used, bulk is not None)


def _ids(messages: Sequence[NewMessages]) -> Iterator[str]:
    for some in messages:
        yield from some.message_ids
