"""What changed between two revisions of the document, for a client's user."""

from __future__ import annotations

from typing import Any

from blackkonnect_contract.changes.change import Change, Kind, merged
from blackkonnect_contract.changes.operation_changes import own_changes
from blackkonnect_contract.changes.second_opinion import with_specshift

__all__ = ["Change", "Kind", "changes"]


def changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """Compare two revisions by own rules and by specshift; return each change once, the worst first.

    Raises:
        Unreadable: A reference leads nowhere.
    """
    return merged(with_specshift(old, new, own_changes(old, new)))
