"""Schemathesis on a gateway, with the configuration that stands beside this file."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import as_file, files
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import quote, quote_plus

from blackkonnect_contract.exchange import Answer, Request
from blackkonnect_contract.target import Target

__all__ = ["FailedCheck", "WireAsked", "WireError", "WireReport", "run"]

_LONGEST = 900.0


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """What a check of schemathesis says of an answer.

    Attributes:
        name: The check's name, as ``ignored_auth``.
        title: What it found, in a few words.
        message: What was seen, and what would be right.
    """

    name: str
    title: str
    message: str


@dataclass(frozen=True, slots=True)
class WireError:
    """Why schemathesis could not go on with an operation.

    Attributes:
        label: The operation by method and path, or what else could not be done.
        kind: The name of the exception.
        message: What it says.
    """

    label: str
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class WireAsked:
    """One request that schemathesis made, and what it says of the answer.

    Attributes:
        phase: In which phase.
        path: The path in the document that it is made of, with names in braces.
        method: The method in the document that it is made of.
        request: What went out, without secrets.
        answer: What came back; none where nothing did.
        failed: Each check that failed.
    """

    phase: str
    path: str
    method: str
    request: Request
    answer: Answer | None
    failed: tuple[FailedCheck, ...] = ()


@dataclass(frozen=True, slots=True)
class WireReport:
    """What a run found.

    Attributes:
        passed: Whether the gateway kept to the document in all that was tried.
        output: What schemathesis told, with a command that repeats each failure; without secrets.
        asked: Each request, in the order made.
        errors: What it could not go on with.
        cut: Whether its time was over before its end.
    """

    passed: bool
    output: str
    asked: Sequence[WireAsked] = field(default_factory=tuple)
    errors: Sequence[WireError] = field(default_factory=tuple)
    cut: bool = False

    @property
    def seen(self) -> Mapping[tuple[str, str, int], int]:
        """How often each phase saw each operation, by its method and path, give each status."""
        return Counter(
            (one.phase, f"{one.method} {one.path}", one.answer.status) for one in self.asked if one.answer
        )

    def count(
        self, *, phase: str | None = None, operation: str | None = None, status: int | None = None
    ) -> int:
        """Count the answers that the run saw.

        Args:
            phase: Of this phase alone, as ``stateful``.
            operation: Of this operation alone, as ``POST /api/sms/send-message/v1``.
            status: With this HTTP status alone.
        """
        return sum(
            number
            for (in_phase, of_operation, with_status), number in self.seen.items()
            if phase in {None, in_phase}
            and operation in {None, of_operation}
            and status in {None, with_status}
        )


def run(
    target: Target, *, seed: int = 1, arguments: Sequence[str] = (), seconds: float = _LONGEST
) -> WireReport:
    """Run all checks and phases of schemathesis on a gateway.

    Args:
        target: The gateway, which has an address.
        seed: The seed of all chance in it; the same seed makes the same requests, but
            for ids that must be new.
        arguments: More arguments of ``schemathesis run``, to narrow it.
        seconds: For how long, at most.

    Returns:
        What it found.

    Raises:
        FileNotFoundError: There is no such edition.
    """
    package = files("blackkonnect_contract")
    document = files("blackkonnect_sms_documents") / f"{target.edition}.json"
    with (
        as_file(document) as schema,
        as_file(package / "hooks.py") as hooks,
        tempfile.TemporaryDirectory(prefix="blackkonnect-contract-") as folder,
    ):
        config = Path(folder) / "schemathesis.toml"
        values = {"hooks": str(hooks), "client_id": target.client_id, "client_secret": target.client_secret}
        quoted = {name: json.dumps(value) for name, value in values.items()}
        template = Template((package / "schemathesis.toml").read_text("utf-8"))
        config.write_text(template.substitute(quoted), "utf-8")
        events = Path(folder) / "events.ndjson"
        command = [
            *(sys.executable, "-m", "schemathesis.cli", "--no-color", "--config-file", str(config)),
            *("run", str(schema), "--url", target.base_url, "--checks", "all", "--seed", str(seed)),
            *("--report", "ndjson", "--report-ndjson-path", str(events)),
            *arguments,
        ]
        environment = {
            **os.environ,
            "BLACKKONNECT_BASE_URL": target.base_url,
            "BLACKKONNECT_CLIENT_ID": target.client_id,
            "BLACKKONNECT_CLIENT_SECRET": target.client_secret,
        }
        cut, code, output = False, 1, ""
        try:
            ended = subprocess.run(  # noqa: S603 - the arguments are ours
                command,
                env=environment,
                cwd=folder,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=seconds,
                check=False,
            )
            code, output = ended.returncode, ended.stdout
        except subprocess.TimeoutExpired:
            cut = True
        told = tuple(_events(events))
    return WireReport(
        code == 0,
        _hidden(output, target.client_secret),
        tuple(_asked(told, target.client_secret)),
        tuple(_errors(told, target.client_secret)),
        cut,
    )


def _events(held: Path) -> Iterator[dict[str, Any]]:
    for line in held.read_text("utf-8").splitlines() if held.exists() else []:
        try:
            yield json.loads(line)
        except ValueError:
            # A run that was ended leaves half a line.
            continue


def _errors(events: Sequence[dict[str, Any]], secret: str) -> Iterator[WireError]:
    for event in events:
        told = event.get("NonFatalError")
        if told is not None:
            value = told.get("value", {})
            yield WireError(
                str(told.get("label")),
                str(value.get("type")),
                _hidden(str(value.get("message")), secret),
            )
        elif "FatalError" in event or "InternalError" in event:
            (kind, fatal) = next(iter(event.items()))
            yield WireError("the whole run", kind, _hidden(str(fatal.get("message", ""))[:300], secret))


def _hidden(text: str, secret: str) -> str:
    """Leave a secret out of what may be shown, however it is written."""
    for written in (secret, quote_plus(secret), quote(secret, safe="")):
        text = text.replace(written, "$BLACKKONNECT_CLIENT_SECRET")
    return text


def _asked(events: Sequence[dict[str, Any]], secret: str) -> Iterator[WireAsked]:
    for event in events:
        scenario = event.get("ScenarioFinished", {})
        recorder = scenario.get("recorder", {})
        for name, interaction in recorder.get("interactions", {}).items():
            case = recorder["cases"][name]["value"]
            failed = tuple(
                _failed(check, secret)
                for check in recorder.get("checks", {}).get(name, ())
                if check.get("status") == "failure"
            )
            yield WireAsked(
                scenario["phase"],
                case["path"],
                case["method"],
                _request(interaction["request"], secret),
                _answer(interaction.get("response")),
                failed,
            )


def _failed(check: Mapping[str, Any], secret: str) -> FailedCheck:
    failure = check["failure_info"]["failure"]
    message = " ".join(str(failure.get("message") or "").split())
    return FailedCheck(check["name"], str(failure.get("title") or check["name"]), _hidden(message, secret))


def _request(told: Mapping[str, Any], secret: str) -> Request:
    headers = tuple(
        (name, "Bearer $BLACKKONNECT_TOKEN" if name.lower() == "authorization" else value)
        for name, value in _pairs(told["headers"])
    )
    body = _hidden(_bytes(told.get("body")).decode("latin-1"), secret).encode("latin-1")
    return Request(told["method"], _hidden(told["uri"], secret), headers, body)


def _answer(told: Mapping[str, Any] | None) -> Answer | None:
    if told is None:
        return None
    headers = tuple((name.lower(), value) for name, value in _pairs(told["headers"]))
    return Answer(
        told["status_code"], headers, _bytes(told.get("content")), float(told.get("elapsed") or 0.0)
    )


def _pairs(held: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, values in held.items():
        for value in values if isinstance(values, list) else [values]:
            yield name, str(value)


def _bytes(held: object) -> bytes:
    if isinstance(held, dict):
        return base64.b64decode(held.get("$base64", ""))
    return held.encode() if isinstance(held, str) else b""
