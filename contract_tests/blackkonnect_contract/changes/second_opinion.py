"""What specshift finds breaking where the own rules found nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specshift import Severity, diff_specs  # type: ignore[import-untyped]

from blackkonnect_contract.changes.change import Change, Kind
from blackkonnect_contract.changes.reading import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["specshift_changes"]


def specshift_changes(old: dict[str, Any], new: dict[str, Any], own: Sequence[Change]) -> list[Change]:
    """Return specshift's breaking changes where the own rules found none at all.

    It names an operation, not a pointer, so the pointer is that of its path, or of all paths.
    """
    if any(one.kind is Kind.BREAKING for one in own):
        return []
    found = []
    for one in diff_specs(old, new).sorted_changes():
        if one.severity is Severity.BREAKING:
            path = next((path for path in old["paths"] if path in one.location), None)
            pointer = "/paths" if path is None else joined("/paths", path)
            words = f"{one.location}: {one.message}"
            found.append(Change(Kind.BREAKING, pointer, words, ("specshift",)))
    return found
