"""A change of the document, by what it means for a client's user."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Change", "Kind", "merged"]


class Kind(StrEnum):
    """What a change means, the worst first."""

    BREAKING = "breaking"
    ADDITIVE = "additive"
    DOC_ONLY = "doc-only"


_ORDER = tuple(Kind)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two revisions.

    Attributes:
        kind: What it means for a client's user.
        pointer: Where, as a JSON Pointer: in the new revision, or in the old one for what was removed.
        words: What it means, in a sentence.
        found_by: Who found it: ``own rule``, ``specshift``.
    """

    kind: Kind
    pointer: str
    words: str
    found_by: tuple[str, ...] = ("own rule",)


def merged(changes: list[Change]) -> list[Change]:
    """Return each change once, the worst first; a schema that is used twice is told once."""
    found: dict[tuple[str, str], Change] = {}
    for one in changes:
        key = (one.pointer, one.words)
        known = found.get(key)
        if known is None:
            found[key] = one
            continue
        kind = min(known.kind, one.kind, key=_ORDER.index)
        finders = tuple(dict.fromkeys((*known.found_by, *one.found_by)))
        found[key] = Change(kind, one.pointer, one.words, finders)
    return sorted(found.values(), key=lambda one: (_ORDER.index(one.kind), one.pointer, one.words))
