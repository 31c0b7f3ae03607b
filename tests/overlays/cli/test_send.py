"""``blackkonnect send`` in each of a send's three outcomes, and for what a user does wrong."""

from __future__ import annotations

import os
import pty
from typing import Any

import pytest

GONE: dict[str, str | None] = {
    "BLACKKONNECT_BASE_URL": None,
    "BLACKKONNECT_CLIENT_ID": None,
    "BLACKKONNECT_CLIENT_SECRET": None,
}
TEXT = "Your code is 482913"


def test_accepted(shell: Any, blackkonnect_emulator: Any) -> None:
    code, told = shell.json("send", "+233200000001", TEXT, "--sender", "ACME", "--message-id", "m-1")
    assert code == 0
    assert (told["outcome"], told["messageId"], told["reconciled"]) == ("accepted", "m-1", False)
    [message] = blackkonnect_emulator.messages()
    assert (message.text, message.sender) == (TEXT, "ACME")


def test_the_text_of_stdin_loses_its_last_line_end_alone(shell: Any, blackkonnect_emulator: Any) -> None:
    assert shell.run("send", "+233200000001", stdin="  two\nlines \n\n").exit_code == 0
    assert [message.text for message in blackkonnect_emulator.messages()] == ["  two\nlines \n"]


def test_people_get_a_line(shell: Any) -> None:
    ended = shell.run("send", "+233200000001", TEXT)
    assert ended.stdout.startswith("Accepted for +233200000001: message ")
    assert ended.stderr == ""
    assert TEXT not in ended.output


def test_refused(shell: Any) -> None:
    code, told = shell.json("send", "+12025550107", TEXT)
    assert code == 1
    assert (told["outcome"], told["error"]["kind"], told["error"]["sent"]) == ("refused", "Refused", "no")


@pytest.mark.blackkonnect_emulator(faults=["answer-lost:operation=sendMessage", "status-lags:seconds=3600"])
def test_unknown(shell: Any, blackkonnect_emulator: Any) -> None:
    code, told = shell.json("send", "+233200000001", TEXT, "--message-id", "m-1", "--deadline", "0.3")
    assert code == 3
    assert (told["outcome"], told["error"]["messageIds"]) == ("unknown", ["m-1"])
    assert "blackkonnect status m-1" in told["error"]["message"]
    assert len(list(blackkonnect_emulator.messages())) == 1


def test_a_wrong_secret(shell: Any) -> None:
    shell.env["BLACKKONNECT_CLIENT_SECRET"] = "not-the-secret"
    ended = shell.run("send", "+233200000001", TEXT)
    assert ended.exit_code == 4
    assert "BLACKKONNECT_CLIENT_SECRET" in ended.stderr
    assert "not-the-secret" not in ended.output


def test_nobody_there(shell: Any) -> None:
    ended = shell.run("send", "+233200000001", TEXT, "--base-url", "http://127.0.0.1:9", "--deadline", "0.3")
    assert ended.exit_code == 5
    assert "BLACKKONNECT_BASE_URL" in ended.stderr
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["12", TEXT], "TO: must be an E.164 number"),
        (["+233200000001", ""], "TEXT: must be a text"),
        (["+233200000001", TEXT, "--priority", "-1"], "--priority: must be a whole number"),
        (["+233200000001", TEXT, "--priority", "high"], "--priority"),
        (["+233200000001", TEXT, "--sender", ""], "--sender: must be a name"),
        (["+233200000001", TEXT, "--message-id", ".."], "--message-id: must not be"),
        (
            ["+233200000001", TEXT, "--base-url", "http://sms.example.com"],
            "--base-url: must start with https",
        ),
        (["+233200000001", TEXT, "--deadline", "0"], "--deadline"),
        (["+233200000001", TEXT, "--client-secret", "hush"], "BLACKKONNECT_CLIENT_SECRET"),
        (["+233200000001", TEXT, "--no-such"], "--no-such"),
        ([], "TO"),
    ],
)
def test_a_mistake_is_one_line(shell: Any, arguments: list[str], named: str) -> None:
    ended = shell.run("send", *arguments)
    assert ended.exit_code == 2
    assert ended.stdout == ""
    assert named in ended.stderr
    assert ended.stderr.startswith("blackkonnect send: ")
    assert ended.stderr.count("\n") == 1
    assert "hush" not in ended.output


def test_stdin_that_is_no_text(shell: Any) -> None:
    ended = shell.run("send", "+233200000001", stdin=b"\xff\xfe")
    assert (ended.exit_code, "TEXT: must be UTF-8" in ended.stderr) == (2, True)


@pytest.mark.parametrize("name", sorted(GONE))
def test_a_missing_variable_is_named(shell: Any, name: str) -> None:
    shell.env[name] = None
    ended = shell.run("send", "+233200000001", TEXT)
    assert ended.exit_code == 2
    assert f"{name}: must be set in the environment" in ended.stderr


def test_a_terminal_is_asked_for_the_secret(blackkonnect_emulator: Any, command: list[str]) -> None:
    env = {**os.environ, **blackkonnect_emulator.env}
    secret = env.pop("BLACKKONNECT_CLIENT_SECRET")
    child, terminal = pty.fork()
    if child == 0:
        os.execve(command[0], [*command, "send", "+233200000001", TEXT], env)  # noqa: S606 - no shell
    shown = b""
    try:
        while chunk := os.read(terminal, 1024):
            if b"BLACKKONNECT_CLIENT_SECRET" in chunk:
                os.write(terminal, f"{secret}\n".encode())
            shown += chunk
    except OSError:  # what Linux tells at the end
        pass
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 0, shown
    assert b"Accepted for" in shown
    assert secret.encode() not in shown
