"""The words and tables of docs/document.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from openapi import tree

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from openapi.provenance import Provenance

Key = TypeVar("Key", bound="Hashable")

_COMPONENTS = {
    "headers": "the header",
    "examples": "the example",
    "responses": "the answer",
    "securitySchemes": "the security scheme",
}


def table(heads: list[str], rows: Iterable[list[str]]) -> str:
    """Write a table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def grouped(pairs: Iterable[tuple[Key, str]]) -> list[tuple[Key, list[str]]]:
    """Bring together all that share the first of the two, in order of appearance and without repeats."""
    groups: dict[Key, dict[str, None]] = {}
    for key, value in pairs:
        groups.setdefault(key, {})[value] = None
    return [(key, list(values)) for key, values in groups.items()]


def sentence(text: str) -> str:
    """Bring a text into one line that ends as a sentence."""
    text = " ".join(text.split())
    return text if text.endswith((".", "?", "!")) else f"{text}."


def link(heading: str) -> str:
    """Link to a heading of the page."""
    return f"[{heading}](#{heading.lower()})"


def origin(found: Provenance) -> str:
    """Tell a provenance in short: the pages of what is documented, else the kind."""
    return ", ".join([found.kind, *(f"[{page}]" for page in sorted(found.sources))])


def type_of(schema: dict[str, Any]) -> str:
    """Tell a schema's type in short."""
    if "$ref" in schema:
        return link(schema["$ref"].rpartition("/")[2])
    for key in ("oneOf", "anyOf"):
        if key in schema:
            return " or ".join(type_of(one) for one in schema[key])
    kind = schema.get("type", "anything")
    if kind == "array":
        return f"list of {type_of(schema.get('items', {}))}"
    kind = " or ".join(kind) if isinstance(kind, list) else kind
    return f"{kind} ({schema['format']})" if "format" in schema else str(kind)


def name(document: dict[str, Any], pointer: str) -> str:
    """Call a place of the document by a name that a reader knows."""
    tokens = tree.tokens_of(pointer)
    value = tree.at(document, pointer)
    if tokens[0] == "components":
        return _component(document, tokens)
    if tokens[0] in {"paths", "webhooks"}:
        return _in_path(document, tokens)
    words = {"info": "title and description", "servers": "the server", "tags": "the tag"}[tokens[0]]
    return " ".join([words, *(f"`{value[key]}`" for key in ("url", "name") if key in value)])


def _component(document: dict[str, Any], tokens: list[str]) -> str:
    if len(tokens) == 1:
        return "types, formats and bounds of all components"
    group, component, *below = tokens[1:]
    below = [token for token in below if token not in {"properties", "schema"}]
    if group == "schemas":
        return f"`{'.'.join([component, *below])}`".replace(".items", "[]")
    words = f"{_COMPONENTS.get(group, group)} `{component}`"
    if group == "parameters":
        value = document["components"][group][component]
        words = f"the {value['in']} parameter `{value['name']}`"
    if below == ["items"]:
        return f"{words}, each"
    return f"{words}, `{below[-1]}`" if below else words


def _in_path(document: dict[str, Any], tokens: list[str]) -> str:
    kind, path, *below = tokens
    if not below:
        return f"the path `{path}`" if kind == "paths" else f"the webhook `{path}`"
    operation = tree.at(document, tree.join("", *tokens[:3]))["operationId"]
    rest = below[1:]
    words = f"`{operation}`"
    if rest[:1] == ["requestBody"]:
        words += ", body"
    elif rest[:1] == ["responses"]:
        words += f", answer {rest[1]}"
        rest = rest[1:]
    if len(rest) > 1 and rest[1] in {"links", "content"}:
        words += f", {'link ' if rest[1] == 'links' else ''}`{rest[2]}`"
    return words


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
