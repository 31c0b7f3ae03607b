"""Breaches of the same rule told once, though several layers and editions found them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["grouped", "key_of"]


def key_of(breach: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return what breaches of the same rule by the same operation share."""
    return breach["rule"], breach["pointer"], breach["operation"]


def grouped(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the broken rules, the first breach of each with where all of them were and how many.

    Args:
        facts: What ``gate_facts`` tells.

    Returns:
        The breaches, each with ``where``, a list of editions and layers, and the ``count`` of them all.
    """
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for layer in facts["layers"]:
        where = f"{layer['edition']} {layer['layer']}"
        for breach in layer["breaches"]:
            held = found.setdefault(key_of(breach), {**breach, "where": [], "count": 0})
            held["where"].append(where)
            held["count"] += breach["count"]
            # Of several the one that can be repeated is worth most.
            if held["exchange"] is None and breach["exchange"] is not None:
                held |= {name: breach[name] for name in ("exchange", "steps", "message")}
    return list(found.values())
