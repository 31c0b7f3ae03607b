"""Ids as a journal may hold them: whole, but nothing else that stands where one should."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from blackkonnect_contract.document import document, editions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from blackkonnect_contract.document import Document

__all__ = ["IDS", "Ids"]

IDS: Final = ("messageId", "bulkId", "correlationId")
"""The fields of an answer by which a message is found again."""

_FORM = "/components/parameters/CorrelationId/schema"
_MOST = 200


class Ids:
    """Tells ids from what may not be written down.

    Args:
        secrets: What is secret, as passwords.
        numbers: The digits of the numbers that may be sent to.
    """

    def __init__(self, secrets: Collection[str], numbers: Collection[str]) -> None:
        self._hidden = {one for one in (*secrets, *numbers) if one}

    def add_secret(self, secret: str) -> None:
        """Hide one more, as a token."""
        self._hidden |= {secret} if secret else set()

    def shown(self, value: str) -> str:
        """Return an id as it may be written down: nothing where it is none."""
        whole = not _latest().errors(_FORM, value) and not re.fullmatch(r"[0-9]{7,15}", value)
        return value if whole and not any(one in value for one in self._hidden) else ""

    def told(self, content: bytes) -> list[tuple[str, str]]:
        """Return the ids of an answer with the names of their fields, each once.

        Args:
            content: The answer's body.
        """
        try:
            value = json.loads(content)
        except (ValueError, RecursionError):
            return []
        found = dict.fromkeys((name, self.shown(held)) for name, held in _named(value))
        return [pair for pair in found if pair[1]][:_MOST]


def _named(value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, held in value.items():
            if name in IDS and isinstance(held, str):
                yield name, held
            yield from _named(held)
    elif isinstance(value, list):
        for held in value:
            yield from _named(held)


def _latest() -> Document:
    return document(editions()[-1])
