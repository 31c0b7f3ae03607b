"""Fixtures of the tests of what is generated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from openapi import generate

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that the source makes now, in a folder of its own."""
    folder = tmp_path_factory.mktemp("made")
    generate.make(folder)
    return folder
