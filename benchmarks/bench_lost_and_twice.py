"""How many texts are sent twice, and how many are reported wrong, when a fifth of the requests fails.

The same schedule of faults meets our client and the SDKs of four gateways. Each sends one text to each of
10,000 numbers to a stand-in that answers in its gateway's format and counts what it takes by number.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import ssl
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from blackkonnect_sms import __version__
from sms_sdks import NoSdkError, Sdk, installed
from stand_in import CHANCE, SHARE, StandIn

SEED = 20_260_302
SENDERS = Path(__file__).with_name("senders.py")
RUNS = (
    ("ours", "send"),
    ("ours", "send, timeout 1 s"),
    ("ours", "send, timeout 1 s, then reconcile()"),
    ("ours", "async send"),
    ("ours", "send_bulks"),
    ("ours", "async send_bulks, timeout 1 s"),
    ("twilio", ""),
    ("twilio", "timeout 1 s, max_retries=3"),
    ("vonage", ""),
    ("vonage", "timeout 1 s, max_retries=0"),
    ("telnyx", ""),
    ("telnyx", "timeout 1 s"),
    ("telnyx", "timeout 1 s, a key of the caller's"),
    ("telnyx", "retries off"),
    ("infobip", ""),
    ("infobip", "timeout 1 s, retries=3"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """What became of the sends of one client with one setting.

    Attributes:
        title: The client and its version.
        setting: Its setting.
        twice: How many numbers got the text more than once.
        most: How often at most.
        lost: How many it called accepted, though nothing was taken.
        denied: How many it called refused, though the text was taken.
        open_taken: How many it left open that were taken.
        open_not: How many it left open that were not.
        silent: How many calls ended without any word.
        seconds: How long it took.
    """

    title: str
    setting: str
    twice: int
    most: int
    lost: int
    denied: int
    open_taken: int
    open_not: int
    silent: int
    seconds: float


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Make a certificate for this machine, with openssl."""
    key, public = folder / "key.pem", folder / "certificate.pem"
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
    where = ["-keyout", str(key), "-out", str(public)]
    told = ["openssl", "req", "-x509", *kind, *names, *where]
    subprocess.run(told, check=True, capture_output=True, timeout=60)  # noqa: S603
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(public, key)
    return context, public


async def measured(sdk: Sdk, setting: str, count: int, context: ssl.SSLContext, public: Path) -> Row:
    """Let one client send, and compare what it said with what the stand-in took."""
    stand_in = StandIn(SEED)
    begun = time.monotonic()
    async with stand_in.serving(context) as port:
        told = {
            "name": sdk.name,
            "setting": setting,
            "port": port,
            "certificate": str(public),
            "first": 0,
            "count": count,
            "seed": SEED,
            "refused": CHANCE,
        }
        trusting = {"SSL_CERT_FILE": str(public), "REQUESTS_CA_BUNDLE": str(public), "NO_PROXY": "*"}
        # A rival gets its own environment alone.
        environment = {
            name: value for name, value in os.environ.items() if sdk.name == "ours" or name != "PYTHONPATH"
        }
        process = await asyncio.create_subprocess_exec(
            sdk.python,
            str(SENDERS),
            json.dumps(told),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**environment, **trusting},
        )
        out, problems = await process.communicate()
        seconds = time.monotonic() - begun
        await stand_in.settled()
    if process.returncode:
        raise RuntimeError(problems.decode(errors="replace")[-2000:])
    return _row(sdk.title, setting, count, [json.loads(line) for line in out.splitlines()], stand_in, seconds)


def _row(  # noqa: PLR0913, PLR0917 - what a row is made of
    title: str, setting: str, count: int, said: list[Any], stand_in: StandIn, seconds: float
) -> Row:
    taken = stand_in.taken
    ends = Counter((word, taken[number] > 0) for numbers, word, _ in said for number in numbers)
    return Row(
        title,
        setting or "as it comes",
        twice=sum(times > 1 for times in taken.values()),
        most=max(taken.values(), default=0),
        lost=ends["accepted", False],
        denied=ends["refused", True],
        open_taken=ends["open", True],
        open_not=ends["open", False],
        silent=count - sum(ends.values()),
        seconds=seconds,
    )


def table(rows: list[Row], count: int) -> str:
    """Return the rows as Markdown."""
    heads = (
        f"{count:,} sends each, a fault on {SHARE:.0%} of requests",
        "setting",
        "sent more than once",
        "most to one number",
        "said accepted, was not taken",
        "said refused, was taken",
        "left open: was taken / was not",
    )
    lines = [f"| {' | '.join(heads)} |", "| --- | --- | ---: | ---: | ---: | ---: | ---: |"]
    return "\n".join([*lines, *map(line, rows)])


def line(row: Row) -> str:
    """Return a row as Markdown."""
    cells = (row.title, row.setting, row.twice, row.most, row.lost + row.silent, row.denied)
    return f"| {' | '.join(map(str, cells))} | {row.open_taken} / {row.open_not} |"


def main() -> None:
    """Let each client send with each setting, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sends", type=int, default=10_000, help="how many numbers each sends to")
    parser.add_argument("--only", default="", help="the name of one client: ours, twilio, vonage and so on")
    told = parser.parse_args()
    ours = Sdk("ours", f"blackkonnect-sms {__version__}", sys.executable)
    rows: list[Row] = []
    missing: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        context, public = certificate(Path(folder))
        for name, setting in RUNS:
            if told.only not in {"", name} or name in missing:
                continue
            try:
                sdk = ours if name == "ours" else installed(name)
            except NoSdkError as error:
                missing[name] = str(error)
                continue
            rows.append(asyncio.run(measured(sdk, setting, told.sends, context, public)))
            print(f"{line(rows[-1])} {rows[-1].seconds:.0f} s", file=sys.stderr)
    print(table(rows, told.sends))
    for reason in missing.values():
        print(f"Left out: {reason}")


if __name__ == "__main__":
    main()
