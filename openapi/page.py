"""Make docs/document.md: what the document says of the vendor's API, and how it is known.

    python openapi/page.py

The page depends on nothing but the document and the overlays.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if __package__ in {None, ""}:  # Run as a file: the path then starts with this folder, not with the root.
    sys.path[0] = str(ROOT)

from openapi import narrowing, page_rules, provenance, strict_yaml, tree  # noqa: E402 - the path comes first
from openapi import page_text as text  # noqa: E402 - the same

DOCUMENT = ROOT / "openapi" / "blackkonnect-sms.yaml"
PAGE = ROOT / "docs" / "document.md"

_HEADER = "<!-- Generated from openapi/ by `nox -s docs`. Don't edit; change the source and run it. -->"
_EVIDENCE = """\
*Documented* is said of the thing itself: its name, its place and its type are shown. The vendor tells no
field's meaning in words; every description below is a reading of ours.

What each page shows is kept as data in [`openapi/evidence/`](../openapi/evidence/README.md), and tests
compare the two. Which values are right is another matter: no page gives a rule. The rules that an edition's
gateway is held to stand [further down](#the-rules-of-the-editions)."""
_MEANING = {
    "documented": "a page of the vendor's shows it; the page is named",
    "inferred": "nothing shows it, but what is shown suggests it; the reason stands below",
    "convention": "the vendor gives no such thing, and client and emulator need one; its source stands below",
}


def make(document: dict[str, Any], editions: dict[str, dict[str, Any]], overlays: dict[str, Any]) -> str:
    """Write the page.

    Args:
        document: The document.
        editions: The editions' documents, by edition.
        overlays: The overlays as they are read from their files, by name.

    Returns:
        The page, in Markdown.
    """
    parts = [
        _HEADER,
        f"# What the document says, and how it is known\n\n{document['info']['description'].strip()}",
        _reading(document),
        "## Operations",
        _operations(document),
        *(_operation(document, pointer) for pointer in tree.operations(document).values()),
        "## Schemas",
        *(_schema(document, schema) for schema in document["components"]["schemas"]),
        "## Inferred\n\nWhat no page shows, but what is shown suggests.",
        _notes(document, "inferred"),
        "## Conventions\n\nWhat the vendor does not give, and client and emulator must agree on.",
        _notes(document, "convention"),
        page_rules.section(document, editions, overlays),
        f"## Unknown\n\n{_unknowns(document)}",
        _links(document),
    ]
    return "\n\n".join(parts) + "\n"


def _reading(document: dict[str, Any]) -> str:
    counts = dict.fromkeys(provenance.KINDS, 0)
    for node in provenance.elements(document):
        found = provenance.of(document, node.pointer)
        if found is not None:
            counts[found.kind] += 1
    rows = [[f"**{kind}**", _MEANING[kind], str(count)] for kind, count in counts.items()]
    origins = document["info"]["x-origin"]
    editions = [
        f"- **{one['edition']}**: {one['title']}, as {one['publisher']} published it." for one in origins
    ]
    return "\n\n".join(
        [
            "## How to read it",
            "Everything that the document says is of one of three kinds:",
            text.table(["Kind", "Meaning", "Elements"], rows),
            "The vendor's pages exist in two editions, called by the date at their foot:",
            "\n".join(editions),
            _EVIDENCE,
        ]
    )


def _operations(document: dict[str, Any]) -> str:
    rows = []
    for operation, pointer in tree.operations(document).items():
        _, path, method = tree.tokens_of(pointer)
        value = tree.at(document, pointer)
        known, where = (_origin(document, place) for place in (pointer, pointer.rpartition("/")[0]))
        rows.append([text.link(operation), value["summary"], f"`{method.upper()} {path}`", known, where])
    return text.table(["Operation", "What it does", "Request", "The operation is", "Its path is"], rows)


def _operation(document: dict[str, Any], pointer: str) -> str:
    value = tree.at(document, pointer)
    rows = []
    for index in range(len(value.get("parameters", ()))):
        place = tree.target(document, tree.join(pointer, "parameters", index))
        parameter = tree.at(document, place)
        words = [
            f"`{parameter['name']}`, {parameter['in']}",
            parameter["description"],
            _origin(document, place),
        ]
        rows.append(words)
    if "requestBody" in value:
        place = tree.target(document, tree.join(pointer, "requestBody"))
        body = tree.at(document, place)
        for media_type, content in body["content"].items():
            what = f"{body['description']} {text.type_of(content['schema'])}, `{media_type}`."
            rows.append(["Body", what, _origin(document, place)])
    for status in value["responses"]:
        place = tree.target(document, tree.join(pointer, "responses", status))
        response = tree.at(document, place)
        contents = response.get("content", {}).values()
        types = "".join(f" {text.type_of(content['schema'])}." for content in contents)
        rows.append([f"Answer {status}", response["description"] + types, _origin(document, place)])
    heading = f"### {value['operationId']}\n\n{text.sentence(value['description'])}"
    return f"{heading}\n\n{text.table(['Part', 'What it is', 'How it is known'], rows)}"


def _schema(document: dict[str, Any], schema: str) -> str:
    pointer = tree.join("/components/schemas", schema)
    value = tree.at(document, pointer)
    parts = [f"### {schema}", text.sentence(value["description"])]
    found = provenance.of(document, pointer)
    if found is not None:
        parts.append(
            " ".join([f"It is {text.origin(found)}.", *([text.sentence(found.note)] if found.note else [])])
        )
    rows = []
    for field, content in value.get("properties", {}).items():
        place = tree.join(pointer, "properties", field)
        whole = {**tree.at(document, tree.target(document, place)), **content}
        known = "as the schema" if provenance.of(document, place) == found else _origin(document, place)
        rows.append([f"`{field}`", text.type_of(content), whole["description"], known])
    parts += [f"Holds all of {text.type_of(part)} too." for part in value.get("allOf", ())]
    if rows:
        parts.append(text.table(["Field", "Type", "What it is", "How it is known"], rows))
    return "\n\n".join(parts)


def _notes(document: dict[str, Any], kind: str) -> str:
    """List each reason with the places that give it; what inherits from them is left out."""
    found: list[tuple[str, str]] = []
    for node in provenance.elements(document):
        known = provenance.of(document, node.pointer)
        if known is not None and known.kind == kind and known.pointer == node.pointer:
            found.append((text.sentence(known.note), text.name(document, node.pointer)))
    for pointer, _ in provenance.constraints(document):
        rules = provenance.rules_of(document, pointer)
        if rules is not None and rules.kind == kind:
            words = "" if rules.pointer == "/components" else "rules of "
            found.append((text.sentence(rules.note), words + text.name(document, rules.pointer)))
    return text.table(["Why", "What"], [[note, "; ".join(names)] for note, names in text.grouped(found)])


def _unknowns(document: dict[str, Any]) -> str:
    rows = [[one["name"], text.sentence(one["note"])] for one in document["info"]["x-unknowns"]]
    words = "What nobody could read on a page. The tests let this list only shrink."
    return f"{words}\n\n{text.table(['Name', 'What is not known'], rows)}"


def _links(document: dict[str, Any]) -> str:
    """Say where the pages are that stand in square brackets all over the text."""
    found = (provenance.of(document, node.pointer) for node in provenance.elements(document))
    sources = sorted({source for known in found if known is not None for source in known.sources})
    return "\n".join(f"[{source}]: ../openapi/evidence/{source}.json" for source in sources)


def _origin(document: dict[str, Any], pointer: str) -> str:
    found = provenance.of(document, pointer)
    if found is None:
        raise LookupError(f"{pointer}: nothing says where it comes from")
    return text.origin(found)


def main() -> None:
    """Write the page to its file."""
    PAGE.write_text(current(), encoding="utf-8", newline="\n")
    print(PAGE.relative_to(ROOT))


def current() -> str:
    """Write the page of the document as it is now."""
    document = strict_yaml.read(DOCUMENT)
    folder = DOCUMENT.parent / "editions"
    files = sorted(folder.glob(f"*{narrowing.SUFFIX}"))
    overlays = {path.name.removesuffix(narrowing.SUFFIX): strict_yaml.read(path) for path in files}
    return make(document, narrowing.build(document, folder), overlays)


if __name__ == "__main__":
    main()
