"""What it costs to import SDKs and to make a client, in instructions and in time, beside a bare interpreter.

Ours is installed as a user installs it, without extras, each SDK in an environment of its own.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass
from pathlib import Path

import instructions
import sms_sdks

ROUNDS = 7
LONGEST, LONGEST_INSTALL = 60, 600  # seconds
READY, RIVAL = "  and all for its first request", "import httpx; httpx.Client()"
OURS = (
    "from blackkonnect_sms import BlackkonnectSMS; "
    "c = BlackkonnectSMS(base_url='https://a.example', client_id='a', client_secret='b')"
)
CODES = {
    "twilio": "from twilio.rest import Client; Client('a', 'b')",
    "vonage": "from vonage import Auth, Vonage; Vonage(Auth(api_key='a', api_secret='b'))",
    "telnyx": "import telnyx; telnyx.Telnyx(api_key='a') if hasattr(telnyx, 'Telnyx') else None",
    "infobip": "from infobip_api_client import ApiClient, Configuration; ApiClient(Configuration(host='a'))",
    "sinch": "from sinch import SinchClient; SinchClient(project_id='a', key_id='b', key_secret='c')",
    "plivo": "import plivo; plivo.RestClient('MAXXXXXXXXXXXXXXXXXX', 'b')",
    "stripe": "import stripe; stripe.StripeClient('sk_test_a')",
}


@dataclass(frozen=True, slots=True)
class Row:
    """What is measured: a title, the interpreter, the code, and what `installed` stands for."""

    title: str
    python: str
    code: str
    packages: bool = True


def rows(folder: Path) -> list[Row]:
    """Return what can be measured here, after pip has installed it.

    Args:
        folder: An empty folder for ours; each SDK is in the user's cache.
    """
    base = _own(folder)
    found = [
        Row("a bare interpreter", base, "pass", packages=False),
        Row("import httpx", base, "import httpx", packages=False),
        Row(RIVAL, base, "import httpx; httpx.Client()", packages=False),
        Row("blackkonnect-sms, a client", base, OURS),
        Row(READY, base, f"{OURS}; c._core; import blackkonnect_sms.messages"),
    ]
    for name, code in CODES.items():
        try:
            sdk = sms_sdks.installed(name)
        except sms_sdks.NoSdkError as error:
            print(error)
        else:
            found.append(Row(f"{sdk.title}, a client", sdk.python, code))
    return found


def _own(folder: Path) -> str:
    """Install this package's wheel, without extras; return the interpreter that has it."""
    venv.create(folder, with_pip=True)
    python = str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    root = str(Path(__file__).parents[1])
    _run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", root], LONGEST_INSTALL)
    return python


def _run(command: list[str], longest: float = LONGEST) -> str:
    """Run a command with the modules that are installed, compiled; return what it prints."""
    skipped = {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH"}
    left = {name: value for name, value in os.environ.items() if name not in skipped}
    told = subprocess.run(command, env=left, check=True, capture_output=True, text=True, timeout=longest)  # noqa: S603 - the codes above
    return told.stdout


def cpu_seconds(row: Row) -> float:
    """Return the CPU time of an interpreter that runs the code."""
    before = os.times()
    _run([row.python, "-c", row.code])
    after = os.times()
    return (after.children_user - before.children_user) + (after.children_system - before.children_system)


def modules(row: Row) -> int:
    """Return how many modules the code loads."""
    code = f"import sys; before = len(sys.modules); {row.code}; print(len(sys.modules) - before)"
    return int(_run([row.python, "-c", code]))


def megabytes(row: Row) -> float:
    """Return what is installed beside pip and setuptools, without compiled files."""
    packages = next(Path(row.python).parents[1].glob("lib/python*/site-packages"))
    skipped = {"pip", "setuptools", "_distutils_hack", "pkg_resources"}
    return (
        sum(
            path.stat().st_size
            for path in packages.rglob("*")
            if path.is_file()
            and path.suffix != ".pyc"
            and not {path.relative_to(packages).parts[0].partition("-")[0]} & skipped
        )
        / 1e6
    )


def main() -> None:
    """Measure all, and tell the ratios to a bare interpreter and to what a first request needs."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    with tempfile.TemporaryDirectory(prefix="blackkonnect-import-") as folder:
        _measure(rows(Path(folder)))


def _measure(known: list[Row]) -> None:
    """Measure times in turns, so that a busy moment touches all alike, and tell the least of each."""
    for row in known:
        cpu_seconds(row)  # Compiles what pip has left uncompiled.
    turns = [[cpu_seconds(row) for row in known] for _ in range(ROUNDS)]
    least = [min(seconds) for seconds in zip(*turns, strict=True)]
    print(f"Python {sys.version.partition(' ')[0]}")
    print(f"{'':42} {'instructions':>13} {'x bare':>7} {'CPU ms':>7} {'x bare':>7} {'modules':>8} {'MB':>6}")
    counted: list[int] = []
    for row, seconds in zip(known, least, strict=True):
        counted.append(_instructions(row))  # The largest SDKs take minutes, so each row is told by itself.
        ratio = counted[-1] / (counted[0] or 1)
        costs = f"{counted[-1]:13,} {ratio:7.1f} {seconds * 1e3:7.0f} {seconds / least[0]:7.1f}"
        size = megabytes(row) if row.packages else 0
        print(f"{row.title:42} {costs} {modules(row):8} {size:6.1f}", flush=True)
    titles = [row.title for row in known]
    ready, rival = titles.index(READY), titles.index(RIVAL)
    print(f"ready for the first request, to {RIVAL}:", end=" ")
    print(f"{counted[ready] / (counted[rival] or 1):.3f} of the instructions,", end=" ")
    print(f"{least[ready] / least[rival]:.2f} of the CPU time")


def _instructions(row: Row) -> int:
    """Return how many instructions the code takes, 0 where they can't be counted."""
    try:
        return instructions.of([row.python, "-c", row.code], {"PYTHONPATH": ""})
    except instructions.NoValgrindError as error:
        print(f"instructions are left out: {error}")
        return 0


if __name__ == "__main__":
    main()
