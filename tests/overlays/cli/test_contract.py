"""A gateway is proven against the document from a shell."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from blackkonnect_contract.gate import LAYERS, QUICK
from blackkonnect_emulator import Settings, running

EDITION = "2026-02-25"
EDITIONS = ("2025-05-16", EDITION)
CREDENTIALS = {"BLACKKONNECT_CLIENT_ID": "acme", "BLACKKONNECT_CLIENT_SECRET": "not-to-be-seen"}
Run = Callable[..., "subprocess.CompletedProcess[str]"]


class _Liar(BaseHTTPRequestHandler):
    """Answers whatever is asked with the same, as no gateway does."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b'{"token": "x", "isSuccessful": "perhaps"}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST  # noqa: N815 - the standard library's names

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def liar() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Liar) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def run(command: list[str]) -> Run:
    def ran(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        env = {name: value for name, value in os.environ.items() if not name.startswith("BLACKKONNECT_")}
        return subprocess.run(
            [*command, "contract", *arguments],
            capture_output=True,
            text=True,
            timeout=170,
            check=False,
            env={**env, **variables},
        )

    return ran


def test_the_emulator_keeps_to_the_document(run: Run, tmp_path: Path) -> None:
    files = {name: tmp_path / f"found.{name}" for name in ("json", "junit", "html")}
    ended = run("--quick", *(part for name, file in files.items() for part in (f"--{name}", str(file))))
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "The gateway keeps to the document." in ended.stdout
    told = json.loads(files["json"].read_text("utf-8"))
    assert told["passed"] is True
    ran = [(layer["edition"], layer["layer"]) for layer in told["layers"]]
    assert ran == [(edition, layer) for edition in EDITIONS for layer in QUICK]
    assert all(layer["checks"] > 500 for layer in told["layers"])
    assert files["junit"].read_text("utf-8").startswith("<?xml")
    assert files["html"].read_text("utf-8").startswith("<!doctype html>")


def test_json_on_stdout_stands_alone(run: Run) -> None:
    ended = run("--layer", "auth", "--quick", "--edition", EDITION, "--seed", "7", "--json")
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert (told["seed"], told["quick"], len(told["layers"])) == (7, True, 1)


@pytest.mark.slow
def test_the_whole_gate(run: Run) -> None:
    ended = run("--edition", EDITION)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout.count(" kept ") == len(LAYERS)


def test_a_gateway_that_does_not_ends_with_1(run: Run, liar: str) -> None:
    ended = run("--base-url", liar, "--edition", EDITION, "--layer", "state", "--quick", **CREDENTIALS)
    assert ended.returncode == 1
    assert f"the contract is broken: edition {EDITION}" in ended.stderr
    assert "curl" in ended.stdout
    again = f"blackkonnect contract --seed 1 --edition {EDITION} --layer state --base-url {liar} --quick"
    assert again in ended.stdout
    assert "not-to-be-seen" not in ended.stdout + ended.stderr


def test_a_run_that_asks_nothing_proves_nothing(run: Run) -> None:
    ended = run("--edition", EDITION, "--layer", "robustness", "--budget", "0.01")
    assert ended.returncode == 1
    assert "empty" in ended.stdout
    assert "not proven" in ended.stderr
    assert "the time was over" in ended.stdout


def test_credentials_that_are_refused_are_no_broken_contract(run: Run) -> None:
    with running(Settings(clients={"acme": "another secret"})) as gateway:
        ended = run("--base-url", gateway.base_url, **CREDENTIALS)
    assert ended.returncode == 4
    assert "BLACKKONNECT_CLIENT_SECRET" in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_a_file_is_left_alone_where_nothing_was_run(run: Run, tmp_path: Path) -> None:
    ended = run("--base-url", "http://127.0.0.1:9", "--junit", str(tmp_path / "found.xml"), **CREDENTIALS)
    assert ended.returncode == 5
    assert list(tmp_path.iterdir()) == []


def test_processes_find_the_same_as_one_does(run: Run) -> None:
    layers = ("--layer", "document", "--layer", "auth", "--quick", "--json")
    told = []
    for workers in ("1", "2"):
        ended = run(*layers, "--edition", EDITION, "--workers", workers)
        assert ended.returncode == 0, ended.stderr
        told.append(json.loads(ended.stdout))
    one, two = (
        [(layer["layer"], layer["requests"], layer["checks"]) for layer in one["layers"]] for one in told
    )
    assert one == two


def test_a_gateway_that_is_not_there_is_no_broken_contract(run: Run) -> None:
    ended = run("--base-url", "http://127.0.0.1:9", **CREDENTIALS)
    assert ended.returncode == 5
    assert "can't be reached" in ended.stderr


def test_ctrl_c_ends_all_processes_in_a_line(command: list[str]) -> None:
    ran = subprocess.Popen(
        [*command, "contract", "--layer", "table", "--layer", "state", "--workers", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert ran.stdout is not None
    assert "2 processes" in ran.stdout.readline()
    ran.send_signal(signal.SIGINT)
    # It ends when the last process has closed its stdout and stderr, which are this one's.
    _, told = ran.communicate(timeout=100)
    assert ran.returncode == 130
    assert told == "blackkonnect contract: interrupted\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--base-url", "https://sms.example.com"), "BLACKKONNECT_CLIENT_ID"),
        (("--edition", "1999-01-01"), EDITION),
        (("--layer", "none"), "'wire'"),
        (("--seed", "-1"), "--seed"),
        (("--budget", "0"), "--budget"),
        (("--client-secret", "x"), "BLACKKONNECT_CLIENT_SECRET"),
        (("--junit", "/nowhere/found.xml"), "/nowhere/found.xml"),
        (("--earlier", "pyproject.toml"), "--earlier"),
    ],
)
def test_a_mistake_is_told_in_a_line(run: Run, arguments: tuple[str, ...], told: str) -> None:
    ended = run(*arguments)
    assert ended.returncode == 2
    assert told in ended.stderr
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "variables", "told"),
    [
        (("--in-process",), {}, "--in-process"),
        ((), {"BLACKKONNECT_OTHER_CLIENT_ID": "globex"}, "BLACKKONNECT_OTHER_CLIENT_SECRET"),
    ],
)
def test_what_does_not_go_together_is_told(
    run: Run, liar: str, arguments: tuple[str, ...], variables: dict[str, str], told: str
) -> None:
    ended = run("--base-url", liar, *arguments, **CREDENTIALS, **variables)
    assert ended.returncode == 2
    assert told in ended.stderr


def test_the_layers_are_the_gates(run: Run) -> None:
    assert all(f"{name}" in run("--help").stdout for name in LAYERS)


def test_another_machine_needs_a_yes(run: Run) -> None:
    ended = run("--base-url", "https://sms.example.com", **CREDENTIALS)
    assert ended.returncode == 2
    assert "--yes" in ended.stderr


SAFE = ("--safe", "--to", "+233200000001", "--max-sends", "6", "--rate", "100", "--patience", "0")


def test_a_safe_run_sends_to_the_listed_numbers_alone(
    run: Run, tmp_path: Path, blackkonnect_emulator: Any
) -> None:
    journal = tmp_path / "sent.jsonl"
    arguments = (*SAFE, "--base-url", blackkonnect_emulator.base_url, "--journal", str(journal))
    variables = {name: str(value) for name, value in blackkonnect_emulator.env.items()}
    asked = run(*arguments, **variables)
    assert asked.returncode == 2
    assert "At most 6 sends of 6 allowed, to …001 and nobody else." in asked.stderr
    assert "add --yes" in asked.stderr
    assert not journal.exists()
    assert list(blackkonnect_emulator.messages()) == []
    ended = run(*arguments, "--yes", **variables)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    sent = list(blackkonnect_emulator.messages())
    assert 0 < len(sent) <= 6
    assert {message.destination for message in sent} == {"+233200000001"}
    assert "skipped: floods" in ended.stdout
    asked_for = [json.loads(line) for line in journal.read_text("utf-8").splitlines()]
    assert (asked_for[0]["event"], asked_for[-1]["event"]) == ("begun", "ended")
    again = run(*arguments, "--yes", **variables)
    assert again.returncode == 2
    assert "name another file" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--safe",), "--to"),
        (SAFE, "--journal"),
        ((*SAFE, "--journal", "j"), "--base-url"),
        (("--to", "+233200000001"), "--to: goes with --safe alone"),
        ((*SAFE, "--journal", "j", "--base-url", "http://127.0.0.1:9", "--quick"), "--safe"),
        (
            ("--safe", "--to", "nobody", *SAFE[3:], "--journal", "j", "--base-url", "http://127.0.0.1:9"),
            "E.164",
        ),
    ],
)
def test_a_safe_run_needs_its_limits(run: Run, arguments: tuple[str, ...], told: str) -> None:
    ended = run(*arguments, **CREDENTIALS)
    assert ended.returncode == 2
    assert told in ended.stderr
    assert ended.stderr.count("\n") == 1
