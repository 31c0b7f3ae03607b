"""What docs/sending.md says: each example runs, and each number is the code's."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from blackkonnect_sms import BlackkonnectSMS, RetryPolicy
from blackkonnect_sms._base import ClientBase
from blackkonnect_sms._splitting import LARGEST_REQUEST, MOST_MESSAGES
from blackkonnect_sms.bulks import MOST_AT_ONCE
from blackkonnect_sms.retry import RetryBudget

if TYPE_CHECKING:
    from collections.abc import Callable

emulator = pytest.importorskip("blackkonnect_emulator")

PAGE = (Path(__file__).parents[2] / "docs" / "sending.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
PRINTED = ["taken: ", "2500 of 2500 in 3 requests", "-5 1000 0 0\nunder way when it was left: 0", ""]


@pytest.mark.parametrize(("example", "printed"), list(zip(EXAMPLES, PRINTED, strict=True)))
def test_each_example_runs(example: str, printed: str) -> None:
    with emulator.running(emulator.Settings()) as gateway:
        there = {
            "BLACKKONNECT_BASE_URL": gateway.base_url,
            "BLACKKONNECT_CLIENT_ID": gateway.client_id,
            "BLACKKONNECT_CLIENT_SECRET": gateway.client_secret,
        }
        told = _run(example, there)
    assert told.stderr == ""
    assert printed in told.stdout


def _run(example: str, there: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", example],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **there},
        timeout=120,
    )


def test_the_numbers() -> None:
    policy, budget = RetryPolicy(), RetryBudget()
    client, bulk = _defaults(ClientBase.__init__), _defaults(BlackkonnectSMS.send_bulk)
    for said in (
        f"at most {policy.attempts} tries, up to {policy.base} s before the second",
        f"doubling to {policy.cap:g} s",
        f"`retry_after_cap` ({policy.retry_after_cap:g} s)",
        f"a budget of {budget.size:g} repeats",
        f"| `timeout` | {client['timeout']:g} s |",
        f"| `deadline` | {client['deadline']:g} s |",
        f"| `reconcile_for` | {client['reconcile_for']:g} s |",
        f"go into a request: {bulk['request_size']:,}, and 1 to {LARGEST_REQUEST:,}",
        f"at most {MOST_MESSAGES:,} messages",
        f"under way at once: {bulk['concurrency']}, and 1 to {MOST_AT_ONCE}",
    ):
        assert said in " ".join(PAGE.split()), said
    assert budget.earned == 1 / 5


def _defaults(function: Callable[..., object]) -> dict[str, Any]:
    return {name: one.default for name, one in inspect.signature(function).parameters.items()}
