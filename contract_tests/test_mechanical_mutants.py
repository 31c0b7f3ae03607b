"""Mechanical mutants: the operators do what they say, and the gate finds what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("cosmic_ray", reason="the group `gate` is not installed")

from cosmic_ray.mutating import mutate_code  # type: ignore[import-untyped]
from mutants.mechanical.__main__ import chosen, try_mutation
from mutants.mechanical.dropped import DropArgument, DropKey
from mutants.mechanical.mutations import MODULES, Mutation, mutations, source

if TYPE_CHECKING:
    from cosmic_ray.operators.operator import Operator  # type: ignore[import-untyped]


@pytest.mark.parametrize("operator", [DropKey, DropArgument])
def test_an_operator_does_what_its_examples_show(operator: type[Operator]) -> None:
    for example in operator.examples():
        done = mutate_code(example.pre_mutation_code, operator(), example.occurrence)
        assert done == example.post_mutation_code


@pytest.mark.parametrize("module", MODULES)
def test_every_module_is_there(module: str) -> None:
    assert source(module)


def test_a_mutation_changes_one_place() -> None:
    found = mutations("segmentation")
    assert found
    assert len({one.name for one in found}) == len(found)
    for one in found:
        changed = [line for line in one.diff().splitlines()[2:] if line.startswith("+")]
        assert changed or "-" in one.diff(), one.name


def test_a_sample_follows_from_its_seed() -> None:
    sample = chosen(["tokens", "problems"], 5, 7)
    assert len(sample) == 5
    assert sample == chosen(["tokens", "problems"], 5, 7)
    assert sample != chosen(["tokens", "problems"], 5, 8)
    assert all(one.is_python() for one in sample)


@pytest.mark.slow
def test_the_emulator_as_it_is_survives_and_a_changed_one_does_not() -> None:
    assert try_mutation(None, ["auth"], 1, 120.0).kind == "survived"
    dropped = next(one for one in mutations("tokens") if one.operator == "DropKey")
    assert try_mutation(dropped, ["auth"], 1, 120.0).kind not in {"survived", "error"}


def test_a_place_that_is_not_there_is_told() -> None:
    loose = Mutation("tokens", "NumberReplacer", 10_000, 0)
    with pytest.raises(ValueError, match="there is no tokens:NumberReplacer:10000"):
        loose.code()
