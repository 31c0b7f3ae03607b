"""What of the document a run has exercised: statuses, parameters, and the keywords of what is sent."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from blackkonnect_contract.document import Document, Operation
    from blackkonnect_contract.exchange import Exchange

__all__ = ["Coverage", "merged"]

_KEYWORDS = (
    *("type", "enum", "const", "pattern", "format", "minLength", "maxLength", "minimum", "maximum"),
    *("minItems", "maxItems", "uniqueItems", "required", "additionalProperties", "unevaluatedProperties"),
)
_LONGEST = 100_000
_BAD = 400


class Coverage:
    """Notes what exchanges exercise.

    Args:
        document: The edition's document.

    Attributes:
        exchanges: How many exchanges there were.
    """

    def __init__(self, document: Document) -> None:
        self.exchanges = 0
        self._document = document
        self._statuses: Counter[tuple[str, str]] = Counter()
        self._parameters: Counter[tuple[str, str, str]] = Counter()
        self._broken: Counter[tuple[str, str]] = Counter()
        self._kept: Counter[str] = Counter()

    def note(self, exchange: Exchange) -> None:
        """Note an exchange."""
        self.exchanges += 1
        operation = self._document.operations.get(exchange.operation or "")
        if operation is None or exchange.answer is None:
            return
        status = exchange.answer.status
        self._statuses[operation.name, str(status)] += 1
        how = "refused" if status >= _BAD else "taken"
        given = {("query", name) for name, _ in parse_qsl(urlsplit(exchange.request.url).query)}
        given |= {("header", name.lower()) for name, _ in exchange.request.headers}
        for place, name in operation.parameters:
            if place == "path" or (place, name.lower() if place == "header" else name) in given:
                self._parameters[operation.name, f"{place} {name}", how] += 1
        if operation.body is not None and 0 < len(exchange.request.body) < _LONGEST:
            self._body(operation, exchange.request.body, how)

    def facts(self) -> dict[str, Any]:
        """Return what was exercised, with all that could be, as JSON holds it."""
        operations = []
        for operation in self._document.operations.values():
            statuses = dict.fromkeys(operation.responses, 0)
            statuses |= {
                code: count for (name, code), count in self._statuses.items() if name == operation.name
            }
            parameters = {
                f"{place} {name}": {
                    how: self._parameters[operation.name, f"{place} {name}", how]
                    for how in ("taken", "refused")
                }
                for place, name in operation.parameters
            }
            keywords = {
                pointer: {"kept": self._kept[operation.name], "broken": self._broken[operation.name, pointer]}
                for pointer in dict.fromkeys(_keywords(self._document, operation.body))
            }
            operations.append(
                {
                    "operation": operation.name,
                    "statuses": statuses,
                    "parameters": parameters,
                    "keywords": keywords,
                }
            )
        return {"edition": self._document.edition, "operations": operations}

    def _body(self, operation: Operation, body: bytes, how: str) -> None:
        value: Any
        if operation.media_type == "application/json":
            try:
                value = json.loads(body)
            except (ValueError, RecursionError):
                return
        else:
            value = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        errors = self._document.errors(operation.body or "", value)
        if not errors and how == "taken":
            self._kept[operation.name] += 1
        for error in errors:
            self._broken[operation.name, error.pointer] += 1


def merged(coverages: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Add what layers exercised, edition by edition.

    Args:
        coverages: What each layer's ``Coverage.facts`` told.
    """
    found: dict[str, dict[str, Any]] = {}
    for coverage in coverages:
        known = found.get(coverage["edition"])
        found[coverage["edition"]] = _copied(coverage) if known is None else _added(known, coverage)
    return list(found.values())


def _copied(held: Any) -> Any:  # noqa: ANN401 - JSON
    return json.loads(json.dumps(held))


def _added(first: Any, second: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(first, dict):
        return {
            name: _added(first[name], second[name])
            if name in first and name in second
            else first.get(name, second.get(name))
            for name in {**first, **second}
        }
    if isinstance(first, list):
        return [_added(one, other) for one, other in zip(first, second, strict=True)]
    return first + second if isinstance(first, int) else first


def _keywords(document: Document, pointer: str | None, seen: tuple[str, ...] = ()) -> Iterator[str]:
    """Give the pointers of all constraints of a schema and of what is below it."""
    if pointer is None or pointer in seen:
        return
    schema = document.at(pointer)
    if not isinstance(schema, dict):
        return
    seen = (*seen, pointer)
    if "$ref" in schema:
        yield from _keywords(document, schema["$ref"].removeprefix("#"), seen)
    for keyword in _KEYWORDS:
        if keyword in schema:
            yield f"{pointer}/{keyword}"
    for name in schema.get("properties", ()):
        step = name.replace("~", "~0").replace("/", "~1")
        yield from _keywords(document, f"{pointer}/properties/{step}", seen)
    for number in range(len(schema.get("allOf", ()))):
        yield from _keywords(document, f"{pointer}/allOf/{number}", seen)
    if "items" in schema:
        yield from _keywords(document, f"{pointer}/items", seen)
