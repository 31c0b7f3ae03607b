"""The servers behind the fixture `blackkonnect_emulator`: one for each kind of setup that tests ask for."""

import asyncio
import hashlib
import re
from collections.abc import Coroutine, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Self, TypeVar

from blackkonnect_emulator.app import Emulator
from blackkonnect_emulator.clock import FASTEST, Clock, ManualClock
from blackkonnect_emulator.control_client import EmulatorControl
from blackkonnect_emulator.fault_rules import FaultRule
from blackkonnect_emulator.fixture import EmulatorFixture
from blackkonnect_emulator.outcome_rules import OutcomeRule
from blackkonnect_emulator.server import running
from blackkonnect_emulator.settings import Settings

T = TypeVar("T")
R = TypeVar("R", FaultRule, OutcomeRule)

_LONGEST_NAME = 60
_PATIENCE = 30.0
_NO_NAME = re.compile(r"[^A-Za-z0-9]+")
_KNOWN = ("edition", "clock", "faults", "outcomes", "seconds_to_final")


class _Kind(NamedTuple):
    """What differs between servers."""

    edition: str | None
    seconds_to_final: float | None


@dataclass(frozen=True, slots=True)
class _Server:
    """A server that runs."""

    app: Emulator
    loop: asyncio.AbstractEventLoop
    control: EmulatorControl

    def do(self, what: Coroutine[Any, Any, T]) -> T:
        """Do something in the server's event loop, which is nobody's who waits here."""
        return asyncio.run_coroutine_threadsafe(what, self.loop).result(_PATIENCE)


class FixtureServers:
    """The servers of a session, each with a tenant for every test that runs.

    Args:
        edition: The edition where a test asks for none; by default the newest.
        seed: What ids, outcomes and faults follow from: a whole number.
    """

    def __init__(self, edition: str | None, seed: str) -> None:
        self._edition = edition
        self._seed = seed
        self._servers: dict[_Kind, _Server] = {}
        self._open = ExitStack()
        self._tests: dict[str, _Server] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def begin(self, test: str, given: Mapping[str, Any]) -> EmulatorFixture:
        """Make a test's tenant.

        Args:
            test: The test's id, which everything repeatable follows from.
            given: What the marker says.

        Raises:
            ValueError: That makes no sense.
        """
        for name in given:
            if name not in _KNOWN:
                raise ValueError(f"there is no {name}; there is {', '.join(_KNOWN)}")
        tenant = _name(test)
        clock = _clock(given.get("clock", "manual"))
        faults = _rules(FaultRule, given.get("faults", ()), tenant)
        outcomes = _rules(OutcomeRule, given.get("outcomes", ()), tenant)
        edition = given.get("edition", self._edition)
        if edition is not None and not isinstance(edition, str):
            raise ValueError("edition must be a date such as 2026-02-25")
        server = self._server(_Kind(edition, given.get("seconds_to_final")))
        secret = server.do(_make(server.app, tenant, clock, faults, outcomes))
        self._tests[tenant] = server
        return EmulatorFixture(server.control.of(tenant), secret, server.app, server.loop)

    def end(self, emulator: EmulatorFixture) -> None:
        """Remove a test's tenant with all that it sent."""
        server = self._tests.pop(emulator.client_id)
        server.do(_remove(server.app, emulator.client_id))

    def _server(self, kind: _Kind) -> _Server:
        server = self._servers.get(kind)
        if server is None:
            given: dict[str, Any] = {"seed": _seed(self._seed)}
            if kind.edition is not None:
                given["edition"] = kind.edition
            if kind.seconds_to_final is not None:
                given["seconds_to_final"] = kind.seconds_to_final
                # A message is not to be final before it is sent; what is no number is refused as such.
                if isinstance(kind.seconds_to_final, int | float) and kind.seconds_to_final >= 0:
                    given["seconds_to_sent"] = min(Settings().seconds_to_sent, kind.seconds_to_final)
            started = self._open.enter_context(running(Settings(**given)))
            loop = started.app.loop
            if loop is None:
                raise RuntimeError("the emulator has no event loop")
            control = self._open.enter_context(EmulatorControl(started.base_url))
            server = _Server(started.app, loop, control)
            self._servers[kind] = server
        return server


async def _make(
    app: Emulator,
    name: str,
    clock: Clock,
    faults: Sequence[FaultRule],
    outcomes: Sequence[OutcomeRule],
) -> str:
    gateway = app.gateway
    for fault in faults:
        gateway.faults.add(fault)
    for outcome in outcomes:
        gateway.outcomes.add(outcome)
    _, secret = await gateway.make_tenant(name, clock=clock)
    return secret


async def _remove(app: Emulator, name: str) -> None:
    tenant = app.gateway.tenants.get(name)
    if tenant is not None:
        await app.gateway.remove_tenant(tenant)


def _name(test: str) -> str:
    """Name the tenant of a test: the same each time, and another one for each test."""
    shown = _NO_NAME.sub("-", test.rpartition("::")[2]).strip("-")[:_LONGEST_NAME]
    return f"{shown}-{hashlib.sha256(test.encode()).hexdigest()[:8]}"


def _clock(given: object) -> Clock:
    if given == "manual":
        return ManualClock()
    if given == "real":
        return Clock()
    if isinstance(given, int | float) and not isinstance(given, bool) and 0 < given <= FASTEST:
        return Clock(given)
    raise ValueError(f"clock must be manual, real or a factor: a number above 0, up to {FASTEST:.0f}")


def _rules(kind: type[R], given: Sequence[str | Mapping[str, Any] | R], tenant: str) -> list[R]:
    """Read rules as the command line or the control API has them, and let them be the tenant's own."""
    if isinstance(given, str) or not isinstance(given, Sequence):
        raise ValueError("faults and outcomes must be lists")  # noqa: TRY004 - told as the other errors are
    return [replace(_rule(kind, one), tenant=tenant) for one in given]


def _rule(kind: type[R], given: str | Mapping[str, Any] | R) -> R:
    if isinstance(given, kind):
        return given
    return kind.parse(given) if isinstance(given, str) else kind.from_json(given)


def _seed(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError("the setting blackkonnect_emulator_seed must be a whole number") from None
