"""Of the faulty gateways each class has its share in every test run; ``nox -s mutants`` tries all."""

from __future__ import annotations

from collections import Counter

import pytest
from mutants.everything import MUTANTS
from mutants.faults import CLASSES
from mutants.measure import table, try_mutant

_LEAST = 100
_OF_EACH = 2
_LAYERS = {"shape": "table", "validation": "table", "authentication": "auth"}
"""Where faults of a class are looked for first; the others by their own name."""


def _share() -> list[str]:
    """Choose a few of each class, evenly over it."""
    chosen = []
    for kind in CLASSES:
        names = [name for name, mutant in MUTANTS.items() if mutant.kind == kind]
        chosen += names[:: max(1, len(names) // _OF_EACH)][:_OF_EACH]
    return chosen


def test_there_are_many_of_every_class() -> None:
    counts = Counter(mutant.kind for mutant in MUTANTS.values())
    assert counts.total() >= _LEAST
    assert set(counts) == set(CLASSES)
    assert len({mutant.says for mutant in MUTANTS.values()}) == counts.total()


@pytest.mark.parametrize("name", _share())
def test_a_faulty_gateway_is_found(name: str) -> None:
    kind = MUTANTS[name].kind
    trial = try_mutant(name, layers=[_LAYERS.get(kind, kind)])
    assert trial.found_by, f"nobody found it: {MUTANTS[name].says}"
    assert trial.told
    assert kind in table([trial])
