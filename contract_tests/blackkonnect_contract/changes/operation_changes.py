"""What changed in operations: paths, parameters, bodies, answers, authentication, names."""

from __future__ import annotations

from typing import Any

from blackkonnect_contract.changes.change import Change, Kind
from blackkonnect_contract.changes.reading import follow, joined
from blackkonnect_contract.changes.schema_changes import SchemaChanges
from blackkonnect_contract.document import METHODS

__all__ = ["own_changes"]


def own_changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """Compare two revisions by the rules of this package."""
    return _Comparison(old, new).changes()


class _Comparison:
    def __init__(self, old: dict[str, Any], new: dict[str, Any]) -> None:
        self._old = old
        self._new = new
        self._schemas = SchemaChanges(old, new)
        self._found: list[Change] = []

    def changes(self) -> list[Change]:
        first, second = _operations(self._old), _operations(self._new)
        by_name = {op.get("operationId"): key for key, op in second.items() if op.get("operationId")}
        for key, operation in first.items():
            path, method = key
            if key in second:
                self._operation(key, key, operation, second[key])
            elif by_name.get(operation.get("operationId")) not in (None, *first):
                other = by_name[operation["operationId"]]
                self._add(
                    Kind.BREAKING,
                    joined("/paths", *other),
                    f"{method.upper()} {path} is at {other[1].upper()} {other[0]} now",
                )
                self._operation(key, other, operation, second[other])
            else:
                self._add(
                    Kind.BREAKING,
                    joined("/paths", *key),
                    f"the operation {method.upper()} {path} is removed: calls of it fail",
                )
        named = {op.get("operationId") for op in first.values()}
        for key, operation in second.items():
            if key not in first and operation.get("operationId") not in named - {None}:
                self._add(
                    Kind.ADDITIVE, joined("/paths", *key), f"the operation {key[1].upper()} {key[0]} is new"
                )
        models, others = (one.get("components", {}).get("schemas", {}) for one in (self._old, self._new))
        for name in models.keys() - others.keys():
            self._add(
                Kind.BREAKING,
                joined("/components/schemas", name),
                f"the schema {name} is gone: imports of its model fail",
            )
        for name in others.keys() - models.keys():
            self._add(Kind.ADDITIVE, joined("/components/schemas", name), f"the schema {name} is new")
        return [*self._found, *self._schemas.found]

    def _add(self, kind: Kind, pointer: str, words: str) -> None:
        self._found.append(Change(kind, pointer, words))

    def _operation(
        self, was: tuple[str, str], now: tuple[str, str], old: dict[str, Any], new: dict[str, Any]
    ) -> None:
        places = joined("/paths", *was), joined("/paths", *now)
        if old.get("operationId") != new.get("operationId"):
            words = f"the operation {old.get('operationId')} is called {new.get('operationId')} now: the generated function is another"  # noqa: E501 - a sentence
            self._add(Kind.BREAKING, joined(places[1], "operationId"), words)
        for word in ("summary", "description", "tags", "deprecated"):
            if old.get(word) != new.get(word):
                self._add(Kind.DOC_ONLY, joined(places[1], word), f"{word} is worded anew")
        self._security(old, new, places[1])
        self._parameters(was, now, old, new)
        self._body(old.get("requestBody"), new.get("requestBody"), places)
        self._answers(old, new, places)

    def _security(self, old: dict[str, Any], new: dict[str, Any], place: str) -> None:
        first = _ways(old.get("security", self._old.get("security", [])))
        second = _ways(new.get("security", self._new.get("security", [])))
        if first - second and () not in second:
            words = "authentication is required now, or another than before: calls that were right get 401"
            self._add(Kind.BREAKING, joined(place, "security"), words)
        elif second - first:
            self._add(
                Kind.ADDITIVE,
                joined(place, "security"),
                "there is another way to authenticate, or none is needed",
            )

    def _parameters(
        self, was: tuple[str, str], now: tuple[str, str], old: dict[str, Any], new: dict[str, Any]
    ) -> None:
        first, second = self._named(self._old, was, old), self._named(self._new, now, new)
        for key in first.keys() - second.keys():
            self._add(
                Kind.BREAKING,
                first[key][1],
                f"the {key[0]} parameter {key[1]} is gone: calls that give it fail",
            )
        for key in second.keys() - first.keys():
            needed = bool(second[key][0].get("required"))
            kind = Kind.BREAKING if needed else Kind.ADDITIVE
            self._add(
                kind,
                second[key][1],
                f"the {key[0]} parameter {key[1]} is new and {'required' if needed else 'optional'}",
            )
        for key in first.keys() & second.keys():
            (one, before), (other, after) = first[key], second[key]
            if bool(one.get("required")) != bool(other.get("required")):
                kind = Kind.BREAKING if other.get("required") else Kind.ADDITIVE
                words = f"the {key[0]} parameter {key[1]} is {'required' if other.get('required') else 'optional'} now"  # noqa: E501 - a sentence
                self._add(kind, joined(after, "required"), words)
            pair = joined(before, "schema"), joined(after, "schema")
            self._schemas.compare(one.get("schema", {}), other.get("schema", {}), pair, request=True)

    def _named(
        self, document: dict[str, Any], key: tuple[str, str], operation: dict[str, Any]
    ) -> dict[tuple[str, str], tuple[dict[str, Any], str]]:
        found = {}
        item = document["paths"][key[0]]
        for place, listed in ((joined("/paths", key[0]), item), (joined("/paths", *key), operation)):
            for index, one in enumerate(listed.get("parameters", [])):
                value, pointer = follow(document, one, joined(place, "parameters", str(index)))
                found[value["in"], value["name"]] = (value, pointer)
        return found

    def _body(self, old: Any, new: Any, places: tuple[str, str]) -> None:  # noqa: ANN401 - JSON
        one, before = follow(self._old, old, joined(places[0], "requestBody"))
        other, after = follow(self._new, new, joined(places[1], "requestBody"))
        if one is None and other is None:
            return
        if other is None:
            self._add(Kind.BREAKING, before, "no body is taken any more")
            return
        needed, was_needed = bool(other.get("required")), bool((one or {}).get("required"))
        if needed != was_needed:
            kind = Kind.BREAKING if needed else Kind.ADDITIVE
            self._add(
                kind, joined(after, "required"), f"the body is {'required' if needed else 'optional'} now"
            )
        elif one is None:
            self._add(Kind.ADDITIVE, after, "a body may be sent now")
        if one is not None:
            self._content(one, other, (before, after), request=True)

    def _answers(self, old: dict[str, Any], new: dict[str, Any], places: tuple[str, str]) -> None:
        first, second = old.get("responses", {}), new.get("responses", {})
        for status in first.keys() - second.keys():
            self._add(
                Kind.BREAKING,
                joined(places[0], "responses", status),
                f"the status {status} is gone: code that awaits it never runs",
            )
        for status in second.keys() - first.keys():
            self._add(
                Kind.ADDITIVE, joined(places[1], "responses", status), f"the status {status} is described now"
            )
        for status in first.keys() & second.keys():
            one, before = follow(self._old, first[status], joined(places[0], "responses", status))
            other, after = follow(self._new, second[status], joined(places[1], "responses", status))
            if one.get("description") != other.get("description"):
                self._add(Kind.DOC_ONLY, joined(after, "description"), "description is worded anew")
            if one.get("links") != other.get("links"):
                self._add(Kind.ADDITIVE, joined(after, "links"), "the links between operations are others")
            self._content(one, other, (before, after), request=False)

    def _content(
        self, old: dict[str, Any], new: dict[str, Any], places: tuple[str, str], *, request: bool
    ) -> None:
        first, second = old.get("content", {}), new.get("content", {})
        for media in first.keys() - second.keys():
            self._add(Kind.BREAKING, joined(places[0], "content", media), f"the media type {media} is gone")
        for media in second.keys() - first.keys():
            kind = Kind.ADDITIVE if request or not first else Kind.BREAKING
            self._add(kind, joined(places[1], "content", media), f"the media type {media} is new")
        for media in first.keys() & second.keys():
            pair = (
                joined(places[0], "content", media, "schema"),
                joined(places[1], "content", media, "schema"),
            )
            self._schemas.compare(
                first[media].get("schema", {}), second[media].get("schema", {}), pair, request=request
            )


def _operations(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (path, method): item[method]
        for path, item in document["paths"].items()
        for method in METHODS
        if method in item
    }


def _ways(security: list[dict[str, Any]]) -> set[tuple[tuple[str, tuple[str, ...]], ...]]:
    ways = {tuple(sorted((name, tuple(sorted(scopes))) for name, scopes in one.items())) for one in security}
    return ways or {()}
