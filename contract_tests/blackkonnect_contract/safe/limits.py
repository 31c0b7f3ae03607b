"""What the user allows."""

from __future__ import annotations

import math
from dataclasses import dataclass

from blackkonnect_contract.document import Document, document, editions
from blackkonnect_contract.safe.kinds import NUMBER_SCHEMA
from blackkonnect_contract.safe.refusals import LimitsError

__all__ = ["Limits"]

_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What may be sent, to whom, and how fast.

    Attributes:
        numbers: The only numbers that may be sent to, as the document writes numbers; they are in no repr.
        max_sends: To how many destinations at most, all requests together.
        rate: How many requests that may send leave in a second at most.

    Raises:
        LimitsError: One of them makes no sense.
    """

    numbers: tuple[str, ...]
    max_sends: int
    rate: float

    def __post_init__(self) -> None:
        if not self.numbers:
            raise LimitsError("there is no number to send to: list at least one of your own")
        seen: dict[str, int] = {}
        for place, number in enumerate(self.numbers, 1):
            if _latest().errors(NUMBER_SCHEMA, number):
                pattern = _latest().at(NUMBER_SCHEMA)["pattern"]
                message = f"number {place} of the list is no number by E.164: it must match {pattern}"
                raise LimitsError(message)
            first = seen.setdefault(number.removeprefix("+"), place)
            if first != place:
                raise LimitsError(f"numbers {first} and {place} of the list are the same: list each once")
        if isinstance(self.max_sends, bool) or not isinstance(self.max_sends, int) or self.max_sends < 1:
            raise LimitsError(f"at most {self.max_sends} sends: must be a whole number from 1")
        if not (math.isfinite(self.rate) and self.rate > 0):
            raise LimitsError(f"a rate of {self.rate} a second: must be more than 0, and finite")

    def __repr__(self) -> str:
        shown = ", ".join(self.shown(place) for place in range(1, len(self.numbers) + 1))
        return f"Limits(numbers=({shown}), max_sends={self.max_sends}, rate={self.rate})"

    def shown(self, place: int) -> str:
        """Return a number so that its owner knows it.

        Args:
            place: Its place in the list, from 1.
        """
        return f"…{self.numbers[place - 1][-_SHOWN:]}"

    @property
    def seconds_between(self) -> float:
        """How many seconds lie between two requests that may send, at least."""
        return 1 / self.rate


def _latest() -> Document:
    return document(editions()[-1])
