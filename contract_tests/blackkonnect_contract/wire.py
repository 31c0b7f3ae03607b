"""The wire layer: schemathesis on a gateway, with the configuration that stands beside this file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from string import Template

from blackkonnect_contract.target import Target

__all__ = ["WireReport", "run"]

_LONGEST = 900.0


@dataclass(frozen=True, slots=True)
class WireReport:
    """What a run found.

    Attributes:
        passed: Whether the gateway kept to the document in all that was tried.
        output: What schemathesis told, with a command that repeats each failure; empty where it was shown.
        seen: How often each phase saw each operation, by its method and path, give each status.
    """

    passed: bool
    output: str
    seen: Mapping[tuple[str, str, int], int]

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


def run(target: Target, *, seed: int = 1, arguments: Sequence[str] = (), shown: bool = False) -> WireReport:
    """Run all checks and phases of schemathesis on a gateway.

    Args:
        target: The gateway.
        seed: The seed of all chance in it; the same seed makes the same requests, but
            for ids that must be new.
        arguments: More arguments of ``schemathesis run``, to narrow it.
        shown: Whether what schemathesis tells goes to stdout as it comes, and not into the report.

    Returns:
        What it found.

    Raises:
        subprocess.TimeoutExpired: It took longer than 15 minutes.
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
        ended = subprocess.run(  # noqa: S603 - the arguments are ours
            [
                *(sys.executable, "-m", "schemathesis.cli", "--no-color", "--config-file", str(config)),
                *("run", str(schema), "--url", target.base_url, "--checks", "all", "--seed", str(seed)),
                *("--report", "ndjson", "--report-ndjson-path", str(events)),
                *arguments,
            ],
            env={
                **os.environ,
                "BLACKKONNECT_BASE_URL": target.base_url,
                "BLACKKONNECT_CLIENT_ID": target.client_id,
                "BLACKKONNECT_CLIENT_SECRET": target.client_secret,
            },
            cwd=folder,
            stdout=None if shown else subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_LONGEST,
            check=False,
        )
        seen = _seen(events)
    return WireReport(ended.returncode == 0, ended.stdout or "", seen)


def _seen(events: Path) -> Counter[tuple[str, str, int]]:
    """Count what the run saw, so that one that saw nothing is not taken for one that found nothing."""
    seen: Counter[tuple[str, str, int]] = Counter()
    for line in events.read_text("utf-8").splitlines() if events.exists() else []:
        scenario = json.loads(line).get("ScenarioFinished", {})
        recorder = scenario.get("recorder", {})
        for name, interaction in recorder.get("interactions", {}).items():
            case, response = recorder["cases"][name]["value"], interaction["response"]
            if response is not None:
                seen[scenario["phase"], f"{case['method']} {case['path']}", response["status_code"]] += 1
    return seen
