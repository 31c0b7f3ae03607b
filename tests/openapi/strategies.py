"""Values that a schema of the document allows, for property-based tests."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from openapi import tree, validation

if TYPE_CHECKING:
    from collections.abc import Callable

_SILENT = {"description", "title", "examples", "example", "default", "deprecated"}
_KNOWN = {
    *("type", "enum", "const", "format", "pattern", "minLength", "maxLength", "minimum", "maximum"),
    *("items", "minItems", "maxItems", "uniqueItems", "properties", "required", "dependentRequired"),
    *("additionalProperties", "unevaluatedProperties", "oneOf", "anyOf"),
}
_MORE = 3
"""How many items, and how many unknown fields, a value has beyond what it must have."""

_AFFORDABLE = 50_000
"""How many values, or hundreds of characters, a list of copies may hold; of larger items it has fewer."""
_FEW = 20
"""How many different items are made at most for a list that must not hold copies."""

_CHARACTERS = st.characters(codec="utf-8")
_TEXT = st.text(_CHARACTERS, max_size=20)
_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _TEXT,
    lambda inner: st.lists(inner, max_size=_MORE) | st.dictionaries(_TEXT, inner, max_size=_MORE),
    max_leaves=4,
)
_FORMATS = {
    "uuid": st.uuids().map(str),
    "date-time": st.datetimes(timezones=st.just(UTC)).map(
        lambda moment: moment.isoformat().replace("+00:00", "Z")
    ),
    "uri-reference": st.sampled_from(
        ["", "about:blank", "urn:uuid:1", "/a/b?c#d", "../x", "https://example.org/"]
    ),
}


def values(document: dict[str, Any], pointer: str) -> st.SearchStrategy[Any]:
    """Make values of the schema at a pointer, all of them valid, formats included."""
    validator = validation.validator(document, pointer)
    return _values(document, tree.at(document, pointer)).filter(validator.is_valid)


def _values(document: dict[str, Any], schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    schema = _flat(document, schema)
    unknown = {key for key in schema.keys() - _KNOWN - _SILENT if not key.startswith("x-")}
    if unknown:
        raise NotImplementedError(f"no values are made for {', '.join(sorted(unknown))}")
    for key in ("oneOf", "anyOf"):
        if key in schema:
            rest = {other: value for other, value in schema.items() if other != key}
            return st.one_of([_values(document, {**rest, "allOf": [branch]}) for branch in schema[key]])
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    types = schema.get("type", [])
    if not types:
        return _ANYTHING
    return st.one_of(
        [_of_type(document, schema, one) for one in ([types] if isinstance(types, str) else types)]
    )


def _of_type(document: dict[str, Any], schema: dict[str, Any], kind: str) -> st.SearchStrategy[Any]:
    low, high = schema.get("minimum"), schema.get("maximum")
    if kind == "string":
        return _text(schema)
    if kind == "array":
        return _array(document, schema)
    if kind == "object":
        return _object(document, schema)
    plain: dict[str, st.SearchStrategy[Any]] = {
        "null": st.none(),
        "boolean": st.booleans(),
        # The bounds themselves come often: a schema that is wider by a bound differs nowhere else.
        "integer": st.sampled_from([one for one in (low, high) if one is not None] or [0])
        | st.integers(low, high),
        "number": st.floats(low, high, allow_nan=False, allow_infinity=False) | st.integers(low, high),
    }
    return plain[kind]


def _text(schema: dict[str, Any]) -> st.SearchStrategy[str]:
    if "pattern" in schema:
        return st.from_regex(schema["pattern"], fullmatch=True)
    if "format" in schema:
        return _FORMATS[schema["format"]]
    least = schema.get("minLength", 0)
    some = st.text(_CHARACTERS, min_size=least, max_size=min(schema.get("maxLength", 99), least + 20))
    # As with numbers, the bounds themselves come often; at a bound, one character many times will do.
    return _or_bounds(some, _bounds(schema, "Length"), lambda size: _CHARACTERS.map(lambda one: one * size))


def _array(document: dict[str, Any], schema: dict[str, Any]) -> st.SearchStrategy[list[Any]]:
    item = _values(document, schema.get("items", {}))
    least = schema.get("minItems", 0)
    most = min(schema.get("maxItems", least + _MORE), least + _MORE)
    if schema.get("uniqueItems"):
        sizes = [size for size in _bounds(schema, "Items") if size <= _FEW]
        return _or_bounds(
            st.lists(item, min_size=least, max_size=most, unique_by=repr),
            sizes,
            lambda size: st.lists(item, min_size=size, max_size=size, unique_by=repr),
        )
    return _or_bounds(
        st.lists(item, min_size=least, max_size=most),
        _bounds(schema, "Items"),
        lambda size: item.map(lambda one: [one] * (size if size * _size(one) <= _AFFORDABLE else least)),
    )


def _bounds(schema: dict[str, Any], of: str) -> list[int]:
    return sorted({schema[key] for key in (f"min{of}", f"max{of}") if key in schema})


def _or_bounds(
    some: st.SearchStrategy[Any], sizes: list[int], at: Callable[[int], st.SearchStrategy[Any]]
) -> st.SearchStrategy[Any]:
    return st.one_of([some, *(at(size) for size in sizes)])


def _size(value: object) -> int:
    """Weigh what a copy of a value costs to check."""
    if isinstance(value, str):
        return 1 + len(value) // 100
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(_size, inner))


def _object(document: dict[str, Any], schema: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    properties = {name: _values(document, field) for name, field in schema.get("properties", {}).items()}
    required = set(schema.get("required", ()))
    known = st.fixed_dictionaries(
        {name: properties.get(name, _ANYTHING) for name in sorted(required)},
        optional={name: field for name, field in properties.items() if name not in required},
    )
    more = schema.get("additionalProperties", schema.get("unevaluatedProperties", True))
    if more is False:
        return known
    extra = st.dictionaries(
        _TEXT.filter(lambda name: name not in properties),
        _ANYTHING if more is True else _values(document, more),
        max_size=_MORE,
    )
    return st.builds(lambda one, other: {**other, **one}, known, extra)


def _flat(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Merge what a schema refers to into it; its own keywords win, the validator has the last word."""
    flat: dict[str, Any] = {}
    parts = list(schema.get("allOf", ()))
    if "$ref" in schema:
        parts.append(tree.at(document, schema["$ref"].removeprefix("#")))
    parts = [_flat(document, part) for part in parts]
    for part in [*parts, {key: value for key, value in schema.items() if key not in {"$ref", "allOf"}}]:
        for key, value in part.items():
            if key == "properties":
                flat[key] = {**flat.get(key, {}), **value}
            elif key == "required":
                flat[key] = sorted({*flat.get(key, ()), *value})
            else:
                flat[key] = value
    return flat
