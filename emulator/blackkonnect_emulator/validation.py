"""Whether values fit the document's schemas, and if not, where and why."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from jsonschema_rs import Draft202012Validator, ValidationError

from blackkonnect_emulator.document import Document, Schema
from blackkonnect_emulator.problems import MOST_PLACES, Place, in_body
from blackkonnect_emulator.wording import wording

Path = tuple[str | int, ...]


def compile_schema(document: Document, schema: Schema) -> Draft202012Validator:
    """Compile a schema of the document, formats asserted, references resolved within the document."""
    # With what it refers to alone: a compiled copy of all schemas in each validator would take megabytes.
    whole = {**schema, "components": {"schemas": document.referred(schema)}}
    return Draft202012Validator(whole, validate_formats=True, ignore_unknown_formats=True)


class BodyRules:
    """The rules of a body.

    Telling whether a body fits takes microseconds. Listing all errors of a large one takes seconds, so
    the errors are looked for in steps: first with the items of all arrays left out, then in one item
    after the other, until enough are found.

    Args:
        document: Where references lead.
        schema: The body's schema.

    Attributes:
        fits: Tells whether a body breaks no rule.
    """

    def __init__(self, document: Document, schema: Schema) -> None:
        self._document = document
        self._schema = schema
        self._whole = compile_schema(document, schema)
        self.fits: Callable[[Any], bool] = self._whole.is_valid

    def places(self, body: Any) -> list[Place]:  # noqa: ANN401 - whatever JSON can hold
        """List the places where the body breaks a rule, the first few of them; none if it fits."""
        if self.fits(body):
            return []
        # The parts of an `allOf` find the same fault each.
        different = {tuple(place.items()): place for place in islice(self._errors(body, ()), MOST_PLACES)}
        return list(different.values())

    @cached_property
    def _shallow(self) -> dict[str, Any]:
        return _without_items(self._document, self._schema)

    @cached_property
    def _shallow_validator(self) -> Draft202012Validator:
        return compile_schema(self._document, self._shallow)

    @cached_property
    def _arrays(self) -> list[tuple[Path, "BodyRules"]]:
        found = _arrays(self._document, self._schema, ())
        return [(path, BodyRules(self._document, items)) for path, items in found]

    def _errors(self, body: Any, start: Path) -> Iterator[Place]:  # noqa: ANN401 - whatever JSON can hold
        shortened = _shortened(self._document, self._schema, body)
        for error in self._shallow_validator.iter_errors(shortened):
            yield from self._describe(error, start)
        for path, items in self._arrays:
            for index, item in enumerate(_array_at(body, path)):
                if not items.fits(item):
                    yield from items._errors(item, (*start, *path, index))  # noqa: SLF001 - the same class

    def _describe(self, error: ValidationError, start: Path) -> Iterator[Place]:
        path = (*start, *error.instance_path)
        keyword, facts = error.kind.name, error.kind.as_dict()
        if keyword == "required":
            yield in_body((*path, facts["property"]), "is missing")
        elif keyword in ("additionalProperties", "unevaluatedProperties"):
            # A part of `allOf` that fails leaves all its properties unevaluated, the right ones too.
            known = self._document.fields(self._schema) if keyword == "unevaluatedProperties" else {}
            surplus = (name for name in facts["unexpected"] if name not in known)
            for name in islice(surplus, MOST_PLACES):
                yield in_body((*path, name), "is not known here; leave it out")
        else:
            yield in_body(path, wording(keyword, facts, self._description(error)))

    def _description(self, error: ValidationError) -> str:
        node: Any = self._shallow
        for part in error.schema_path[:-1]:
            try:
                node = node[part]
            except (KeyError, IndexError, TypeError):
                return ""
        return str(node.get("description", "")) if isinstance(node, dict) else ""


def _without_items(document: Document, schema: Schema) -> dict[str, Any]:
    shallow = dict(document.resolve(schema))
    shallow.pop("items", None)
    if "properties" in shallow:
        shallow["properties"] = {
            name: _without_items(document, part) for name, part in shallow["properties"].items()
        }
    if "allOf" in shallow:
        shallow["allOf"] = [_without_items(document, part) for part in shallow["allOf"]]
    return shallow


def _shortened(document: Document, schema: Schema, value: Any) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Leave out what a schema without items has no rule for: each error found holds copies of the rest."""
    schema = document.resolve(schema)
    if isinstance(value, dict):
        fields = document.fields(schema)
        kept = {name: _shortened(document, fields[name], value[name]) for name in fields if name in value}
        surplus = (name for name in value if name not in fields)
        return {**kept, **dict.fromkeys(islice(surplus, MOST_PLACES))}
    if not isinstance(value, list):
        return value
    if "items" not in schema:
        return []
    # Items that are different stay so, and too many are still too many.
    some = islice(value, schema.get("maxItems", len(value)) + 1)
    return [[place] if isinstance(item, dict | list) else item for place, item in enumerate(some)]


def _arrays(document: Document, schema: Schema, path: Path) -> Iterator[tuple[Path, Schema]]:
    schema = document.resolve(schema)
    if "items" in schema:
        yield path, schema["items"]
    for name, part in document.fields(schema).items():
        yield from _arrays(document, part, (*path, name))


def _array_at(body: Any, path: Path) -> Sequence[Any]:  # noqa: ANN401 - whatever JSON can hold
    for part in path:
        if not isinstance(body, dict):
            return ()
        body = body.get(part)
    return body if isinstance(body, list) else ()
