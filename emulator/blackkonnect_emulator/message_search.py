"""Finding messages that hold a text."""

import sqlite3

from blackkonnect_emulator.message_content import Content, Entry
from blackkonnect_emulator.message_rows import Row
from blackkonnect_emulator.text_search import is_uuid

# Shorter pieces stand in many UUIDs by chance, and would find what nobody looks for.
_SHORTEST_OF_UUID = 8


class Matching:
    """Tells whether a message holds a text.

    Args:
        connection: Where the content of bulks is.
        text: What is searched for, if anything.
    """

    def __init__(self, connection: sqlite3.Connection, text: str | None) -> None:
        self._connection = connection
        self._sought = (text or "").casefold()
        self._bulk: tuple[int, Content] | None = None

    def __call__(self, row: Row) -> bool:
        """Tell whether a message holds it."""
        sought = self._sought
        if not sought or sought in f"+{row.destination.removeprefix('+')}":
            return True
        if row.source_address is not None and sought in row.source_address.casefold():
            return True
        return self._in_ids(row) or sought in self.entry(row).folded

    def entry(self, row: Row) -> Entry:
        """Read what was said of a message; a bulk is read once for all of its messages that follow."""
        if row.content is not None:
            return Content(row.content).entry(row.entry)
        if self._bulk is None or self._bulk[0] != row.request:
            (raw,) = self._connection.execute(
                "SELECT content FROM requests WHERE id = ?", (row.request,)
            ).fetchone()
            self._bulk = (row.request, Content(raw))
        return self._bulk[1].entry(row.entry)

    def _in_ids(self, row: Row) -> bool:
        sought = self._sought
        whole = len(sought) >= _SHORTEST_OF_UUID
        for chosen in (row.message_id, row.bulk_id):
            if chosen is not None and (whole or not is_uuid(chosen)) and sought in chosen.casefold():
                return True
        return whole and (sought in row.correlation_id or (is_uuid(sought) and sought in row.ids()))
