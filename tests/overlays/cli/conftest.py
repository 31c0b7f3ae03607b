"""Commands run as a user runs them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import pytest
from blackkonnect_sms.cli.commands import blackkonnect
from click.testing import CliRunner, Result

COMMAND = [sys.executable, "-c", "from blackkonnect_sms.cli import main; main()"]


class Shell:
    """Runs commands in this process, with the variables of a gateway."""

    def __init__(self, env: dict[str, str | None]) -> None:
        self.env = env

    def run(self, *arguments: str, stdin: str | bytes | None = None) -> Result:
        ended = CliRunner().invoke(
            blackkonnect, list(arguments), input=stdin, env=self.env, prog_name="blackkonnect"
        )
        assert ended.exception is None or isinstance(ended.exception, SystemExit), ended.exception
        return ended

    def json(self, *arguments: str, stdin: str | bytes | None = None) -> tuple[int, Any]:
        ended = self.run(*arguments, "--json", stdin=stdin)
        return ended.exit_code, json.loads(ended.stdout)


@pytest.fixture
def shell(blackkonnect_emulator: Any) -> Shell:
    """A shell whose environment names the gateway of this test."""
    return Shell(dict(blackkonnect_emulator.env))


@pytest.fixture
def shell_with() -> Callable[..., Shell]:
    """Make a shell with other variables; None takes one away."""
    return Shell


@pytest.fixture(scope="session")
def command() -> list[str]:
    """What runs the command line in a process of its own."""
    return COMMAND
