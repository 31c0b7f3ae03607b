"""When something happens next."""

from blackkonnect_emulator.agenda import Agenda
from hypothesis import given, settings
from hypothesis import strategies as st

TIMES = st.integers(0, 1000) | st.integers(0, 10**13)


def test_nothing() -> None:
    agenda = Agenda(list)
    assert agenda.next_after(0) is None
    agenda.add([None], 0)
    assert agenda.next_after(0) is None


@settings(derandomize=True)
@given(st.lists(TIMES | st.none(), max_size=30), st.lists(TIMES, max_size=10))
def test_each_time_is_told_once_in_order_and_at_most_50_ms_late(
    times: list[int | None], asked: list[int]
) -> None:
    agenda = Agenda(list)
    agenda.add(times, 0)
    for now in sorted(asked):
        told = agenda.next_after(now)
        ahead = [time for time in times if time is not None and -(-time // 50) * 50 > now]
        if not ahead:
            assert told is None
        else:
            assert told is not None
            assert now < told
            assert min(ahead) <= told < min(ahead) + 50


def test_stepping_ends() -> None:
    agenda = Agenda(list)
    agenda.add(range(0, 10_000, 7), 0)
    now, steps = 0, 0
    while (time := agenda.next_after(now)) is not None:
        now, steps = time, steps + 1
    assert (now, steps) == (10_000, 200)


def test_what_is_past_takes_no_memory_where_nobody_asks() -> None:
    agenda = Agenda(list)
    for now in range(0, 1_000_000, 100):
        agenda.add([now + 300, now + 1000], now)
    assert len(agenda._heap) < 30
    assert len(agenda._known) < 30


def test_what_is_past_is_told_once_whoever_asks() -> None:
    told: list[int] = []
    agenda = Agenda(lambda: told.append(1))
    agenda.add([100, 149, 400], 0)
    assert agenda.next_after(99) == 100
    assert told == []
    agenda.add([None], 300)
    assert agenda.next_after(300) == 400
    assert told == [1]
    assert agenda.next_after(400) is None
    assert told == [1, 1]


def test_clear() -> None:
    agenda = Agenda(list)
    agenda.add([100], 0)
    agenda.clear()
    assert agenda.next_after(0) is None
    agenda.add([100], 0)
    assert agenda.next_after(0) == 100
