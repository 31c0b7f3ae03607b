"""What a sender said of a message, from the request as it came."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import orjson

# What a message's own fields say already, or what is said of all messages of its request.
_SAID_ELSEWHERE = frozenset(
    {"text", "destination", "destinations", "sourceAddress", "messageId", "bulkId", "messages"}
)


class Entry:
    """One text of a request, which may go to many destinations.

    Args:
        shared: The request's fields.
        item: The fields of the text; the same where the request is for a single message.
    """

    def __init__(self, shared: Mapping[str, Any], item: Mapping[str, Any]) -> None:
        self._shared = shared
        self._item = item
        self.text: str = item["text"]

    @cached_property
    def folded(self) -> str:
        """The text, so that texts that differ in the case of letters alone are the same."""
        return self.text.casefold()

    @cached_property
    def details(self) -> Mapping[str, Any]:
        """The fields that a message has no place of its own for, as the document names them."""
        given = {**self._shared, **self._item}
        return {name: value for name, value in given.items() if name not in _SAID_ELSEWHERE}


class Content:
    """A request, read once for all of its messages.

    Args:
        raw: The request as it came, which was found to fit the document.
    """

    def __init__(self, raw: bytes) -> None:
        self._body: Mapping[str, Any] = orjson.loads(raw)
        self._entries: dict[int, Entry] = {}

    def entry(self, number: int) -> Entry:
        """Find a text of the request.

        Args:
            number: Its place in the request; 0 for a single message.
        """
        known = self._entries.get(number)
        if known is None:
            item = self._body["messages"][number] if "messages" in self._body else self._body
            known = self._entries[number] = Entry(self._body, item)
        return known
