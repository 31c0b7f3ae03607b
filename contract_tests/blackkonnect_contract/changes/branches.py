"""Which member of a oneOf, anyOf or allOf is which in another revision: by what it is, not by its place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from blackkonnect_contract.changes.reading import follow

if TYPE_CHECKING:
    from collections.abc import Hashable

__all__ = ["named", "paired"]


def paired(
    old: tuple[dict[str, Any], list[Any]], new: tuple[dict[str, Any], list[Any]]
) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Pair the members of two lists.

    Args:
        old: A document, and the members there.
        new: As much of the other revision.

    Returns:
        The positions of the pairs, those of the old members without a pair, and those of the new ones.
    """
    (_, first), (_, second) = old, new
    left, right = list(range(len(first))), list(range(len(second)))
    pairs = []
    for key in (_reference, _title, _content, _marks, _type):
        for index in tuple(left):
            wanted = key(old[0], first[index])
            if wanted is None:
                continue
            other = next((one for one in right if key(new[0], second[one]) == wanted), None)
            if other is not None:
                pairs.append((index, other))
                left.remove(index)
                right.remove(other)
    return sorted(pairs), left, right


def named(document: dict[str, Any], member: Any) -> str:  # noqa: ANN401 - JSON
    """Return what a reader knows a member by."""
    reference, title = _reference(document, member), _title(document, member)
    if reference is not None:
        return str(reference).rpartition("/")[2]
    if title is not None:
        return str(title)
    value, _ = follow(document, member, "")
    return str(value.get("type", "any")) if isinstance(value, dict) else str(value).lower()


def _reference(_document: dict[str, Any], member: Any) -> Hashable:  # noqa: ANN401 - JSON
    return member.get("$ref") if isinstance(member, dict) else None


def _title(document: dict[str, Any], member: Any) -> Hashable:  # noqa: ANN401 - JSON
    value, _ = follow(document, member, "")
    return value.get("title") if isinstance(value, dict) else None


def _content(document: dict[str, Any], member: Any) -> Hashable:  # noqa: ANN401 - JSON
    value, _ = follow(document, member, "")
    return json.dumps(value, sort_keys=True)


def _marks(document: dict[str, Any], member: Any) -> Hashable:  # noqa: ANN401 - JSON
    """Return the values that tell this member from its siblings, as a discriminator reads them."""
    value, _ = follow(document, member, "")
    properties = value.get("properties", {}) if isinstance(value, dict) else {}
    marks = {
        name: one.get("const", one["enum"][0] if len(one.get("enum", ())) == 1 else None)
        for name, one in properties.items()
        if isinstance(one, dict)
    }
    fixed = {name: mark for name, mark in marks.items() if mark is not None}
    return json.dumps(fixed, sort_keys=True) if fixed else None


def _type(document: dict[str, Any], member: Any) -> Hashable:  # noqa: ANN401 - JSON
    """Return the type of a member that nothing else tells apart."""
    if _reference(document, member) or _title(document, member) or _marks(document, member):
        return None
    value, _ = follow(document, member, "")
    return json.dumps(value.get("type"), sort_keys=True) if isinstance(value, dict) else None
