"""How the models read JSON: typed, tolerant of null, and without a word of the content in errors."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterator
from typing import Any

try:
    import orjson
except ImportError:  # The extra `fast` is not installed.
    _loads = None
else:
    _loads = orjson.loads

_DIGITS = 32
_from_iso = dt.datetime.fromisoformat
_UUID: Any = None  # Loaded with the first one: its module costs more than all models.
_SAFE: Any = None
_put_int: Any = None  # How its slots are set: a UUID itself lets nobody set what is in it.
_put_safe: Any = None
new: Any = object.__new__


def body(content: bytes) -> Any:  # noqa: ANN401 - JSON is anything
    """Read a body as JSON by RFC 8259: UTF-8, finite numbers, no NaN.

    With orjson, an integer that needs more than 64 bits comes as a float.

    Args:
        content: The body's bytes.

    Raises:
        ValueError: The body is not JSON.
        RecursionError: The body is nested too deep.
    """
    if _loads is not None:
        try:
            return _loads(content)
        except ValueError:  # json has the last word: it reads a byte order mark, and deeper nesting.
            pass
    return json.loads(content.decode("utf-8-sig"), parse_constant=_refuse, parse_float=_finite)


def needed(source: Any, name: str) -> Any:  # noqa: ANN401 - JSON is anything
    """Take a field that must be there.

    Raises:
        KeyError: It is not there, or null.
    """
    value = source.get(name)
    if value is None:
        raise KeyError(name)
    return value


def unknown(source: Any, known: frozenset[str]) -> dict[str, Any]:  # noqa: ANN401 - JSON is anything
    """Copy the fields of an object that are not known, without nulls, which say as much as absence."""
    return {name: value for name, value in source.items() if name not in known and value is not None}


def nothing_unknown(_source: Any, _absent: Any) -> dict[str, Any]:  # noqa: ANN401 - as any other field's reader
    """Make what a model has that no field of it is for, where there is nothing of the kind."""
    return {}


def array(source: Any) -> Any:  # noqa: ANN401 - JSON is anything
    """Take an array, with its nulls.

    Args:
        source: What stands where an array should.

    Raises:
        TypeError: It is no array.
    """
    if not isinstance(source, (list, tuple)):
        raise TypeError(f"expected an array, found {type(source).__name__}")
    return source


def drained(source: list[Any]) -> Iterator[Any]:
    """Take an array's items out of it, in order."""
    source.reverse()
    while source:
        yield source.pop()


def items(source: Any) -> list[Any]:  # noqa: ANN401 - JSON is anything
    """Copy an array without its nulls.

    Args:
        source: What stands where an array should.

    Raises:
        TypeError: It is no array.
    """
    return [item for item in array(source) if item is not None]


def scalar(source: Any, kind: type) -> Any:  # noqa: ANN401 - the caller names the type
    """Take a scalar of the documented type.

    Args:
        source: What stands where the scalar should.
        kind: `str`, `int`, `float` or `bool`.

    Raises:
        TypeError: The scalar is of another type. A number without a fraction is an integer, however written.
    """
    if kind is int and isinstance(source, float) and source.is_integer():
        return int(source)
    wanted = (int, float) if kind is float else kind
    if not isinstance(source, wanted) or (isinstance(source, bool) and kind is not bool):
        raise TypeError(f"expected {kind.__name__}, found {type(source).__name__}")
    return source


def date_time(source: Any, absent: Any = None) -> Any:  # noqa: ANN401 - the absent value's type is the caller's
    """Read a date-time of RFC 3339, with its offset.

    Args:
        source: What stands where the date-time should.
        absent: What to return for one that can't be read: a time is not worth losing an answer for. Without
            it, such a date-time is an error.

    Raises:
        ValueError: The date-time can't be read and must be there.
    """
    try:
        moment = _from_iso(source)
        if moment.tzinfo is not None:
            return moment
    except (TypeError, ValueError):
        try:  # RFC 3339 allows small letters.
            moment = _from_iso(source.upper())
            if moment.tzinfo is not None:
                return moment
        except (AttributeError, ValueError):
            pass
    if absent is None:
        raise ValueError("expected a date-time with an offset")
    return absent


def uuid(source: Any, absent: Any = None) -> Any:  # noqa: ANN401 - the absent value's type is the caller's
    """Read a UUID, with the same leniency as `date_time`.

    Args:
        source: What stands where the UUID should.
        absent: What to return for one that can't be read; without it, such a UUID is an error.

    Raises:
        ValueError: The UUID can't be read and must be there.
    """
    if _UUID is None:
        _load_uuid()
    try:
        # What UUID itself does with hexadecimal digits and hyphens, at a third of its cost.
        digits = source.replace("-", "")
        if len(digits) == _DIGITS:
            made = new(_UUID)
            _put_int(made, int(digits, 16))
            _put_safe(made, _SAFE)
            return made
    except (AttributeError, TypeError, ValueError):
        pass
    try:
        return _UUID(source)
    except (ValueError, AttributeError, TypeError):
        if absent is None:
            raise ValueError("expected a UUID") from None
        return absent


def _load_uuid() -> None:
    global _UUID, _SAFE, _put_int, _put_safe
    from uuid import UUID, SafeUUID  # noqa: PLC0415 - see above

    slots = vars(UUID)
    # The class comes last, since another thread looks for it.
    _put_int, _put_safe = slots["int"].__set__, slots["is_safe"].__set__
    _SAFE, _UUID = SafeUUID.unknown, UUID


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number is too large")
    return number
