"""How requests are written: by orjson where it is installed, and otherwise as httpx does."""

from __future__ import annotations

import json
from typing import Any

try:
    import orjson
except ImportError:  # The extra `fast` is not installed.
    _dumps = None
else:
    _dumps = orjson.dumps
    # Left to json, which refuses them.
    _OPTION = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME


def body(value: Any) -> bytes:  # noqa: ANN401 - JSON is anything
    """Write a value as JSON, in UTF-8.

    Args:
        value: What JSON has a form for, and models.

    Raises:
        ValueError: It holds what JSON has no form for, as NaN, half of a surrogate pair, or itself.
        TypeError: It holds an object of another type.
        RecursionError: It is nested too deep.
    """
    if _dumps is not None:
        try:
            content = _dumps(value, default=_shallow, option=_OPTION)
        except TypeError:  # json has the last word: it writes larger numbers, and keys that are numbers.
            pass
        else:
            # orjson writes NaN as null, which json refuses; a null has no other reason to be there often.
            if b"null" not in content:
                return content
    return json.dumps(
        value, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_shallow
    ).encode()


def _shallow(value: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever stands in a body
    """Tell the fields of a model; the models in its lists are asked for theirs when it is their turn."""
    try:
        to_dict = value.to_dict
    except AttributeError:
        raise TypeError(f"{type(value).__name__} has no form in JSON") from None
    made: dict[str, Any] = to_dict(False)
    return made
