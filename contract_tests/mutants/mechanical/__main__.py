"""Try the gate on mechanical mutants: the emulator with one place of its source changed."""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from blackkonnect_contract.gate import LAYERS, QUICK

from mutants.mechanical.mutations import MODULES, PACKAGE, Mutation, mutations

_SECONDS = 300.0
# What a person would have to look at: the gate passed, or fell over where it should have told.
_OPEN = ("survived", "error")


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a mutant.

    Attributes:
        mutation: It; none for the emulator as it is.
        kind: ``start`` (it does not start), the layer that found it, ``time`` (the gate did not end in time),
            ``control`` (the gate could not move the clock or make clients any more), ``error`` (the gate fell
            over) or ``survived``.
        told: What was said of it.
        seconds: How long it took.
    """

    mutation: Mutation | None
    kind: str
    told: str
    seconds: float


def try_mutation(
    mutation: Mutation | None, layers: list[str], seed: int, seconds: float, *, quick: bool = False
) -> Result:
    """Run the gate on a mutant in a process of its own.

    Args:
        mutation: The change; none to try the emulator as it is.
        layers: The layers, in their order; the short look of each that has one comes first.
        seed: What the gate's chance follows from.
        seconds: How long it may take.
        quick: Whether the short look is enough.
    """
    stages = [f"{layer}:quick" for layer in layers if layer in QUICK]
    if not quick:
        stages += layers
    began = time.perf_counter()
    with TemporaryDirectory() as folder:
        copy = Path(folder) / PACKAGE.name
        shutil.copytree(PACKAGE, copy)
        if mutation is not None:
            _change(copy / f"{mutation.module}.py", mutation.code())
        told = [sys.executable, "-m", "mutants.mechanical.trial", folder, *stages, "--seed", str(seed)]
        # The copy comes before the emulator that is installed.
        path = os.pathsep.join([folder, *(entry for entry in sys.path if entry)])
        try:
            answer = subprocess.run(  # noqa: S603 - this interpreter
                told,
                env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
                capture_output=True,
                text=True,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Result(mutation, "time", "", time.perf_counter() - began)
    took = time.perf_counter() - began
    try:
        read = json.loads(answer.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        return Result(mutation, "error", answer.stderr[-3000:], took)
    return Result(mutation, read["kind"], read["told"], took)


def _change(file: Path, code: str) -> None:
    file.write_text(code, "utf-8")
    # A compiled file is told from a stale one by a time in seconds and a size, which can be the same.
    for compiled in (file.parent / "__pycache__").glob(f"{file.stem}.*.pyc"):
        compiled.unlink()


def chosen(modules: list[str], sample: int | None, seed: int) -> list[Mutation]:
    """Return the mutations of modules, or a sample of them that the seed decides."""
    every = [one for module in modules for one in mutations(module)]
    if sample is not None:
        random.Random(seed).shuffle(every)  # noqa: S311 - a sample, and no secret
    return list(islice((one for one in every if one.is_python()), sample))


def main() -> int:
    """Try what the arguments name."""
    parser = argparse.ArgumentParser(prog="python -m mutants.mechanical", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="MODULE:OPERATOR:NUMBER", help="all by default")
    parser.add_argument("--module", action="append", choices=MODULES, help="a module; all by default")
    parser.add_argument("--layer", action="append", choices=LAYERS, help="a layer; all by default")
    parser.add_argument("--quick", action="store_true", help="take a short look, and no other")
    parser.add_argument("--sample", type=int, help="how many; all by default")
    parser.add_argument("--seed", type=int, default=1, help="decides the sample, and the gate's chance")
    parser.add_argument("--seconds", type=float, default=_SECONDS, help="for each (%(default)s)")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--list", action="store_true", help="only tell which there are")
    given = parser.parse_args()
    mine = chosen(given.module or list(MODULES), given.sample, given.seed)
    if given.names:
        every = {one.name: one for module in MODULES for one in mutations(module)}
        unknown = set(given.names) - set(every)
        if unknown:
            parser.error(f"there is no {', '.join(sorted(unknown))}")
        mine = [every[name] for name in given.names]
    if given.list:
        for one in mine:
            print(f"{one.name} (line {one.line})")
        return 0
    layers = given.layer or list(LAYERS)
    attempt = partial(try_mutation, layers=layers, seed=given.seed, seconds=given.seconds, quick=given.quick)
    unchanged = attempt(None)
    print(f"unchanged: {unchanged.kind} in {unchanged.seconds:.0f} s {unchanged.told}", flush=True)
    if unchanged.kind != "survived":
        return 1
    results = []
    with ThreadPoolExecutor(given.jobs) as pool:
        waiting = [pool.submit(attempt, one) for one in mine]
        for mutation, later in zip(mine, waiting, strict=True):
            result = later.result()
            results.append(result)
            what = f"{mutation.name} (line {mutation.line})"
            print(f"{what:70}{result.kind:15}{result.seconds:6.1f} s  {result.told}"[:220], flush=True)
    return _tell(results)


def _tell(results: list[Result]) -> int:
    counts = Counter(result.kind for result in results)
    print(
        "\n" + ", ".join(f"{kind} {count}" for kind, count in counts.most_common()) + f"; of {len(results)}"
    )
    left = [result for result in results if result.kind in _OPEN and result.mutation is not None]
    for result in left:
        print(f"\n{result.kind}: {result.told}".rstrip(": "))
        print(result.mutation.diff() if result.mutation else "")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
