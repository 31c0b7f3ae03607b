"""The emulator on a port, and its command line."""

import contextlib
import gc
import json
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from blackkonnect_emulator import ListenError, Settings, SettingsError, command, running
from blackkonnect_emulator.asgi import App, Receive, Scope, Send

FORM = {"grant_type": "client_credentials"}
TOKEN = "/api/sms/authenticate/access-token/token/v1"
SINGLE = "/api/sms/send-message/v1"


def credentials(served: Any) -> dict[str, str]:
    return {**FORM, "client_id": served.client_id, "client_secret": served.client_secret}


def test_running_in_a_thread() -> None:
    with running() as served:
        assert served.client_secret not in repr(served)
        with httpx.Client(base_url=served.base_url) as client:
            token = client.post(TOKEN, data=credentials(served)).json()["token"]
            answer = client.post(
                SINGLE,
                json={"text": "x", "destination": "+233200000001"},
                headers={"Authorization": f"Bearer {token}"},
            )
            assert answer.status_code == 200
            assert "server" not in answer.headers
    with pytest.raises(httpx.ConnectError):
        httpx.post(served.base_url + TOKEN, data=credentials(served))


def test_two_at_once() -> None:
    with running() as one, running() as two:
        assert one.base_url != two.base_url
        assert httpx.post(two.base_url + TOKEN, data=credentials(one)).status_code == 401


def connect(base_url: str) -> socket.socket:
    host, port = base_url.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=30)


UNFINISHED = (
    b"POST " + TOKEN.encode() + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n\r\nabc"
)


def is_closed(connection: socket.socket) -> bool:
    with contextlib.suppress(ConnectionResetError):
        return connection.recv(65_536) == b""
    return True


def test_it_stops_with_connections_open() -> None:
    with running() as served:
        resting, hanging, answered = [connect(served.base_url) for _ in range(3)]
        hanging.sendall(UNFINISHED)
        answered.sendall(b"GET /nowhere HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert answered.recv(65_536).startswith(b"HTTP/1.1 404 ")
    for connection in (resting, hanging, answered):
        with connection:
            assert is_closed(connection)


def test_it_stops_while_connections_are_made() -> None:
    def connect_and_ask(base_url: str, stopped: threading.Event) -> None:
        while not stopped.is_set():
            with contextlib.suppress(OSError), connect(base_url) as connection:
                connection.sendall(b"GET /nowhere HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                connection.recv(65_536)

    # What is left open when the loop closes is a warning, and that an error.
    for _ in range(40):
        stopped = threading.Event()
        with running() as served:
            askers = [
                threading.Thread(target=connect_and_ask, args=(served.base_url, stopped)) for _ in range(3)
            ]
            for asker in askers:
                asker.start()
            connect(served.base_url).close()
        stopped.set()
        for asker in askers:
            asker.join()
        gc.collect()


def test_an_application_that_does_not_start() -> None:
    def broken(_: App) -> App:
        async def app(_: Scope, __: Receive, ___: Send) -> None:
            raise ValueError

        return app

    with pytest.raises(ListenError, match="did not start"), running(_around=broken):
        pass


def test_often() -> None:
    before = threading.active_count()
    for _ in range(30):
        with running() as served, connect(served.base_url) as connection:
            connection.sendall(b"GET /nowhere HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert connection.recv(65_536).startswith(b"HTTP/1.1 404 ")
    assert threading.active_count() == before


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, -signal.SIGTERM)])
def test_signals_stop_it_with_a_request_under_way(sent: signal.Signals, code: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "blackkonnect_emulator", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            base_url = process.stdout.readline().split()[-1]
            with connect(base_url) as hanging:
                hanging.sendall(UNFINISHED)
                process.send_signal(sent)
                _, err = process.communicate(timeout=30)
                assert is_closed(hanging)
        finally:
            process.kill()
        assert process.returncode == code
        assert err == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.com", ""])  # noqa: S104 - refused
def test_other_machines_are_kept_out(host: str) -> None:
    with pytest.raises(SettingsError, match=r"^host: "), running(host=host):
        pass


@pytest.mark.parametrize("port", [-1, 65536])
def test_ports_that_are_none(port: int) -> None:
    with pytest.raises(ListenError, match="0 to 65535"), running(port=port):
        pass


def exchange(served: Any, *sent: bytes) -> bytes:
    host, port = served.base_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as connection:
        with contextlib.suppress(OSError):
            for piece in sent:
                connection.sendall(piece)
        return connection.recv(65_536)


def test_what_is_hardly_http() -> None:
    head = b"POST " + SINGLE.encode() + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    with running(Settings(edition="2025-05-16")) as served:
        for sent in (
            b"\x16\x03\x01\x02\x00\x01\r\n\r\n",
            b"GET / HTTP/9.9\r\n\r\n",
            b"GET /\xff HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
            b"OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
            head + b"Content-Length: -1\r\n\r\n",
            head + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
            head + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nabc\r\n0\r\n\r\n",
            head + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
            head + b"Content-Length: 99999999999999999999\r\n\r\n",
            head + b"Content-Length: 104857600\r\n\r\n",
            head + b"Upgrade: websocket\r\nConnection: Upgrade\r\nContent-Length: 2\r\n\r\n{}",
        ):
            assert exchange(served, sent)[:10] == b"HTTP/1.1 4", sent
        one = b"x" * 65_536
        chunk = f"{len(one):x}\r\n".encode() + one + b"\r\n"
        answer = exchange(served, head + b"Transfer-Encoding: chunked\r\n\r\n", *[chunk] * 100)
        assert answer.startswith(b"HTTP/1.1 413")
        body = b'{"text":"x","destination":"+233200000001"}'
        right = head + f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body
        assert exchange(served, right).startswith(b"HTTP/1.1 200")


def test_a_large_body_is_answered_and_the_connection_lives() -> None:
    with running(Settings(edition="2025-05-16")) as served, httpx.Client(base_url=served.base_url) as client:
        answer = client.post(SINGLE, content=b"x" * 20_000_000, headers={"Content-Type": "application/json"})
        assert answer.status_code == 413
        assert client.post(SINGLE, json={"text": "x", "destination": "+233200000001"}).status_code == 200


@pytest.fixture
def in_use() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--edition", "2024-01-01"], "edition: there is no '2024-01-01'"),
        (["--database", "/nowhere/gateway.db"], "/nowhere/gateway.db"),
        (["--client", "nobody"], "client: "),
        (["--client", ":x"], "clients: "),
        (["--port", "65536"], "65536"),
    ],
)
def test_what_cant_be_started(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(["--port", "0", *arguments]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert told.err.startswith("error: ")
    assert words in told.err


def test_a_port_in_use(in_use: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(["--port", str(in_use)]) == 2
    assert (
        capsys.readouterr().err == f"error: can't listen at 127.0.0.1 port {in_use}: Address already in use\n"
    )


def test_help_and_nonsense(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, code in ((["--help"], 0), (["--nonsense"], 2), (["--port", "x"], 2)):
        with pytest.raises(SystemExit) as left:
            command.run(arguments)
        assert left.value.code == code
    assert "2026-02-25" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--prot", "8025"], "unrecognized arguments: --prot 8025"),
        (["8025"], "unrecognized arguments: 8025"),
        (["--port", "x"], "argument --port: invalid int value: 'x'"),
        (["--database"], "argument --database: expected one argument"),
        (["--call", "x"], "ambiguous option: --call could match --callback, --callback-host"),
    ],
)
def test_a_mistyped_option_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    with pytest.raises(SystemExit) as left:
        command.run(arguments, prog="blackkonnect emulator")
    assert left.value.code == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == f"error: {words}; see blackkonnect emulator --help\n"


def test_ctrl_c_loses_nothing(tmp_path: Path) -> None:
    database = tmp_path / "gateway.db"
    arguments = ["--port", "0", "--client", "acme:x", "--database", str(database), "--edition", "2025-05-16"]
    for expected in (200, 409):
        with subprocess.Popen(
            [sys.executable, "-m", "blackkonnect_emulator", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            try:
                told = [process.stdout.readline() for _ in range(7)]
                base_url = told[0].split()[-1]
                sent = {"text": "x", "destination": "+233200000001", "messageId": "m1"}
                assert httpx.post(base_url + SINGLE, json=sent, timeout=30).status_code == expected
                process.send_signal(signal.SIGINT)
                out, err = process.communicate(timeout=30)
            finally:
                process.kill()
            assert process.returncode == 0
            assert out == "Stopped.\n"
            assert "  BLACKKONNECT_CLIENT_SECRET=x\n" in told
            assert err == ""


def test_a_seed_file_and_a_restart(tmp_path: Path) -> None:
    seed = tmp_path / "seed.json"
    seed.write_text(
        json.dumps(
            {
                "tenants": [{"name": "made"}],
                "messages": [{"tenant": "made", "destination": "+233200000001", "text": "x"}],
                "faults": [{"kind": "closed", "tenant": "made"}],
            }
        )
    )
    arguments = ["--port", "0", "--database", str(tmp_path / "gateway.db"), "--seed-file", str(seed)]
    for clients in (["demo", "made"], ["demo"]):
        with subprocess.Popen(
            [sys.executable, "-m", "blackkonnect_emulator", *arguments], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            try:
                told = [process.stdout.readline() for _ in range(4 + 2 * len(clients))]
                control = told[0].split()[-1] + "/_emulator"
                messages = httpx.get(f"{control}/messages").json()["messages"]
                faults = httpx.get(f"{control}/faults").json()["faults"]
            finally:
                process.kill()
        assert [line.split("=")[1].strip() for line in told if "CLIENT_ID" in line] == clients
        assert [message["tenant"] for message in messages] == ["made"]
        assert len(faults) == 1
