"""Whether what a client read is what the wire said."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["differences"]


def differences(read: Any, told: Any, place: str = "") -> Iterator[str]:  # noqa: ANN401 - whatever a client reads
    """Tell where what was read is not what the wire said.

    Args:
        read: What the client holds: JSON, or moments and UUIDs made of it.
        told: The JSON of the answer.
        place: Where both stand, as a JSON Pointer.
    """
    if isinstance(told, dict) and isinstance(read, dict):
        yield from _of_objects(read, told, place)
    elif isinstance(told, dict):
        yield f"{place or 'the whole'} was read as {type(read).__name__}"
    elif isinstance(told, list):
        if not isinstance(read, list) or len(read) != len(told):
            yield f"{place or 'the whole'} was read as another list"
            return
        for number, (one, other) in enumerate(zip(read, told, strict=True)):
            yield from differences(one, other, f"{place}/{number}")
    elif not _same(read, told):
        yield f"{place or 'the whole'} was read otherwise than it was told"


def _of_objects(read: dict[str, Any], told: dict[str, Any], place: str) -> Iterator[str]:
    for name in {**told, **read}:
        if name in read and name in told:
            yield from differences(read[name], told[name], f"{place}/{name}")
        elif name in read:
            yield f"{place}/{name} was made up"
        elif told[name] is not None:
            # The client takes null for absence, as its models say.
            yield f"{place}/{name} was lost"


def _same(read: object, told: object) -> bool:
    if isinstance(read, UUID):
        read = str(read)
    if isinstance(read, dt.datetime):
        return isinstance(told, str) and read == _moment(told)
    if read == told:
        return isinstance(read, bool) == isinstance(told, bool)
    # A moment has more than one form.
    one, other = (_moment(value) if isinstance(value, str) else None for value in (read, told))
    return one is not None and one == other


def _moment(text: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
