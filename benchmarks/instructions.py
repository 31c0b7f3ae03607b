"""How many instructions a Python program executes, by valgrind: unlike times, they repeat."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping


class NoValgrindError(Exception):
    """Instructions can't be counted here."""


def of(command: list[str], environment: Mapping[str, str] | None = None) -> int:
    """Return how many instructions a command executes.

    Args:
        command: The command.
        environment: What its environment has besides this process's.

    Raises:
        NoValgrindError: There is no valgrind, or it failed.
    """
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        raise NoValgrindError("there is no valgrind")
    told = subprocess.run(  # noqa: S603 - the benchmarks' own commands
        [valgrind, "--tool=callgrind", "--callgrind-out-file=/dev/null", *command],
        env={**surroundings(), **(environment or {}), "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"Collected : (\d+)", told.stderr)
    if told.returncode or found is None:
        raise NoValgrindError(told.stderr[-500:])
    return int(found.group(1))


def surroundings() -> dict[str, str]:
    """Return the environment without what has modules compiled anew in each run."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
