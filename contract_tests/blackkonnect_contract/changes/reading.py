"""Two revisions of the document, from files, editions or git."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

__all__ = ["Unreadable", "follow", "git", "is_in_git", "joined", "revision"]


class Unreadable(ValueError):
    """What was named can't be read as a document."""


def revision(name: str) -> dict[str, Any]:
    """Read a revision.

    Args:
        name: A file (YAML or JSON), an edition as ``2026-02-25``, or ``REV:path`` of git.

    Raises:
        Unreadable: There is none, or it is no document.
    """
    try:
        content = yaml.safe_load(_text(name))
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        message = f"{name} can't be read: {str(error).splitlines()[0]}"
        raise Unreadable(message) from None
    if not isinstance(content, dict) or not isinstance(content.get("openapi"), str):
        message = f"{name} is no OpenAPI document: it does not say openapi"
        raise Unreadable(message)
    if not isinstance(content.get("paths"), dict):
        message = f"{name} has no paths to compare"
        raise Unreadable(message)
    # YAML has dates and integer keys, JSON has not.
    read: dict[str, Any] = json.loads(json.dumps(content, default=str))
    return read


def _text(name: str) -> str:
    edition = files("blackkonnect_sms_documents") / f"{name}.json"
    if "/" not in name and edition.is_file():
        return edition.read_text(encoding="utf-8")
    if Path(name).is_file():
        return Path(name).read_text(encoding="utf-8")
    if not is_in_git(name):
        message = f"{name} is neither a file nor an edition nor REV:path of git"
        raise Unreadable(message)
    return git("show", name).decode("utf-8")


def is_in_git(name: str) -> bool:
    """Tell whether a name is REV:path of git, and nothing on the disk."""
    return ":" in name and not name.startswith("-") and not Path(name).exists()


def git(*arguments: str) -> bytes:
    """Return what a command of git writes.

    Raises:
        Unreadable: git is not there, or refuses.
    """
    program = shutil.which("git")
    if program is None:
        message = f"{arguments[-1]} needs git, which is not installed"
        raise Unreadable(message)
    done = subprocess.run([program, *arguments], capture_output=True, check=False)  # noqa: S603 - no shell
    if done.returncode:
        lines = done.stderr.decode(errors="replace").splitlines() or ["git failed"]
        message = f"git {arguments[0]} {arguments[-1]}: {lines[0].removeprefix('fatal: ')}"
        raise Unreadable(message)
    return done.stdout


def follow(document: dict[str, Any], value: Any, pointer: str) -> tuple[Any, str]:  # noqa: ANN401 - JSON
    """Follow references within the document; return what stands there, and where."""
    for _ in range(50):
        if not (isinstance(value, dict) and isinstance(value.get("$ref"), str)):
            break
        pointer = value["$ref"].removeprefix("#")
        value = document
        for step in pointer.split("/")[1:]:
            plain = step.replace("~1", "/").replace("~0", "~")
            if not isinstance(value, dict) or plain not in value:
                message = f"the reference #{pointer} leads nowhere"
                raise Unreadable(message)
            value = value[plain]
    return value, pointer


def joined(pointer: str, *steps: str) -> str:
    """Return a JSON Pointer with further steps."""
    return pointer + "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)
