"""What changed in a schema, by who writes the value: requests may only take more, answers only say less."""

from __future__ import annotations

from typing import Any

from blackkonnect_contract.changes.change import Change, Kind
from blackkonnect_contract.changes.reading import follow, joined

__all__ = ["SchemaChanges"]

_UPPER = ("maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties")
_LOWER = ("minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties")
_EXACT = ("pattern", "format", "const", "multipleOf", "uniqueItems")
_WORDS = ("title", "description", "example", "examples", "deprecated")
_BRANCHES = ("oneOf", "anyOf", "allOf")


class SchemaChanges:
    """Compares the schemas of two revisions.

    Args:
        old: The old revision.
        new: The new one.
    """

    def __init__(self, old: dict[str, Any], new: dict[str, Any]) -> None:
        self._old = old
        self._new = new
        self._seen: set[tuple[str, str, bool]] = set()
        self.found: list[Change] = []

    def compare(self, old: Any, new: Any, places: tuple[str, str], *, request: bool) -> None:  # noqa: ANN401 - JSON  # noqa: E501 - a sentence
        """Compare two schemas.

        Args:
            old: The old schema.
            new: The new one.
            places: Their pointers.
            request: Whether the client writes the value.
        """
        old, before = follow(self._old, old, places[0])
        new, after = follow(self._new, new, places[1])
        key = (before, after, request)
        if key in self._seen:
            return
        self._seen.add(key)
        if not (isinstance(old, dict) and isinstance(new, dict)):
            if old != new:
                self._widened_or_narrowed(after, "schema", narrower=new is False, request=request)
            return
        self._types(old, new, after, request=request)
        self._enums(old, new, after, request=request)
        self._constraints(old, new, after, request=request)
        self._properties(old, new, (before, after), request=request)
        if "items" in old and "items" in new:
            self.compare(
                old["items"], new["items"], (joined(before, "items"), joined(after, "items")), request=request
            )
        self._branches(old, new, (before, after), request=request)
        if old.get("default") != new.get("default"):
            self._add(
                Kind.BREAKING,
                joined(after, "default"),
                "the default is another: what is left out means another value",
            )
        for word in _WORDS:
            if old.get(word) != new.get(word):
                self._add(Kind.DOC_ONLY, joined(after, word), f"{word} is worded anew")

    def _add(self, kind: Kind, pointer: str, words: str) -> None:
        self.found.append(Change(kind, pointer, words))

    def _widened_or_narrowed(self, pointer: str, what: str, *, narrower: bool, request: bool) -> None:
        side = "requests" if request else "answers"
        kind = Kind.BREAKING if narrower == request else Kind.ADDITIVE
        meaning = {
            (True, True): "values that were sent before are refused",
            (True, False): "answers keep to more than before",
            (False, True): "more may be sent than before",
            (False, False): "answers may hold what readers did not know before",
        }[narrower, request]
        self._add(kind, pointer, f"{what} of {side} is {'narrower' if narrower else 'wider'}: {meaning}")

    def _types(self, old: dict[str, Any], new: dict[str, Any], after: str, *, request: bool) -> None:
        first, second = _types_of(old), _types_of(new)
        if first == second:
            return
        place = joined(after, "type")
        if first is not None and (second is None or first < second):
            self._widened_or_narrowed(place, "type", narrower=False, request=request)
        elif second is not None and (first is None or second < first):
            self._widened_or_narrowed(place, "type", narrower=True, request=request)
        else:
            words = f"the type changed from {_named(first)} to {_named(second)}: code for the old one fails"
            self._add(Kind.BREAKING, place, words)

    def _enums(self, old: dict[str, Any], new: dict[str, Any], after: str, *, request: bool) -> None:
        for word in ("enum", "x-extensible-enum"):
            first, second = old.get(word), new.get(word)
            if first == second:
                continue
            place = joined(after, word)
            if not (isinstance(first, list) and isinstance(second, list)):
                if word == "enum":
                    self._widened_or_narrowed(place, word, narrower=second is not None, request=request)
                continue
            for value in (one for one in second if one not in first):
                kind = Kind.ADDITIVE if request or word != "enum" else Kind.BREAKING
                self._add(kind, place, f"the value {value!r} is new: readers that list all values miss it")
            for value in (one for one in first if one not in second):
                kind = Kind.BREAKING if request else Kind.ADDITIVE
                self._add(kind, place, f"the value {value!r} is gone: it may not be sent or awaited any more")

    def _constraints(self, old: dict[str, Any], new: dict[str, Any], after: str, *, request: bool) -> None:
        for words, upper in ((_UPPER, True), (_LOWER, False)):
            for word in words:
                first, second = old.get(word), new.get(word)
                if first == second:
                    continue
                narrower = second is not None and (first is None or (second < first) == upper)
                self._widened_or_narrowed(joined(after, word), word, narrower=narrower, request=request)
        for word in _EXACT:
            first, second = old.get(word), new.get(word)
            if first == second:
                continue
            if first is None or second is None:
                self._widened_or_narrowed(joined(after, word), word, narrower=first is None, request=request)
            else:
                self._add(
                    Kind.BREAKING,
                    joined(after, word),
                    f"{word} is another: values that kept to the old one may not fit",
                )
        was, now = (
            old.get("additionalProperties", True) is False,
            new.get("additionalProperties", True) is False,
        )
        if was != now:
            self._widened_or_narrowed(
                joined(after, "additionalProperties"), "additionalProperties", narrower=now, request=request
            )

    def _properties(
        self, old: dict[str, Any], new: dict[str, Any], places: tuple[str, str], *, request: bool
    ) -> None:
        first, second = old.get("properties", {}), new.get("properties", {})
        before, after = places
        for name in first:
            if name not in second:
                words = f"the property {name} is gone: code that {'sets' if request else 'reads'} it fails"
                self._add(Kind.BREAKING, joined(before, "properties", name), words)
            else:
                pair = (joined(before, "properties", name), joined(after, "properties", name))
                self.compare(first[name], second[name], pair, request=request)
        for name in second:
            if name not in first:
                self._add(Kind.ADDITIVE, joined(after, "properties", name), f"the property {name} is new")
        was, now = set(old.get("required", ())), set(new.get("required", ()))
        for name in sorted(was ^ now):
            needed = name in now
            if not request and name not in first:
                continue
            kind = Kind.BREAKING if needed == request else Kind.ADDITIVE
            self._add(
                kind,
                joined(after, "required"),
                f"{name} is {'required' if needed else 'optional'} now in {'requests' if request else 'answers'}",  # noqa: E501 - a sentence
            )

    def _branches(
        self, old: dict[str, Any], new: dict[str, Any], places: tuple[str, str], *, request: bool
    ) -> None:
        for word in _BRANCHES:
            first, second = old.get(word, []), new.get(word, [])
            for index, (one, other) in enumerate(zip(first, second, strict=False)):
                pair = (joined(places[0], word, str(index)), joined(places[1], word, str(index)))
                self.compare(one, other, pair, request=request)
            if len(first) != len(second):
                fewer = len(second) < len(first)
                narrower = fewer != (word == "allOf") if first and second else bool(second)
                self._widened_or_narrowed(joined(places[1], word), word, narrower=narrower, request=request)


def _types_of(schema: dict[str, Any]) -> frozenset[str] | None:
    kind = schema.get("type")
    if kind is None:
        return None
    kinds = {kind} if isinstance(kind, str) else set(kind)
    return frozenset(kinds | {"integer"} if "number" in kinds else kinds)


def _named(kinds: frozenset[str] | None) -> str:
    return "any" if kinds is None else " or ".join(sorted(kinds))
