"""The difference between what is committed in generated/ and what the source makes."""

from __future__ import annotations

import contextlib
import difflib
import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_CONTEXT = 3
"""How many equal lines are shown around a difference."""


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
    lines = list(_unified(_lines(name, old), _lines(name, new), old_name, new_name))
    # Files can differ in bytes that their lines don't show: line ends, or the blanks of a JSON document.
    return "".join(lines) or f"--- {old_name}\n+++ {new_name}\n(they differ in white space only)\n"


def _unified(old: Sequence[str], new: Sequence[str], old_name: str, new_name: str) -> Iterator[str]:
    """Make a unified diff of what is left between the lines that both begin and both end with.

    In whole files difflib prefers the longest equal part: between twins, one class laid beside the other.
    """
    shorter = min(len(old), len(new))
    start = next((index for index in range(shorter) if old[index] != new[index]), shorter)
    rest = shorter - start
    end = next((index for index in range(rest) if old[-1 - index] != new[-1 - index]), rest)
    first, last = max(start - _CONTEXT, 0), max(end - _CONTEXT, 0)
    parts = old[first : len(old) - last], new[first : len(new) - last]
    for line in difflib.unified_diff(*parts, old_name, new_name, n=_CONTEXT):
        if line.startswith("@@ "):  # No line of a file begins like this in a diff. It counts from the cut.
            yield re.sub(r"([-+])(\d+)", lambda found: f"{found[1]}{int(found[2]) + first}", line)
        else:
            yield line


def _lines(name: str, content: bytes | None) -> list[str]:
    """Split a file for reading: a compact JSON document is one line, so it is spread out first."""
    text = (content or b"").decode("utf-8", "backslashreplace")
    if name.endswith(".json"):
        # Broken by hand, the raw line is all there is to show.
        with contextlib.suppress(ValueError):
            text = json.dumps(json.loads(text), indent=1, ensure_ascii=False)
    return [f"{line}\n" for line in text.splitlines()]
