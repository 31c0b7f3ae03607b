"""A change of the document, by what it means for a client's user."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Change", "Kind", "facts", "merged"]


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
        pointer: Where, as a JSON Pointer: in the new revision, or in the old one for what was removed. What
            the generated client alone shows is named by its place in Python.
        words: What it means, in a sentence.
        found_by: Who found it: ``own rule``, ``specshift``, ``griffe``, ``redocly``.
        used_in: The sides of operations that it touches, as ``GET /things > response 200``.
        also: Further places of the same change.
    """

    kind: Kind
    pointer: str
    words: str
    found_by: tuple[str, ...] = ("own rule",)
    used_in: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def pointers(self) -> tuple[str, ...]:
        """All its places."""
        return (self.pointer, *self.also)

    def confirmed(self, finder: str) -> Change:
        """Return it as found by one more."""
        return replace(self, found_by=tuple(dict.fromkeys((*self.found_by, finder))))


def merged(changes: Iterable[Change]) -> list[Change]:
    """Return each change once, the worst first; the same said of several places is one change."""
    found: dict[tuple[Kind, str, str], Change] = {}
    for one in changes:
        key = (one.kind, one.words, one.pointer.rpartition("/")[2])
        known = found.get(key)
        if known is None:
            found[key] = one
            continue
        places = sorted({*known.pointers, *one.pointers})
        found[key] = Change(
            one.kind,
            places[0],
            one.words,
            tuple(dict.fromkeys((*known.found_by, *one.found_by))),
            tuple(sorted({*known.used_in, *one.used_in})),
            tuple(places[1:]),
        )
    return sorted(found.values(), key=lambda one: (_ORDER.index(one.kind), one.pointer, one.words))


def facts(change: Change) -> dict[str, Any]:
    """Return a change as an object for programs."""
    return {
        "kind": str(change.kind),
        "pointers": list(change.pointers),
        "words": change.words,
        "foundBy": list(change.found_by),
        "operations": sorted({use.partition(" > ")[0] for use in change.used_in}),
    }
