"""What the tests with hostile input share."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.emulator.hostile.attacked import EDITIONS, Attacked, attacked


@pytest.fixture(scope="module", params=EDITIONS)
def victim(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    """An emulator in a process of its own, which has to live through all tests of a module."""
    with attacked(request.param, tmp_path_factory.mktemp("victim")) as started:
        yield started


@pytest.fixture(autouse=True)
def _lives_on(victim: Attacked) -> Iterator[None]:
    yield
    victim.check_alive()
