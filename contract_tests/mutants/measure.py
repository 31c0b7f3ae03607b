"""Measure which faulty gateways the gate finds, and which bare schemathesis does.

``python -m mutants.measure`` tries all; it fails when one survives, or a faultless gateway does not pass.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blackkonnect_contract.document import editions
from blackkonnect_contract.emulated import opened
from blackkonnect_contract.gate import LAYERS, ON_A_SOCKET, GateReport, run_gate

from mutants.everything import MUTANTS
from mutants.faults import CLASSES

if TYPE_CHECKING:
    from blackkonnect_contract.target import Target

_SEEDS = 20
_BARE = "schemathesis, bare"


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one faulty gateway.

    Attributes:
        name: Its name.
        found_by: The layers that found it: the first one alone, unless all were asked for.
        told: What the first one said.
        seconds: The CPU time of the gate until then.
        bare: Whether bare schemathesis found it; none where it was not asked.
        bare_seconds: The CPU time that it took.
    """

    name: str
    found_by: tuple[str, ...]
    told: str
    seconds: float
    bare: bool | None = None
    bare_seconds: float = 0.0


def try_mutant(
    name: str, *, layers: Sequence[str] = LAYERS, seed: int = 1, whole: bool = False, bare: bool = False
) -> Trial:
    """Run the gate on a faulty gateway until a layer finds it.

    Args:
        name: Its name.
        layers: The layers, in their order.
        seed: What all chance follows from.
        whole: Whether to go on behind the first that finds it, to see which ones do.
        bare: Whether bare schemathesis is to try it too.
    """
    mutant = MUTANTS[name]
    found_by: list[str] = []
    told = ""
    began = time.process_time()
    # What is hostile on the wire needs a wire; all else is quicker without.
    ways = [(layer, layer in ON_A_SOCKET) for layer in layers if layer != "document"]
    for layer, over_http in ways:
        with opened(mutant.edition, mutant.wrap, over_http=over_http) as target:
            report = _run(target, [layer], seed, first=True)
        breaches = report.layers[0].record.breaches
        if breaches:
            found_by.append(layer)
            told = told or f"{breaches[0].rule.name}: {breaches[0].message}"
            if not whole:
                break
    trial = Trial(name, tuple(found_by), told, time.process_time() - began)
    return _with_bare(trial, seed) if bare else trial


def _with_bare(trial: Trial, seed: int) -> Trial:
    from blackkonnect_contract.bare import run_bare  # noqa: PLC0415 - only where it is asked for

    mutant = MUTANTS[trial.name]
    with opened(mutant.edition, mutant.wrap, over_http=True) as target:
        found = run_bare(target, seed=seed)
    return Trial(trial.name, trial.found_by, trial.told, trial.seconds, found.failed, found.cpu_seconds)


def try_faultless(edition: str, seed: int, layers: Sequence[str] = LAYERS) -> list[str]:
    """Run the gate on a gateway without a fault; return what it says all the same."""
    said = []
    for over_http in (False, True) if seed == 1 else (False,):
        with opened(edition, over_http=over_http) as target:
            report = _run(target, layers, seed)
        for layer in report.layers:
            said += [f"{layer.record.layer}: {b.rule.name}: {b.message}" for b in layer.record.breaches]
            if not layer.passed and not layer.record.breaches:
                said.append(f"{layer.record.layer}: looked at nothing")
    return said


def _run(target: Target, layers: Sequence[str], seed: int, *, first: bool = False) -> GateReport:
    return run_gate(
        lambda _edition: nullcontext(target), [target.edition], layers=layers, seed=seed, first=first
    )


def table(trials: Sequence[Trial]) -> str:
    """Write a table of what was found, class by class."""
    has_bare = any(trial.bare is not None for trial in trials)
    lines = [f"{'class':16}{'faulty':>8}{'gate':>8}{'CPU s each':>12}"]
    lines[0] += f"{_BARE:>22}{'CPU s each':>12}" if has_bare else ""
    for kind in (*CLASSES, "all"):
        mine = [one for one in trials if kind in {"all", MUTANTS[one.name].kind}]
        if not mine:
            continue
        found = sum(bool(one.found_by) for one in mine)
        line = f"{kind:16}{len(mine):8}{found:8}{sum(one.seconds for one in mine) / len(mine):12.2f}"
        if has_bare:
            bare = sum(bool(one.bare) for one in mine)
            line += f"{bare:22}{sum(one.bare_seconds for one in mine) / len(mine):12.2f}"
        lines.append(line)
    return "\n".join(lines)


def main() -> int:
    """Try what the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="faulty gateways; all by default")
    parser.add_argument("--kind", choices=CLASSES, help="those of one class")
    parser.add_argument("--layer", action="append", choices=LAYERS, help="a layer; all by default")
    parser.add_argument("--whole", action="store_true", help="see which layers find each")
    parser.add_argument("--no-bare", action="store_true", help="leave bare schemathesis out")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--seeds", type=int, default=_SEEDS, help="seeds of the faultless gateway (%(default)s)"
    )
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    unknown = set(given.names) - set(MUTANTS)
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    names = [
        name
        for name, mutant in MUTANTS.items()
        if (not given.names or name in given.names) and given.kind in {None, mutant.kind}
    ]
    layers = given.layer or LAYERS
    began = time.perf_counter()
    trials, alarms = [], []
    with ProcessPoolExecutor(given.jobs) as pool:
        waiting = [
            pool.submit(
                try_mutant, name, layers=layers, seed=given.seed, whole=given.whole, bare=not given.no_bare
            )
            for name in names
        ]
        faultless = [
            (edition, seed, pool.submit(try_faultless, edition, seed, layers))
            for seed in range(1, given.seeds + 1)
            for edition in editions()
        ]
        for one in waiting:
            trial = one.result()
            trials.append(trial)
            by = ", ".join(trial.found_by) or "NOBODY"
            bare = "" if trial.bare is None else f"  [bare: {'found' if trial.bare else 'not found'}]"
            print(f"{MUTANTS[trial.name].kind:15}{trial.name:40}{by}: {trial.told}"[:200] + bare, flush=True)
        for edition, seed, said_later in faultless:
            said = said_later.result()
            alarms += [f"faultless, {edition}, seed {seed}: {one}" for one in said]
    print(f"\n{table(trials)}")
    survivors = [trial.name for trial in trials if not trial.found_by]
    print(
        f"\nfaultless: {len(faultless)} runs, {len(alarms)} false alarms; {time.perf_counter() - began:.0f} s"
    )
    for line in [*(f"survived: {name}: {MUTANTS[name].says}" for name in survivors), *alarms]:
        print(line)
    return 1 if survivors or alarms else 0


if __name__ == "__main__":
    sys.exit(main())
