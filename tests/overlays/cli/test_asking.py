"""``status``, ``segments``, ``receipts listen`` and ``doctor``."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import Any

import httpx
import pytest
from blackkonnect_sms import BlackkonnectSMS
from blackkonnect_sms.cli.checks import skew_of
from blackkonnect_sms.receipts import Receipt, make_url


@pytest.fixture
def sent(blackkonnect_emulator: Any) -> list[str]:
    """A bulk's id and its messages' ids."""
    with BlackkonnectSMS.from_env(blackkonnect_emulator.env) as sms:
        bulk = sms.send_bulk(["+233200000001", "+12025550101"], "Hello", bulk_id="b-1")
        return list(bulk.message_ids)


def test_statuses(shell: Any, blackkonnect_emulator: Any, sent: list[str]) -> None:
    code, told = shell.json("status", *sent)
    assert (code, told["complete"]) == (0, False)
    blackkonnect_emulator.advance(60)
    code, told = shell.json("status", "--bulk", "b-1", "--wait", "5")
    assert (code, told["complete"]) == (0, True)
    assert {one["messageId"]: one["status"] for one in told["messages"]} == dict(
        zip(sent, ["DELIVERED", "UNDELIVERED"], strict=True)
    )
    shown = shell.run("status", *sent, "--wait", "5").stdout
    assert all(name in shown for name in sent)


def test_what_is_not_found(shell: Any, sent: list[str]) -> None:
    code, told = shell.json("status", sent[0], "no-such", "--bulk", "none")
    assert code == 1
    assert [one["found"] for one in told["messages"]] == [True, False]
    assert told["missingBulks"] == ["none"]


@pytest.mark.parametrize("which", ["id", "bulk"])
def test_not_final_in_time(shell: Any, sent: list[str], which: str) -> None:
    ended = shell.run("status", *([sent[0]] if which == "id" else ["--bulk", "b-1"]), "--wait", "0")
    assert ended.exit_code == 1
    assert "--wait: not all messages were final" in ended.stderr


def test_status_of_nothing(shell: Any) -> None:
    ended = shell.run("status")
    assert (ended.exit_code, "ID: must be given" in ended.stderr) == (2, True)


def test_segments(shell_with: Any) -> None:
    code, told = shell_with({}).json("segments", "Ça coûte 5 €")
    assert code == 0
    assert (told["encoding"], told["count"], told["left"]) == ("UCS-2", 1, 58)
    assert told["beyondGsm"] == ["û"]
    ended = shell_with({}).run("segments", stdin="x" * 161 + "\n")
    assert ended.stdout.splitlines()[:2] == ["Encoding: GSM 03.38", "Parts: 2"]
    assert "U+2019 RIGHT SINGLE QUOTATION MARK" in shell_with({}).run("segments", "we\u2019re").stdout


def test_the_doctor_is_content(shell: Any, blackkonnect_emulator: Any) -> None:
    code, told = shell.json("doctor")
    assert (code, told["ok"]) == (0, True)
    assert [one["name"] for one in told["checks"]] == ["configuration", "reachability", "clock", "token"]
    assert list(blackkonnect_emulator.messages()) == []
    assert shell.env["BLACKKONNECT_CLIENT_SECRET"] not in shell.run("doctor").output


@pytest.mark.parametrize(
    ("variable", "value", "code", "named"),
    [
        ("BLACKKONNECT_CLIENT_SECRET", "wrong", 4, "token: the gateway refused the credentials"),
        ("BLACKKONNECT_BASE_URL", "http://127.0.0.1:9", 5, "reachability: no answer"),
        ("BLACKKONNECT_BASE_URL", "ftp://x", 2, "configuration: BLACKKONNECT_BASE_URL: must be an address"),
        ("BLACKKONNECT_CLIENT_ID", None, 2, "configuration: BLACKKONNECT_CLIENT_ID: must be set"),
    ],
)
def test_the_doctor_finds(shell: Any, variable: str, value: str | None, code: int, named: str) -> None:
    shell.env[variable] = value
    ended = shell.run("doctor", "--deadline", "1")
    assert ended.exit_code == code
    assert f"blackkonnect doctor: {named}" in ended.stderr
    assert "FAILED" in ended.stdout


@pytest.mark.parametrize(
    ("asked", "answered", "skew"),
    [(1000.2, 1000.4, 0.0), (1000.9, 1001.1, 0.0), (900.0, 901.0, 99.0), (1100.0, 1100.1, -99.0)],
)
def test_the_skew_is_what_whole_seconds_can_tell(asked: float, answered: float, skew: float) -> None:
    assert skew_of("Thu, 01 Jan 1970 00:16:40 GMT", asked, answered) == skew
    assert skew_of("yesterday", asked, answered) is None
    assert skew_of(None, asked, answered) is None


def listen(command: list[str], *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*command, "receipts", "listen", "--json", *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_receipts_are_printed(blackkonnect_emulator: Any, command: list[str], sent: list[str]) -> None:
    with listen(command, "--count", "4") as process:
        assert process.stdout is not None
        address = json.loads(process.stdout.readline())["address"]
        assert address.startswith("http://127.0.0.1:")
        assert httpx.get(make_url(address + "x", Receipt("m", "SENT")), trust_env=False).status_code == 404
        assert httpx.get(address, trust_env=False).status_code == 400
        blackkonnect_emulator.set_callback(address)
        blackkonnect_emulator.advance(60)
        out, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert errors == ""
    told = [json.loads(line) for line in out.splitlines()]
    assert {(one["messageId"], one["status"]) for one in told if one["final"]} == {
        (sent[0], "DELIVERED"),
        (sent[1], "UNDELIVERED"),
    }


def test_listening_ends_with_ctrl_c(command: list[str]) -> None:
    with listen(command) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (0, "")


def test_a_port_that_is_taken(shell: Any, blackkonnect_emulator: Any) -> None:
    port = blackkonnect_emulator.base_url.rpartition(":")[2]
    ended = shell.run("receipts", "listen", "--port", port)
    assert (ended.exit_code, f"--port: {port} can't be listened on" in ended.stderr) == (2, True)


def test_the_package_does_not_import_its_command_line() -> None:
    code = (
        "import sys, blackkonnect_sms; from blackkonnect_sms import BlackkonnectSMS; "
        "print([n for n in sys.modules if n.split('.')[:2] == ['blackkonnect_sms', 'cli']])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    assert told.stdout.strip() == "[]"
