"""What changed in the generated client's Python, by griffe."""

from __future__ import annotations

import io
import tarfile
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import griffe

from blackkonnect_contract.changes.change import Change, Kind
from blackkonnect_contract.changes.reading import Unreadable, git, is_in_git

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["api_changes"]


def api_changes(old: str, new: str) -> list[Change]:
    """Compare two states of a package as its importers see them; nothing of it is imported.

    Args:
        old: The package's folder, or ``REV:path`` of git.
        new: As much of the new state.

    Raises:
        Unreadable: There is no package.
    """
    with _folder(old) as first, _folder(new) as second:
        breaks = griffe.find_breaking_changes(_package(old, first), _package(new, second))
        found = []
        for one in breaks:
            place = f"{one.obj.module.path}.{one.obj.name}" if one.obj.is_alias else one.obj.path
            values = [str(value) for value in (one.old_value, one.new_value) if value is not None]
            # A removed or added object is its own value.
            told = f": {' -> '.join(values)}" if one.kind not in _ITSELF and values else ""
            words = f"Python: {one.kind.value.lower()}{told}"
            found.append(Change(Kind.BREAKING, place, f"{words} ({one.obj.name})", ("griffe",)))
    return found


_ITSELF = frozenset({griffe.BreakageKind.OBJECT_REMOVED})


def _package(name: str, folder: Path) -> griffe.Object | griffe.Alias:
    if not (folder / "__init__.py").is_file():
        message = f"{name} is no Python package: it has no __init__.py"
        raise Unreadable(message)
    return griffe.load(
        folder.name, search_paths=[folder.parent], try_relative_path=False, allow_inspection=False
    )


@contextmanager
def _folder(name: str) -> Iterator[Path]:
    if not is_in_git(name):
        if not Path(name).is_dir():
            message = f"{name} is neither a folder nor REV:path of git"
            raise Unreadable(message)
        yield Path(name).resolve()
        return
    revision, _, path = name.partition(":")
    packed = git("archive", revision, "--", path.rstrip("/"))
    with TemporaryDirectory() as scratch:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(scratch, filter="data")
        yield Path(scratch, path).resolve()
