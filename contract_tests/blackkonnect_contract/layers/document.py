"""The document itself: that it is OpenAPI, says where it comes from, and that its editions lie within it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from openapi_spec_validator import OpenAPIV31SpecValidator

from blackkonnect_contract.breach import Rule
from blackkonnect_contract.document import tolerant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from blackkonnect_contract.document import Document
    from blackkonnect_contract.record import Record
    from blackkonnect_contract.run import Run

__all__ = ["check"]

_KINDS: Final = {"documented", "inferred", "convention"}
_SOURCE = re.compile(r"\d{4}-\d{2}-\d{2}/[a-z0-9-]+")
_PROBLEM = "application/problem+json"
_LEAST_ERROR = 400
_BOUNDS: Final = (
    *(("minimum", 1), ("minLength", 1), ("minItems", 1), ("minProperties", 1)),
    *(("maximum", -1), ("maxLength", -1), ("maxItems", -1), ("maxProperties", -1)),
)
"""Keywords that bound, and in which direction an edition may differ from the document."""

_OPENAPI = "openapi-3.1"
_REFERENCE = "reference-leads-somewhere"
_SAYS = {
    _OPENAPI: "The document keeps to the OpenAPI Specification 3.1.",
    _REFERENCE: "A reference leads to a place of the document.",
    "problem-details": "An error is described as problem details (RFC 9457).",
    "described-example": "Each body that is JSON has an example.",
    "provenance": "Every rule says where it comes from, and documented ones from which page.",
    "example-keeps-to-its-schema": "An example keeps to its schema.",
    "example-within-the-document": "What an edition shows keeps to the tolerant document.",
    "edition-within-the-document": "An edition allows nothing that the tolerant document does not.",
}


def check(run: Run) -> None:
    """Look at the edition's document; the gateway is not asked.

    Args:
        run: The edition, and where to note what was found.
    """
    look(run.record, tolerant())


def look(record: Record, wider: Document) -> None:
    """Look at a document.

    Args:
        record: The document, and where to note what was found.
        wider: The document that it must lie within.
    """
    looked = _Look(record, wider)
    looked.lint()
    if any(breach.rule.name == _REFERENCE for breach in record.breaches):
        return
    looked.provenance()
    looked.examples()
    looked.edition()


class _Look:
    def __init__(self, record: Record, wider: Document) -> None:
        self.record = record
        self.document = record.document
        self.tolerant = wider

    def lint(self) -> None:
        """Check the form of the document."""
        for pointer, value in _walk(self.document.content):
            if pointer.endswith("/$ref") and isinstance(value, str):
                self._holds(self._leads(value), _REFERENCE, pointer, f"{value} leads nowhere")
        if self.record.breaches:
            # What leads nowhere can't be followed.
            return
        errors = [error.message for error in OpenAPIV31SpecValidator(self.document.content).iter_errors()]
        self._holds(not errors, _OPENAPI, "", errors[0][:300] if errors else "")
        for operation in self.document.operations.values():
            for status, (pointer, response) in operation.responses.items():
                content = response.get("content", {})
                right = int(status) < _LEAST_ERROR or set(content) == {_PROBLEM}
                self._holds(
                    right, "problem-details", pointer, f"{status} has {', '.join(content) or 'nothing'}"
                )
                for media_type, held in content.items():
                    told = f"{operation.name} {status} {media_type} has no example"
                    self._holds(held.get("examples"), "described-example", pointer, told)

    def provenance(self) -> None:
        """Check that every operation, parameter, answer, schema and field says where it comes from."""
        for pointer in self._elements():
            found = self.document.provenance(pointer, rules=False)
            self._holds(found.pointer, "provenance", pointer, "nothing says where it comes from")
        for pointer, value in _walk(self.document.content):
            if not pointer.endswith("/x-provenance") or not isinstance(value, dict):
                continue
            for block in filter(None, (value, value.get("rules"))):
                if "kind" not in block:
                    continue
                kind, sources = block["kind"], block.get("source", [])
                self._holds(kind in _KINDS, "provenance", pointer, f"{kind!r} is no kind")
                if kind == "documented":
                    right = sources and all(_SOURCE.fullmatch(str(one)) for one in sources)
                    self._holds(right, "provenance", pointer, f"{sources!r} names no page")
                else:
                    self._holds(block.get("note"), "provenance", pointer, f"{kind} without a reason")

    def examples(self) -> None:
        """Check each example by its schema, in this edition and in the tolerant document."""
        for pointer, schema, value in self._examples():
            errors = self.document.errors(schema, value, most=1)
            told = f"{errors[0].place}: {errors[0].message}" if errors else ""
            self._holds(not errors, "example-keeps-to-its-schema", pointer, told)
            try:
                wider = self.tolerant.errors(schema, value, most=1)
            except (KeyError, ValueError):
                continue
            told = f"{wider[0].place}: {wider[0].message}" if wider else ""
            self._holds(not wider, "example-within-the-document", pointer, told)

    def edition(self) -> None:
        """Check that the edition's operations and schemas are the tolerant document's, or narrower."""
        name = "edition-within-the-document"
        for operation in self.document.operations.values():
            known = self.tolerant.operations.get(operation.name)
            if (
                not self._holds(known, name, operation.pointer, f"{operation.name} is not in the document")
                or not known
            ):
                continue
            same = (operation.method, operation.path) == (known.method, known.path)
            self._holds(same, name, operation.pointer, f"{operation.name} is elsewhere in the document")
            more = set(operation.responses) - set(known.responses)
            self._holds(
                not more, name, operation.pointer, f"{operation.name} answers {', '.join(sorted(more))} more"
            )
            odd = set(operation.parameters) - set(known.parameters)
            self._holds(
                not odd, name, operation.pointer, f"{operation.name} has the parameters {sorted(odd)} more"
            )
            needed = {key for key, held in known.parameters.items() if held.get("required")}
            self._holds(
                needed <= set(operation.parameters),
                name,
                operation.pointer,
                f"{operation.name} lacks parameters",
            )
        schemas = self.document.content["components"]["schemas"]
        for title, schema in schemas.items():
            wider = self.tolerant.content["components"]["schemas"].get(title)
            # A schema of its own narrows the places that refer to it, which are compared below.
            if wider is not None:
                self._narrower(schema, wider, f"/components/schemas/{title}")

    def _narrower(self, schema: Mapping[str, Any], wider: Mapping[str, Any], pointer: str) -> None:
        name = "edition-within-the-document"
        types, allowed = _types(schema), _types(wider)
        self._holds(not allowed or (types and types <= allowed), name, pointer, f"{types} beyond {allowed}")
        lost = set(wider.get("required", ())) - set(schema.get("required", ()))
        self._holds(not lost, name, pointer, f"{', '.join(sorted(lost))} may be missing")
        if "enum" in wider:
            more = {*map(str, schema.get("enum", ()))} - {*map(str, wider["enum"])}
            self._holds(
                "enum" in schema and not more, name, pointer, f"{', '.join(sorted(more))} beyond the enum"
            )
        for keyword, direction in _BOUNDS:
            if keyword in wider:
                own = schema.get(keyword)
                right = own is not None and (own - wider[keyword]) * direction >= 0
                self._holds(right, name, pointer, f"{keyword} {own} beyond {wider[keyword]}")
        for field, held in schema.get("properties", {}).items():
            known = wider.get("properties", {}).get(field)
            if known is None:
                closed = wider.get("additionalProperties") is False
                self._holds(
                    not closed, name, f"{pointer}/properties/{field}", f"{field} is not in the document"
                )
            elif held.get("$ref") is None or held.get("$ref") != known.get("$ref"):
                place = f"{pointer}/properties/{field}"
                _, own = self.document.resolved(place)
                _, other = self.tolerant.resolved(place)
                self._narrower(own, other, place)

    def _elements(self) -> Iterator[str]:
        for operation in self.document.operations.values():
            yield operation.pointer
            yield from (pointer for pointer, _ in operation.responses.values())
        for group in ("schemas", "parameters", "responses", "headers", "securitySchemes", "examples"):
            for title, held in self.document.content.get("components", {}).get(group, {}).items():
                yield f"/components/{group}/{title}"
                for field in held.get("properties", ()) if isinstance(held, dict) else ():
                    yield f"/components/{group}/{title}/properties/{field}"

    def _examples(self) -> Iterator[tuple[str, str, Any]]:
        """Give each example with the pointer of its schema."""
        for pointer, value in _walk(self.document.content):
            if not isinstance(value, dict) or "/x-provenance" in pointer:
                continue
            if "schema" in value and "examples" in value:
                for held in value["examples"].values():
                    named = (
                        self.document.resolved(held["$ref"].removeprefix("#"))[1] if "$ref" in held else held
                    )
                    yield pointer, f"{pointer}/schema", named["value"]
            if "schema" in value and "example" in value:
                yield pointer, f"{pointer}/schema", value["example"]
            if isinstance(value.get("examples"), list) and "/schema" in pointer:
                for one in value["examples"]:
                    yield pointer, pointer, one

    def _leads(self, reference: str) -> bool:
        try:
            self.document.at(reference.removeprefix("#"))
        except (KeyError, IndexError, ValueError, TypeError):
            return False
        return reference.startswith("#")

    def _holds(self, holds: object, name: str, pointer: str, told: str) -> bool:
        return self.record.check(
            holds, Rule(name, _SAYS[name], pointer), f"{pointer or 'the document'}: {told}"
        )


def _walk(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - JSON
    yield pointer, value
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, held in pairs:
        step = str(name).replace("~", "~0").replace("/", "~1")
        if step not in {"value", "x-unknowns", "x-origin"}:
            yield from _walk(held, f"{pointer}/{step}")


def _types(schema: Mapping[str, Any]) -> set[str]:
    held = schema.get("type", [])
    found = set([held] if isinstance(held, str) else held)
    # An integer is a number.
    return found | ({"integer"} if "number" in found else set())
