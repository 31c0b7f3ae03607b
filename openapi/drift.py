"""The difference between what is committed in generated/ and what the source makes."""

from __future__ import annotations

import contextlib
import difflib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def difference(committed: Mapping[str, bytes], made: Mapping[str, bytes]) -> str:
    """Tell in a unified diff how the committed files differ from those that the source makes.

    Args:
        committed: The committed files, by path.
        made: The files that the source makes now, by path.

    Returns:
        A diff that turns the committed files into the made ones; empty if there is nothing to turn.
    """
    return "".join(
        _file_difference(name, committed.get(name), made.get(name))
        for name in sorted(committed.keys() | made.keys())
        if committed.get(name) != made.get(name)
    )


def _file_difference(name: str, old: bytes | None, new: bytes | None) -> str:
    old_name = f"committed/{name}" if old is not None else "/dev/null (not committed)"
    new_name = f"made/{name}" if new is not None else "/dev/null (not made)"
    lines = list(difflib.unified_diff(_lines(name, old), _lines(name, new), old_name, new_name))
    # Files can differ in bytes that their lines don't show: line ends, or the blanks of a JSON document.
    return "".join(lines) or f"--- {old_name}\n+++ {new_name}\n(they differ in white space only)\n"


def _lines(name: str, content: bytes | None) -> list[str]:
    """Split a file for reading: a compact JSON document is one line, so it is spread out first."""
    text = (content or b"").decode("utf-8", "backslashreplace")
    if name.endswith(".json"):
        # Broken by hand, the raw line is all there is to show.
        with contextlib.suppress(ValueError):
            text = json.dumps(json.loads(text), indent=1, ensure_ascii=False)
    return [f"{line}\n" for line in text.splitlines()]
