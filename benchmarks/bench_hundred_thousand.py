"""What a text costs its sender when 100,000 go out in bulk requests of 1,000, eight at a time.

Ours beside plain dicts with orjson and http.client, what the generator makes by itself, and SDKs of other
gateways. What is counted is the CPU time of the sender's process, from building the list of numbers to having
read each fate; servers run in processes of their own. `--texts 20000` makes it shorter, `--only ours` leaves
rivals out, `--instructions` counts instructions too, by valgrind.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version as installed_version
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import instructions
from bench_lost_and_twice import certificate
from blackkonnect_sms import __version__
from load import ask
from openapi_python_client import generate
from openapi_python_client.config import Config, ConfigFile, MetaType
from sends import token_request
from servers import CLIENT, SECRET, emulator_command, free_port, serving
from sms_sdks import NoSdkError, environment, installed, version

ROOT = Path(__file__).parents[1]
SENDERS = Path(__file__).with_name("bulk_senders.py")
WARM_UP, ONE_BY_ONE = 1_000, 2_000
SMALL, LARGE = 2_000, 12_000
FATES_ALONE, TOLD_AGAIN = "answers of fates alone", "answers that tell the request again too"
ALONE = frozenset({"twilio", "vonage", "telnyx"})
OURS = {"send_bulks": "ours", "send_bulk": "ours_whole", "async send_bulks": "ours_async"}


@dataclass(frozen=True, slots=True)
class Sender:
    """One way to send.

    Attributes:
        title: What to call it, with its version.
        way: Its name in `bulk_senders`.
        python: The interpreter of the environment that it runs in.
        path: What is on the module path beside it.
        gateway: Whether it speaks to our gateway; else to its own.
        fast: Whether it sends with ``fast=True``, below httpx.
    """

    title: str
    way: str
    python: str
    path: tuple[str, ...] = ()
    gateway: bool = True
    fast: bool = False

    def command(self, port: int, *counts: int) -> list[str]:
        """Return what sends so many texts, and then so many."""
        return [self.python, str(SENDERS), self.way, str(port), *map(str, counts)]


def our_packages(folder: Path) -> Path:
    """Return a folder with our packages and nothing that is installed beside them, as orjson may be."""
    made = folder / "ours"
    made.mkdir()
    for name in ("blackkonnect_sms_api", "blackkonnect_sms"):
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            raise SystemExit(f"{name} is not installed")
        (made / name).symlink_to(Path(spec.origin).parent)
    return made


def senders(folder: Path, only: str) -> Iterator[Sender]:
    """Yield all that can be had here, plain dicts first."""
    httpx, attrs = (f"{name}=={installed_version(name)}" for name in ("httpx", "attrs"))
    extra = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]["fast"]
    base = environment("base", httpx, attrs)
    fast = environment("fast", *extra, httpx, attrs)
    ours = (str(our_packages(folder)),)
    yield Sender(f"plain dicts, orjson {version(fast, 'orjson')}, http.client", "plain", str(fast))
    for name, python, below in (("base", base, False), ("`fast`", fast, True)):
        for call, way in OURS.items():
            title = f"blackkonnect-sms {__version__}, {name}, {call}"
            yield Sender(title, way, str(python), ours, fast=below)
    if only == "ours":
        return
    bare = environment("stock", "python-dateutil", httpx, attrs)
    title = f"openapi-python-client {installed_version('openapi-python-client')}, its own templates"
    yield Sender(title, "stock", str(bare), (str(folder),))
    for name in ("infobip", "twilio", "vonage", "telnyx"):
        try:
            sdk = installed(name)
        except NoSdkError as error:
            print(f"left out: {error}", file=sys.stderr)
            continue
        bulk = "one bulk request for 1,000" if name == "infobip" else "one request a text"
        yield Sender(f"{sdk.title}, {bulk}", name, sdk.python, gateway=False)


@contextmanager
def gateway(sender: Sender, manner: str, folder: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Serve what a sender speaks to; its port, and what the sender's environment has besides this one's."""
    port = free_port()
    public, key = folder / "certificate.pem", folder / "key.pem"
    if sender.gateway and manner == TOLD_AGAIN:
        command = emulator_command(port)
    else:
        by_tls = [str(public), str(key)] if sender.way == "vonage" else []
        command = [sys.executable, str(Path(__file__).with_name("stand_in.py")), str(port), *by_tls]
    environment = {
        "PYTHONPATH": os.pathsep.join(sender.path),
        "REQUESTS_CA_BUNDLE": str(public),
        "NO_PROXY": "*",
        "FAST": "yes" if sender.fast else "",
    }
    with serving(sender.way, command, port):
        if sender.gateway:
            environment["TOKEN"] = json.loads(ask(port, token_request(CLIENT, SECRET)))["token"]
        yield port, environment


def cost(sender: Sender, manner: str, texts: int, folder: Path) -> float:
    """Return the CPU seconds of a text, sent by a fresh process to a fresh server."""
    with gateway(sender, manner, folder) as (port, environment):
        told = subprocess.run(  # noqa: S603 - the program beside this one
            sender.command(port, min(WARM_UP, texts), texts),
            # What is compiled here is not compiled where instructions are counted.
            env={**instructions.surroundings(), **environment},
            capture_output=True,
            text=True,
            check=False,
        )
    if told.returncode:
        raise SystemExit(f"{sender.title}: {told.stderr[-2000:]}")
    return float(json.loads(told.stdout)["cpu"]) / texts


def instructions_of(sender: Sender, manner: str, folder: Path) -> float:
    """Return the instructions of a text: the difference of two run sizes.

    One request at a time is sent, for under valgrind threads that wait for each other count for most.
    """
    with gateway(sender, manner, folder) as (port, environment):
        alone = {**environment, "AT_ONCE": "1"}
        small, large = (instructions.of(sender.command(port, count), alone) for count in (SMALL, LARGE))
    return (large - small) / (LARGE - SMALL)


def stock_client(folder: Path) -> None:
    """Let the generator make its own client into a folder, without our templates."""
    settings = ConfigFile(package_name_override="stock_client", post_hooks=[])
    source = ROOT / "generated/blackkonnect_sms_documents/blackkonnect-sms.json"
    generate(
        config=Config.from_sources(settings, MetaType.NONE, source, "utf-8", False, folder / "stock_client")
    )


def report(manner: str, figures: dict[str, list[float]], unit: str, scale: float) -> None:
    """Print a table of medians, and of their ratios to the first line."""
    rival = median(next(iter(figures.values())))
    print(f"\n| {manner} | {unit} | x plain dicts |\n| --- | ---: | ---: |")
    for title, found in figures.items():
        middle = median(found)
        print(f"| {title} | {middle * scale:,.1f} | {middle / rival:.1f} |")


def main() -> None:
    """Measure in turns, so that a busy moment touches all alike, and tell the medians."""
    parser = argparse.ArgumentParser(description="Tell what a text costs its sender.")
    parser.add_argument("--texts", type=int, default=100_000, help="how many (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each (%(default)s)")
    parser.add_argument("--only", choices=["ours"], default="", help="leave the rivals out, but plain dicts")
    parser.add_argument("--instructions", action="store_true", help="count instructions too, by valgrind")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        certificate(folder)
        stock_client(folder)
        taking_part = list(senders(folder, given.only))
        for manner in (FATES_ALONE, TOLD_AGAIN):
            compared = [one for one in taking_part if one.gateway or manner == FATES_ALONE]
            figures: dict[str, list[float]] = {one.title: [] for one in compared}
            for _ in range(given.rounds):
                for one in compared:
                    texts = min(given.texts, ONE_BY_ONE) if one.way in ALONE else given.texts
                    figures[one.title].append(cost(one, manner, texts, folder))
            report(manner, figures, "CPU us a text", 1e6)
            if given.instructions:
                counted = [one for one in compared if one.gateway]
                report(
                    manner,
                    {one.title: [instructions_of(one, manner, folder)] for one in counted},
                    "instructions a text",
                    1,
                )


if __name__ == "__main__":
    main()
