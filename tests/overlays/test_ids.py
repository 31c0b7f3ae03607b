"""Ids that sort by their time."""

from __future__ import annotations

from uuid import RFC_4122, UUID

import pytest
from blackkonnect_sms.ids import new_id
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
