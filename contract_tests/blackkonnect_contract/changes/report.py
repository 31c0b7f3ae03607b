"""What changed between two revisions, the version that it takes, and whether the new one's is enough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from blackkonnect_contract.changes import changes
from blackkonnect_contract.changes.change import Change, Kind, facts, merged
from blackkonnect_contract.changes.changelog import section
from blackkonnect_contract.changes.reading import revision
from blackkonnect_contract.changes.version import enough, proposed

__all__ = ["Report", "compared"]


@dataclass(frozen=True, slots=True)
class Report:
    """What changed.

    Attributes:
        changes: The changes, the worst first.
        was: The old version.
        now: The new version.
        proposed: The version that the changes take.
    """

    changes: tuple[Change, ...]
    was: str
    now: str
    proposed: str

    @property
    def enough(self) -> bool:
        """Whether the new version allows breaking changes, where there are any."""
        return enough(self.was, self.now, self.changes)

    @property
    def complaint(self) -> str:
        """What to say where it is not enough."""
        return f"a breaking change comes with version {self.now} after {self.was}; it needs {self.proposed}"

    def section(self) -> str:
        """Return the section of the changelog."""
        return section(self.proposed, self.changes)

    def facts(self) -> dict[str, Any]:
        """Return it as an object for programs."""
        counts = {str(kind): sum(one.kind is kind for one in self.changes) for kind in Kind}
        return {
            "oldVersion": self.was,
            "newVersion": self.now,
            "proposedVersion": self.proposed,
            "enough": self.enough,
            "counts": counts,
            "changes": [facts(one) for one in self.changes],
        }


def compared(  # noqa: PLR0913 - each is an option
    old: str,
    new: str,
    *,
    old_version: str | None = None,
    new_version: str | None = None,
    api: tuple[str, str] | None = None,
    redocly: bool = False,
) -> Report:
    """Compare two revisions.

    Args:
        old: A file, an edition, or ``REV:path`` of git.
        new: As much of the new revision.
        old_version: The old version; by default ``info.version``.
        new_version: The new version; by default ``info.version``.
        api: Two states of the generated client, each a folder or ``REV:path`` of git.
        redocly: Whether Redocly is to be asked too.

    Raises:
        Unreadable: Something that was named can't be read.
        ValueError: A version is none.
        ModuleNotFoundError: griffe is needed and not installed.
    """
    first, second = revision(old), revision(new)
    found = changes(first, second)
    if redocly:
        from blackkonnect_contract.changes.redocly_opinion import with_redocly  # noqa: PLC0415 - needs npx

        found = with_redocly(first, second, found)
    if api is not None:
        from blackkonnect_contract.changes.api_changes import api_changes  # noqa: PLC0415 - needs griffe

        found = [*found, *api_changes(*api)]
    was = old_version or str(first.get("info", {}).get("version", ""))
    now = new_version or str(second.get("info", {}).get("version", ""))
    found = merged(found)
    report = Report(tuple(found), was, now, proposed(was, found))
    enough(was, now, found)
    return report
