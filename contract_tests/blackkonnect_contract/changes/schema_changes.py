"""What changed in a schema, by who writes the value: requests may only take more, answers only say less."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from blackkonnect_contract.changes.branches import named, paired
from blackkonnect_contract.changes.change import Change, Kind
from blackkonnect_contract.changes.reading import follow, joined

__all__ = ["SchemaChanges", "Use"]

_UPPER = ("maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties")
_LOWER = ("minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties")
_NONE_AT_ALL = {"minLength": 0, "minItems": 0, "minProperties": 0, "uniqueItems": False}
"""What is said by saying nothing."""
_EXACT = ("pattern", "format", "const", "multipleOf", "uniqueItems")
_WORDS = ("title", "description", "example", "examples", "deprecated", "$comment", "externalDocs")
_BRANCHES = ("oneOf", "anyOf", "allOf")
_COMPARED = frozenset(
    {*_UPPER, *_LOWER, *_EXACT, *_WORDS, *_BRANCHES, "type", "enum", "items", "prefixItems", "properties"}
    | {"required", "additionalProperties", "default", "$ref"}
)


@dataclass(frozen=True, slots=True)
class Use:
    """Where a schema is used.

    Attributes:
        operation: The operation, as ``GET /things``.
        side: Which of its sides, as ``request body`` or ``response 200``.
        request: Whether the client's user writes the value.
    """

    operation: str
    side: str
    request: bool

    def __str__(self) -> str:
        return f"{self.operation} > {self.side}"


class SchemaChanges:
    """Compares the schemas of two revisions.

    Args:
        old: The old revision.
        new: The new one.
    """

    def __init__(self, old: dict[str, Any], new: dict[str, Any]) -> None:
        self._old = old
        self._new = new
        self._seen: set[tuple[str, str, Use]] = set()
        self.found: list[Change] = []

    def compare(self, old: Any, new: Any, places: tuple[str, str], use: Use) -> None:  # noqa: ANN401 - JSON
        """Compare two schemas.

        Args:
            old: The old schema.
            new: The new one.
            places: Their pointers.
            use: Where they are used.
        """
        old, before = follow(self._old, old, places[0])
        new, after = follow(self._new, new, places[1])
        if (before, after, use) in self._seen:
            return
        self._seen.add((before, after, use))
        if not (isinstance(old, dict) and isinstance(new, dict)):
            if old != new:
                self._bounded(after, "schema", use, narrower=new is False or old is True)
            return
        self._words(old, new, after, use)
        if not self._types(old, new, after, use):
            return
        self._enums(old, new, after, use)
        self._constraints(old, new, after, use)
        self._properties(old, new, (before, after), use)
        for word in ("items", "additionalProperties"):
            self._below(old, new, (before, after), word, use)
        self._branches(old, new, (before, after), use)
        self._rest(old, new, after, use)

    def _add(self, kind: Kind, pointer: str, words: str, use: Use) -> None:
        self.found.append(Change(kind, pointer, words, used_in=(str(use),)))

    def _bounded(self, pointer: str, what: str, use: Use, *, narrower: bool) -> None:
        side = "requests" if use.request else "answers"
        kind = Kind.BREAKING if narrower == use.request else Kind.ADDITIVE
        meaning = {
            (True, True): "values that were sent before are refused",
            (True, False): "answers keep to more than before",
            (False, True): "more may be sent than before",
            (False, False): "answers may hold what readers did not know before",
        }[narrower, use.request]
        self._add(kind, pointer, f"{what} of {side} is {'narrower' if narrower else 'wider'}: {meaning}", use)

    def _words(self, old: dict[str, Any], new: dict[str, Any], after: str, use: Use) -> None:
        for word in _WORDS:
            if old.get(word) != new.get(word):
                self._add(Kind.DOC_ONLY, joined(after, word), f"{word} is worded anew", use)

    def _types(self, old: dict[str, Any], new: dict[str, Any], after: str, use: Use) -> bool:
        """Compare the types; tell whether a value can be of both, so that it makes sense to look further."""
        first, second = _types_of(old), _types_of(new)
        place = joined(after, "type")
        if first == second:
            return True
        if first is not None and (second is None or first < second):
            self._bounded(place, "type", use, narrower=False)
        elif second is not None and (first is None or second < first):
            self._bounded(place, "type", use, narrower=True)
        else:
            words = f"the type changed from {_named(first)} to {_named(second)}: code for the old one fails"
            self._add(Kind.BREAKING, place, words, use)
            return bool((first or frozenset()) & (second or frozenset()) - {"null"})
        return True

    def _enums(self, old: dict[str, Any], new: dict[str, Any], after: str, use: Use) -> None:
        for word in ("enum", "x-extensible-enum"):
            first, second = old.get(word), new.get(word)
            if first == second:
                continue
            place = joined(after, word)
            if not (isinstance(first, list) and isinstance(second, list)):
                if word == "enum":
                    self._bounded(place, word, use, narrower=second is not None)
                continue
            for value in (one for one in second if one not in first):
                kind = Kind.ADDITIVE if use.request or word != "enum" else Kind.BREAKING
                self._add(
                    kind, place, f"the value {value!r} is new: readers that list all values miss it", use
                )
            for value in (one for one in first if one not in second):
                kind = Kind.BREAKING if use.request else Kind.ADDITIVE
                words = f"the value {value!r} is gone: it may not be sent or awaited any more"
                self._add(kind, place, words, use)

    def _constraints(self, old: dict[str, Any], new: dict[str, Any], after: str, use: Use) -> None:
        for bounds, upper in ((_UPPER, True), (_LOWER, False)):
            for word in bounds:
                first, second = (one.get(word, _NONE_AT_ALL.get(word)) for one in (old, new))
                if first == second:
                    continue
                narrower = second is not None and (first is None or (second < first) == upper)
                self._bounded(joined(after, word), word, use, narrower=narrower)
        for word in _EXACT:
            nothing = _NONE_AT_ALL.get(word)
            first, second = old.get(word, nothing), new.get(word, nothing)
            if first == second:
                continue
            if nothing in (first, second):
                self._bounded(joined(after, word), word, use, narrower=first == nothing)
            else:
                words = f"{word} is another: values that kept to the old one may not fit"
                self._add(Kind.BREAKING, joined(after, word), words, use)

    def _properties(
        self, old: dict[str, Any], new: dict[str, Any], places: tuple[str, str], use: Use
    ) -> None:
        first, second = old.get("properties", {}), new.get("properties", {})
        before, after = places
        for name in first:
            if name not in second:
                words = (
                    f"the property {name} is gone: code that {'sets' if use.request else 'reads'} it fails"
                )
                self._add(Kind.BREAKING, joined(before, "properties", name), words, use)
            else:
                pair = (joined(before, "properties", name), joined(after, "properties", name))
                self.compare(first[name], second[name], pair, use)
        for name in second:
            if name not in first:
                words = f"the property {name} is new"
                self._add(Kind.ADDITIVE, joined(after, "properties", name), words, use)
        was, now = set(old.get("required", ())), set(new.get("required", ()))
        for name in sorted(was ^ now):
            needed = name in now
            if (needed and not use.request and name not in first) or (not needed and name not in second):
                # Told already: the property is new to who reads it, or gone.
                continue
            kind = Kind.BREAKING if needed == use.request else Kind.ADDITIVE
            side = "requests" if use.request else "answers"
            words = f"{name} is {'required' if needed else 'optional'} now in {side}"
            self._add(kind, joined(after, "required"), words, use)

    def _below(
        self, old: dict[str, Any], new: dict[str, Any], places: tuple[str, str], word: str, use: Use
    ) -> None:
        """Compare schemas that are true where they are not written."""
        first, second = old.get(word, True), new.get(word, True)
        pair = (joined(places[0], word), joined(places[1], word))
        if isinstance(first, dict) and isinstance(second, dict):
            self.compare(first, second, pair, use)
            return
        ranks = [
            {False: 0, True: 2}[one] if isinstance(one, bool) else 1 if one else 2 for one in (first, second)
        ]
        if ranks[0] != ranks[1]:
            self._bounded(pair[1], word, use, narrower=ranks[1] < ranks[0])

    def _branches(self, old: dict[str, Any], new: dict[str, Any], places: tuple[str, str], use: Use) -> None:
        for word in (*_BRANCHES, "prefixItems"):
            first, second = old.get(word, []), new.get(word, [])
            if not first and not second:
                continue
            place = joined(places[1], word)
            if not (first and second):
                self._bounded(place, word, use, narrower=bool(second))
                continue
            if word == "prefixItems":
                both = range(min(len(first), len(second)))
                pairs, gone, fresh = [(one, one) for one in both], first[len(both) :], second[len(both) :]
                words = [""] * (len(gone) + len(fresh))
            else:
                pairs, left, right = paired((self._old, first), (self._new, second))
                gone, fresh = [first[one] for one in left], [second[one] for one in right]
                words = [f" without {named(self._old, one)}" for one in gone]
                words += [f" with {named(self._new, one)}" for one in fresh]
            for one, other in pairs:
                pair = (joined(places[0], word, str(one)), joined(places[1], word, str(other)))
                self.compare(first[one], second[other], pair, use)
            for number, what in enumerate(words):
                is_gone = number < len(gone)
                self._bounded(place, f"{word}{what}", use, narrower=is_gone == (word in {"oneOf", "anyOf"}))

    def _rest(self, old: dict[str, Any], new: dict[str, Any], after: str, use: Use) -> None:
        if old.get("default") != new.get("default"):
            words = "the default is another: what is left out means another value"
            self._add(Kind.BREAKING, joined(after, "default"), words, use)
        for word in sorted(old.keys() | new.keys()):
            if word in _COMPARED or word.startswith("x-") or old.get(word) == new.get(word):
                continue
            words = f"{word} is another, and no rule says what that means: it counts as breaking"
            self._add(Kind.BREAKING, joined(after, word), words, use)


def _types_of(schema: dict[str, Any]) -> frozenset[str] | None:
    kind = schema.get("type")
    if kind is None:
        return None
    kinds = {kind} if isinstance(kind, str) else set(kind)
    return frozenset(kinds | {"integer"} if "number" in kinds else kinds)


def _named(kinds: frozenset[str] | None) -> str:
    if kinds is None:
        return "any"
    return " or ".join(sorted(kinds - {"integer"} if "number" in kinds else kinds))
