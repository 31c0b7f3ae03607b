"""``blackkonnect bulk``: what was sent, what the result file says, and that both agree."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest


def numbers(path: Path, *rows: str, header: str = "to") -> str:
    path.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    return str(path)


def results(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_all_accepted(shell: Any, blackkonnect_emulator: Any, tmp_path: Path) -> None:
    file = numbers(tmp_path / "n.csv", *(f"+2332000000{n:02}" for n in range(25)))
    ended = shell.run("bulk", file, "--text", "We open at 9", "--request-size", "4")
    assert ended.exit_code == 0, ended.output
    told = results(tmp_path / "n.result.csv")
    assert [row["row"] for row in told] == [str(n) for n in range(2, 27)]
    assert {row["outcome"] for row in told} == {"accepted"}
    sent = {message.message_id: message.destination for message in blackkonnect_emulator.messages()}
    assert {row["messageId"]: row["destination"] for row in told} == sent
    assert ((tmp_path / "n.result.csv").stat().st_mode & 0o077) == 0


def test_a_text_for_each_and_rows_that_are_wrong(
    shell: Any, blackkonnect_emulator: Any, tmp_path: Path
) -> None:
    file = numbers(
        tmp_path / "n.csv",
        'Ama,+233200000001,"Hello, Ama"',
        "Kofi,2.33E+11,Hello Kofi",
        "",
        "Esi,+233200000002,Hello, Esi",
        "Yaw,+233200000003,",
        "Afua,+12025550107,Hello Afua",
        "Abena, +233200000004 ,Hello Abena",
        header="name,phone,words",
    )
    ended = shell.run("bulk", file, "--to", "phone", "--text-column", "words", "--json")
    assert ended.exit_code == 1
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [line["type"] for line in lines] == ["begin", *["row"] * 6, "end"]
    assert [(line["row"], line["outcome"]) for line in lines[1:-1]] == [
        (2, "accepted"),
        (3, "refused"),
        (5, "refused"),
        (6, "refused"),
        (7, "refused"),
        (8, "accepted"),
    ]
    assert "more cells" in lines[3]["error"]
    assert lines[5]["error"].startswith("the gateway refused it")
    assert lines[-1]["accepted"] == 2
    assert {one.text for one in blackkonnect_emulator.messages()} == {"Hello, Ama", "Hello Abena"}
    assert [row["outcome"] for row in results(tmp_path / "n.result.csv")] == [
        line["outcome"] for line in lines[1:-1]
    ]


def test_a_result_file_is_not_replaced(shell: Any, blackkonnect_emulator: Any, tmp_path: Path) -> None:
    file = numbers(tmp_path / "n.csv", "+233200000001")
    (tmp_path / "n.result.csv").write_text("precious", "utf-8")
    ended = shell.run("bulk", file, "--text", "Hello")
    assert (ended.exit_code, "--force" in ended.stderr) == (2, True)
    assert list(blackkonnect_emulator.messages()) == []
    assert (tmp_path / "n.result.csv").read_text("utf-8") == "precious"
    assert shell.run("bulk", file, "--text", "Hello", "--force").exit_code == 0
    assert len(results(tmp_path / "n.result.csv")) == 1


@pytest.mark.blackkonnect_emulator(
    faults=["answer-lost:operation=sendBulkMessages,count=1", "status-lags:seconds=3600"]
)
def test_unknown_rows(shell: Any, tmp_path: Path) -> None:
    file = numbers(tmp_path / "n.csv", *(f"+23320000000{n}" for n in range(4)))
    more = ["--request-size", "2", "--concurrency", "1", "--deadline", "2"]
    ended = shell.run("bulk", file, "--text", "Hello", *more)
    assert ended.exit_code == 3
    assert "never repeat" in ended.stderr
    told = results(tmp_path / "n.result.csv")
    assert [row["outcome"] for row in told] == ["unknown", "unknown", "accepted", "accepted"]
    assert told[0]["messageId"]
    assert told[0]["error"]


@pytest.mark.parametrize(
    ("variable", "value", "code"), [("CLIENT_SECRET", "wrong", 4), ("BASE_URL", None, 5)]
)
def test_when_nothing_goes_every_row_says_so(
    shell: Any, tmp_path: Path, variable: str, value: str | None, code: int
) -> None:
    shell.env[f"BLACKKONNECT_{variable}"] = value or "http://127.0.0.1:9"
    file = numbers(tmp_path / "n.csv", *(f"+23320000{n:04}" for n in range(200)))
    more = ["--request-size", "2", "--deadline", "0.3"]
    assert shell.run("bulk", file, "--text", "Hello", *more).exit_code == code
    told = results(tmp_path / "n.result.csv")
    assert [int(row["row"]) for row in told] == list(range(2, 202))
    assert {row["outcome"] for row in told} == {"refused"}


@pytest.mark.parametrize(
    ("content", "arguments", "named"),
    [
        (b"phone\n+233200000001\n", ["--text", "x"], "--to: the header has no column 'to'; it has 'phone'"),
        (b"to,to\n1,2\n", ["--text", "x"], "--to: the header has the column 'to' more than once"),
        (b"to\n+233200000001\n", ["--text-column", "text"], "--text-column: the header has no column"),
        (b"to\n+233200000001\n", [], "--text"),
        (b"to\n+233200000001\n", ["--text", "x", "--text-column", "y"], "--text"),
        (b"to\n+233200000001\n", ["--text", ""], "--text"),
        (b"to\n+233200000001\n", ["--text", "x", "--sender", ""], "--sender"),
        (b"to\n+233200000001\n", ["--text", "x", "--delimiter", ";;"], "--delimiter"),
        (b"to\n+233200000001\n", ["--text", "x", "--result", "n.csv"], "--result"),
        (b"to\n+233200000001\n", ["--text", "x", "--result", "no/such/r.csv"], "--result"),
        (b"to\n", ["--text", "x"], "FILE: has no rows"),
        (b"", ["--text", "x"], "no columns"),
        (b"to\n+233200000001\n\xff\n", ["--text", "x"], "FILE: must be UTF-8"),
        (b'to\n+233200000001\n"+23', ["--text", "x"], "FILE: is no CSV"),
    ],
)
def test_a_mistake_sends_nothing(  # noqa: PLR0913, PLR0917 - fixtures and the case
    shell: Any,
    blackkonnect_emulator: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes,
    arguments: list[str],
    named: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("n.csv").write_bytes(content)
    ended = shell.run("bulk", "n.csv", *arguments)
    assert ended.exit_code == 2
    assert named in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert list(blackkonnect_emulator.messages()) == []
    assert [path.name for path in tmp_path.iterdir()] == ["n.csv"]


@pytest.mark.blackkonnect_emulator(faults=["latency:seconds=0.3,operation=sendBulkMessages"])
@pytest.mark.parametrize("often", [1, 2])
def test_ctrl_c_leaves_a_truthful_file(
    blackkonnect_emulator: Any, command: list[str], tmp_path: Path, often: int
) -> None:
    file = numbers(tmp_path / "n.csv", *(f"+23320000{n:04}" for n in range(400)))
    arguments = ["bulk", file, "--text", "Hello", "--request-size", "2", "--json"]
    with subprocess.Popen(
        [*command, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **blackkonnect_emulator.env},
    ) as process:
        assert process.stdout is not None
        for _ in range(4):
            process.stdout.readline()
        for _ in range(often):
            process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.startswith("blackkonnect bulk: interrupted: ")
    assert errors.count("\n") == 1
    told = results(tmp_path / "n.result.csv")
    assert [int(row["row"]) for row in told] == list(range(2, 402))
    outcomes = {row["destination"]: row["outcome"] for row in told}
    sent = {message.destination for message in blackkonnect_emulator.messages()}
    assert 0 < len(sent) < 400
    assert {number for number, outcome in outcomes.items() if outcome == "accepted"} <= sent
    assert sent.isdisjoint(number for number, outcome in outcomes.items() if outcome == "refused")


def test_a_reader_that_goes_away_stops_it_truthfully(
    blackkonnect_emulator: Any, command: list[str], tmp_path: Path
) -> None:
    file = numbers(tmp_path / "n.csv", *(f"+23320000{n:04}" for n in range(2000)))
    with subprocess.Popen(
        [*command, "bulk", file, "--text", "Hello", "--request-size", "2", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **blackkonnect_emulator.env},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()
    assert "Traceback" not in errors
    told = results(tmp_path / "n.result.csv")
    assert len(told) == 2000
    accepted = {row["destination"] for row in told if row["outcome"] == "accepted"}
    assert accepted == {message.destination for message in blackkonnect_emulator.messages()}
