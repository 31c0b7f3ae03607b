"""What a test session and a test pay for an emulator in their own process, beside what the import takes."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blackkonnect_emulator.fixture_servers import FixtureServers

ROUNDS = 7
TESTS = 20
SESSION_TARGET, TEST_TARGET = 50.0, 5.0
_MILLI = 1e3
_AGAIN = "--in-this-process"


def in_this_process() -> None:
    """Tell what each of the steps takes, in milliseconds, a line each."""
    begun = time.perf_counter()
    from blackkonnect_emulator import Settings, running  # noqa: PLC0415 - it is what is measured

    print((time.perf_counter() - begun) * _MILLI)
    first, *further = [_start_and_stop(lambda: running(Settings())) for _ in range(1 + TESTS)]
    print(*first, *(median(taken) for taken in zip(*further, strict=True)), sep="\n")
    print(median(_milliseconds(_application) for _ in range(TESTS)))
    from blackkonnect_emulator.fixture_servers import FixtureServers  # noqa: PLC0415 - as above

    with FixtureServers(None, "1") as servers:
        servers.begin("first", {})
        print(median(_milliseconds(partial(_test, servers, str(name))) for name in range(TESTS)))


def _test(servers: FixtureServers, name: str) -> None:
    """Do what the fixture does for a test: make a tenant, and remove it."""
    servers.end(servers.begin(name, {}))


def _application() -> None:
    from blackkonnect_emulator import create_app  # noqa: PLC0415 - it is imported by now

    create_app().gateway.close()


def _start_and_stop(make: Callable[[], AbstractContextManager[object]]) -> tuple[float, float]:
    context = make()
    return _milliseconds(context.__enter__), _milliseconds(lambda: context.__exit__(None, None, None))


def _milliseconds(step: Callable[[], object]) -> float:
    begun = time.perf_counter()
    step()
    return (time.perf_counter() - begun) * _MILLI


def main() -> None:
    """Measure in processes of their own, for the first emulator of a process costs more than the next."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(_AGAIN, action="store_true", help=argparse.SUPPRESS)
    if parser.parse_args().in_this_process:
        in_this_process()
        return
    told = []
    for _ in range(ROUNDS):
        command = [sys.executable, __file__, _AGAIN]
        answer = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - this file
        told.append([float(line) for line in answer.stdout.split()])
    print(f"{'emulator in process':46} {'median':>8} {'least':>8}  ms")
    steps = (
        "import",
        f"first start, target with stop: {SESSION_TARGET:.0f}",
        "first stop",
        "each further start",
        "each further stop",
        "application without a server",
        f"a tenant for a test, target: {TEST_TARGET:.0f}",
    )
    for step, taken in zip(steps, zip(*told, strict=True), strict=True):
        print(f"{step:46} {median(taken):8.1f} {min(taken):8.1f}")


if __name__ == "__main__":
    main()
