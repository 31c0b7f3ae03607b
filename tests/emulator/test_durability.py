"""What was answered is there after a kill, however often and whenever that comes."""

import json
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest

ROUNDS = 50
SENDERS = 12
MOST_BEFORE_THE_KILL = 60
CLIENT, SECRET = "acme", "acme's secret"
TOKEN = "/api/sms/authenticate/access-token/token/v1"
SINGLE = "/api/sms/send-message/v1"
BULK = "/api/sms/send-bulk-messages/v1"
RANK = {"QUEUED": 0, "SENT": 1, "DELIVERED": 2}


class Emulator:
    """An emulator in a process of its own."""

    def __init__(self, database: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "blackkonnect_emulator", "--port", "0", "--database", str(database)),
                *("--client", f"{CLIENT}:{SECRET}", *arguments),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        first = self.process.stdout.readline()
        assert first, self.process.communicate()[1]
        self.port = int(first.rpartition(":")[2])

    @contextmanager
    def connected(self) -> Iterator[HTTPConnection]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            yield connection
        finally:
            connection.close()

    def token(self) -> str:
        form = {"grant_type": "client_credentials", "client_id": CLIENT, "client_secret": SECRET}
        with self.connected() as connection:
            status, content = ask(
                connection, "POST", TOKEN, urlencode(form), "application/x-www-form-urlencoded"
            )
        assert status == 200
        return str(content["token"])


@contextmanager
def emulator(database: Path, *arguments: str) -> Iterator[Emulator]:
    started = Emulator(database, *arguments)
    try:
        yield started
    finally:
        started.process.kill()
        started.process.communicate()


def ask(  # noqa: PLR0913, PLR0917 - a request has them all
    connection: HTTPConnection,
    method: str,
    path: str,
    body: str | None = None,
    media_type: str = "application/json",
    token: str = "",
) -> tuple[int, Any]:
    headers = {"Content-Type": media_type} if body is not None else {}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


class Load:
    """Sends singles and bulks from several threads, and kills the emulator after so many answers."""

    def __init__(self, served: Emulator, token: str, number: int, answers: int) -> None:
        self.served = served
        self.token = token
        self.number = number
        self.left = answers
        self.lock = threading.Lock()
        self.asked: list[str] = []
        self.answered: list[str] = []

    def sender(self, worker: int) -> None:
        with self.served.connected() as connection:
            self.send(connection, worker)

    def send(self, connection: HTTPConnection, worker: int) -> None:
        for turn in range(1000):
            name = f"r{self.number}-w{worker}-{turn}"
            bulk = (worker + turn) % 3 == 0
            ids = [f"{name}-{place}" for place in range(1 + 20 * bulk)]
            self.asked += ids
            destinations = [
                {"destination": f"+2332{place:08}", "messageId": one} for place, one in enumerate(ids)
            ]
            body: Mapping[str, Any] = {"text": "We open at 9", **destinations[0]}
            if bulk:
                body = {
                    "bulkId": name,
                    "messages": [{"text": "We open at 9", "destinations": destinations}],
                }
            try:
                status, content = ask(
                    connection, "POST", BULK if bulk else SINGLE, json.dumps(body), token=self.token
                )
            except (OSError, HTTPException, ValueError):
                return
            assert status == 200, content
            self.answered += ids
            with self.lock:
                self.left -= 1
                if self.left == 0:
                    self.served.process.kill()

    def run(self) -> None:
        with ThreadPoolExecutor(SENDERS) as pool:
            for done in [pool.submit(self.sender, worker) for worker in range(SENDERS)]:
                done.result()


@pytest.mark.slow
def test_a_kill_at_any_point_under_load_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    database = tmp_path / "gateway.db"
    random = Random(3)  # noqa: S311 - the same points each time
    asked: list[str] = []
    answered: list[str] = []
    seen: dict[str, int] = {}
    for number in range(ROUNDS):
        with emulator(database) as served, served.connected() as connection:
            token = served.token()
            # Some of all that was answered so far, and how far it had come, which it must not fall behind.
            for message_id in random.sample(answered, min(len(answered), 20)):
                status, content = ask(
                    connection, "GET", f"/api/sms/messages/status/{message_id}/v1", token=token
                )
                assert status == 200, message_id
                rank = RANK[content["deliveryStatus"]]
                assert rank >= seen.get(message_id, 0)
                seen[message_id] = rank
            load = Load(served, token, number, random.randint(1, MOST_BEFORE_THE_KILL))
            load.run()
            assert load.answered
            asked += load.asked
            answered += load.answered

    with sqlite3.connect(database) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        stored = Counter(message_id for (message_id,) in opened.execute("SELECT message_id FROM messages"))
    opened.close()
    assert set(stored.values()) == {1}
    assert set(answered) <= set(stored) <= set(asked)

    # Long after, all have ended.
    late = ("--clock", "manual", "--start", "2099-01-01T00:00:00Z")
    with emulator(database, *late) as served, served.connected() as connection:
        token = served.token()
        for message_id in random.sample(answered, 100):
            _, content = ask(connection, "GET", f"/api/sms/messages/status/{message_id}/v1", token=token)
            assert content["deliveryStatus"] == "DELIVERED"


def test_two_emulators_on_one_file(tmp_path: Path) -> None:
    database = tmp_path / "gateway.db"
    with emulator(database):
        second = subprocess.run(
            [sys.executable, "-m", "blackkonnect_emulator", "--port", "0", "--database", str(database)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert second.returncode == 2
        assert second.stdout == ""
        assert second.stderr == (
            f"error: {database}: another emulator uses this file; stop it or choose another file\n"
        )
    # The lock ends with the process, however that ended.
    with emulator(database) as third:
        assert third.token()
