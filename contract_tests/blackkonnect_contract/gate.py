"""The gate: every layer on every edition, and what they found."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from blackkonnect_contract.breach import Rule
from blackkonnect_contract.caller import NoTokenError
from blackkonnect_contract.document import document
from blackkonnect_contract.record import Enough, Record
from blackkonnect_contract.run import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from blackkonnect_contract.exchange import Exchange
    from blackkonnect_contract.target import Target

__all__ = ["LAYERS", "ON_A_SOCKET", "QUICK", "GateReport", "LayerReport", "run_gate"]

LAYERS = ("document", "table", "auth", "state", "robustness", "client", "wire")
"""The layers in the order in which they are run, the quick ones first; each is a module of ``layers``."""

QUICK = ("document", "table", "auth", "state")
"""The layers of a short look."""

ON_A_SOCKET = ("robustness", "client", "wire")
"""The layers that see more of a gateway that is not in this process."""

_TOKEN = Rule(
    "token-for-credentials",
    "Right credentials get a token.",
    "/components/schemas/TokenResponse/properties/token",
)


@dataclass(frozen=True, slots=True)
class LayerReport:
    """What one layer found on one edition.

    Attributes:
        record: What it asked and found.
        seconds: How long it took.
        cpu_seconds: What it cost this process and those that it started.
        cut: Whether its time was over before its end.
    """

    record: Record
    seconds: float
    cpu_seconds: float
    cut: bool = False

    @property
    def passed(self) -> bool:
        """Whether it checked something and found nothing."""
        return self.record.checks > 0 and not self.record.breaches


@dataclass(frozen=True, slots=True)
class GateReport:
    """What the gate found.

    Attributes:
        seed: What all chance followed from.
        layers: Each layer's report, edition after edition.
    """

    seed: int
    layers: Sequence[LayerReport] = field(default_factory=tuple)

    @property
    def passed(self) -> bool:
        """Whether every layer looked and found nothing."""
        return bool(self.layers) and all(layer.passed for layer in self.layers)


def run_gate(  # noqa: PLR0913 - each is an option
    open_target: Callable[[str], AbstractContextManager[Target]],
    editions: Sequence[str],
    *,
    layers: Sequence[str] = LAYERS,
    seed: int = 1,
    quick: bool = False,
    budget: float | None = None,
    first: bool = False,
    watch: Callable[[str, str, Exchange], None] | None = None,
    begun: Callable[[str, str], None] | None = None,
    ended: Callable[[LayerReport], None] | None = None,
) -> GateReport:
    """Run layers on editions of a gateway.

    Args:
        open_target: Opens the gateway of an edition, for as long as its context lasts.
        editions: The editions.
        layers: The layers, of ``LAYERS``.
        seed: What all chance follows from.
        quick: Whether a short look is wanted.
        budget: Within how many seconds to be done; what is left out then is said.
        first: Whether a layer ends with its first breach.
        watch: Is told each exchange with its edition and layer.
        begun: Is told each edition and layer that begins.
        ended: Is told each report when it is there.

    Returns:
        What they found.
    """
    ends = None if budget is None else time.monotonic() + budget
    reports = []
    for edition in editions:
        with open_target(edition) as target:
            for layer in layers:
                if begun is not None:
                    begun(edition, layer)
                report = _run_layer(
                    target, layer, seed=seed, quick=quick, ends=ends, first=first, watch=watch
                )
                reports.append(report)
                if ended is not None:
                    ended(report)
    return GateReport(seed, tuple(reports))


def _run_layer(  # noqa: PLR0913 - as above
    target: Target,
    layer: str,
    *,
    seed: int,
    quick: bool,
    ends: float | None,
    first: bool,
    watch: Callable[[str, str, Exchange], None] | None,
) -> LayerReport:
    def told(exchange: Exchange) -> None:
        if watch is not None:
            watch(target.edition, layer, exchange)

    record = Record(layer, document(target.edition), told, first=first)
    check = import_module(f"blackkonnect_contract.layers.{layer}").check
    began, cpu_began = time.perf_counter(), _cpu()
    with Run(target, record, seed=seed, quick=quick, ends=ends) as run:
        with suppress(Enough):
            try:
                check(run)
            except NoTokenError as error:
                record.broken(_TOKEN, str(error), operation="retrieveAccessToken")
        cut = run.time_is_up()
    return LayerReport(record, time.perf_counter() - began, _cpu() - cpu_began, cut)


def _cpu() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system
