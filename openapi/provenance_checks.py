"""Whether the document says where every element comes from, and whether that is true.

Each check gives its findings; none means that all is well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openapi import provenance, shown, tree
from openapi.findings import Finding
from openapi.provenance import KEYWORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from openapi.provenance import Provenance
    from openapi.vendor import Page


def check_kinds(document: dict[str, Any]) -> list[Finding]:
    """Find elements without a kind, constraints without one, and what is said of them in the wrong form.

    What stands under a key that the walk does not know would escape every rule; so the key is found too.
    """
    found = [
        Finding("unknown key", node.pointer, f"the walk does not know {key} of the {node.what}")
        for node, key in tree.unwalked(document)
    ]
    found += [
        Finding("no kind", node.pointer, f"the {node.what} has no {KEYWORD}")
        for node in provenance.elements(document)
        if provenance.of(document, node.pointer) is None
    ]
    found += [
        Finding("no rules", pointer, f"{key} has no {KEYWORD}.rules")
        for pointer, key in provenance.constraints(document)
        if provenance.rules_of(document, pointer) is None
    ]
    for pointer, block in _blocks(document):
        found += _form(pointer, block, {"kind", "source", "note", "rules"})
        if "rules" in block:
            found += _form(f"{pointer}/rules", block["rules"], {"kind", "source", "note"})
    return found


def check_sources(document: dict[str, Any], pages: Iterable[Page]) -> list[Finding]:
    """Find where the document and the pages disagree: on what is valid, what exists, what is shown where."""
    seen = shown.look(document, pages)
    found = list(dict.fromkeys(one for one in seen if isinstance(one, Finding)))
    by_page = shown.sources(seen)
    for node in provenance.elements(document):
        origin = provenance.of(document, node.pointer)
        if origin is not None:
            found += _compare(node.pointer, f"the {node.what}", origin, by_page.get(node.pointer, set()))
    return found + _check_documented_rules(document, seen)


def check_editions_rules(document: dict[str, Any], edition: dict[str, Any]) -> list[Finding]:
    """Find constraints that an edition adds without a provenance of their own.

    The components of the document share one, which speaks of types and formats.
    """
    before = {
        (pointer, key): _get(document, pointer, key) for pointer, key in provenance.constraints(document)
    }
    found = []
    for pointer, key in provenance.constraints(edition):
        rules = provenance.rules_of(edition, pointer)
        new = before.get((pointer, key)) != _get(edition, pointer, key)
        if new and rules is not None and rules.pointer == "/components":
            found.append(Finding("no rules", pointer, f"the overlay adds {key} without {KEYWORD}.rules"))
    return found


def check_edition(edition: dict[str, Any], pages: Sequence[Page]) -> list[Finding]:
    """Find what an edition's document says otherwise than that edition's pages.

    The examples are left out: they are placeholders, and an edition's rules ask for values as in real life.
    """
    own = [page for page in pages if page.edition == edition["info"]["x-edition"]]
    found = [one for one in shown.look(edition, own) if isinstance(one, Finding) and one.rule == "missing"]
    operations = tree.operations(edition)
    for page in own:
        found += [
            Finding("gone", operations[name], f"{page.source} shows {name} no more")
            for name in page.gone
            if name in operations
        ]
        found += [
            Finding("missing", operations[name], f"{page.source} shows an Authorization section")
            for name in (operation.operation for operation in page.operations if operation.authorization)
            if name in operations and _is_open(edition, operations[name])
        ]
    return list(dict.fromkeys(found)) + _check_documented_rules(edition, shown.look(edition, pages))


def check_removals(overlay: dict[str, Any]) -> list[Finding]:
    """Find actions of an overlay that remove something and don't say why."""
    return [
        Finding("no reason", f"/actions/{index}", f"removes {action['target']} without a description")
        for index, action in enumerate(overlay["actions"])
        if action.get("remove") and not str(action.get("description", "")).strip()
    ]


def _is_open(edition: dict[str, Any], operation: str) -> bool:
    needs = tree.at(edition, operation).get("security", edition.get("security", []))
    return not needs or {} in needs


def _check_documented_rules(document: dict[str, Any], seen: list[shown.Seen]) -> list[Finding]:
    found: list[Finding] = []
    for pointer, key in provenance.constraints(document):
        rules = provenance.rules_of(document, pointer)
        if rules is not None and rules.kind == "documented":
            found += _compare(pointer, key, rules, shown.sources(seen, key).get(pointer, set()))
    return found


def _compare(pointer: str, what: str, origin: Provenance, pages: Iterable[str]) -> Iterator[Finding]:
    pages = frozenset(pages)
    if origin.kind != "documented":
        if pages:
            yield Finding("shown", pointer, f"{what} is {origin.kind}, but shown by {_list(pages)}")
        return
    if origin.sources - pages:
        yield Finding("not shown", pointer, f"{what} is not shown by {_list(origin.sources - pages)}")
    if pages - origin.sources:
        yield Finding("not named", pointer, f"{what} is shown by {_list(pages - origin.sources)} too")


def _blocks(value: Any, pointer: str = "") -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401 - JSON
    children = dict(enumerate(value)) if isinstance(value, list) else value
    for key, child in children.items() if isinstance(children, dict) else ():
        if key == KEYWORD:
            yield tree.join(pointer, KEYWORD), child
        else:
            yield from _blocks(child, tree.join(pointer, key))


def _form(pointer: str, block: dict[str, Any], keys: set[str]) -> Iterator[Finding]:
    kind = block.get("kind")
    if block.keys() - keys:
        yield Finding("malformed", pointer, f"unknown {_list(block.keys() - keys)}")
    if kind is None and block.keys() - {"rules"}:
        yield Finding("malformed", pointer, "has a source or a note without a kind")
    elif kind is not None and kind not in provenance.KINDS:
        yield Finding("malformed", pointer, f"{kind!r} is no kind")
    if kind in {"inferred", "convention"}:
        if not str(block.get("note", "")).strip():
            yield Finding("no note", pointer, f"{kind} without a note")
        if "source" in block:
            yield Finding("malformed", pointer, f"{kind} with a source; only what is documented has one")
    if kind == "documented" and not block.get("source"):
        yield Finding("malformed", pointer, "documented without a source")


def _get(document: dict[str, Any], pointer: str, key: str) -> Any:  # noqa: ANN401 - JSON
    return tree.at(document, pointer).get(key)


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
