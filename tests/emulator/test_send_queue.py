"""The turns that messages get before the operator."""

from collections import Counter
from collections.abc import Sequence

import pytest
from blackkonnect_emulator.clock import DAY, MINUTE
from blackkonnect_emulator.delivery_window import DeliveryWindow
from blackkonnect_emulator.send_queue import SendQueue
from hypothesis import given, settings
from hypothesis import strategies as st

NEVER = 2**62
# Monday, 2026-03-02, 8 o'clock.
NOW = 1_772_438_400_000

Wish = tuple[int, int]
wishes = st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 9)), max_size=80)
rates = st.sampled_from([0.3, 1, 2, 2.7, 7, 1000])


def turns(rate: float, asked: Sequence[Wish]) -> list[int]:
    queue = SendQueue(rate)
    given = [queue(ready, priority, NEVER) for ready, priority in asked]
    assert None not in given
    return [time for time in given if time is not None]


@pytest.mark.parametrize(
    ("rate", "wanted"),
    [
        (1, [0, 1000, 2000, 3000]),
        (2, [0, 500, 1000, 1500]),
        (4, [0, 250, 500, 750]),
        (0.5, [0, 2000, 4000, 6000]),
        (10_000, [0, 0, 0, 0]),
    ],
)
def test_a_rate(rate: float, wanted: list[int]) -> None:
    assert turns(rate, [(0, 0)] * 4) == wanted


def test_a_higher_priority_goes_first() -> None:
    assert turns(1, [(0, 0), (0, 9), (0, 5), (0, 9), (0, 0)]) == [0, 0, 1000, 1000, 2000]


@settings(derandomize=True)
@given(rates, wishes)
def test_no_message_goes_before_it_is_ready(rate: float, asked: list[Wish]) -> None:
    given = turns(rate, asked)
    assert all(turn >= ready for turn, (ready, _) in zip(given, asked, strict=True))


@settings(derandomize=True)
@given(rates, wishes)
def test_no_span_has_more_of_a_priority_than_the_rate_allows(rate: float, asked: list[Wish]) -> None:
    room = max(1, int(rate))
    span = round(1000 * room / rate)
    counted = Counter(
        (turn // span, priority) for turn, (_, priority) in zip(turns(rate, asked), asked, strict=True)
    )
    assert all(count <= room for count in counted.values())


@settings(derandomize=True)
@given(rates, st.lists(st.integers(0, 9), max_size=80))
def test_of_one_priority_who_comes_first_goes_first(rate: float, priorities: list[int]) -> None:
    given = turns(rate, [(0, priority) for priority in priorities])
    for priority in range(10):
        own = [turn for turn, other in zip(given, priorities, strict=True) if other == priority]
        assert own == sorted(own)


@settings(derandomize=True)
@given(rates, wishes, st.integers(0, 9))
def test_who_is_of_lower_priority_makes_nobody_wait(rate: float, asked: list[Wish], least: int) -> None:
    given = turns(rate, asked)
    high = [wish for wish in asked if wish[1] >= least]
    assert [turn for turn, wish in zip(given, asked, strict=True) if wish[1] >= least] == turns(rate, high)


@settings(derandomize=True)
@given(rates, st.lists(st.integers(0, 9), max_size=80))
def test_in_the_order_of_priorities_the_rate_holds_for_all(rate: float, priorities: list[int]) -> None:
    asked = [(0, priority) for priority in sorted(priorities, reverse=True)]
    given = turns(rate, asked)
    assert given == sorted(given)
    assert given == turns(rate, [(0, 0)] * len(asked))


@settings(derandomize=True)
@given(rates, wishes, st.integers(0, 6000))
def test_who_would_be_too_late_takes_no_turn(rate: float, asked: list[Wish], before: int) -> None:
    queue, fresh = SendQueue(rate), SendQueue(rate)
    for ready, priority in asked:
        turn = queue(ready, priority, before)
        if turn is not None:
            assert turn < before
            assert fresh(ready, priority, NEVER) == turn
    # Those that went are all that the queue knows of.
    assert queue(0, 0, NEVER) == fresh(0, 0, NEVER)


@settings(derandomize=True)
@given(st.sampled_from([0.01, 0.3, 1]), st.integers(1, 200), st.integers(0, DAY))
def test_a_window_that_closes_over_the_queue(rate: float, count: int, after: int) -> None:
    window = DeliveryWindow(frozenset({0, 2}), 9 * 60, 60)
    queue = SendQueue(rate)
    ready = window.next_open(NOW + after)
    given: list[int] = []
    for _ in range(count):
        turn = queue(ready, 0, NEVER, window.next_open)
        assert turn is not None
        given.append(turn)
    assert given == sorted(given)
    assert all(window.next_open(turn) == turn for turn in given)
    # Those left over when it closes wait for turns again when it opens.
    span = round(1000 / rate)
    assert max(Counter(turn // span for turn in given).values()) == 1


def test_many_that_wait_for_the_same_take_no_longer_than_a_few() -> None:
    queue = SendQueue(1000)
    given = [queue(0, 3, NEVER) for _ in range(100_000)]
    assert given[-1] == 99_999
    steps = sum(1 for _ in queue._next[3])
    assert steps <= 100
    assert queue(60 * MINUTE, 3, NEVER) == 60 * MINUTE
