"""A good value with one place changed, and whether the document lets it pass."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from blackkonnect_contract.document import tolerant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from blackkonnect_contract.document import Document

__all__ = ["GONE", "Variant", "changed", "texts_near", "variants"]

GONE: Final = object()
"""Stands for a field that is taken away."""

_OTHER_TYPES: Final[tuple[Any, ...]] = (None, True, 0, 1, -1, 1.5, 1.0, "1", "", [], {}, [""], {"a": 1})
_UNKNOWN = "unknownField"
_FEW = {
    *("a line break behind", "a space before", "a slash within", "a NUL within", "an emoji behind"),
    *("an umlaut within", "nothing", "a space alone", "16 digits", "a zero and 9 digits", "12 letters"),
}
_MANY = 2000


@dataclass(frozen=True, slots=True)
class Variant:
    """One change of a good value.

    Attributes:
        place: Where, as the steps from the value's root.
        value: What stands there instead, or ``GONE``.
        how: The change in words.
    """

    place: tuple[str | int, ...]
    value: Any
    how: str

    @property
    def pointer(self) -> str:
        """Its place as a JSON Pointer."""
        return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in self.place)


def changed(good: Any, variant: Variant) -> Any:  # noqa: ANN401 - JSON
    """Return a copy of a good value with a change."""
    if not variant.place:
        return variant.value
    value = copy.deepcopy(good)
    held = value
    for step in variant.place[:-1]:
        held = held[step]
    last = variant.place[-1]
    if variant.value is GONE:
        del held[last]
    else:
        held[last] = copy.deepcopy(variant.value)
    return value


def variants(document: Document, schema: str, good: Any) -> Iterator[Variant]:  # noqa: ANN401 - JSON
    """Change a good value in every place that its schema knows, by every keyword that holds there.

    Of arrays the first and the last element are changed.

    Args:
        document: The edition's document.
        schema: The pointer of the value's schema.
        good: The value, with every field that is to be changed.
    """
    yield from _at(document, [schema], good, ())


def _at(
    document: Document,
    schemas: list[str],
    good: Any,  # noqa: ANN401 - JSON
    place: tuple[str | int, ...],
) -> Iterator[Variant]:
    held = [document.at(pointer) for pointer in _applied(document, schemas)]
    for other in _OTHER_TYPES:
        yield Variant(place, other, f"{other!r} of another type or value")
    if isinstance(good, str):
        # What stands behind the first element of an array is of the same schema: a few changes are enough.
        again = any(isinstance(step, int) and step > 0 for step in place)
        has_form = any(one.keys() & {"pattern", "format", "enum"} for one in held)
        yield from _strings(held, good, place, few=again or not has_form)
    elif isinstance(good, dict):
        yield from _objects(document, _applied(document, schemas), good, place)
    elif isinstance(good, list):
        yield from _arrays(document, _applied(document, schemas), held, good, place)
    elif isinstance(good, int):
        for bound in _bounds(held, "minimum", "maximum"):
            for near in (bound - 1, bound, bound + 1):
                yield Variant(place, near, f"{near}, near the bound {bound}")
        yield Variant(place, good + 0.5, "a fraction")


def _strings(
    held: list[Mapping[str, Any]], good: str, place: tuple[str | int, ...], *, few: bool
) -> Iterator[Variant]:
    for value in (one for schema in held for one in schema.get("enum", ())):
        yield Variant(place, value, f"the known value {value}")
    for how, text in texts_near(good):
        if not few or how in _FEW:
            yield Variant(place, text, how)
    if any(schema.get("format") == "date-time" for schema in held):
        for how, text in _moments_near(good):
            yield Variant(place, text, how)
    for bound in _bounds(held, "minLength", "maxLength"):
        for length in (bound - 1, bound, bound + 1):
            if length >= 0:
                yield Variant(place, (good * (length // len(good) + 1))[:length], f"{length} characters")
                yield Variant(place, "a" * length, f"{length} letters")


def texts_near(good: str) -> Iterator[tuple[str, str]]:
    """Give texts that a good one becomes by small changes, with their changes in words."""
    middle = len(good) // 2
    for name, piece in {
        "a line break": "\n",
        "a space": " ",
        "a tab": "\t",
        "a NUL": "\0",
        "a slash": "/",
        "a percent sign": "%",
        "a quote": '"',
        "an apostrophe": "'",
        "an underscore": "_",
        "a dot": ".",
        "a comma": ",",
        "a minus": "-",
        "a plus": "+",
        "a tilde": "~",
        "a colon": ":",
        "an at sign": "@",
        "an ampersand": "&",
        "an umlaut": "ü",
        "an Arabic digit": "\u0663",
        "a wide digit": "\uff13",
        "a zero": "0",
        "a nine": "9",
        "an emoji": "😀",
        "a space of no width": "\u200b",
        "a no-break space": "\u00a0",
    }.items():
        yield f"{name} behind", good + piece
        yield f"{name} before", piece + good
        yield f"{name} within", good[:middle] + piece + good[middle:]
    yield "the last character gone", good[:-1]
    yield "the first character gone", good[1:]
    yield "the first half", good[:middle]
    yield "twice", good * 2
    yield "capitals", good.upper()
    yield "small letters", good.lower()
    yield "nothing", ""
    yield "a space alone", " "
    for length in range(1, 20):
        digits = "233200000001233200000001"[:length]
        yield f"{length} digits", digits
        yield f"a plus and {length} digits", f"+{digits}"
        yield f"a zero and {length} digits", f"0{digits}"
    for length in (10, 11, 12, 13):
        yield f"{length} letters", "ACMEACMEACMEACME"[:length]


def _moments_near(good: str) -> Iterator[tuple[str, str]]:
    """Give what is hardly a date-time (RFC 3339, section 5.6), or one in another form."""
    day, time = good[:10], good[11:19]
    for text in (
        *(f"{day}T{time}", f"{day}T{time}.000", f"{day} {time}", day, time, f"{day}T{time[:5]}Z"),
        *(f"{day}T{time[:2]}Z", f"{day}TZ", f"{day.replace('-', '')}T{time.replace(':', '')}Z"),
        *(f"{day}T{time}+0200", f"{day}T{time}+02", f"{day}T{time}+2:00", f"{day}T{time}+25:00"),
        *(
            f"{day}T{time}+02:60",
            f"{day}T{time}GMT",
            f"{day}T{time} Z",
            f"{day}T{time},5Z",
            f"{day}T{time}.Z",
        ),
        *(f"{day[:5]}13-01T{time}Z", f"{day[:5]}02-30T{time}Z", f"{day[:5]}00-10T{time}Z"),
        *(f"{day[:8]}00T{time}Z", f"{day[:8]}32T{time}Z", f"{day}T24:00:00Z", f"{day}T12:60:00Z"),
        *(f"{day}T12:00:61Z", f"{day[2:]}T{time}Z", f"+0{day}T{time}Z", f"-{day}T{time}Z", "now", "0"),
        *("1772438400", "1772438400000", "Mon, 02 Mar 2026 08:00:00 GMT", f"{day[:4]}-W10-1T{time}Z"),
    ):
        yield f"the date-time {text}", text


@cache
def _names_elsewhere() -> dict[str, Any]:
    """Give the fields that anything in the tolerant document has, each with a value that is right there."""
    whole, found = tolerant(), {}
    for title, schema in whole.at("/components/schemas").items():
        for name in schema.get("properties", {}):
            _, held = whole.resolved(f"/components/schemas/{title}/properties/{name}")
            examples = held.get("examples") or held.get("enum") or ["x"]
            found[name] = examples[0]
    return found


def _objects(
    document: Document, schemas: list[str], good: dict[str, Any], place: tuple[str | int, ...]
) -> Iterator[Variant]:
    yield Variant((*place, _UNKNOWN), 1, "a field that the document does not know")
    for name, value in _names_elsewhere().items():
        if name not in good:
            yield Variant((*place, name), value, "a field that something else has")
    for name, value in good.items():
        yield Variant((*place, name), GONE, "left out")
        step = name.replace("~", "~0").replace("/", "~1")
        below = [
            f"{pointer}/properties/{step}"
            for pointer in schemas
            if name in document.at(pointer).get("properties", {})
        ]
        yield from _at(document, below, value, (*place, name))


def _arrays(
    document: Document,
    schemas: list[str],
    held: list[Mapping[str, Any]],
    good: list[Any],
    place: tuple[str | int, ...],
) -> Iterator[Variant]:
    for bound in _bounds(held, "minItems", "maxItems"):
        for length in (bound - 1, bound, bound + 1):
            if 0 <= length <= _MANY:
                longer = [copy.deepcopy(good[number % len(good)]) for number in range(length)]
                yield Variant(place, longer, f"{length} elements")
    yield Variant(place, [*good, copy.deepcopy(good[0])], "the first element again at the end")
    below = [f"{pointer}/items" for pointer in schemas if "items" in document.at(pointer)]
    for index in sorted({0, len(good) - 1}):
        yield from _at(document, below, good[index], (*place, index))


def _bounds(held: list[Mapping[str, Any]], *names: str) -> list[int]:
    return sorted({int(schema[name]) for schema in held for name in names if name in schema})


def _applied(document: Document, pointers: list[str]) -> list[str]:
    """Give all schemas that hold where these do: those they refer to, and those of their allOf."""
    found: list[str] = []
    waiting = list(pointers)
    while waiting:
        pointer = waiting.pop(0)
        if pointer in found:
            continue
        found.append(pointer)
        schema = document.at(pointer)
        if "$ref" in schema:
            waiting.append(schema["$ref"].removeprefix("#"))
        waiting += [f"{pointer}/allOf/{number}" for number in range(len(schema.get("allOf", ())))]
    return found
