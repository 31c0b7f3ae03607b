"""A run on a real gateway, from the plan to the report."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx

from blackkonnect_contract.breach import Rule
from blackkonnect_contract.caller import Caller, NoTokenError
from blackkonnect_contract.document import document
from blackkonnect_contract.gate import GateReport, LayerReport
from blackkonnect_contract.record import Record
from blackkonnect_contract.safe.guard import GuardedTransport
from blackkonnect_contract.safe.journal import VERSION, Journal
from blackkonnect_contract.safe.kinds import Kinds
from blackkonnect_contract.safe.plan import plan
from blackkonnect_contract.safe.refusals import GuardError, JournalError, NotConfirmedError
from blackkonnect_contract.safe.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from blackkonnect_contract.exchange import Exchange
    from blackkonnect_contract.safe.limits import Limits
    from blackkonnect_contract.safe.plan import Plan
    from blackkonnect_contract.target import Target

__all__ = ["LAYER", "open_safely", "run_safely"]

LAYER = "safe"
"""What the layer of a safe run is called in reports."""

_PATIENCE = 120.0
_TOKEN = Rule(
    "token-for-credentials",
    "Right credentials get a token.",
    "/components/schemas/TokenResponse/properties/token",
)


@contextmanager
def open_safely(
    target: Target,
    limits: Limits,
    journal: Journal,
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[tuple[Target, GuardedTransport]]:
    """Open a gateway behind a guard.

    Args:
        target: The gateway.
        limits: What the user allows.
        journal: Is told what leaves.
        clock: Tells the time in seconds; it never goes back.
        sleep: Waits for so many seconds.

    Yields:
        The gateway as the gate is to ask it, and the guard that stands before it.
    """
    inner = target.transport or httpx.HTTPTransport(trust_env=False, retries=0)
    guard = GuardedTransport(inner, target, limits, journal, clock, sleep)
    try:
        yield replace(target, transport=guard), guard
    finally:
        # A transport that came with the target is its owner's.
        if target.transport is None:
            inner.close()


def run_safely(  # noqa: PLR0913 - each is said below
    target: Target,
    limits: Limits,
    journal: Path,
    *,
    confirm: Callable[[Plan], bool],
    seed: int = 1,
    patience: float = _PATIENCE,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
    watch: Callable[[Exchange], None] | None = None,
) -> GateReport:
    """Check a real gateway within limits.

    Args:
        target: The gateway; one transport of its own is used as it is.
        limits: What the user allows.
        journal: Where to write what is sent; a file that is not there yet.
        confirm: Is given the plan, and tells whether to go on.
        seed: What all chance follows from.
        patience: For how many seconds to wait for final statuses.
        clock: Tells the time in seconds; it never goes back.
        sleep: Waits for so many seconds.
        watch: Is told each exchange.

    Returns:
        What was found, in one layer.

    Raises:
        NotConfirmedError: The plan was not agreed to; nothing was asked.
        JournalError: The journal can't be written; nothing more was asked.
    """
    held = document(target.edition)
    made = plan(held, limits, gateway=_shown(target.base_url), has_other=target.other is not None)
    if not confirm(made):
        raise NotConfirmedError("the plan was not agreed to, so nothing was asked")
    record = Record(LAYER, held, watch)
    for what, why in {**made.dropped, **made.skipped}.items():
        record.skip(what, why)
    began, cpu_began = time.perf_counter(), _cpu()
    written = Journal(journal)
    try:
        written.write("begun", **_facts(made, seed))
        with open_safely(target, limits, written, clock=clock, sleep=sleep) as (guarded, guard):
            try:
                _run_steps(guarded, guard, made, record, seed=seed, patience=patience, wait=sleep)
            except BaseException as error:
                how = "interrupted" if isinstance(error, KeyboardInterrupt) else "failed"
                # Where the journal itself is what failed, it says so by its missing end.
                with suppress(JournalError):
                    written.write("ended", how=how, sends=guard.sends)
                raise
            written.write("ended", how="finished", sends=guard.sends)
    finally:
        written.close()
    return GateReport(seed, (LayerReport(record, time.perf_counter() - began, _cpu() - cpu_began),))


def _run_steps(  # noqa: PLR0913 - as above
    target: Target,
    guard: GuardedTransport,
    made: Plan,
    record: Record,
    *,
    seed: int,
    patience: float,
    wait: Callable[[float], None],
) -> None:
    caller = Caller(target, record)
    other = Caller(target, record, target.other) if target.other is not None else None
    kinds = Kinds(record.document)
    steps = Steps(caller, other, made, kinds, seed=seed, wait=wait, patience=patience)
    no_token = False
    for step in made.steps:
        if no_token:
            record.skip(step.name, "there was no token to go on with")
            continue
        guard.step = step.name
        try:
            steps.run(step)
        except GuardError as error:
            record.skip(step.name, f"{type(error).__name__}: {error}")
        except NoTokenError as error:
            # Asking again and again could lock the account.
            no_token = True
            record.broken(_TOKEN, str(error), operation=next(iter(kinds.tokens), ""))


def _facts(made: Plan, seed: int) -> dict[str, object]:
    limits = made.limits
    return {
        "version": VERSION,
        "gateway": made.gateway,
        "edition": made.edition,
        "seed": seed,
        "numbers": [limits.shown(place) for place in range(1, len(limits.numbers) + 1)],
        "maxSends": limits.max_sends,
        "rate": limits.rate,
        "plan": [{"step": step.name, "sends": step.sends} for step in made.steps],
    }


def _shown(base_url: str) -> str:
    """Return an address without what may be secret in it."""
    parts = urlsplit(base_url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}{parts.path}"


def _cpu() -> float:
    spent = os.times()
    return spent.user + spent.system
