"""An emulator in a process of its own that is attacked over raw sockets, and watched from outside."""

import contextlib
import json
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple
from urllib.parse import urlencode

from tests.emulator.conftest import Gateway

EDITIONS = ("2025-05-16", "2026-02-25")
CLIENTS = {"acme": "acme-SECRET-1", "other": "other-SECRET-2"}
# What stands in requests and must stand in no log, and in no answer that refuses them.
TEXT, NUMBER = "PRIVATE-TEXT", "+233277777777"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
# Only what hangs takes so long, however busy the machine is.
LIVENESS = 30.0
_AT_ONCE = 262_144


class Answer(NamedTuple):
    """An answer as it came over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Attacked:
    """An emulator in a process of its own."""

    def __init__(self, edition: str, folder: Path, *arguments: str) -> None:
        self.edition = edition
        self._log: IO[str] = (folder / "log").open("w+", encoding="utf-8")
        clients = [part for name, secret in CLIENTS.items() for part in ("--client", f"{name}:{secret}")]
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "blackkonnect_emulator", "--port", "0", "--edition", edition),
                *("--database", str(folder / "gateway.db"), *clients, *arguments),
            ],
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        assert self.process.stdout is not None
        first = self.process.stdout.readline()
        assert first, self.log()
        self.port = int(first.rpartition(":")[2])
        self.host = f"127.0.0.1:{self.port}"
        self.issued: list[str] = []
        self._said = ""

    def log(self) -> str:
        """Read all that it said on its error output."""
        self._log.flush()
        self._log.seek(0)
        return self._log.read()

    def end(self) -> str:
        """Kill it, and tell what it said on its output after the first line."""
        if self.process.returncode is None:
            self.process.kill()
            self._said, _ = self.process.communicate()
        return self._said

    def close(self) -> None:
        self._log.close()

    # Its memory.

    def most_memory(self) -> int:
        """Tell the most memory that it has had resident so far, in KiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        return int(status.partition("VmHWM:")[2].split()[0])

    # Requests.

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=LIVENESS)

    def head(self, method: str, path: str, headers: Iterable[str] = (), *, host: bool = True) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", *([f"Host: {self.host}"] if host else []), *headers]
        return "\r\n".join([*lines, "", ""]).encode("latin-1")

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: Iterable[str] = ()
    ) -> bytes:
        length = [] if body is None else [f"Content-Length: {len(body)}"]
        return self.head(method, path, [*headers, *length]) + (body or b"")

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Iterable[str] = (),
    ) -> Answer:
        """Ask, where an answer is due in any case."""
        found = self.talk(self.request(method, path, body, headers), head=method == "HEAD")
        assert found is not None, (method, path[:100])
        return found

    def talk(self, *data: bytes, head: bool = False, finish: bool = False) -> Answer | None:
        """Send bytes, and read the first answer; none where the connection is closed without one.

        Args:
            data: What to send, as long as nothing comes back.
            head: Whether the answer has no body, whatever its head says.
            finish: Whether nothing more is to come, so that the emulator need not wait for it.
        """
        with self.connect() as connection:
            return self.exchange(connection, data, head=head, finish=finish)

    def exchange(
        self,
        connection: socket.socket,
        data: Iterable[bytes],
        *,
        head: bool = False,
        finish: bool = False,
    ) -> Answer | None:
        """Send bytes and read an answer at the same time."""
        reader = AnswerReader(head=head)
        end = time.monotonic() + LIVENESS
        connection.setblocking(False)
        with selectors.DefaultSelector() as selector:
            selector.register(connection, selectors.EVENT_READ | selectors.EVENT_WRITE)
            sending, left = iter(data), memoryview(b"")
            while time.monotonic() < end:
                for _, events in selector.select(LIVENESS):
                    if events & selectors.EVENT_READ:
                        try:
                            came = connection.recv(_AT_ONCE)
                        except ConnectionError:
                            came = b""
                        if reader.take(came) or not came:
                            return reader.answer()
                    if events & selectors.EVENT_WRITE:
                        left = left or memoryview(next(sending, b""))
                        if not left:
                            selector.modify(connection, selectors.EVENT_READ)
                            if finish:
                                connection.shutdown(socket.SHUT_WR)
                            continue
                        with contextlib.suppress(ConnectionError, BlockingIOError):
                            left = left[connection.send(left[:_AT_ONCE]) :]
        raise AssertionError("neither an answer nor an end came")

    def token(self, name: str = "acme") -> str:
        form = {"grant_type": "client_credentials", "client_id": name, "client_secret": CLIENTS[name]}
        answer = self.ask("POST", Gateway.TOKEN, urlencode(form).encode(), [f"Content-Type: {FORM}"])
        assert answer.status == 200, answer
        token = str(answer.json()["token"])
        self.issued.append(token)
        return token

    def send(self, token: str, **fields: Any) -> Answer:
        body = json.dumps({"text": TEXT, "destination": NUMBER, **fields}).encode()
        return self.ask("POST", Gateway.SINGLE, body, [*signed(token), f"Content-Type: {JSON}"])

    def control(self, method: str, path: str, content: object = None) -> Answer:
        body = None if content is None else json.dumps(content).encode()
        return self.ask(method, f"/_emulator/{path}", body, [f"Content-Type: {JSON}"])

    def check_alive(self) -> None:
        """Check that it still does its work: a message is taken, and found."""
        assert self.process.poll() is None
        token = self.token()
        sent = self.send(token)
        assert sent.status == 200, sent
        message_id = sent.json()["data"]["messageId"]
        found = self.ask("GET", Gateway.STATUS.format(message_id), headers=signed(token))
        assert found.status == 200, found

    def check_silent(self) -> None:
        """Check that it said nothing but where it is, and so told no secret."""
        said = self.end()
        told = [line for line in said.splitlines() if "BLACKKONNECT_CLIENT_SECRET" not in line]
        assert len(told) == 7, said
        log = self.log()
        assert log == "", log


class AnswerReader:
    """Puts an answer together, piece by piece; one without a length ends with the connection."""

    def __init__(self, *, head: bool = False) -> None:
        self._head = head
        self._came = bytearray()
        self._begun: Answer | None = None

    def take(self, came: bytes) -> bool:
        """Take what came, and tell whether the answer is whole."""
        self._came += came
        while self._begun is None or self._begun.status == 100:
            if b"\r\n\r\n" not in self._came:
                return False
            head, _, rest = bytes(self._came).partition(b"\r\n\r\n")
            self._begun, self._came = self._read(head), bytearray(rest)
        length = self._begun.headers.get("content-length")
        if length is None:
            return self._begun.status in {204, 304}
        return self._head or len(self._came) >= int(length)

    def answer(self) -> Answer | None:
        """Tell the answer, as far as it came; none where not even its head did."""
        if self._begun is None:
            return None
        # Another answer may follow, where a request was cut in two.
        length = self._begun.headers.get("content-length")
        body = self._came if length is None else self._came[: int(length)]
        return self._begun._replace(body=bytes(body))

    @staticmethod
    def _read(head: bytes) -> Answer:
        first, *lines = head.decode("latin-1").split("\r\n")
        version, status, _ = first.split(" ", 2)
        assert version == "HTTP/1.1"
        headers = {}
        for line in lines:
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
        return Answer(int(status), headers, b"")


def signed(token: str) -> list[str]:
    """Make the header that carries a token."""
    return [f"Authorization: Bearer {token}"]


def check_refused(answer: Answer, *codes: int) -> None:
    """Check that an answer refuses with problem details that repeat nothing private.

    Args:
        answer: The answer.
        codes: The statuses that are right; every 4xx where none is given.
    """
    assert answer.status in codes if codes else 400 <= answer.status < 500, answer
    assert answer.headers["content-type"] == "application/problem+json", answer
    content = answer.json()
    assert content["status"] == answer.status
    assert content["title"]
    assert content["detail"]
    check_harmless(answer)


def check_fine(answer: Answer) -> None:
    """Check that an answer is no failure of the emulator's: it takes the request, or refuses it properly."""
    assert answer.status < 500, answer
    if answer.status >= 400:
        assert answer.headers["content-type"].partition(";")[0] in {"application/problem+json", "text/html"}
        if answer.headers["content-type"] == "application/problem+json":
            check_refused(answer)


def check_harmless(answer: Answer) -> None:
    """Check that an answer repeats nothing private of a request, and is not long."""
    for private in (TEXT, NUMBER, NUMBER[1:], "SECRET", "eyJ"):
        assert private.encode() not in answer.body, answer
    assert len(answer.body) < 20_000


@contextmanager
def attacked(edition: str, folder: Path, *arguments: str) -> Iterator[Attacked]:
    """Run an emulator that is attacked; it must live to the end, and say nothing."""
    started = Attacked(edition, folder, *arguments)
    try:
        started.check_alive()
        yield started
        started.check_alive()
        started.check_silent()
    finally:
        started.end()
        started.close()
