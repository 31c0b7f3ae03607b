"""What kind of thing each operation does, read off the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blackkonnect_contract.document import Document, Operation

__all__ = ["NUMBER_SCHEMA", "Kinds"]

NUMBER_SCHEMA = "/components/schemas/Msisdn"
"""What a number of a phone looks like."""

_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"
_FINAL = "x-final-statuses"


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
            elif operation.media_type == _JSON and self.recipients(operation):
                self.sending[name] = operation
            elif operation.media_type == _FORM and not operation.takes_token:
                self.tokens[name] = operation
            else:
                self.harmful[name] = "it changes something, and the gate does not know what"

    @property
    def allowed(self) -> dict[str, Operation]:
        """All that may be asked."""
        return {**self.tokens, **self.reading, **self.sending}

    def recipients(self, operation: Operation) -> frozenset[str]:
        """Return the names of the fields of a body that hold a number to send to."""
        return frozenset(
            name
            for name, schema in self._fields(operation)
            if schema.get("$ref", "").removeprefix("#") == NUMBER_SCHEMA
        )

    def names(self, operation: Operation) -> frozenset[str]:
        """Return the names of all fields of a body, however deep they lie."""
        return frozenset(name for name, _ in self._fields(operation))

    def _fields(self, operation: Operation) -> Iterator[tuple[str, dict[str, Any]]]:
        if operation.body is not None:
            yield from self._below(self._document.at(operation.body), frozenset())

    def _below(self, schema: Any, seen: frozenset[str]) -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401 - JSON
        if isinstance(schema, list):
            for one in schema:
                yield from self._below(one, seen)
        if not isinstance(schema, dict):
            return
        pointer = schema.get("$ref", "").removeprefix("#")
        if pointer and pointer not in seen:
            yield from self._below(self._document.at(pointer), seen | {pointer})
        for name, held in schema.get("properties", {}).items():
            yield name, held
            yield from self._below(held, seen)
        for keyword in ("items", "allOf", "anyOf", "oneOf"):
            yield from self._below(schema.get(keyword), seen)

    def _tells_a_status(self, operation: Operation) -> bool:
        for (place, _), parameter in operation.parameters.items():
            pointer = parameter.get("schema", {}).get("$ref", "").removeprefix("#")
            if place == "query" and parameter.get("required") and pointer:
                return _FINAL in self._document.at(pointer)
        return False
