"""The fast client over TLS: whom `SSL_CERT_FILE` names is trusted, under its own name, and nobody else."""

from __future__ import annotations

import contextlib
import shutil
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from blackkonnect_sms import RetryPolicy, TokenUnavailable

if TYPE_CHECKING:
    from tests.overlays.conftest import World

pytest.importorskip("pyreqwest")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="the variable is read on Linux alone"),
    pytest.mark.skipif(shutil.which("openssl") is None, reason="certificates are made by openssl"),
]

TO, TEXT = "+233200000001", "your code is 482913"
CURVE = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


def _openssl(folder: Path, *arguments: str) -> None:
    command = [shutil.which("openssl") or "openssl", *arguments]
    subprocess.run(command, check=True, capture_output=True, timeout=60, cwd=folder)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an authority's certificate, ``ca.pem``, and one that it gave to localhost alone."""
    folder = tmp_path_factory.mktemp("authority")
    named = ("-subj", "/CN=an authority of tests", "-days", "2")
    _openssl(folder, "req", "-x509", *CURVE, *named, "-keyout", "ca.key", "-out", "ca.pem")
    _openssl(folder, "req", *CURVE, "-subj", "/CN=localhost", "-keyout", "its.key", "-out", "its.csr")
    (folder / "its.ext").write_text("subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n")
    signer = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2")
    asked = ("-in", "its.csr", "-extfile", "its.ext", "-out", "its.pem")
    _openssl(folder, "x509", "-req", *signer, *asked)
    return folder


class Behind:
    """A gateway behind TLS.

    Attributes:
        port: Where it listens.
        heard: All that came through a connection that was made.
    """

    def __init__(self, folder: Path) -> None:
        self.heard: list[bytes] = []
        self._context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._context.load_cert_chain(folder / "its.pem", folder / "its.key")
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, raw: socket.socket) -> None:
        # A client that trusts nobody here ends the handshake.
        with contextlib.suppress(OSError), self._context.wrap_socket(raw, server_side=True) as connection:
            read = connection.makefile("rb")
            while line := read.readline():
                length = 0
                while (field := read.readline().lower()) != b"\r\n":
                    if field.startswith(b"content-length:"):
                        length = int(field.partition(b":")[2])
                self.heard.append(line + read.read(length))
                taken = b'{"isSuccessful": true}'
                body = b'{"token": "an-opaque-token"}' if b"access-token" in line else taken
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@pytest.fixture
def behind(authority: Path) -> Iterator[Behind]:
    served = Behind(authority)
    yield served
    served.close()


@pytest.fixture(params=["sync fast", "async fast"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_it_sends_to_whom_the_named_authority_vouches_for(
    kind: str, world: World, behind: Behind, authority: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority / "ca.pem"))
    api = world.client_for(kind, world.Gateway(), base_url=f"https://localhost:{behind.port}")
    assert api.send(TO, TEXT, message_id="m-1").message_id == "m-1"
    api.close()
    sends = [heard for heard in behind.heard if b"send-message" in heard]
    assert len(sends) == 1
    assert TEXT.encode() in sends[0]


def test_one_that_nobody_vouches_for_gets_nothing(
    kind: str, world: World, behind: Behind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    _refuses(world, kind, behind, "localhost")


def test_one_that_goes_by_another_name_gets_nothing(
    kind: str, world: World, behind: Behind, authority: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority / "ca.pem"))
    _refuses(world, kind, behind, "127.0.0.1")


def _refuses(world: World, kind: str, behind: Behind, host: str) -> None:
    base_url = f"https://{host}:{behind.port}"
    api = world.client_for(kind, world.Gateway(), base_url=base_url, retry=RetryPolicy(attempts=1))
    with pytest.raises(TokenUnavailable, match="ConnectError"):
        api.send(TO, TEXT)
    api.close()
    assert behind.heard == []
