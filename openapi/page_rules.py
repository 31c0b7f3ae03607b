"""The part of docs/document.md that tells what the editions' overlays add to the document and take away."""

from __future__ import annotations

import json
from typing import Any

from openapi import provenance, tree
from openapi.page_text import grouped, name, sentence, table

_INTRODUCTION = """\
The document is tolerant: it allows what either edition shows, so that a client copes with both. A gateway of
one edition promises more. Each rule below is added by an overlay in `openapi/editions/`."""


def section(document: dict[str, Any], editions: dict[str, dict[str, Any]], overlays: dict[str, Any]) -> str:
    """Write the section.

    Args:
        document: The document.
        editions: The editions' documents, by edition.
        overlays: The overlays as they are read from their files, by name.
    """
    parts = [
        "## The rules of the editions",
        _INTRODUCTION,
        table(["Place", "Rule", "Edition", "Kind", "Why"], _rules(document, editions)),
        "### What an overlay takes away",
        table(["Overlay", "Place", "Why"], _removals(overlays)),
    ]
    return "\n\n".join(parts)


def _rules(document: dict[str, Any], editions: dict[str, dict[str, Any]]) -> list[list[str]]:
    constraints = provenance.constraints(document)
    before = {(pointer, key): tree.at(document, pointer).get(key) for pointer, key in constraints}
    found = []
    for edition, narrowed in editions.items():
        for pointer, key in provenance.constraints(narrowed):
            value = tree.at(narrowed, pointer)[key]
            rules = provenance.rules_of(narrowed, pointer)
            if before.get((pointer, key)) != value and rules is not None:
                row = (name(narrowed, pointer), rules.kind, sentence(rules.note), _rule(key, value))
                found.append((row, edition))
    rows = []
    for (place, kind, why, rule), names in grouped(found):
        where = "both" if len(names) == len(editions) else ", ".join(names)
        rows.append(((place, where, kind, why), rule))
    merged = [[place, "; ".join(words), *rest] for (place, *rest), words in grouped(rows)]
    return sorted(merged, key=lambda row: row[0].strip("`").lower())


def _rule(key: str, value: object) -> str:
    if key in {"additionalProperties", "unevaluatedProperties"} and value is False:
        return "no other fields"
    if isinstance(value, dict):
        return f"{key}: " + "; ".join(f"`{one}` with {_words(other)}" for one, other in value.items())
    return f"{key}: {_words(value)}"


def _words(value: object) -> str:
    values = value if isinstance(value, list) else [value]
    return ", ".join(f"`{one if isinstance(one, str) else json.dumps(one)}`" for one in values)


def _removals(overlays: dict[str, Any]) -> list[list[str]]:
    rows = []
    for overlay, content in overlays.items():
        reason = ""
        for action in content["actions"]:
            if "remove" in action:
                own = sentence(action["description"])
                reason = reason if own == "As above." else own
                rows.append([overlay, f"`{action['target']}`", reason])
    return rows
