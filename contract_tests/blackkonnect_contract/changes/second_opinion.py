"""What specshift finds breaking, put to what the own rules found at the same place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from specshift import Severity, diff_specs  # type: ignore[import-untyped]

from blackkonnect_contract.changes.change import Change, Kind
from blackkonnect_contract.changes.reading import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["with_specshift"]

_FIELD = re.compile(r"field '([^']+)'")
_QUOTED = re.compile(r"'([\w.-]+)'")


def with_specshift(old: dict[str, Any], new: dict[str, Any], own: Sequence[Change]) -> list[Change]:
    """Return the changes, confirmed by specshift where it finds the same, and those that it alone finds.

    It names an operation and a field, not a pointer: what it alone finds gets the pointer of the path.
    """
    changes = list(own)
    for one in diff_specs(old, new).sorted_changes():
        if one.severity is not Severity.BREAKING:
            continue
        same = [index for index, change in enumerate(changes) if _is_same(change, one.location, one.message)]
        for index in same:
            changes[index] = changes[index].confirmed("specshift")
        if not same:
            path = next((path for path in old["paths"] if path in re.split(r"[ >]+", one.location)), None)
            pointer = "/paths" if path is None else joined("/paths", path)
            words = f"{one.location}: {one.message}"
            changes.append(Change(Kind.BREAKING, pointer, words, ("specshift",)))
    return changes


def _is_same(change: Change, location: str, message: str) -> bool:
    if change.kind is not Kind.BREAKING:
        return False
    operation, _, rest = location.partition(" > ")
    side = re.split(r"\[\]| > ", rest)[0]
    if operation.startswith("/"):
        return any(one.startswith(joined("/paths", operation)) for one in change.pointers)
    uses = [use for use in change.used_in if use.partition(" > ")[0] == operation]
    if side and not any(use.partition(" > ")[2] == side for use in uses):
        return False
    told = {*change.pointer.split("/"), *re.findall(r"[\w.-]+", change.words)}
    names = _FIELD.findall(rest)[-1:] or ([] if rest else _QUOTED.findall(message)[:1])
    return bool(uses) and all(name in told for name in names) and _of_a_kind(change, message)


def _of_a_kind(change: Change, message: str) -> bool:
    """Tell a type that changed from a field that is gone, where both are at one place."""
    about = {"type": "type changed", "required": "required", "enum": "enum"}
    wanted = about.get(change.pointer.rpartition("/")[2])
    spoken = message.lower()
    return wanted is None or wanted in spoken or not any(one in spoken for one in about.values())
