"""Gateways to test, served on this machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest
from blackkonnect_contract.target import Target

# Behind everything else, so that what is installed is tested and not the source beside it.
sys.path.append(str(Path(__file__).parent))

from blackkonnect_contract.emulated import opened

Serve = Callable[..., AbstractContextManager[Target]]


@pytest.fixture
def serve() -> Serve:
    """Serve the emulator, or a faulty gateway made by wrapping it."""
    return partial(opened, over_http=True)
