"""What a check of the document finds."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """One place that breaks one rule.

    Attributes:
        rule: The rule's name.
        pointer: The place, as a JSON Pointer into the document (or into the file that the message names).
        message: What is wrong there.
    """

    rule: str
    pointer: str
    message: str

    def __str__(self) -> str:
        return f"{self.rule} at {self.pointer or '/'}: {self.message}"
