"""What docs/testing.md says: each example runs, and prints what stands there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
emulator = pytest.importorskip("blackkonnect_emulator")

PAGE = (Path(__file__).parents[2] / "docs" / "testing.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
TESTS = [example for example in EXAMPLES if "\ndef test_" in example]
PROGRAMS = [example for example in EXAMPLES if example not in TESTS]
LOGGED = re.findall(r"^<!-- printed -->\n```text\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
PRINTED = [
    "/api/sms/authenticate/access-token/token/v1 200\n/api/sms/send-message/v1 200\n",
    *LOGGED,
    "POST 200\nPOST 200\n",
    "",
]


@pytest.mark.parametrize(("example", "printed"), list(zip(PROGRAMS, PRINTED, strict=True)))
def test_each_program_prints_what_the_page_says(example: str, printed: str) -> None:
    with emulator.running(emulator.Settings()) as gateway:
        there = {
            "BLACKKONNECT_BASE_URL": gateway.base_url,
            "BLACKKONNECT_CLIENT_ID": gateway.client_id,
            "BLACKKONNECT_CLIENT_SECRET": gateway.client_secret,
        }
        told = _run("-W", "error", "-c", example, **there)
    assert told.returncode == 0, told.stderr
    assert told.stdout + told.stderr == printed


def test_each_test_passes(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makeini("[pytest]\nfilterwarnings = error")
    for number, example in enumerate(TESTS):
        (pytester.path / f"test_{number}.py").write_text(example, "utf-8")
    plugins = ["-p", "no:cacheprovider", "-p", "blackkonnect_emulator.pytest_plugin", "--strict-markers"]
    pytester.runpytest_subprocess(*plugins, timeout=120).assert_outcomes(passed=3)


def _run(*arguments: str, **there: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **there},
        timeout=120,
    )
