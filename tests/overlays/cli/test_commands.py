"""The command line as a shell sees it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-c", "from blackkonnect_sms.cli import main; main()"]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, timeout=60, check=False)


def test_the_demo_ends_with_0() -> None:
    ended = run("demo")
    assert ended.returncode == 0, ended.stderr
    assert "5 of 5 messages are final" in ended.stdout
    assert ended.stderr == ""


@pytest.mark.parametrize(
    "arguments", [("demo", "--edition", "1999-01-01"), ("emulator", "--edition", "1999-01-01")]
)
def test_an_unknown_edition_is_told_in_a_line(arguments: tuple[str, ...]) -> None:
    ended = run(*arguments)
    assert ended.returncode == 2
    assert "1999-01-01" in ended.stderr
    assert "2026-02-25" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_help_names_the_commands() -> None:
    ended = run("--help")
    assert ended.returncode == 0
    assert "demo" in ended.stdout
    assert "emulator" in ended.stdout


def test_the_emulators_help_is_its_own() -> None:
    ended = run("emulator", "--help")
    assert ended.returncode == 0
    assert "--database" in ended.stdout
    assert "blackkonnect emulator" in ended.stdout


def test_the_emulator_serves_until_it_is_interrupted() -> None:
    with subprocess.Popen(
        [*COMMAND, "emulator", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stdout is not None
        try:
            lines = [process.stdout.readline() for _ in range(3)]
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=30)
        finally:
            process.kill()
    assert re.search(r"http://127\.0\.0\.1:\d+", "".join(lines))
    assert process.returncode == 0
    assert "Traceback" not in errors


@pytest.mark.parametrize("missing", ["click", "rich"])
def test_a_missing_extra_is_told_in_a_line(missing: str, tmp_path: Path) -> None:
    (tmp_path / f"{missing}.py").write_text(f"raise ModuleNotFoundError('none', name='{missing}')\n", "utf-8")
    path = os.pathsep.join([str(tmp_path), *sys.path])
    ended = subprocess.run(
        [*COMMAND, "demo"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert ended.returncode != 0
    assert "pip install 'blackkonnect-sms[" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_terminal_without_unicode_is_no_obstacle() -> None:
    ended = subprocess.run(
        [*COMMAND, "demo"],
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )
    assert ended.returncode == 0, ended.stderr
    assert b"5 of 5 messages are final" in ended.stdout


def test_the_emulator_alone_tells_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "orjson.py").write_text("raise ModuleNotFoundError('none', name='orjson')\n", "utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "blackkonnect_emulator", "--help"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])},
    )
    assert ended.returncode == 2
    assert ended.stderr == "error: the emulator needs orjson: pip install 'blackkonnect-sms[emulator]'\n"
