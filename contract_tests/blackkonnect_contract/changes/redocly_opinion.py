"""What `redocly diff` finds breaking, put to what was found at the same place; only where it is asked for."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from blackkonnect_contract.changes.change import Change, Kind
from blackkonnect_contract.changes.reading import Unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["with_redocly"]

_REDOCLY = "@redocly/cli@2"
_SECONDS = 300
_QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}


def with_redocly(old: dict[str, Any], new: dict[str, Any], found: Sequence[Change]) -> list[Change]:
    """Return the changes, confirmed by Redocly where it finds the same, and those that it alone finds.

    Raises:
        Unreadable: npx is missing, or the command failed; it came with version 2.72 and is experimental.
    """
    changes = list(found)
    for one in _report(old, new)["changes"]:
        if one["impact"] != "major":
            continue
        places = [one["path"].removeprefix("#")]
        places += [verdict["location"]["pointer"].removeprefix("#") for verdict in one["verdicts"]]
        if one.get("property"):
            places = [*places, f"{places[0]}/{one['property']}"]
        same = [index for index, change in enumerate(changes) if _is_same(change, places)]
        for index in same:
            changes[index] = changes[index].confirmed("redocly")
        if not same:
            words = " ".join(verdict["message"] for verdict in one["verdicts"])
            changes.append(Change(Kind.BREAKING, places[0], words or str(one["kind"]), ("redocly",)))
    return changes


def _is_same(change: Change, places: Sequence[str]) -> bool:
    if change.kind is not Kind.BREAKING:
        return False
    for pointer in change.pointers:
        # A type of another kind is all of its schema's change.
        above, _, last = pointer.rpartition("/")
        if any(place == pointer or place.startswith(f"{pointer}/") for place in places):
            return True
        if last == "type" and any(place == above or place.startswith(f"{above}/") for place in places):
            return True
        if last == "security" and any(place.startswith("/security") for place in places):
            return True
        # Redocly names a path that is gone as a whole.
        if any(above == place and last in {"get", "put", "post", "delete", "patch"} for place in places):
            return True
    return False


def _report(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    npx = shutil.which("npx")
    if npx is None:
        message = "redocly needs npx, which is not installed"
        raise Unreadable(message)
    with TemporaryDirectory() as scratch:
        for name, content in (("old", old), ("new", new)):
            Path(scratch, f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
        command = [npx, "--yes", _REDOCLY, "diff", "old.json", "new.json", "--format=json", "--fail-on=none"]
        try:
            done = subprocess.run(  # noqa: S603 - no shell
                command,
                cwd=scratch,
                env={**os.environ, **_QUIET},
                capture_output=True,
                check=False,
                timeout=_SECONDS,
            )
            report = json.loads(done.stdout)
        except (ValueError, subprocess.TimeoutExpired):
            report = None
    if not isinstance(report, dict) or "changes" not in report:
        message = "redocly diff failed: npx must reach @redocly/cli 2.72 or later"
        raise Unreadable(message)
    return report
