"""Where the time of a send and of a bulk's destination goes, beside the same server with a constant."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from bench_emulator import CONSTANT, DESTINATIONS, OURS, Contestant, contestants
from cpu_time import measurable
from load import load
from parts import PARTS, REST, SERVER, function_of, module_of, part_of
from profiler import NoProfilerError, Profile, profile
from sends import Make, bulk, single

_WARM_UP = 2.0
_LONGER = 2.0
_MICRO = 1e6


def cost(contestant: Contestant, make: Make, connections: int, seconds: float) -> float:
    """Tell what one request costs a server without anybody looking, in microseconds of CPU time."""
    server = contestant.server
    load(server.port, server.pid, make, _WARM_UP, connections)
    return _MICRO / load(server.port, server.pid, make, seconds, connections).per_cpu_second


def looked_at(contestant: Contestant, make: Make, connections: int, seconds: int) -> Profile:
    """Look at a server under load."""
    server = contestant.server
    return profile(
        server.pid, seconds, lambda: load(server.port, server.pid, make, seconds + _LONGER, connections)
    )


def report(title: str, seen: Profile, whole: float, constant: float, functions: int) -> None:
    """Print each part's share of what one thing costs.

    Args:
        title: What the thing is.
        seen: What the looks told.
        whole: What one costs, in microseconds.
        constant: What the same server needs to answer a constant instead.
        functions: How many of the dearest functions to name.
    """
    known = sum(seen.seconds.values())
    parts = _sums(seen, part_of)
    print(f"{title:38} {'us':>8} {'share':>6}")
    for part in PARTS:
        note = f"  ({constant:.2f} us where it answers a constant)" if part == SERVER else ""
        print(
            f"  {part:36} {parts.get(part, 0) / known * whole:8.2f} {parts.get(part, 0) / known:6.1%}{note}"
        )
    print(f"  {'together':36} {whole:8.2f}; {known / seen.total:.0%} of the CPU time was looked at")
    rest = _sums(seen, lambda stack: module_of(stack) if part_of(stack) == REST else "")
    rest.pop("", None)
    if rest:
        print(f"  the rest is {', '.join(sorted(rest))}")
    dearest = sorted(_sums(seen, function_of).items(), key=lambda known: -known[1])
    for function, seconds in dearest[:functions]:
        print(f"    {function:80} {seconds / known * whole:7.2f}")
    print()


def _sums(seen: Profile, key: Callable[[tuple[str, ...]], str]) -> dict[str, float]:
    sums: dict[str, float] = {}
    for stack, seconds in seen.seconds.items():
        sums[key(stack)] = sums.get(key(stack), 0.0) + seconds
    return sums


def main() -> None:
    """Look at sends, then at bulks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--look", type=int, default=8, help="seconds to look at each (%(default)s)")
    parser.add_argument(
        "--functions", type=int, default=0, help="also name the dearest functions (%(default)s)"
    )
    given, _ = parser.parse_known_args()
    if not measurable():
        print("Left out: another process's CPU time can be measured on Linux alone.")
        return
    with contestants(with_rivals=False) as among:
        named = {contestant.server.name: contestant for contestant in among}
        ours, constant = named[OURS], named[CONSTANT]
        for title, make, each, connections in (
            ("one send, durable", single(ours.token), 1, 64),
            ("one destination of a bulk, durable", bulk(ours.token, DESTINATIONS), DESTINATIONS, 8),
        ):
            try:
                whole, bare = (
                    cost(one, make, connections, given.look / 2) / each for one in (ours, constant)
                )
                seen = looked_at(ours, make, connections, given.look)
            except NoProfilerError as error:
                print(f"Left out: {error}")
                return
            report(title, seen, whole, bare, given.functions)


if __name__ == "__main__":
    main()
