"""Ids that sort by their time."""

from __future__ import annotations

from uuid import RFC_4122, UUID

import pytest
from blackkonnect_sms.ids import new_id, new_ids
from hypothesis import given, settings
from hypothesis import strategies as st


@settings(derandomize=True, max_examples=40, deadline=None)
@given(st.integers(0, 2**48 - 1))
def test_it_is_a_uuid_of_version_7(milliseconds: int) -> None:
    value = UUID(new_id(milliseconds))
    assert (value.version, value.variant) == (7, RFC_4122)
    assert value.int >> 80 == milliseconds


@settings(derandomize=True, max_examples=40, deadline=None)
@given(st.integers(0, 2**48 - 2))
def test_it_sorts_by_its_time(milliseconds: int) -> None:
    assert new_id(milliseconds) < new_id(milliseconds + 1)


@pytest.mark.parametrize("given", [None, 1])
def test_none_comes_twice(given: int | None) -> None:
    assert len({new_id(given) for _ in range(10_000)}) == 10_000


@pytest.mark.parametrize("count", [0, 1, 2, 1_000])
def test_many_are_what_one_is(count: int) -> None:
    before = new_id()[:13]
    made = new_ids(count)
    after = new_id()[:13]
    assert len(set(made)) == count
    for one in map(UUID, made):
        assert (one.version, one.variant) == (7, RFC_4122)
    assert all(before <= one[:13] <= after for one in made)


def test_each_digit_of_many_is_drawn() -> None:
    made = new_ids(2_000)
    # Those of the time are the same, and so is the version's; the variant leaves four of sixteen.
    kinds = [len({one[at] for one in made}) for at in range(36)]
    assert kinds == [1 if at in {*range(15), 18, 23} else 4 if at == 19 else 16 for at in range(36)]
