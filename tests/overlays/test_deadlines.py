"""Timeouts that know when the whole call ends."""

from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from blackkonnect_sms import BlackkonnectSMS, TokenUnavailable
from blackkonnect_sms._deadlines import Patience, _Backend, obey, overdue, patience_of, renew

if TYPE_CHECKING:
    from tests.overlays.conftest import World


class Time:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("longest", "until", "now", "seconds"),
    [
        (15.0, 160.0, 100.0, 15.0),
        (15.0, 110.0, 100.0, 10.0),
        (15.0, 110.0, 105.0, 5.0),
        (15.0, 100.0, 100.0, 0.001),
        (15.0, 100.0, 200.0, 0.001),
    ],
)
def test_patience(longest: float, until: float, now: float, seconds: float) -> None:
    time = Time()
    patience = Patience(longest, until, time)
    time.now = now
    assert patience.renewed() == pytest.approx(seconds)
    assert patience.left() == until - now
    assert patience.renewed().renewed() == patience.renewed()


def test_it_is_a_plain_number_to_those_who_copy_it() -> None:
    patience = Patience(15.0, 110.0, Time())
    for twin in (copy.copy(patience), pickle.loads(pickle.dumps(patience))):  # noqa: S301 - our own
        assert twin == 10.0


def test_a_request_is_renewed_and_one_of_another_client_is_left_alone() -> None:
    time = Time()
    request = httpx.Request("GET", "https://sms.example.com")
    renew(request)
    assert "timeout" not in request.extensions
    request.extensions["timeout"] = httpx.Timeout(Patience(15.0, 110.0, time)).as_dict()
    time.now = 104.0
    renew(request)
    patience = patience_of(request)
    assert patience == 6.0
    assert set(request.extensions["timeout"]) == {"connect", "read", "write", "pool"}
    plain = httpx.Request("GET", "https://sms.example.com", extensions={"timeout": {"read": 3.0}})
    renew(plain)
    assert plain.extensions["timeout"] == {"read": 3.0}


def test_what_was_cut_off() -> None:
    request = httpx.Request("GET", "https://sms.example.com")
    assert isinstance(overdue(request), TokenUnavailable)
    request.headers["Authorization"] = "Bearer x"
    assert isinstance(overdue(request), httpx.ReadTimeout)


class Socket:
    """A stream that tells how it was used."""

    def __init__(self) -> None:
        self.used: list[tuple[str, Any]] = []

    def connect_tcp(self, host: str, port: int, timeout: float | None, **options: Any) -> Socket:
        self.used.append(("connect", timeout))
        assert (host, port, options) == ("h", 1, {"local_address": None})
        return self

    def start_tls(self, context: Any, name: str | None, timeout: float | None) -> Socket:
        self.used.append(("tls", timeout))
        assert (context, name) == (None, "h")
        return self

    def read(self, size: int, timeout: float | None) -> bytes:
        self.used.append(("read", timeout))
        return b"x" * size

    def write(self, data: bytes, timeout: float | None) -> None:
        self.used.append((f"write {len(data)}", timeout))

    def get_extra_info(self, name: str) -> str:
        return name


def test_each_wait_of_a_socket_gets_what_is_left() -> None:
    time, socket = Time(), Socket()
    patience = Patience(15.0, 110.0, time)
    stream = _Backend(socket).connect_tcp("h", 1, timeout=patience, local_address=None)
    time.now = 104.0
    stream = stream.start_tls(None, server_hostname="h", timeout=patience)
    time.now = 106.0
    assert stream.read(2, timeout=patience) == b"xx"
    stream.write(b"y" * 20_000, timeout=patience)
    assert stream.read(1, timeout=7.0) == b"x"
    assert stream.read(1) == b"x"
    assert socket.used == [
        ("connect", 10.0),
        ("tls", 6.0),
        ("read", 4.0),
        ("write 16384", 4.0),
        ("write 3616", 4.0),
        ("read", 7.0),
        ("read", None),
    ]
    assert stream.get_extra_info("socket") == "socket"
    time.now = 110.0
    with pytest.raises(httpx.ReadTimeout):
        stream.read(1, timeout=patience)
    with pytest.raises(httpx.WriteTimeout):
        stream.write(b"y", timeout=patience)
    with pytest.raises(httpx.ConnectTimeout):
        stream.start_tls(None, timeout=patience)
    with pytest.raises(httpx.ConnectTimeout):
        _Backend(socket).connect_tcp("h", 1, timeout=patience)


def test_all_sockets_of_a_client_obey(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    sms = BlackkonnectSMS(base_url=world.base_url, client_id="a", client_secret="b")
    client: Any = sms._http
    obey(client)
    pools = [one._pool for one in (client._transport, *client._mounts.values()) if one is not None]
    assert len(pools) == 2
    for pool in pools:
        assert isinstance(pool._network_backend, _Backend)
        assert not isinstance(pool._network_backend._backend, _Backend)
    sms.close()
