"""Mends of the generator's own templates: small replacements, each with its reason.

The stock templates are read from the installed generator, so that no copy of them grows old here. A mend
that doesn't fit exactly as often as it says is an error: a new version of the generator can't drop it unseen.
"""

from __future__ import annotations

import importlib.resources
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openapi import strict_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class MendError(ValueError):
    """A mend does not fit the template that it is for."""


@dataclass(frozen=True)
class Mend:
    """One replacement in one stock template.

    Attributes:
        template: The template's path among the generator's templates.
        reason: Why the stock output won't do.
        old: The text to replace.
        new: What stands there instead.
        count: How often `old` must occur; every occurrence is replaced.
    """

    template: str
    reason: str
    old: str
    new: str
    count: int = 1


def read(folder: Path) -> list[Mend]:
    """Read the mends of a folder, file by file."""
    return [Mend(**entry) for path in sorted(folder.glob("*.yaml")) for entry in strict_yaml.read(path)]


def apply(mends: Iterable[Mend], folder: Path) -> None:
    """Write the mended templates to a folder; the generator takes all others from itself.

    Args:
        mends: What to mend, in order.
        folder: Where the mended templates go.

    Raises:
        MendError: A template is gone, or `old` does not occur as often as the mend says.
    """
    stock = importlib.resources.files("openapi_python_client") / "templates"
    mended: dict[str, str] = {}
    for mend in mends:
        if mend.template not in mended and not (stock / mend.template).is_file():
            raise MendError(f"the generator has no template {mend.template}; mend: {mend.reason}")
        text = mended.get(mend.template) or (stock / mend.template).read_text(encoding="utf-8")
        found = text.count(mend.old)
        if found != mend.count:
            raise MendError(
                f"{mend.template}: expected {mend.count} times, found {found} times:\n{mend.old}\n"
                f"mend: {mend.reason}"
            )
        mended[mend.template] = text.replace(mend.old, mend.new)
    for name, text in mended.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
