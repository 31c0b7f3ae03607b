"""The gate runs layers on editions, ends in time, and says what it did."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest
from blackkonnect_contract.document import editions
from blackkonnect_contract.emulated import opened
from blackkonnect_contract.gate import LAYERS, QUICK, run_gate
from mutants.everything import MUTANTS
from mutants.faults import LATEST

if TYPE_CHECKING:
    from blackkonnect_contract.exchange import Exchange

LOST_FIELD = "no-correlation-id"


def test_the_quick_layers_are_layers() -> None:
    assert set(QUICK) < set(LAYERS)
    assert list(QUICK) == [name for name in LAYERS if name in QUICK]


def test_every_edition_and_layer_is_told_in_order() -> None:
    begun: list[tuple[str, str]] = []
    seen: set[tuple[str, str]] = set()

    def watch(edition: str, layer: str, exchange: Exchange) -> None:
        assert exchange.answer is not None
        seen.add((edition, layer))

    report = run_gate(
        opened,
        editions(),
        layers=["auth", "state"],
        quick=True,
        watch=watch,
        begun=lambda edition, layer: begun.append((edition, layer)),
    )
    assert report.passed
    assert begun == [(edition, layer) for edition in editions() for layer in ("auth", "state")]
    assert seen == set(begun)
    assert [layer.record.layer for layer in report.layers] == [layer for _, layer in begun]
    assert not any(layer.cut for layer in report.layers)


@pytest.mark.parametrize("name", ["table", "auth", "state", "robustness", "client", "wire"])
def test_a_budget_that_is_over_cuts(name: str) -> None:
    report = run_gate(opened, [LATEST], layers=[name], budget=0.0)
    (layer,) = report.layers
    assert layer.cut
    assert sum(layer.record.asked.values()) < 500
    assert layer.record.breaches == []


def test_the_first_breach_ends_a_layer_where_that_is_wanted() -> None:
    with opened(LATEST, MUTANTS[LOST_FIELD].wrap) as target:
        report = run_gate(lambda _: nullcontext(target), [LATEST], layers=["table", "auth"], first=True)
    assert not report.passed
    for layer in report.layers:
        assert len(layer.record.breaches) == 1
        assert sum(layer.record.repeated.values()) == 1


def test_a_gateway_that_gives_no_token_is_told_in_one_breach() -> None:
    with opened(LATEST, MUTANTS["token-under-another-name"].wrap) as target:
        report = run_gate(lambda _: nullcontext(target), [LATEST], layers=["auth"])
    assert {breach.rule.name for breach in report.layers[0].record.breaches} == {
        "answer-schema",
        "token-for-credentials",
    }


@pytest.mark.parametrize("layer", ["table", "state"])
def test_no_secret_stands_in_what_is_told(layer: str) -> None:
    with opened(LATEST, MUTANTS["token-in-two-parts"].wrap) as target:
        report = run_gate(lambda _: nullcontext(target), [LATEST], layers=[layer], quick=True)
        told = repr(report)
        secret = target.client_secret
    assert report.layers[0].record.breaches
    assert "eyJ" not in told
    assert secret not in told
