"""The tools whose output is committed must be the very versions that pyproject.toml pins."""

from __future__ import annotations

import importlib.metadata
import tomllib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class PinError(RuntimeError):
    """A tool is missing or is not of the pinned version."""


def check(pyproject: Path) -> None:
    """Compare the pins of the dependency group `generate` with what is installed.

    Args:
        pyproject: The project's pyproject.toml.

    Raises:
        PinError: A pinned tool is missing or of another version; the text tells what to install.
    """
    group = tomllib.loads(pyproject.read_text(encoding="utf-8"))["dependency-groups"]["generate"]
    pins = [entry for entry in group if isinstance(entry, str) and "==" in entry]
    wrong = [f"{pin} (installed: {found})" for pin in pins if (found := _installed(pin)) != _version(pin)]
    if wrong:
        raise PinError(f"generation needs {', '.join(wrong)}; install: pip install {' '.join(pins)}")


def _version(pin: str) -> str:
    return pin.partition("==")[2].strip()


def _installed(pin: str) -> str:
    try:
        return importlib.metadata.version(pin.partition("==")[0].strip())
    except importlib.metadata.PackageNotFoundError:
        return "none"
