"""The section of the changelog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blackkonnect_contract.changes.change import Change, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["section"]

_HEADINGS = {Kind.BREAKING: "Breaking", Kind.ADDITIVE: "Added", Kind.DOC_ONLY: "Documentation"}


def section(version: str, changes: Sequence[Change]) -> str:
    """Return Markdown in the manner of Keep a Changelog."""
    lines = [f"## {version}", ""]
    for kind, heading in _HEADINGS.items():
        of_kind = [one for one in changes if one.kind is kind]
        if of_kind:
            lines += [f"### {heading}", ""]
            lines += [f"- {one.words} ({_places(one)}; {', '.join(one.found_by)})" for one in of_kind]
            lines.append("")
    if not changes:
        lines += ["Nothing changed.", ""]
    return "\n".join(lines)


def _places(change: Change) -> str:
    return ", ".join(f"`{place}`" for place in change.pointers)
