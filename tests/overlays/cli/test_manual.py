"""What the manual says: every example runs, every table is the code's."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from blackkonnect_sms import BlackkonnectSMS
from blackkonnect_sms.cli.bulk_results import COLUMNS
from blackkonnect_sms.cli.commands import COMMANDS
from blackkonnect_sms.cli.exit_codes import MEANINGS
from blackkonnect_sms.receipts import Receipt, make_url

MANUAL = (Path(__file__).parents[3] / "docs" / "command-line.md").read_text("utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", MANUAL, re.DOTALL | re.MULTILINE)
LINES = [line for block in BLOCKS for line in block.splitlines()]


def table(text: str) -> dict[str, str]:
    return dict(re.findall(r"^\| `([^`]+)` \| (.*) \|$", text, re.MULTILINE))


def chapter(title: str) -> str:
    return MANUAL.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_the_tables(shell: Any) -> None:
    assert table(MANUAL.partition("\n## ")[0]) == COMMANDS
    codes = {str(int(code)): words for code, words in MEANINGS.items()}
    assert table(chapter("Exit codes")) == codes
    assert tuple(table(chapter("Bulk"))) == COLUMNS
    told = " ".join(shell.run("--help").stdout.split())
    assert all(f"{code} {words}" in told for code, words in codes.items())


def test_every_command_has_a_help(shell: Any) -> None:
    for name in COMMANDS:
        ended = shell.run(name, "--help")
        assert ended.exit_code == 0
        assert ended.stdout


@pytest.fixture
def folder(tmp_path: Path, command: list[str]) -> Path:
    """A folder with the files of the examples, and the command."""
    (tmp_path / "customers.csv").write_text("phone,words\n+233200000003,Hello\n", "utf-8")
    (tmp_path / "text.txt").write_text("Hello\n", "utf-8")
    script = tmp_path / "blackkonnect"
    # As pip writes it: processes that the command starts read it again.
    lines = (f"#!{sys.executable}", 'if __name__ == "__main__":', f"    {command[2]}", "")
    script.write_text("\n".join(lines), "utf-8")
    script.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize("line", LINES)
def test_an_example_runs(line: str, blackkonnect_emulator: Any, folder: Path) -> None:
    if line.startswith("pip "):
        assert line == "pip install 'blackkonnect-sms[cli]'"
        return
    if " status " in line:
        with BlackkonnectSMS.from_env(blackkonnect_emulator.env) as sms:
            sms.send("+233200000001", "Hello", message_id="m-1")
            sms.send("+233200000001", "Hello", message_id="m-2")
            sms.send_bulk(["+233200000001"], "Hello", bulk_id="b-1")
        blackkonnect_emulator.advance(60)
    path = os.pathsep.join([str(folder), os.environ["PATH"]])
    with subprocess.Popen(
        ["/bin/sh", "-c", line],
        cwd=folder,
        env={**os.environ, **blackkonnect_emulator.env, "PATH": path, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        if " listen " in line:
            assert process.stdout is not None
            address = process.stdout.readline().split()[-1]
            httpx.get(make_url(address, Receipt("m-1", "DELIVERED")), trust_env=False)
        out, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")
    if "--json" in line:
        assert all(json.loads(told) for told in out.splitlines())
    assert out
