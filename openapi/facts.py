"""The facts of the document that hand-written code needs, as a module of the generated client."""

from __future__ import annotations

from typing import Any

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def source(document: dict[str, Any], editions: dict[str, dict[str, Any]]) -> str:
    """Write the module `facts` of the generated client.

    Args:
        document: The document; its schema `DeliveryStatus` has `x-extensible-enum` and `x-final-statuses`,
            and its schema `Weekday` has `x-extensible-enum`.
        editions: The editions' documents; each has a schema `Msisdn`, all with one pattern.

    Raises:
        KeyError: A document lacks one of these.
        ValueError: The documents contradict themselves or each other.
    """
    final = {_text(name): repr(is_final) for name, is_final in _statuses(document).items()}
    paths = {
        _text(name): f"({_text(method)}, {_text(path)})" for name, (method, path) in _paths(document).items()
    }
    return f'''"""Facts of the document, so that no other code repeats them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

INFO_VERSION: Final = {_text(document["info"]["version"])}
"""The version of the document."""

EDITIONS: Final[tuple[str, ...]] = ({"".join(f"{_text(edition)}, " for edition in editions)})
"""The editions of the vendor's pages that the document covers, in its order."""

MSISDN_PATTERN: Final = {_text(_msisdn_pattern(editions))}
"""What a destination looks like, for `re.fullmatch`."""

DELIVERY_STATUSES: Final[Mapping[str, bool]] = MappingProxyType({{
    {_rows(final)}
}})
"""The known delivery statuses, and whether each is final."""

WEEKDAYS: Final[tuple[str, ...]] = ({"".join(f"{_text(day)}, " for day in _weekdays(document))})
"""The known days of a delivery window, from Monday on."""

PATHS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType({{
    {_rows(paths)}
}})
"""The method and path of each operation, by its operationId."""
'''


def _msisdn_pattern(editions: dict[str, dict[str, Any]]) -> str:
    patterns = {edition["components"]["schemas"]["Msisdn"]["pattern"] for edition in editions.values()}
    if len(patterns) != 1:
        raise ValueError(f"the editions disagree on a destination's pattern: {sorted(patterns)}")
    return str(patterns.pop())


def _statuses(document: dict[str, Any]) -> dict[str, bool]:
    schema = document["components"]["schemas"]["DeliveryStatus"]
    known, final = schema["x-extensible-enum"], schema["x-final-statuses"]
    if not set(final) <= set(known):
        raise ValueError("DeliveryStatus: x-final-statuses names a status that x-extensible-enum does not")
    return {status: status in final for status in known}


def _weekdays(document: dict[str, Any]) -> list[str]:
    days: list[str] = document["components"]["schemas"]["Weekday"]["x-extensible-enum"]
    return days


def _paths(document: dict[str, Any]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                name = item[method]["operationId"]
                if name in found:
                    raise ValueError(f"two operations are called {name}")
                found[name] = (method.upper(), path)
    return found


def _rows(rows: dict[str, str]) -> str:
    return "\n    ".join(f"{key}: {value}," for key, value in rows.items())


def _text(value: str) -> str:
    """Write a string as Python source; ruff turns the quotes."""
    return repr(str(value))
