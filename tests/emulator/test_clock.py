"""Clocks: none goes back, whatever happens to this machine's."""

import math
from collections.abc import Callable
from typing import Any

import pytest
from blackkonnect_emulator import Clock, ManualClock, RealClock, ScaledClock
from blackkonnect_emulator.clock import DAY, FASTEST, FURTHEST, SECOND
from hypothesis import given, settings
from hypothesis import strategies as st

NOON = 1_772_452_800_000
FACTORS = st.sampled_from([0.0, 1.0]) | st.floats(0, FASTEST)


class Machine:
    """A machine's time, which the test sets, backwards as well."""

    def __init__(self, time: int = NOON) -> None:
        self.time = time

    def __call__(self) -> int:
        return self.time


def test_a_real_clock_tells_the_machines_time() -> None:
    machine = Machine()
    clock = Clock(machine=machine)
    machine.time += 1234
    assert (clock.now(), clock.mode, clock.factor) == (NOON + 1234, "real", 1.0)
    assert RealClock().mode == "real"


def test_a_machine_that_is_set_back_stops_a_real_clock_until_it_has_caught_up() -> None:
    machine = Machine()
    clock = Clock(machine=machine)
    told = []
    for step in (10, -3_600_000, 3_599_999, 2):
        machine.time += step
        told.append(clock.now() - NOON)
    assert told == [10, 10, 10, 11]


@pytest.mark.parametrize(("factor", "wanted"), [(0.5, 500), (60, 60_000), (1e6, 10**9), (1e-9, 0)])
def test_a_scaled_clock(factor: float, wanted: int) -> None:
    machine = Machine()
    clock = Clock(factor, start=0, machine=machine)
    machine.time += SECOND
    assert (clock.now(), clock.mode) == (wanted, "scaled")
    assert ScaledClock(2, start=NOON).now() >= NOON


def test_a_manual_clock_stands_until_it_is_moved() -> None:
    clock = ManualClock(NOON)
    assert (clock.now(), clock.mode) == (NOON, "manual")
    clock.advance(1.5)
    assert clock.now() == NOON + 1500
    clock.move_to(NOON)
    assert clock.now() == NOON + 1500
    clock.move_to(FURTHEST)
    clock.advance(0)
    assert clock.now() == FURTHEST


@pytest.mark.parametrize("factor", [math.nan, math.inf, -math.inf, -1, -1e-9, FASTEST + 1])
def test_factors_out_of_bounds(factor: float) -> None:
    clock = ManualClock(NOON)
    for make in (Clock, ScaledClock, clock.go):
        with pytest.raises(ValueError, match=r"^the factor must be a number from 0 to 1000000$"):
            make(factor)
    assert clock.factor == 0


@pytest.mark.parametrize("seconds", [math.nan, math.inf, -math.inf, -0.001, 1e300, FURTHEST])
def test_steps_out_of_bounds(seconds: float) -> None:
    clock = ManualClock(NOON)
    with pytest.raises(ValueError, match=r"^(seconds must not|must not be after the year 9999)"):
        clock.advance(seconds)
    assert clock.now() == NOON


@pytest.mark.parametrize("time", [FURTHEST + 1, 10**30, math.inf, math.nan])
def test_moments_out_of_bounds(time: Any) -> None:
    clock = ManualClock(NOON)
    with pytest.raises(ValueError, match=r"^must not be after the year 9999$"):
        clock.move_to(time)
    assert clock.now() == NOON
    with pytest.raises(ValueError, match=r"^start must be a time from 1970 to the year 9999"):
        ManualClock(time)


def test_how_long_the_machine_waits() -> None:
    machine = Machine()
    clock = Clock(1.0, machine=machine)
    waits: list[float | None] = []
    for factor in (1, 4, 0.5, 0):
        clock.go(factor)
        waits.append(clock.seconds_until(NOON + 2000))
    assert waits == [2.0, 0.5, 4.0, None]
    assert clock.seconds_until(NOON - 1) == 0.0


def operation() -> st.SearchStrategy[Callable[[Clock, Machine], None]]:
    """Make anything that can happen to a clock."""

    def machine(step: int) -> Callable[[Clock, Machine], None]:
        def change(_: Clock, machine: Machine) -> None:
            machine.time += step

        return change

    def called(name: str) -> Callable[[float], Callable[[Clock, Machine], None]]:
        return lambda value: lambda clock, _: getattr(clock, name)(value)

    return (
        st.integers(-10 * DAY, 10 * DAY).map(machine)
        | st.floats(0, 1e6).map(called("advance"))
        | st.integers(0, NOON + 100 * DAY).map(called("move_to"))
        | FACTORS.map(called("go"))
    )


@settings(derandomize=True)
@given(FACTORS, st.lists(operation(), max_size=20))
def test_time_never_goes_back(factor: float, operations: list[Callable[[Clock, Machine], None]]) -> None:
    machine = Machine()
    clock = Clock(factor, machine=machine)
    latest = clock.now()
    for change in operations:
        try:
            change(clock, machine)
        except ValueError:
            # The fastest reach the year 9999.
            assert latest > NOON + 1000 * DAY
        assert clock.now() >= latest
        latest = clock.now()


@settings(derandomize=True)
@given(FACTORS, FACTORS, st.lists(operation(), max_size=8), st.integers(-10 * DAY, 10 * DAY))
def test_time_never_goes_back_over_a_restart(
    before: float, after: float, operations: list[Callable[[Clock, Machine], None]], off: int
) -> None:
    machine = Machine()
    clock = Clock(before, machine=machine)
    for change in operations:
        try:
            change(clock, machine)
        except ValueError:
            break
    latest, reading = clock.now(), clock.to_resume()
    machine.time += off
    resumed = Clock(after, start=NOON, machine=machine)
    resumed.resume(reading)
    assert resumed.now() >= min(latest, FURTHEST)
    assert resumed.factor == after


@pytest.mark.parametrize(("factor", "wanted"), [(1.0, 5000), (60.0, 300_000), (0.0, 0)])
def test_a_clock_goes_on_while_the_emulator_is_off(factor: float, wanted: int) -> None:
    machine = Machine()
    reading = Clock(factor, start=NOON, machine=machine).to_resume()
    machine.time += 5000
    resumed = Clock(factor, start=0, machine=machine)
    resumed.resume(reading)
    assert resumed.now() == NOON + wanted
    machine.time += 1
    assert resumed.now() == NOON + wanted + int(factor)


def test_a_fast_clock_that_was_off_for_years_stops_at_the_end_of_time() -> None:
    machine = Machine()
    reading = Clock(FASTEST, machine=machine).to_resume()
    machine.time += 3650 * DAY
    resumed = Clock(FASTEST, machine=machine)
    resumed.resume(reading)
    assert resumed.now() == FURTHEST
