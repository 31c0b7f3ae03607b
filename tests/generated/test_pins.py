"""Another version of a tool whose output is committed stops the run before it starts."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest

from openapi import generate, pins

if TYPE_CHECKING:
    from pathlib import Path


def _pyproject(folder: Path, *entries: str) -> Path:
    path = folder / "pyproject.toml"
    listed = ", ".join(f'"{entry}"' for entry in entries)
    path.write_text(f"[dependency-groups]\ngenerate = [{listed}]\n", encoding="utf-8")
    return path


def test_the_installed_tools_are_the_pinned_ones() -> None:
    pins.check(generate.ROOT / "pyproject.toml")


def test_only_exact_pins_count(tmp_path: Path) -> None:
    pins.check(_pyproject(tmp_path, f"ruff=={version('ruff')}", "pyyaml>=999"))


@pytest.mark.parametrize(
    ("pin", "installed"),
    [("ruff==0.0.1", version("ruff")), ("no-such-tool-of-ours==1.0", "none")],
)
def test_another_version_is_an_error_that_tells_what_to_install(
    tmp_path: Path, pin: str, installed: str
) -> None:
    with pytest.raises(pins.PinError) as caught:
        pins.check(_pyproject(tmp_path, pin))
    assert str(caught.value) == f"generation needs {pin} (installed: {installed}); install: pip install {pin}"
