"""What the gate found as JSON holds it: what ``--json`` writes, ``--earlier`` reads, and all reports show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from blackkonnect_contract.breach import Breach
    from blackkonnect_contract.exchange import Exchange
    from blackkonnect_contract.gate import LayerReport
    from blackkonnect_contract.reports.coverage import Coverage

__all__ = ["VERSION", "failed_facts", "gate_facts", "layer_facts"]

VERSION = 1
"""The version of the form; another one has another number."""

_LONGEST = 4000


def layer_facts(report: LayerReport, coverage: Coverage) -> dict[str, Any]:
    """Return what a layer found on an edition.

    Args:
        report: The layer's report.
        coverage: What it exercised.
    """
    record = report.record
    return {
        "layer": record.layer,
        "edition": record.document.edition,
        "passed": report.passed,
        "cut": report.cut,
        "seconds": round(report.seconds, 3),
        "cpuSeconds": round(report.cpu_seconds, 3),
        "requests": sum(record.asked.values()),
        "checks": record.checks,
        "failure": "",
        "skipped": dict(record.skipped),
        "kept": dict(sorted(record.kept.items())),
        "breaches": [_breach(one, record.repeated[one.key]) for one in record.breaches],
        "coverage": coverage.facts(),
    }


def failed_facts(
    layer: str, edition: str, failure: str, *, seconds: float, coverage: Coverage
) -> dict[str, Any]:
    """Return what is left to tell of a layer that could not come to its end.

    Args:
        layer: The layer.
        edition: The edition.
        failure: Why.
        seconds: How long it went.
        coverage: What it exercised.
    """
    return {
        "layer": layer,
        "edition": edition,
        "passed": False,
        "cut": False,
        "seconds": round(seconds, 3),
        "cpuSeconds": 0.0,
        "requests": coverage.exchanges,
        "checks": 0,
        "failure": failure,
        "skipped": {},
        "kept": {},
        "breaches": [],
        "coverage": coverage.facts(),
    }


def gate_facts(
    layers: Sequence[Mapping[str, Any]], *, seed: int, quick: bool, target: str, began: str
) -> dict[str, Any]:
    """Return what the gate found.

    Args:
        layers: What each layer found, by ``layer_facts``.
        seed: What all chance followed from.
        quick: Whether it was a short look.
        target: The gateway's address, or ``emulator``.
        began: When it began (RFC 3339).
    """
    return {
        "version": VERSION,
        "target": target,
        "began": began,
        "seed": seed,
        "quick": quick,
        "passed": bool(layers) and all(layer["passed"] for layer in layers),
        "layers": list(layers),
    }


def _breach(breach: Breach, count: int) -> dict[str, Any]:
    exchanges = [*breach.steps, *([] if breach.exchange is None else [breach.exchange])]
    # What is stored can't be stored again with the same ids; what is only looked up must be the same.
    anew = any(exchange.request.body for exchange in exchanges)
    return {
        "rule": breach.rule.name,
        "says": breach.rule.says,
        "pointer": breach.rule.pointer,
        "provenance": breach.kind,
        "note": breach.note,
        "isFinding": breach.is_finding,
        "operation": breach.operation,
        "message": breach.message,
        "count": count,
        "exchange": None if breach.exchange is None else _exchange(breach.exchange, anew=anew),
        "steps": [_exchange(step, anew=anew) for step in breach.steps],
    }


def _exchange(exchange: Exchange, *, anew: bool) -> dict[str, Any]:
    answer = exchange.answer
    return {
        "curl": exchange.request.curl(anew=anew),
        "request": {
            "method": exchange.request.method,
            "url": exchange.request.url,
            "headers": [list(pair) for pair in exchange.request.headers],
            "body": _text(exchange.request.body),
        },
        "answer": None
        if answer is None
        else {
            "status": answer.status,
            "headers": [list(pair) for pair in answer.headers],
            "body": _text(answer.body),
        },
        "error": exchange.error,
    }


def _text(body: bytes) -> str:
    text = body.decode("utf-8", "backslashreplace")
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(body)} bytes)"
