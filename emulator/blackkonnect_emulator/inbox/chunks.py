"""Long lists in chunks, each of which the page fetches anew by itself.

A chunk is what lies between two cursors, so that what comes in at the top never moves what is below from one
chunk to another, and a chunk can be fetched again without those around it.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from blackkonnect_emulator.inbox.view import whole_number

FEW = 50
"""How many entries a chunk has at first."""
MANY = 100
"""How many it may grow to before it is cut."""

T = TypeVar("T")


class Span(NamedTuple):
    """Which entries a chunk holds, newest first.

    Attributes:
        before: Those with lower numbers than this; `None` from the newest on.
        until: Those down to this number; `None` to the oldest.
    """

    before: int | None = None
    until: int | None = None

    @classmethod
    def read(cls, parameters: Mapping[str, str]) -> "Span":
        """Read it from the parameters of an address."""
        return cls(whole_number(parameters.get("before", "")), whole_number(parameters.get("until", "")))

    def parameters(self) -> dict[str, str]:
        """Write it as parameters of an address."""
        ends = {"before": self.before, "until": self.until}
        return {name: str(end) for name, end in ends.items() if end is not None}


@dataclass(frozen=True, slots=True)
class Chunk(Generic[T]):
    """A chunk of a list.

    Attributes:
        rows: Its entries, newest first.
        span: Which entries it holds.
        rest: What follows it and isn't in the page yet, if anything.
        older: The entry that follows it, if any.
    """

    rows: list[T]
    span: Span
    rest: Span | None
    older: T | None


async def read_chunk(
    fetch: Callable[[int | None, int], Awaitable[list[T]]], span: Span, number: Callable[[T], int]
) -> Chunk[T]:
    """Read a chunk.

    Args:
        fetch: Lists entries before a cursor, newest first, at most so many.
        span: Which entries are wanted. Where they are too many, the rest of them is left to another chunk.
        number: Tells an entry's number.
    """
    most = FEW if span.until is None else MANY
    found = await fetch(span.before, most + 1)
    until = span.until
    inside = found if until is None else [entry for entry in found if number(entry) >= until]
    if len(inside) > most:
        rows = inside[:FEW]
        last = number(rows[-1])
        return Chunk(rows, Span(span.before, last), Span(last, until), inside[FEW])
    older = found[len(inside)] if len(found) > len(inside) else None
    return Chunk(inside, span, None, older)
