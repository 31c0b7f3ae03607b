"""Other mock servers, which serve the same document: Prism and Mockoon, of npm."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from servers import EDITION

DOCUMENT = Path(__file__).parents[1] / f"generated/blackkonnect_sms_documents/{EDITION}.json"
# Neither tells anybody that it runs, and Prism does not look for a newer one.
QUIET = {"SCARF_ANALYTICS": "false", "DO_NOT_TRACK": "1", "NO_UPDATE_NOTIFIER": "1"}
_LONGEST_INSTALL = 600


class NoRivalsError(Exception):
    """The rivals can't be had here."""


@dataclass(frozen=True, slots=True)
class Rival:
    """A server of npm.

    Attributes:
        name: Its name and version.
        command: Returns the command that serves the document at a port.
    """

    name: str
    command: Callable[[int], list[str]]


def installed() -> list[Rival]:
    """Return the rivals, after npm has put them into a folder of the user's cache.

    Prism takes part twice: as it starts by itself, and without its log of each request, which costs it most.

    Raises:
        NoRivalsError: There is no npm, or it failed; the message tells.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise NoRivalsError("there is no npm")
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    packages = folder / "node_modules"
    if not all((packages / name).exists() for name in ("@stoplight/prism-cli", "@mockoon/cli")):
        wanted = ["@stoplight/prism-cli@5", "@mockoon/cli@9"]
        told = ["install", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund", *wanted]
        try:
            subprocess.run([npm, *told], check=True, capture_output=True, timeout=_LONGEST_INSTALL)  # noqa: S603
        except (OSError, subprocess.SubprocessError) as error:
            raise NoRivalsError(f"npm could not install them: {error}") from error
    loud, silent = (_prism(packages, more) for more in ([], ["--verboseLevel", "silent"]))
    return [loud, replace(silent, name=f"{loud.name}, silent"), _mockoon(packages)]


def _folder() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "blackkonnect-benchmarks"


def _prism(packages: Path, more: list[str]) -> Rival:
    def command(port: int) -> list[str]:
        where = ["--host", "127.0.0.1", "--port", str(port)]
        return [str(packages / ".bin/prism"), "mock", *more, *where, str(DOCUMENT)]

    return Rival(f"Prism {_version(packages / '@stoplight/prism-cli')}", command)


def _mockoon(packages: Path) -> Rival:
    def command(port: int) -> list[str]:
        told = ["--data", str(DOCUMENT), "--port", str(port), "--hostname", "127.0.0.1"]
        quiet = ["--disable-log-to-file", "--disable-admin-api"]
        return [str(packages / ".bin/mockoon-cli"), "start", *told, *quiet]

    return Rival(f"Mockoon {_version(packages / '@mockoon/cli')}", command)


def _version(package: Path) -> str:
    return str(json.loads((package / "package.json").read_text())["version"])
