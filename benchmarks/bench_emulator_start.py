"""What the first answer costs: CPU time of the server from its start to the first 200 to a send."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench_emulator import ANY_TOKEN, MEMORY, OURS
from cpu_time import cpu_seconds, measurable
from load import ask
from rivals import QUIET, NoRivalsError, installed
from sends import single, token_request
from servers import CLIENT, SECRET, Server, emulator_command, free_port, serving

TARGET = 0.5

Start = Callable[[int], float]


def starts(folder: Path) -> dict[str, Start]:
    """Return what starts a server at a port and tells its CPU seconds, by name; ours is the first.

    Args:
        folder: For database files.
    """

    def ours(port: int, database: Path | None) -> float:
        with serving(OURS, emulator_command(port, database), port) as server:
            return _first_send(server, json.loads(ask(port, token_request(CLIENT, SECRET)))["token"])

    known: dict[str, Start] = {
        OURS: lambda port: ours(port, folder / f"{port}.db"),
        MEMORY: lambda port: ours(port, None),
    }
    try:
        known |= {rival.name: _rival(rival.name, rival.command) for rival in installed()}
    except NoRivalsError as error:
        print(f"Rivals left out: {error}\n")
    return known


def _rival(name: str, command: Callable[[int], list[str]]) -> Start:
    def start(port: int) -> float:
        with serving(name, command(port), port, QUIET) as server:
            return _first_send(server, ANY_TOKEN)

    return start


def _first_send(server: Server, token: str) -> float:
    ask(server.port, single(token)())
    return cpu_seconds(server.pid)


def main() -> None:
    """Start each in turns, after a turn that brings all files into memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="starts of each server (%(default)s)")
    given, _ = parser.parse_known_args()
    if not measurable():
        print("Left out: another process's CPU time can be measured on Linux alone.")
        return
    with tempfile.TemporaryDirectory() as folder:
        known = starts(Path(folder))
        taken: dict[str, list[float]] = {name: [] for name in known}
        for number in range(given.rounds + 1):
            for name, start in known.items():
                used = start(free_port())
                if number:
                    taken[name].append(used)
    print(f"{'cold start to the first send':30} {'median':>8} {'least':>8}  CPU s")
    for name, seconds in taken.items():
        wanted = f"target: less than {TARGET}" if name == OURS else ""
        print(f"{name:30} {median(seconds):8.2f} {min(seconds):8.2f}  {wanted}")


if __name__ == "__main__":
    main()
