"""What sends and bulks cost the emulator in CPU time, beside Prism, Mockoon and a server with a constant.

Only the emulator checks a token, validates, makes a plan and stores; the rivals answer an example.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from cpu_time import measurable
from load import LoadError, ask, load
from rivals import QUIET, NoRivalsError, installed
from sends import Make, bulk, single, token_request
from servers import CLIENT, SECRET, Server, emulator_command, free_port, serving

DESTINATIONS = 1_000
# A just-in-time compiler, which the rivals have, needs its time.
WARM_UP = 4.0
# What Prism and Mockoon ask for is that there is a token.
ANY_TOKEN = "e30.e30.e30"  # noqa: S105 - no secret
OURS, MEMORY, CONSTANT = "emulator, durable file", "emulator, memory", "same server, constant"
UVICORN = "plain uvicorn, constant"


@dataclass(frozen=True, slots=True)
class Contestant:
    """A server and the token that it wants.

    Attributes:
        server: The server.
        token: The token.
    """

    server: Server
    token: str


@dataclass(frozen=True, slots=True)
class Work:
    """What is asked of each server.

    Attributes:
        title: What it is.
        make: Returns what makes the requests, for a token.
        each: How many things one request asks for.
        connections: How many requests are under way at a time.
        targets: What the emulator should reach, by name without version: a ratio to it, or its own rate.
    """

    title: str
    make: Callable[[str], Make]
    each: int
    connections: int
    targets: dict[str, float]


WORKS = [
    Work("sends", single, 1, 64, {"Prism": 8, "Mockoon": 20, CONSTANT: 0.35}),
    Work(
        f"destinations in bulks of {DESTINATIONS}, ids of the client",
        lambda token: bulk(token, DESTINATIONS),
        DESTINATIONS,
        8,
        {OURS: 100_000},
    ),
    Work(
        f"destinations in bulks of {DESTINATIONS}, ids of the gateway",
        lambda token: bulk(token, DESTINATIONS, own_ids=False),
        DESTINATIONS,
        8,
        {OURS: 100_000},
    ),
]


@contextmanager
def contestants(*, with_rivals: bool) -> Iterator[list[Contestant]]:
    """Start all servers; ours with the durable file is the first.

    Args:
        with_rivals: Whether Prism and Mockoon take part.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        started = []
        for name, database in ((OURS, folder / "messages.db"), (MEMORY, None)):
            port = free_port()
            server = stack.enter_context(serving(name, emulator_command(port, database), port))
            token = json.loads(ask(port, token_request(CLIENT, SECRET)))["token"]
            started.append(Contestant(server, token))
        started += [
            Contestant(stack.enter_context(_constant(started[0], name, *options)), ANY_TOKEN)
            for name, *options in ((CONSTANT,), (UVICORN, "--uvicorn"))
        ]
        if with_rivals:
            started += [Contestant(server, ANY_TOKEN) for server in _rivals(stack)]
        yield started


@contextmanager
def _constant(ours: Contestant, name: str, *options: str) -> Iterator[Server]:
    port = free_port()
    makers = (single(ours.token), bulk(ours.token, DESTINATIONS))
    sizes = [str(len(ask(ours.server.port, make()))) for make in makers]
    script = str(Path(__file__).with_name("constant_server.py"))
    with serving(name, [sys.executable, script, str(port), *sizes, *options], port) as server:
        yield server


def _rivals(stack: ExitStack) -> Iterator[Server]:
    try:
        for rival in installed():
            port = free_port()
            yield stack.enter_context(serving(rival.name, rival.command(port), port, QUIET))
    except (NoRivalsError, OSError) as error:
        print(f"Rivals left out: {error}\n")


def measure(work: Work, among: list[Contestant], rounds: int, seconds: float) -> dict[str, list[float]]:
    """Ask in turns, so that a busy moment touches all alike, after a turn that warms up.

    Args:
        work: What is asked.
        among: Whom.
        rounds: How many turns each, 1 and more.
        seconds: How long each turn takes.

    Returns:
        The rates, in things a CPU-second, by server and turn.
    """
    rates: dict[str, list[float]] = {contestant.server.name: [] for contestant in among}
    for number in range(rounds + 1):
        for contestant in among:
            server = contestant.server
            lasting = seconds if number else max(seconds, WARM_UP)
            make = work.make(contestant.token)
            try:
                loaded = load(server.port, server.pid, make, lasting, work.connections)
            except LoadError as error:
                print(f"{server.name}: {error}")
                rates.pop(server.name, None)
                continue
            if number:
                rates[server.name].append(loaded.per_cpu_second * work.each)
    return rates


def report(work: Work, rates: dict[str, list[float]]) -> None:
    """Print what was measured; the ratios are those of turns that stood beside each other."""
    ours = rates[OURS]
    print(f"{work.title}, {work.connections} at a time")
    print(f"  {'':24} {'median':>10} {'best':>10} {'emulator / it':>14}  target")
    for name, known in rates.items():
        ratio = median(our / its for our, its in zip(ours, known, strict=True))
        target = work.targets.get(_plain(name))
        wanted = (
            ""
            if target is None
            else f"at least {target:,} a CPU-second"
            if name == OURS
            else f"at least {target}"
        )
        print(f"  {name:24} {median(known):10,.0f} {max(known):10,.0f} {ratio:14.2f}  {wanted}")
    print()


def _plain(name: str) -> str:
    """Tell a rival's name without its version; one set up otherwise than it is by itself keeps its own."""
    return name if "," in name else name.rpartition(" ")[0]


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="turns of each server (%(default)s)")
    parser.add_argument("--seconds", type=float, default=2.0, help="how long a turn takes (%(default)s)")
    parser.add_argument("--no-rivals", action="store_true", help="leave Prism and Mockoon out")
    given, _ = parser.parse_known_args()
    if not measurable():
        print("Left out: another process's CPU time can be measured on Linux alone.")
        return
    with contestants(with_rivals=not given.no_rivals) as among:
        print("Requests a second of the server's CPU time\n")
        for work in WORKS:
            report(work, measure(work, among, given.rounds, given.seconds))


if __name__ == "__main__":
    main()
