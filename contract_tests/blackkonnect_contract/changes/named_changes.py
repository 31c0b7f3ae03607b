"""What changed in what is named beside the operations: schemas, ways to authenticate, servers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from blackkonnect_contract.changes.change import Change, Kind
from blackkonnect_contract.changes.reading import joined

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["named_changes"]

_SCHEMAS, _SCHEMES = "/components/schemas", "/components/securitySchemes"


def named_changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """Compare what two revisions name."""
    return [*_models(old, new), *_schemes(old, new), *_servers(old, new)]


def _models(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    first, second = (one.get("components", {}).get("schemas", {}) for one in (old, new))
    fresh = sorted(second.keys() - first.keys())
    for name in sorted(first.keys() - second.keys()):
        # A name of its own in the content, as in a schema that refers to itself, is the new one there.
        other = next((one for one in fresh if _same(first[name], second[one], name, one)), None)
        if other is None:
            words = f"the schema {name} is gone: imports of its model fail"
            yield Change(Kind.BREAKING, joined(_SCHEMAS, name), words)
        else:
            fresh.remove(other)
            words = f"the schema {name} is called {other} now: imports of its model fail"
            yield Change(Kind.BREAKING, joined(_SCHEMAS, other), words)
    for name in fresh:
        yield Change(Kind.ADDITIVE, joined(_SCHEMAS, name), f"the schema {name} is new")


def _same(old: Any, new: Any, name: str, other: str) -> bool:  # noqa: ANN401 - JSON
    renamed = json.dumps(old, sort_keys=True).replace(f'"#{_SCHEMAS}/{name}"', f'"#{_SCHEMAS}/{other}"')
    return renamed == json.dumps(new, sort_keys=True)


def _schemes(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    first, second = (one.get("components", {}).get("securitySchemes", {}) for one in (old, new))
    for name in sorted(first.keys() - second.keys()):
        yield Change(
            Kind.BREAKING,
            joined(_SCHEMES, name),
            f"the way to authenticate {name} is gone: its credentials fail",
        )
    for name in sorted(second.keys() - first.keys()):
        yield Change(Kind.ADDITIVE, joined(_SCHEMES, name), f"the way to authenticate {name} is new")
    for name in sorted(first.keys() & second.keys()):
        for word in sorted(first[name].keys() | second[name].keys()):
            if first[name].get(word) == second[name].get(word) or word.startswith("x-"):
                continue
            place = joined(_SCHEMES, name, word)
            if word in {"description", "bearerFormat"}:
                # The format is a hint for readers (OpenAPI 3.1, Security Scheme Object).
                yield Change(Kind.DOC_ONLY, place, f"{word} is worded anew")
            else:
                words = f"{word} of the way to authenticate {name} is another: credentials go elsewhere"
                yield Change(Kind.BREAKING, place, words)


def _servers(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    first, second = ([server.get("url") for server in one.get("servers", [])] for one in (old, new))
    for url in first:
        if url not in second:
            yield Change(Kind.BREAKING, "/servers", f"the server {url} is gone: clients that ask it fail")
    for url in second:
        if url not in first:
            yield Change(Kind.ADDITIVE, "/servers", f"the server {url} is new")
