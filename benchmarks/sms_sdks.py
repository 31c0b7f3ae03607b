"""SDKs of other SMS gateways, each in an environment of its own below the user's cache."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

_LONGEST_INSTALL = 600
PACKAGES = {
    "twilio": "twilio>=9,<10",
    "vonage": "vonage>=4,<5",
    "telnyx": "telnyx>=4,<5",
    "infobip": "infobip-api-python-client>=6,<7",
    "sinch": "sinch>=2,<3",
    "plivo": "plivo>=4,<5",
    "stripe": "stripe>=13",
}


class NoSdkError(Exception):
    """An SDK can't be had here."""


@dataclass(frozen=True, slots=True)
class Sdk:
    """An SDK of PyPI.

    Attributes:
        name: Its short name.
        title: Its package and version.
        python: The interpreter of the environment that has it.
    """

    name: str
    title: str
    python: str


def installed(name: str) -> Sdk:
    """Return an SDK, after pip has put it into an environment of its own.

    Args:
        name: One of `PACKAGES`.

    Raises:
        NoSdkError: pip failed; the message tells.
    """
    package = PACKAGES[name].partition(">")[0]
    python = environment(name, PACKAGES[name])
    return Sdk(name, f"{package} {version(python, package)}", str(python))


def environment(name: str, *requirements: str) -> Path:
    """Return the interpreter of an environment that has some packages, after pip has put them there.

    Args:
        name: What to call the environment.
        requirements: The packages; where others were asked for last time, it is made anew.

    Raises:
        NoSdkError: pip failed; the message tells.
    """
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(cache) / "blackkonnect-benchmarks" / f"{name}-{sys.version_info[0]}.{sys.version_info[1]}"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    asked, wanted = folder / "requirements.txt", "\n".join(requirements)
    try:
        if not asked.exists() or asked.read_text() != wanted:
            venv.create(folder, with_pip=True, clear=True)
            told = ["-m", "pip", "install", "-q", "--disable-pip-version-check", *requirements]
            subprocess.run([str(python), *told], check=True, capture_output=True, timeout=_LONGEST_INSTALL)  # noqa: S603
            asked.write_text(wanted)
    except (OSError, subprocess.SubprocessError) as error:
        raise NoSdkError(f"{requirements[0]} could not be installed: {error}") from error
    return python


def version(python: Path, package: str) -> str:
    """Return the version of a package in an environment, empty where there is none."""
    if not python.exists():
        return ""
    code = f"import importlib.metadata as m, json; print(json.dumps(m.version({package!r})))"
    told = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=False)  # noqa: S603
    return str(json.loads(told.stdout)) if told.returncode == 0 else ""
