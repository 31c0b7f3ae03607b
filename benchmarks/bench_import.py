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


def rows() -> list[Row]:
    """Return what can be measured here, after pip has installed it."""
    base = _own()
    found = [
        Row("a bare interpreter", base, "pass", packages=False),
        Row("import httpx", base, "import httpx", packages=False),
        Row("import httpx; httpx.Client()", base, "import httpx; httpx.Client()", packages=False),
        Row("blackkonnect-sms, a client", base, OURS),
        Row("  and all for its first request", base, f"{OURS}; c._core; import blackkonnect_sms.messages"),
    ]
    for name, code in CODES.items():
        try:
            sdk = sms_sdks.installed(name)
        except sms_sdks.NoSdkError as error:
            print(error)
        else:
            found.append(Row(f"{sdk.title}, a client", sdk.python, code))
    return found


def _own() -> str:
    """Install this package's wheel, without extras, into a folder of its own; return its interpreter."""
    folder = Path(tempfile.mkdtemp(prefix="blackkonnect-import-"))
    venv.create(folder, with_pip=True)
    python = str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    root = str(Path(__file__).parents[1])
    subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", root], check=True)  # noqa: S603 - the codes above
    return python


def cpu_seconds(row: Row) -> float:
    """Return the CPU time of an interpreter that runs the code."""
    before = os.times()
    subprocess.run([row.python, "-c", row.code], check=True, capture_output=True)  # noqa: S603 - the codes above
    after = os.times()
    return (after.children_user - before.children_user) + (after.children_system - before.children_system)


def modules(row: Row) -> int:
    """Return how many modules the code loads."""
    code = f"import sys; before = len(sys.modules); {row.code}; print(len(sys.modules) - before)"
    return int(subprocess.run([row.python, "-c", code], check=True, capture_output=True, text=True).stdout)  # noqa: S603 - the codes above


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
    """Measure times in turns, so that a busy moment touches all alike, and tell the least of each."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    known = rows()
    for row in known:
        cpu_seconds(row)  # Compiles what pip has left uncompiled.
    least = [min(cpu_seconds(row) for _ in range(ROUNDS)) for row in known]
    try:
        counted = [instructions.of([row.python, "-c", row.code]) for row in known]
    except instructions.NoValgrindError as error:
        print(f"instructions are left out: {error}")
        counted = [0] * len(known)
    print(f"Python {sys.version.partition(' ')[0]}")
    print(f"{'':42} {'instructions':>13} {'x bare':>7} {'CPU ms':>7} {'x bare':>7} {'modules':>8} {'MB':>6}")
    for row, count, seconds in zip(known, counted, least, strict=True):
        ratios = (
            f"{count:13,} {count / (counted[0] or 1):7.1f} {seconds * 1e3:7.0f} {seconds / least[0]:7.1f}"
        )
        print(f"{row.title:42} {ratios} {modules(row):8} {megabytes(row) if row.packages else 0:6.1f}")


if __name__ == "__main__":
    main()
