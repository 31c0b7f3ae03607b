"""What a sender wants handed back with the receipts of a message."""

import sqlite3
from typing import Any

import orjson

_NAME = "callbackData"
_MOST_BULKS = 4


class HandedBack:
    """Finds the callback data of messages in what was asked for when they were sent.

    A bulk is long and its messages come due together, so the latest few are kept. Used in the thread of
    the database alone.
    """

    def __init__(self) -> None:
        self._bulks: dict[str, list[str | None]] = {}

    def of(self, connection: sqlite3.Connection, request: int, correlation_id: str, entry: int) -> str | None:
        """Find the callback data of a message.

        Args:
            connection: Where.
            request: The number of the request that it came by.
            correlation_id: The gateway's id of that.
            entry: The number of the request's entry that it belongs to.
        """
        known = self._bulks.get(correlation_id)
        if known is not None:
            return known[entry]
        (content,) = connection.execute("SELECT content FROM requests WHERE id = ?", (request,)).fetchone()
        asked = orjson.loads(content)
        entries = asked.get("messages")
        if entries is None:
            return _text(asked)
        if len(self._bulks) == _MOST_BULKS:
            del self._bulks[next(iter(self._bulks))]
        found = self._bulks[correlation_id] = [_text(held) for held in entries]
        return found[entry]


def _text(held: dict[str, Any]) -> str | None:
    value = held.get(_NAME)
    return value if isinstance(value, str) else None
