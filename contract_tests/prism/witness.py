"""Let Prism, a validation proxy of npm, look on while the demo talks to the emulator.

Prism reads the document by itself and knows nothing of this project. It stands between the client and the
emulator, refuses what breaks the document in either direction, and logs it. The run ends with 0 if Prism saw
every operation and had nothing to say, and with 1 otherwise. `--prove` shows that it would have
had something to say: a request and an answer that break the document must be seen.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from uuid import uuid4

import httpx
from blackkonnect_contract.document import Document, document, editions
from blackkonnect_contract.emulated import opened
from blackkonnect_sms import BlackkonnectSMS
from blackkonnect_sms.cli.demo import run_demo
from blackkonnect_sms.errors import BlackkonnectError, NotFound
from rich.console import Console

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blackkonnect_contract.emulated import App
    from blackkonnect_contract.target import Target

PRISM = "@stoplight/prism-cli@5"
DOCUMENTS = Path(__file__).parents[2] / "generated/blackkonnect_sms_documents"
# Neither npm nor Prism tells anybody that it runs, and neither looks for a newer one.
QUIET = {
    "SCARF_ANALYTICS": "false",
    "DO_NOT_TRACK": "1",
    "NO_UPDATE_NOTIFIER": "1",
    "npm_config_ignore_scripts": "true",
    "npm_config_update_notifier": "false",
}
LONGEST_START = 300.0  # npx may have to fetch it first.
LONGEST_CALL = 10.0
LAST_PATH = "/the-last-request-of-this-run"
TOKEN, RECEIPT = "retrieveAccessToken", "handleDeliveryReceipt"

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_SEEN = re.compile(r"\[HTTP SERVER\] (?P<method>\w+) (?P<path>\S+) .*Request received")
_BREACH = re.compile(r"Violation:|Request terminated with error:|\b(?:error|warning|fatal)\b\s")


class WitnessError(Exception):
    """Prism could not be started or did not keep up."""


@dataclass(frozen=True, slots=True)
class Testimony:
    """What Prism saw and said.

    Attributes:
        operations: How often it saw each operation.
        breaches: The lines of its log that tell of a breach.
    """

    operations: Counter[str]
    breaches: list[str]


class Prism:
    """A proxy that runs.

    Args:
        address: Where it listens.
        log: Its log.
        edition: The document that it judges by.
    """

    def __init__(self, address: str, log: Path, edition: Document) -> None:
        self.address = address
        self._log = log
        self._edition = edition

    def testimony(self) -> Testimony:
        """Wait until the log holds all requests so far, and tell what it says.

        Raises:
            WitnessError: It does not in time.
        """
        httpx.get(f"{self.address}{LAST_PATH}", timeout=LONGEST_CALL, trust_env=False)
        until = time.monotonic() + LONGEST_CALL
        while True:
            lines = self._lines()
            # The log is written after the answer. Its last line is a breach that is always there.
            ends = [place for place, line in enumerate(lines) if LAST_PATH in line and _BREACH.search(line)]
            if ends:
                break
            if time.monotonic() > until:
                raise WitnessError("Prism did not log the last request")
            time.sleep(0.05)
        lines = [line for line in lines[: ends[0]] if LAST_PATH not in line]
        seen = Counter(self._operation(found) for line in lines if (found := _SEEN.search(line)))
        return Testimony(seen, [line for line in lines if _BREACH.search(line)])

    def _lines(self) -> list[str]:
        return _COLOURS.sub("", self._log.read_text("utf-8", "replace")).splitlines()

    def _operation(self, found: re.Match[str]) -> str:
        for operation in self._edition.operations.values():
            pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(operation.path))
            if operation.method == found["method"].upper() and re.fullmatch(pattern, found["path"]):
                return operation.name
        return f"{found['method']} {found['path']}"


@contextmanager
def prism(command: list[str], edition: str, upstream: str) -> Iterator[Prism]:
    """Run Prism's proxy before a gateway.

    Args:
        command: Starts Prism.
        edition: The edition of the document that it is to judge by.
        upstream: The gateway's address.

    Raises:
        WitnessError: It does not start.
    """
    port = _free_port()
    told = ["proxy", "--errors", "--host", "127.0.0.1", "--port", str(port)]
    with TemporaryDirectory() as folder:
        log = Path(folder) / "prism.log"
        with log.open("wb") as sink:
            process = subprocess.Popen(  # noqa: S603 - the command that the user gave, or npx
                [*command, *told, str(DOCUMENTS / f"{edition}.json"), upstream],
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                env={**os.environ, **QUIET},
                # npx starts others; they are ended with it.
                start_new_session=True,
            )
            try:
                _wait_for(process, log)
                yield Prism(f"http://127.0.0.1:{port}", log, document(edition))
            finally:
                _end(process)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait_for(process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + LONGEST_START
    while b"Prism is listening" not in log.read_bytes():
        if process.poll() is not None or time.monotonic() > until:
            told = log.read_text("utf-8", "replace")[-2000:]
            raise WitnessError(f"Prism did not start:\n{told}")
        time.sleep(0.1)


def _end(process: subprocess.Popen[bytes]) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
        except ProcessLookupError:
            break
        try:
            process.wait(LONGEST_CALL)
        except subprocess.TimeoutExpired:
            continue
    process.wait(LONGEST_CALL)


def talk(console: Console, address: str, target: Target) -> None:
    """Run the demo, and the calls that it does not make.

    Args:
        console: Where the demo tells what it does.
        address: Where the client finds the gateway.
        target: The gateway, for its credentials.

    Raises:
        WitnessError: The demo did not reach its end, or an answer is not the expected one.
        BlackkonnectError: A call failed.
    """
    name, secret = target.client_id, target.client_secret
    if not run_demo(console, base_url=address, client_id=name, client_secret=secret):
        raise WitnessError("the demo failed")
    with BlackkonnectSMS(base_url=address, client_id=name, client_secret=secret) as sms:
        sent = sms.send("+233200000001", "Your code is 482913")
        sms.wait(sent, timeout=LONGEST_CALL)
        sms.status(sent)
        _tell_receipt(address, target, sent.message_id)
        try:
            sms.status(str(uuid4()))
        except NotFound:
            return
    raise WitnessError("an id that nobody sent was found")


def _tell_receipt(address: str, target: Target, message_id: str) -> None:
    """Call what a network operator calls, and a client does not, where the edition has it."""
    edition = document(target.edition)
    if RECEIPT not in edition.operations:
        return
    form = {
        "grant_type": "client_credentials",
        "client_id": target.client_id,
        "client_secret": target.client_secret,
    }
    receipt = edition.operations[RECEIPT]
    examples = {name: one["example"] for (_, name), one in receipt.parameters.items() if one.get("required")}
    with httpx.Client(base_url=address, timeout=LONGEST_CALL, trust_env=False) as operator:
        token = operator.post(edition.operations[TOKEN].path, data=form).raise_for_status().json()["token"]
        told = operator.get(
            receipt.path,
            params={**examples, "messageId": message_id},
            headers={"Authorization": f"Bearer {token}"},
        )
    if not told.is_success:
        raise WitnessError(f"the receipt was answered {told.status_code}")


def look_on(console: Console, command: list[str], edition: str) -> bool:
    """Tell what Prism says of the demo on an edition, and whether it is well."""
    with opened(edition, over_http=True) as target, prism(command, edition, target.base_url) as proxy:
        failure = ""
        try:
            talk(console, proxy.address, target)
        except (BlackkonnectError, WitnessError) as error:
            failure = f"{type(error).__name__}: {error}"
        testimony = proxy.testimony()
    unseen = sorted(set(document(edition).operations) - set(testimony.operations))
    seen = ", ".join(f"{name} {count}" for name, count in sorted(testimony.operations.items()))
    console.print(f"{edition}: Prism saw {testimony.operations.total()} requests ({seen}).")
    for line in testimony.breaches:
        console.print(f"{edition}: breach: {line}", style="red", markup=False)
    if unseen:
        console.print(f"{edition}: it did not see {', '.join(unseen)}.", style="red")
    if failure:
        console.print(f"{edition}: the traffic failed: {failure}", style="red", markup=False)
    well = not (testimony.breaches or unseen or failure)
    if well:
        console.print(f"{edition}: no breach in either direction.")
    return well


def prove(console: Console, command: list[str], edition: str) -> bool:
    """Tell whether Prism sees a request and an answer that break the document."""
    with opened(edition, over_http=True) as target, prism(command, edition, target.base_url) as proxy:
        _token_without_form(proxy.address, document(edition))
        request = proxy.testimony().breaches
    with (
        opened(edition, _misspelt, over_http=True) as target,
        prism(command, edition, target.base_url) as proxy,
    ):
        # The client may cope with the refusal: it asks what became of the messages.
        with suppress(BlackkonnectError, WitnessError):
            talk(console, proxy.address, target)
        answer = proxy.testimony().breaches
    for what, breaches in (("request", request), ("answer", answer)):
        console.print(f"{edition}: a wrong {what}: {'seen' if breaches else 'NOT seen'}.")
        for line in breaches:
            console.print(f"  {line}", style="dim", markup=False)
    return bool(request and answer)


def _token_without_form(address: str, edition: Document) -> None:
    operation = edition.operations[TOKEN]
    httpx.post(f"{address}{operation.path}", data={"scope": "sms"}, timeout=LONGEST_CALL, trust_env=False)


def _misspelt(app: App) -> App:
    """Put a fault around a gateway: a field of its answers is spelt otherwise."""

    async def faulty(scope, receive, send) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - ASGI
        async def changed(message) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - ASGI
            if message["type"] == "http.response.body":
                # As long as before, so that the length still tells the truth.
                message = {**message, "body": message["body"].replace(b'"smsCount"', b'"smscount"')}
            await send(message)

        await app(scope, receive, changed)

    return faulty


def main(arguments: list[str] | None = None) -> int:
    """Run the witness.

    Args:
        arguments: Those of the command line.

    Returns:
        0 if Prism has nothing to say, or sees what it must with `--prove`; 1 if not; 2 if it can't be had.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--edition", action="append", choices=editions(), help="an edition; all by default")
    parser.add_argument(
        "--prism", metavar="FILE", help="a Prism that is installed; by default npx fetches it"
    )
    parser.add_argument("--prove", action="store_true", help="show that breaches are seen")
    told = parser.parse_args(arguments)
    console = Console(highlight=False, soft_wrap=True)
    npx = shutil.which("npx")
    if told.prism is None and npx is None:
        console.print("There is no npx, which comes with Node.js.", style="red")
        return 2
    command = [told.prism] if told.prism is not None else [str(npx), "--yes", PRISM]
    run = prove if told.prove else look_on
    try:
        well = [run(console, command, edition) for edition in told.edition or editions()]
    except WitnessError as error:
        console.print(str(error), style="red", markup=False)
        return 2
    return 0 if all(well) else 1


if __name__ == "__main__":
    sys.exit(main())
