"""Ids of version 7."""

from uuid import UUID

from blackkonnect_emulator import ManualClock
from blackkonnect_emulator.ids import Block, Ids
from hypothesis import given, settings
from hypothesis import strategies as st

CLOCK = ManualClock()


def test_an_id_is_a_uuid_of_version_7_that_begins_with_the_time() -> None:
    clock = ManualClock(1_645_557_742_000)
    # The time of the example in RFC 9562, appendix A.6.
    made = Ids(clock, "seed").new()
    assert made.startswith("017f22e2-79b0-7")
    assert UUID(made).version == 7
    assert UUID(made).variant == "specified in RFC 4122"


@settings(derandomize=True)
@given(st.text(), st.lists(st.integers(0, 10**6), min_size=1, max_size=20))
def test_ids_of_one_seed_are_the_same_and_sorted_by_time(seed: str, steps: list[int]) -> None:
    one, two = ManualClock(), ManualClock()
    first, second = Ids(one, seed), Ids(two, seed)
    made: list[str] = []
    for step in steps:
        one.advance(step + 1)
        two.advance(step + 1)
        made.append(first.new())
        assert second.new() == made[-1]
    assert made == sorted(made)
    assert str(UUID(made[0])) == made[0]


def test_ids_differ() -> None:
    assert len({Ids(CLOCK, seed).new() for seed in (None, None, "1", "2", "")}) == 5
    ids = Ids(CLOCK, "1")
    assert len({ids.new() for _ in range(10_000)}) == 10_000


@settings(derandomize=True)
@given(st.uuids(), st.integers(0, 10**6), st.integers(0, 50))
def test_a_block_finds_its_ids_again(first: UUID, start: int, count: int) -> None:
    block = Block(str(first))
    listed = block.ids(start, count)
    assert listed == [block.id(number) for number in range(start, start + count)]
    assert len(set(listed)) == count
    assert block.id(0) == str(first)
    assert all(str(UUID(made)) == made for made in listed)


def test_a_block_at_the_end_of_its_numbers_begins_again() -> None:
    block = Block("017f22e2-79b0-7cc3-98c4-ffffffffffff")
    assert block.ids(0, 2) == [
        "017f22e2-79b0-7cc3-98c4-ffffffffffff",
        "017f22e2-79b0-7cc3-98c4-000000000000",
    ]
    assert block.id(1) == block.ids(1, 1)[0]
