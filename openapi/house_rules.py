"""The house rules of the document and of the editions' documents: what no linter of OpenAPI knows.

Each rule is a function from a document to its findings. `EVERYWHERE` holds for the document and its editions,
`TOLERANT` for the document, `NARROW` for the editions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from openapi import house_examples, tree
from openapi.findings import Finding

if TYPE_CHECKING:
    from openapi.tree import Node

PROBLEM = "application/problem+json"
PROBLEM_SCHEMA = "#/components/schemas/ProblemDetail"
RANGES = ("4XX", "5XX")

_BOUNDS = {"int32": 2**31, "int64": 2**63}
_DESCRIBED = {
    *("operation", "parameter", "request body", "response", "header", "link", "tag", "server"),
    *("security scheme", "schema", "property"),
}


def references(document: dict[str, Any]) -> Iterator[Finding]:
    """Every reference leads somewhere, and to what belongs there."""
    for pointer, reference in _references(document):
        try:
            tree.target(document, pointer)
        except (LookupError, ValueError):
            yield Finding("reference", pointer, f"{reference} leads nowhere")


def summaries(document: dict[str, Any]) -> Iterator[Finding]:
    """Every operation has a summary and an operationId, and no two have the same."""
    found = [node for node in tree.nodes(document) if node.what == "operation"]
    for key in ("summary", "operationId"):
        count = Counter(node.value.get(key, "") for node in found)
        for node in found:
            value = node.value.get(key, "")
            if not value or count[value] > 1:
                yield Finding("summary", node.pointer, f"{key} {value!r} is missing or not the only one")


def descriptions(document: dict[str, Any]) -> Iterator[Finding]:
    """Whatever a reader meets is described by a sentence that says more than its name."""
    for node in tree.nodes(document):
        if node.what in _DESCRIBED:
            trouble = _trouble(_name(node), _description(document, node))
            if trouble:
                yield Finding("description", node.pointer, f"the {node.what}'s description {trouble}")


def integers(document: dict[str, Any]) -> Iterator[Finding]:
    """Every integer has a width, and bounds that fit into it."""
    for node in tree.nodes(document):
        types = node.value.get("type") if node.what in tree.SCHEMAS else None
        if types == "integer" or (isinstance(types, list) and "integer" in types):
            bound = _BOUNDS.get(node.value.get("format", ""))
            if bound is None:
                yield Finding("integer", node.pointer, "format is neither int32 nor int64")
            elif (
                not -bound
                <= node.value.get("minimum", -bound - 1)
                <= node.value.get("maximum", bound)
                < bound
            ):
                yield Finding("integer", node.pointer, "minimum and maximum are not within the format")


def problems(document: dict[str, Any]) -> Iterator[Finding]:
    """Every error is answered with problem details, and with nothing else."""
    for pointer, status in _answers(document):
        if status[0] in "45":
            content = tree.at(document, tree.target(document, pointer)).get("content", {})
            schema = content.get(PROBLEM, {}).get("schema", {})
            if list(content) != [PROBLEM] or schema != {"$ref": PROBLEM_SCHEMA}:
                yield Finding("problem", pointer, f"is not {PROBLEM} alone with the schema ProblemDetail")


def links(document: dict[str, Any]) -> Iterator[Finding]:
    """Every link leads to an operation, and gives only parameters that it has."""
    operations = tree.operations(document)
    for node in tree.nodes(document):
        if node.what != "link":
            continue
        name = node.value.get("operationId", "")
        if name not in operations:
            yield Finding("link", node.pointer, f"there is no operation {name!r}")
            continue
        places = range(len(tree.at(document, operations[name]).get("parameters", ())))
        found = (tree.target(document, tree.join(operations[name], "parameters", place)) for place in places)
        known = {tree.at(document, place)["name"] for place in found}
        for parameter in node.value.get("parameters", {}):
            if parameter.rpartition(".")[2] not in known:
                yield Finding("link", node.pointer, f"{name} has no parameter {parameter!r}")


def unused(document: dict[str, Any]) -> Iterator[Finding]:
    """Every component is used by something else than itself."""
    used = {ref for pointer, ref in _references(document) if not pointer.startswith(f"{ref[1:]}/")}
    needs = [document.get("security", ())]
    needs += [node.value.get("security", ()) for node in tree.nodes(document) if node.what == "operation"]
    used |= {f"#/components/securitySchemes/{name}" for many in needs for need in many for name in need}
    for group, components in document["components"].items():
        for name in components if not group.startswith("x-") else ():
            pointer = tree.join("/components", group, name)
            if f"#{pointer}" not in used:
                yield Finding("unused", pointer, "nothing refers to it")


def open_answers(document: dict[str, Any]) -> Iterator[Finding]:
    """No answer is limited to values of today: a client must not break on a value that is added later."""
    for pointer, _ in _answers(document):
        for node in _reachable(document, tree.target(document, pointer), "response", set()):
            for key in ("enum", "const"):
                if node.what in tree.SCHEMAS and key in node.value:
                    yield Finding("open answer", node.pointer, f"{key} in an answer; use x-extensible-enum")


def ranges(document: dict[str, Any]) -> Iterator[Finding]:
    """Every operation answers with any error, listed or not."""
    for name, pointer in tree.operations(document).items():
        for status in RANGES:
            if status not in tree.at(document, pointer).get("responses", {}):
                yield Finding("ranges", pointer, f"{name} has no answer {status}")


def no_ranges(document: dict[str, Any]) -> Iterator[Finding]:
    """An edition's gateway answers what is listed, and nothing else."""
    for pointer, status in _answers(document):
        if "X" in status.upper() or status == "default":
            yield Finding("ranges", pointer, f"an edition promises each status by itself, not {status}")


Rule = Callable[[dict[str, Any]], Iterator[Finding]]

EVERYWHERE: tuple[Rule, ...] = (
    *(references, summaries, descriptions, integers, problems, links),
    *(house_examples.presence, house_examples.validity, house_examples.placeholders),
)
TOLERANT: tuple[Rule, ...] = (open_answers, ranges, unused)
NARROW: tuple[Rule, ...] = (no_ranges,)


def check(document: dict[str, Any]) -> list[Finding]:
    """Apply the rules that hold for this document: an edition's has `info.x-edition`."""
    found = list(references(document))
    if found:  # The other rules follow references.
        return found
    rules = EVERYWHERE + (NARROW if "x-edition" in document["info"] else TOLERANT)
    return list(dict.fromkeys(one for rule in rules for one in rule(document)))


def _answers(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for pointer in tree.operations(document).values():
        for status in tree.at(document, pointer).get("responses", {}):
            yield tree.join(pointer, "responses", status), status


def _reachable(document: dict[str, Any], pointer: str, what: str, seen: set[str]) -> Iterator[Node]:
    """Walk what is below a pointer, and what that refers to."""
    if pointer in seen:
        return
    seen.add(pointer)
    for node in tree.nodes(document, pointer, what):
        yield node
        if "$ref" in node.value:
            place = node.value["$ref"].removeprefix("#")
            kind = "schema" if node.what in tree.SCHEMAS else _KINDS.get(tree.tokens_of(place)[1], "")
            yield from _reachable(document, place, kind, seen)


_KINDS = {"headers": "header", "examples": "example", "responses": "response", "links": "link"}


def _references(value: Any, pointer: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 - JSON
    children = dict(enumerate(value)) if isinstance(value, list) else value
    for key, child in children.items() if isinstance(children, dict) else ():
        if key == "$ref":
            yield pointer, child
        else:
            yield from _references(child, tree.join(pointer, key))


def _name(node: Node) -> str:
    return str(node.value.get("name", tree.tokens_of(node.pointer)[-1]))


def _description(document: dict[str, Any], node: Node) -> str:
    own = node.value.get("description")
    if own is None and node.what in tree.SCHEMAS:
        own = tree.at(document, tree.target(document, node.pointer)).get("description")
    return own or ""


def _trouble(name: str, description: str) -> str:
    text = description.strip()
    if not text:
        return "is missing"
    if _letters(text) == _letters(name) or len(text.split()) < 2:  # noqa: PLR2004 - one word tells nothing
        return "says no more than the name"
    if not text.endswith("."):
        return "does not end as a sentence"
    if re.search(r"(?i)\b(todo|tbd|lorem|fixme)\b", text):
        return "is not written yet"
    return ""


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", re.sub(r"(?i)^(the|an?)\s", "", text).lower())
