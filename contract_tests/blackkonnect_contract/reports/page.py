"""What the gate found as one page that needs nothing else."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any

from blackkonnect_contract.reports.coverage import merged
from blackkonnect_contract.reports.grouped import grouped, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["page"]


def page(facts: Mapping[str, Any], earlier: Mapping[str, Any] | None = None) -> str:
    """Write the page.

    Args:
        facts: What ``gate_facts`` tells.
        earlier: The same of a run before, to show what has changed.
    """
    template = Template((files("blackkonnect_contract.reports") / "page.html").read_text("utf-8"))
    broken = grouped(facts)
    if facts["passed"]:
        verdict = "keeps to the document"
    else:
        verdict = f"breaks {_counted(len(broken), 'rule')}" if broken else "is not proven"
    return template.substitute(
        verdict=verdict,
        state="kept" if facts["passed"] else "broken",
        target=escape(facts["target"]),
        began=escape(facts["began"]),
        seed=facts["seed"],
        quick=", a short look" if facts["quick"] else "",
        layers=_layers(facts["layers"]),
        breaches=_breaches(broken) or "<p>None.</p>",
        skipped=_skipped(facts["layers"]) or "<p>Nothing.</p>",
        trend="" if earlier is None else _trend(facts, earlier),
        coverage=_coverage(facts["layers"]),
    )


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]], caption: str) -> str:
    heads = "".join(f'<th scope="col">{one}</th>' for one in head)
    lines = []
    for row in rows:
        first, *others = row
        cells = "".join(one if one.startswith("<td") else f"<td>{one}</td>" for one in others)
        lines.append(f'<tr><th scope="row">{first}</th>{cells}</tr>')
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )


def _layers(layers: Iterable[Mapping[str, Any]]) -> str:
    rows = [
        (
            escape(f"{one['edition']} {one['layer']}"),
            f'<td class="{_state(one)}">{_word(one)}{", cut short" if one["cut"] else ""}</td>',
            str(len(one["breaches"])),
            str(one["requests"]),
            str(one["checks"]),
            f"{one['seconds']:.1f}",
            f"{one['cpuSeconds']:.1f}",
        )
        for one in layers
    ]
    heads = ("Layer", "Result", "Broken rules", "Requests", "Checks", "Seconds", "CPU seconds")
    return _table(heads, rows, "Each layer of each edition")


def _state(layer: Mapping[str, Any]) -> str:
    return "kept" if layer["passed"] else "broken"


def _word(layer: Mapping[str, Any]) -> str:
    if layer["passed"]:
        return "kept"
    if layer["failure"]:
        return f"could not end: {escape(layer['failure'])}"
    return "broken" if layer["breaches"] else "looked at nothing"


def _breaches(broken: Iterable[Mapping[str, Any]]) -> str:
    parts = []
    for breach in broken:
        kind = "Finding about the document" if breach["isFinding"] else "Breach"
        said = f"{breach['provenance']}{': ' if breach['note'] else ''}{breach['note']}"
        exchanges = [*breach["steps"], *filter(None, [breach["exchange"]])]
        place = (
            f"<code>#{escape(breach['pointer'])}</code>" if breach["pointer"] else "the document as a whole"
        )
        parts.append(
            f"<details class='breach'><summary><strong>{escape(breach['rule'])}</strong> "
            f"{escape(breach['operation'] or 'the gateway')}: {escape(breach['message'])}</summary>"
            f"<dl><dt>{kind}</dt><dd>{escape(breach['says'])}</dd>"
            f"<dt>Rule</dt><dd>{place}</dd>"
            f"<dt>Provenance</dt><dd>{escape(said)}</dd>"
            f"<dt>Found by</dt><dd>{escape(', '.join(breach['where']))},"
            f" {_counted(breach['count'], 'time')}</dd></dl>"
            f"{''.join(_exchange(one) for one in exchanges)}</details>"
        )
    return "".join(parts)


def _exchange(exchange: Mapping[str, Any]) -> str:
    request, answer = exchange["request"], exchange["answer"]
    asked = "\n".join(
        [
            f"{request['method']} {request['url']}",
            *(f"{name}: {value}" for name, value in request["headers"]),
            "",
            request["body"],
        ]
    )
    if answer is None:
        told = exchange["error"]
    else:
        lines = [str(answer["status"]), *(f"{name}: {value}" for name, value in answer["headers"])]
        told = "\n".join([*lines, "", answer["body"]])
    return "".join(
        f'<h3>{title}</h3><pre tabindex="0">{escape(text)}</pre>'
        for title, text in (("Again", exchange["curl"]), ("Request", asked), ("Answer", told))
        if text
    )


def _skipped(layers: Iterable[Mapping[str, Any]]) -> str:
    told = {(what, why) for layer in layers for what, why in layer["skipped"].items()}
    items = "".join(f"<li>{escape(what)}: {escape(why)}</li>" for what, why in sorted(told))
    return f"<ul>{items}</ul>" if items else ""


def _trend(facts: Mapping[str, Any], earlier: Mapping[str, Any]) -> str:
    before = {(one["edition"], one["layer"]): one for one in earlier["layers"]}
    rows = []
    for layer in facts["layers"]:
        old = before.get((layer["edition"], layer["layer"]))
        name = escape(f"{layer['edition']} {layer['layer']}")
        if old is None:
            rows.append((name, "not run", _word(layer), "", "", "", ""))
            continue
        now_broken, was_broken = _keys(layer), _keys(old)
        rows.append(
            (
                name,
                f'<td class="{_state(old)}">{_word(old)}</td>',
                f'<td class="{_state(layer)}">{_word(layer)}</td>',
                str(len(now_broken - was_broken)),
                str(len(was_broken - now_broken)),
                f"{layer['requests'] - old['requests']:+}",
                f"{layer['seconds'] - old['seconds']:+.1f}",
            )
        )
    heads = ("Layer", "Before", "Now", "Newly broken", "Kept again", "Requests", "Seconds")
    told = f"Since {earlier['began']}"
    before_keys, now_keys = _all_keys(earlier), _all_keys(facts)
    lists = "".join(
        f"<h3>{title}</h3><ul>{''.join(f'<li>{_named(key)}</li>' for key in sorted(keys))}</ul>"
        for title, keys in (
            ("Newly broken", now_keys - before_keys),
            ("Kept again", before_keys - now_keys),
        )
        if keys
    )
    return f"<h2>Trend</h2>{_table(heads, rows, told)}{lists}"


def _all_keys(facts: Mapping[str, Any]) -> set[tuple[str, str, str]]:
    return {key for layer in facts["layers"] for key in _keys(layer)}


def _named(key: tuple[str, str, str]) -> str:
    rule, pointer, operation = (escape(part) for part in key)
    return f"<strong>{rule}</strong> {operation or 'the gateway'} <code>#{pointer}</code>"


def _keys(layer: Mapping[str, Any]) -> set[tuple[str, str, str]]:
    return {key_of(breach) for breach in layer["breaches"]}


def _coverage(layers: Iterable[Mapping[str, Any]]) -> str:
    return "".join(_edition(one) for one in merged(layer["coverage"] for layer in layers))


def _edition(coverage: Mapping[str, Any]) -> str:
    edition = coverage["edition"]
    codes = sorted({code for one in coverage["operations"] for code in one["statuses"]})
    rows = [
        (escape(one["operation"]), *(_shade(one["statuses"].get(code)) for code in codes))
        for one in coverage["operations"]
    ]
    parts = [f"<h3>Edition {escape(edition)}</h3>"]
    parts.append(_table(("Operation", *codes), rows, f"Answers of {edition} by operation and status"))
    parameters = [
        (escape(f"{one['operation']}: {name}"), _shade(held["taken"]), _shade(held["refused"]))
        for one in coverage["operations"]
        for name, held in one["parameters"].items()
    ]
    parts.append(
        _table(("Parameter", "Taken", "Refused"), parameters, f"Parameters of {edition} in requests")
    )
    parts += [_keywords(edition, one) for one in coverage["operations"] if one["keywords"]]
    return "".join(parts)


def _keywords(edition: str, operation: Mapping[str, Any]) -> str:
    """Draw a square for each keyword of what an operation is sent: full where requests kept and broke it."""
    size, across = 14, 48
    squares = []
    tried = 0
    for number, (pointer, held) in enumerate(operation["keywords"].items()):
        state = "none" if not held["kept"] else "both" if held["broken"] else "one"
        tried += state == "both"
        told = f"{pointer}: kept {held['kept']} times, broken {held['broken']} times"
        x, y = number % across * size, number // across * size
        squares.append(
            f'<rect class="{state}" x="{x}" y="{y}" width="{size - 2}" height="{size - 2}">'
            f"<title>{escape(told)}</title></rect>"
        )
    count = len(operation["keywords"])
    height = (count + across - 1) // across * size
    told = f"requests kept and broke {tried} of {count} keywords of its body"
    label = f"{operation['operation']} of {edition}: {told}"
    return (
        f"<figure><figcaption>{escape(label)}</figcaption>"
        f'<svg role="img" aria-label="{escape(label)}" viewBox="0 0 {across * size} {height}">'
        f"{''.join(squares)}</svg></figure>{_left(operation)}"
    )


def _left(operation: Mapping[str, Any]) -> str:
    """List the keywords that no request broke or kept, for who can't see the squares."""
    left = [
        f"<li><code>#{escape(pointer)}</code>: {'never broken' if held['kept'] else 'never kept'}</li>"
        for pointer, held in operation["keywords"].items()
        if not (held["kept"] and held["broken"])
    ]
    if not left:
        return ""
    told = f"{_counted(len(left), 'keyword')} of {escape(operation['operation'])} left to try"
    return f"<details><summary>{told}</summary><ul>{''.join(left)}</ul></details>"


def _shade(count: int | None) -> str:
    if count is None:
        return '<td class="not">not described</td>'
    level = 0 if not count else 1 if count < 10 else 2 if count < 100 else 3  # noqa: PLR2004 - decades
    return f'<td class="level{level}">{count}</td>'
