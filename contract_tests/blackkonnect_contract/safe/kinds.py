"""What kind of thing each operation does, read off the document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from blackkonnect_contract.document import Document, Operation

__all__ = ["NUMBER_SCHEMA", "Fields", "Kinds"]

NUMBER_SCHEMA = "/components/schemas/Msisdn"
"""What a number of a phone looks like."""

_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"
_FINAL = "x-final-statuses"


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a body, however deep they lie.

    Attributes:
        names: The names of all.
        recipients: Those that hold a number to send to.
        holders: Those within which others hold one.
    """

    names: frozenset[str]
    recipients: frozenset[str]
    holders: frozenset[str]


class Kinds:
    """The operations of an edition by what they do.

    Args:
        document: The edition's document.

    Attributes:
        sending: What may send: the operations whose body holds a number to send to.
        reading: What only looks something up.
        tokens: What gives a token for credentials.
        harmful: What is not to be asked of a real gateway, and why.
    """

    def __init__(self, document: Document) -> None:
        self.sending: dict[str, Operation] = {}
        self.reading: dict[str, Operation] = {}
        self.tokens: dict[str, Operation] = {}
        self.harmful: dict[str, str] = {}
        self._document = document
        for name, operation in document.operations.items():
            if operation.method == "GET" and operation.body is None:
                if self._tells_a_status(operation):
                    self.harmful[name] = "it would tell the gateway what became of a message, wrongly"
                else:
                    self.reading[name] = operation
            elif operation.media_type == _JSON and self.fields(operation).recipients:
                self.sending[name] = operation
            elif operation.media_type == _FORM and not operation.takes_token:
                self.tokens[name] = operation
            else:
                self.harmful[name] = "it changes something, and the gate does not know what"

    @property
    def allowed(self) -> dict[str, Operation]:
        """All that may be asked."""
        return {**self.tokens, **self.reading, **self.sending}

    def fields(self, operation: Operation) -> Fields:
        """Return what there is in an operation's body."""
        names: set[str] = set()
        recipients: set[str] = set()
        holders: set[str] = set()
        if operation.body is not None:
            for name, schema in self._below(self._document.at(operation.body), frozenset()):
                names.add(name)
                if _reference(schema) == NUMBER_SCHEMA:
                    recipients.add(name)
                elif any(_reference(one) == NUMBER_SCHEMA for _, one in self._below(schema, frozenset())):
                    holders.add(name)
        return Fields(frozenset(names), frozenset(recipients), frozenset(holders))

    def _below(self, schema: Any, seen: frozenset[str]) -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401 - JSON
        if isinstance(schema, list):
            for one in schema:
                yield from self._below(one, seen)
        if not isinstance(schema, dict):
            return
        pointer = _reference(schema)
        if pointer and pointer not in seen:
            yield from self._below(self._document.at(pointer), seen | {pointer})
        for name, held in schema.get("properties", {}).items():
            yield name, held
            yield from self._below(held, seen)
        for keyword in ("items", "allOf", "anyOf", "oneOf"):
            yield from self._below(schema.get(keyword), seen)

    def _tells_a_status(self, operation: Operation) -> bool:
        for (place, _), parameter in operation.parameters.items():
            pointer = _reference(parameter.get("schema", {}))
            if place == "query" and parameter.get("required") and pointer:
                return _FINAL in self._document.at(pointer)
        return False


def _reference(schema: Mapping[str, Any]) -> str:
    return str(schema.get("$ref", "")).removeprefix("#")
