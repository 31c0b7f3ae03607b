"""A gateway is proven against the document from a shell."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

EDITION = "2026-02-25"
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


@pytest.mark.slow
def test_the_emulator_keeps_to_the_document(run: Run) -> None:
    ended = run("--edition", EDITION, "--json", "--", "--phases", "examples")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    told = json.loads(ended.stdout)
    assert told["edition"] == EDITION
    assert told["passed"] is True
    assert told["answers"] > 4


@pytest.mark.slow
def test_a_gateway_that_does_not_ends_with_1(run: Run, liar: str) -> None:
    credentials = {"BLACKKONNECT_CLIENT_ID": "acme", "BLACKKONNECT_CLIENT_SECRET": "not-to-be-seen"}
    ended = run("--base-url", liar, "--edition", EDITION, "--", "--phases", "examples", **credentials)
    assert ended.returncode == 1
    assert f"the contract is broken: edition {EDITION}" in ended.stderr
    assert "curl" in ended.stdout
    assert "not-to-be-seen" not in ended.stdout + ended.stderr


def test_a_run_that_asks_nothing_proves_nothing(run: Run) -> None:
    ended = run("--edition", EDITION, "--", "--include-name", "GET /nowhere")
    assert ended.returncode == 1
    assert "nothing was asked" in ended.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--base-url", "https://sms.example.com"), "BLACKKONNECT_CLIENT_ID"),
        (("--edition", "1999-01-01"), EDITION),
        (("--seed", "-1"), "--seed"),
        (("--client-secret", "x"), "BLACKKONNECT_CLIENT_SECRET"),
    ],
)
def test_a_mistake_is_told_in_a_line(run: Run, arguments: tuple[str, ...], told: str) -> None:
    ended = run(*arguments)
    assert ended.returncode == 2
    assert told in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_another_machine_needs_a_yes(run: Run) -> None:
    credentials = {"BLACKKONNECT_CLIENT_ID": "acme", "BLACKKONNECT_CLIENT_SECRET": "not-to-be-seen"}
    ended = run("--base-url", "https://sms.example.com", **credentials)
    assert ended.returncode == 2
    assert "--yes" in ended.stderr
