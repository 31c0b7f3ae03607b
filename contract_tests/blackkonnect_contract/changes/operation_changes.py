"""What changed in operations: paths, parameters, bodies, answers, headers, authentication, names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from blackkonnect_contract.changes.change import Change, Kind
from blackkonnect_contract.changes.named_changes import named_changes
from blackkonnect_contract.changes.reading import follow, joined
from blackkonnect_contract.changes.schema_changes import SchemaChanges, Use
from blackkonnect_contract.document import METHODS

__all__ = ["own_changes"]


def own_changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """Compare two revisions by the rules of this package."""
    return [*_Comparison(old, new).changes(), *named_changes(old, new)]


@dataclass(frozen=True, slots=True)
class _Side:
    """An operation in one of the revisions: its path's item, its name there, and its pointer."""

    document: dict[str, Any]
    root: str
    key: tuple[str, str]
    told: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.key[1].upper()} {self.key[0]}"

    @property
    def pointer(self) -> str:
        return joined(self.root, *self.key)


class _Comparison:
    def __init__(self, old: dict[str, Any], new: dict[str, Any]) -> None:
        self._old = old
        self._new = new
        self._schemas = SchemaChanges(old, new)
        self._found: list[Change] = []
        self._use = Use("", "", request=True)
        # Of a webhook it is the gateway that asks, and the user who answers.
        self._turned = False

    def changes(self) -> list[Change]:
        self._root("/paths", "operation")
        self._turned = True
        self._root("/webhooks", "webhook")
        return [*self._found, *self._schemas.found]

    def _root(self, root: str, what: str) -> None:
        first, second = _operations(self._old, root), _operations(self._new, root)
        by_name = {one.told["operationId"]: key for key, one in second.items() if "operationId" in one.told}
        for key, one in first.items():
            moved = by_name.get(one.told.get("operationId"))
            self._use = Use(one.name, "", request=not self._turned)
            if key in second:
                self._operation(one, second[key])
            elif moved is not None and moved not in first:
                other = second[moved]
                self._add(Kind.BREAKING, other.pointer, f"{one.name} is at {other.name} now")
                self._operation(one, other)
            else:
                fails = "it does not come any more" if self._turned else "calls of it fail"
                self._add(Kind.BREAKING, one.pointer, f"the {what} {one.name} is removed: {fails}")
        known = {one.told.get("operationId") for one in first.values()} - {None}
        for key, one in second.items():
            if key not in first and one.told.get("operationId") not in known:
                self._use = Use(one.name, "", request=not self._turned)
                self._add(Kind.ADDITIVE, one.pointer, f"the {what} {one.name} is new")

    def _add(self, kind: Kind, pointer: str, words: str, side: str = "") -> None:
        used = (str(replace(self._use, side=side)) if side else self._use.operation,)
        self._found.append(Change(kind, pointer, words, used_in=used))

    def _compare(self, old: Any, new: Any, places: tuple[str, str], side: str, *, written: bool) -> None:  # noqa: ANN401 - JSON
        self._schemas.compare(old, new, places, replace(self._use, side=side, request=written))

    def _operation(self, old: _Side, new: _Side) -> None:
        first, second = old.told, new.told
        if first.get("operationId") != second.get("operationId"):
            words = (
                f"the operation {first.get('operationId')} is called {second.get('operationId')} now:"
                " the generated function is another"
            )
            self._add(Kind.BREAKING, joined(new.pointer, "operationId"), words)
        was, now = ((one.get("tags") or [None])[0] for one in (first, second))
        if was != now:
            words = f"the first tag was {was} and is {now}: the generated function moves to another module"
            self._add(Kind.BREAKING, joined(new.pointer, "tags"), words)
        for word in ("summary", "description", "deprecated"):
            if first.get(word) != second.get(word):
                self._add(Kind.DOC_ONLY, joined(new.pointer, word), f"{word} is worded anew")
        if not self._turned:
            self._security(first, second, new.pointer)
        self._parameters(old, new)
        self._body(first.get("requestBody"), second.get("requestBody"), (old.pointer, new.pointer))
        self._answers(first, second, (old.pointer, new.pointer))

    def _security(self, old: dict[str, Any], new: dict[str, Any], place: str) -> None:
        first = _ways(old.get("security", self._old.get("security", [])))
        second = _ways(new.get("security", self._new.get("security", [])))
        if first - second and () not in second:
            words = "authentication is required now, or another than before: calls that were right get 401"
            self._add(Kind.BREAKING, joined(place, "security"), words)
        elif second - first:
            words = "there is another way to authenticate, or none is needed"
            self._add(Kind.ADDITIVE, joined(place, "security"), words)

    def _parameters(self, old: _Side, new: _Side) -> None:
        written = not self._turned
        first, second = _parameters(old), _parameters(new)
        for place, name in sorted(first.keys() - second.keys()):
            words = f"the {place} parameter {name} is gone: calls that give it fail"
            self._add(Kind.BREAKING, first[place, name][1], words)
        for place, name in sorted(second.keys() - first.keys()):
            one, pointer = second[place, name]
            needed = bool(one.get("required"))
            kind = Kind.BREAKING if needed and written else Kind.ADDITIVE
            words = f"the {place} parameter {name} is new and {'required' if needed else 'optional'}"
            self._add(kind, pointer, words)
        for key in sorted(first.keys() & second.keys()):
            (one, before), (other, after) = first[key], second[key]
            what = f"the {key[0]} parameter {key[1]}"
            needed = bool(other.get("required"))
            if bool(one.get("required")) != needed:
                kind = Kind.BREAKING if needed == written else Kind.ADDITIVE
                words = f"{what} is {'required' if needed else 'optional'} now"
                self._add(kind, joined(after, "required"), words)
            for word in ("style", "explode", "allowReserved", "allowEmptyValue"):
                if one.get(word) != other.get(word):
                    self._add(Kind.BREAKING, joined(after, word), f"{what} is written in another way")
            if one.get("description") != other.get("description"):
                self._add(Kind.DOC_ONLY, joined(after, "description"), "description is worded anew")
            pair = (joined(before, "schema"), joined(after, "schema"))
            self._compare(one.get("schema", {}), other.get("schema", {}), pair, "parameter", written=written)
            self._content(one, other, (before, after), "parameter", written=written)

    def _body(self, old: Any, new: Any, places: tuple[str, str]) -> None:  # noqa: ANN401 - JSON
        side = "request body"
        one, before = follow(self._old, old, joined(places[0], "requestBody"))
        other, after = follow(self._new, new, joined(places[1], "requestBody"))
        if one is None and other is None:
            return
        if other is None:
            self._add(Kind.BREAKING, before, "no body is taken any more", side)
            return
        needed, was_needed = bool(other.get("required")), bool((one or {}).get("required"))
        if needed != was_needed:
            kind = Kind.BREAKING if needed != self._turned else Kind.ADDITIVE
            words = f"the body is {'required' if needed else 'optional'} now"
            self._add(kind, joined(after, "required"), words, side)
        elif one is None:
            self._add(Kind.ADDITIVE, after, "a body may be sent now", side)
        if one is not None:
            self._content(one, other, (before, after), side, written=not self._turned)

    def _answers(self, old: dict[str, Any], new: dict[str, Any], places: tuple[str, str]) -> None:
        first, second = old.get("responses", {}), new.get("responses", {})
        for status in sorted(first.keys() - second.keys()):
            words = f"the status {status} is gone: code that awaits it never runs"
            self._add(Kind.BREAKING, joined(places[0], "responses", status), words, f"response {status}")
        for status in sorted(second.keys() - first.keys()):
            words = f"the status {status} is described now"
            self._add(Kind.ADDITIVE, joined(places[1], "responses", status), words, f"response {status}")
        for status in sorted(first.keys() & second.keys()):
            side = f"response {status}"
            one, before = follow(self._old, first[status], joined(places[0], "responses", status))
            other, after = follow(self._new, second[status], joined(places[1], "responses", status))
            if one.get("description") != other.get("description"):
                self._add(Kind.DOC_ONLY, joined(after, "description"), "description is worded anew", side)
            if one.get("links") != other.get("links"):
                words = "the links between operations are others"
                self._add(Kind.ADDITIVE, joined(after, "links"), words, side)
            self._headers(one.get("headers", {}), other.get("headers", {}), (before, after), side)
            self._content(one, other, (before, after), side, written=self._turned)

    def _headers(self, old: dict[str, Any], new: dict[str, Any], places: tuple[str, str], side: str) -> None:
        # The names of headers are the same in capitals.
        first, second = ({name.lower(): name for name in one} for one in (old, new))
        for name in sorted(first.keys() - second.keys()):
            words = f"the header {first[name]} is gone: code that reads it fails"
            self._add(Kind.BREAKING, joined(places[0], "headers", first[name]), words, side)
        for name in sorted(second.keys() - first.keys()):
            words = f"the header {second[name]} is new"
            self._add(Kind.ADDITIVE, joined(places[1], "headers", second[name]), words, side)
        for name in sorted(first.keys() & second.keys()):
            here = joined(places[0], "headers", first[name]), joined(places[1], "headers", second[name])
            one, before = follow(self._old, old[first[name]], here[0])
            other, after = follow(self._new, new[second[name]], here[1])
            needed = bool(other.get("required"))
            if bool(one.get("required")) != needed:
                kind = Kind.BREAKING if needed == self._turned else Kind.ADDITIVE
                words = f"the header {second[name]} comes {'always' if needed else 'not always'} now"
                self._add(kind, joined(after, "required"), words, side)
            pair = (joined(before, "schema"), joined(after, "schema"))
            self._compare(one.get("schema", {}), other.get("schema", {}), pair, side, written=self._turned)

    def _content(
        self,
        old: dict[str, Any],
        new: dict[str, Any],
        places: tuple[str, str],
        side: str,
        *,
        written: bool,
    ) -> None:
        first, second = old.get("content", {}), new.get("content", {})
        for media in sorted(first.keys() - second.keys()):
            words = f"the media type {media} is gone"
            self._add(Kind.BREAKING, joined(places[0], "content", media), words, side)
        for media in sorted(second.keys() - first.keys()):
            kind = Kind.ADDITIVE if written or not first else Kind.BREAKING
            self._add(kind, joined(places[1], "content", media), f"the media type {media} is new", side)
        for media in sorted(first.keys() & second.keys()):
            here = joined(places[0], "content", media), joined(places[1], "content", media)
            one, other = first[media], second[media]
            if one.get("encoding") != other.get("encoding"):
                self._add(Kind.BREAKING, joined(here[1], "encoding"), "the encoding is another", side)
            pair = (joined(here[0], "schema"), joined(here[1], "schema"))
            self._compare(one.get("schema", {}), other.get("schema", {}), pair, side, written=written)


def _parameters(side: _Side) -> dict[tuple[str, str], tuple[dict[str, Any], str]]:
    found = {}
    above = joined(side.root, side.key[0])
    item, _ = follow(side.document, side.document[side.root[1:]][side.key[0]], above)
    for place, listed in ((above, item), (side.pointer, side.told)):
        for index, one in enumerate(listed.get("parameters", [])):
            value, pointer = follow(side.document, one, joined(place, "parameters", str(index)))
            found[value["in"], value["name"]] = (value, pointer)
    return found


def _operations(document: dict[str, Any], root: str) -> dict[tuple[str, str], _Side]:
    found = {}
    for path, written in document.get(root[1:], {}).items():
        item, _ = follow(document, written, "")
        if isinstance(item, dict):
            for method in METHODS:
                if method in item:
                    found[path, method] = _Side(document, root, (path, method), item[method])
    return found


def _ways(security: list[dict[str, Any]]) -> set[tuple[tuple[str, tuple[str, ...]], ...]]:
    ways = {tuple(sorted((name, tuple(sorted(scopes))) for name, scopes in one.items())) for one in security}
    return ways or {()}
