"""The next version, and whether a version is enough for what changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blackkonnect_contract.changes.change import Change, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["enough", "parsed", "proposed"]

_VERSION = re.compile(r"v?(\d+)\.(\d+)\.(\d+)", re.ASCII)


def parsed(version: str) -> tuple[int, int, int]:
    """Read a version.

    Raises:
        ValueError: It is not three numbers with dots.
    """
    match = _VERSION.fullmatch(version)
    if match is None:
        message = f"{version!r} is not a version as 1.2.3"
        raise ValueError(message)
    major, minor, patch = match.groups()
    return int(major), int(minor), int(patch)


def proposed(old: str, changes: Sequence[Change]) -> str:
    """Return the next version.

    Before 1.0.0 the minor number stands for the major one, as semver lets it and as pip's users pin it.
    """
    major, minor, patch = parsed(old)
    kinds = {one.kind for one in changes}
    if Kind.BREAKING in kinds:
        return f"{major + 1}.0.0" if major else f"0.{minor + 1}.0"
    if Kind.ADDITIVE in kinds:
        return f"{major}.{minor + 1}.0" if major else f"0.{minor}.{patch + 1}"
    return f"{major}.{minor}.{patch + 1}" if kinds else f"{major}.{minor}.{patch}"


def enough(old: str, new: str, changes: Sequence[Change]) -> bool:
    """Tell whether a new version allows breaking changes, where there are any."""
    if all(one.kind is not Kind.BREAKING for one in changes):
        return True
    return parsed(new) >= parsed(proposed(old, changes))
