"""The pytest plugin: the fixture `blackkonnect_emulator`, a gateway on this machine for each test.

The server starts with the first test that asks for it, once for each process of pytest-xdist, and each test
has a tenant of its own, which is gone after it.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from blackkonnect_emulator.fixture import EmulatorFixture
    from blackkonnect_emulator.fixture_servers import FixtureServers

_MARKER = "blackkonnect_emulator"
_MARKER_HELP = (
    f"{_MARKER}(edition=..., clock=..., faults=[...], outcomes=[...], seconds_to_final=...):"
    " how the emulator of this test is set up."
)
_MISSING = "the fixture blackkonnect_emulator needs the emulator: pip install 'blackkonnect-sms[emulator]'"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take part in the settings of pytest."""
    parser.addini(
        "blackkonnect_emulator_edition", "the edition that the emulator behaves like; by default the newest"
    )
    parser.addini(
        "blackkonnect_emulator_seed", "what ids, outcomes and faults of the emulator follow from", default="1"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", _MARKER_HELP)


@pytest.fixture(scope="session")
def _blackkonnect_emulator_servers(pytestconfig: pytest.Config) -> Iterator["FixtureServers"]:
    """Keep the servers of this process, each as long as the session lasts."""
    missing: str | None = None
    try:
        # What this needs is there with the extra alone.
        from blackkonnect_emulator.fixture_servers import FixtureServers  # noqa: PLC0415 - the reason above
    except ModuleNotFoundError as error:
        missing = error.name
    if missing is not None:
        pytest.fail(f"{_MISSING} (there is no {missing})", pytrace=False)
    edition = str(pytestconfig.getini("blackkonnect_emulator_edition"))
    seed = str(pytestconfig.getini("blackkonnect_emulator_seed"))
    with FixtureServers(edition=edition or None, seed=seed) as servers:
        yield servers


@pytest.fixture
def blackkonnect_emulator(
    request: pytest.FixtureRequest, _blackkonnect_emulator_servers: "FixtureServers"
) -> Iterator["EmulatorFixture"]:
    """A gateway on this machine with a tenant for this test alone.

    It has `base_url`, `client_id`, `client_secret` and `env`, and helpers to move the tenant's clock, to look
    at its messages, and to let requests fail. The clock is manual unless the marker says otherwise.
    """
    given: dict[str, object] = {}
    for marker in reversed(list(request.node.iter_markers(_MARKER))):
        if marker.args:
            pytest.fail(f"the marker {_MARKER} takes names alone: {_MARKER_HELP}", pytrace=False)
        given |= marker.kwargs
    refused: str | None = None
    try:
        emulator = _blackkonnect_emulator_servers.begin(request.node.nodeid, given)
    except ValueError as error:
        refused = str(error)
    if refused is not None:
        pytest.fail(f"{_MARKER}: {refused}", pytrace=False)
    try:
        yield emulator
    finally:
        _blackkonnect_emulator_servers.end(emulator)
