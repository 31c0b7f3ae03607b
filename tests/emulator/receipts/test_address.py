"""Which addresses receipts may go to."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from blackkonnect_emulator import Settings, SettingsError
from blackkonnect_emulator.receipts.address import AddressError, read_address
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "host", "port", "target"),
    [
        ("http://127.0.0.1:9000/receipts", "127.0.0.1", 9000, "/receipts?a=1"),
        ("http://127.8.9.10", "127.8.9.10", 80, "/?a=1"),
        ("https://localhost/x", "localhost", 443, "/x?a=1"),
        ("HTTP://LOCALHOST:81/X", "localhost", 81, "/X?a=1"),
        ("http://[::1]:9000/x", "::1", 9000, "/x?a=1"),
        ("http://127.0.0.1:9000/x?token=a%2Fb&c", "127.0.0.1", 9000, "/x?token=a%2Fb&c&a=1"),
        ("http://127.0.0.1:9000?token=1", "127.0.0.1", 9000, "/?token=1&a=1"),
        ("http://127.0.0.1/x?", "127.0.0.1", 80, "/x?a=1"),
        ("http://127.0.0.1/a@b:c", "127.0.0.1", 80, "/a@b:c?a=1"),
        ("http://Hooks.Test/x", "hooks.test", 80, "/x?a=1"),
        ("http://192.0.2.7:8080/x", "192.0.2.7", 8080, "/x?a=1"),
    ],
)
def test_addresses_that_are_called(text: str, host: str, port: int, target: str) -> None:
    address = read_address(text, ["hooks.test", "192.0.2.7"])
    assert (address.host, address.port, address.target("a=1")) == (host, port, target)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "must begin with"),
        ("127.0.0.1:9000", "must begin with"),
        ("ftp://127.0.0.1/", "must begin with"),
        ("file:///etc/passwd", "must begin with"),
        (" http://127.0.0.1/", "must begin with"),
        ("http://", "must be an address"),
        ("http:///x", "must be an address"),
        ("http://127.0.0.1:/x", "must be an address"),
        ("http://127.0.0.1:99999/x", "must have a port"),
        ("http://127.0.0.1:0/x", "must have a port"),
        ("http://127.0.0.1/x y", "must be an address"),
        ("http://127.0.0.1/x\r\nX-Evil: 1", "must be an address"),
        ("http://127.0.0.1/%zz", "must be an address"),
        ("http://127.0.0.1/é", "must be an address"),
        ("http://127.0.0.1\\@192.0.2.1/", "must not hold a user name"),
        ("http://127.0.0.1\\x", "must be an address"),
        ("http://user:secret@127.0.0.1/", "must not hold a user name"),
        ("http://127.0.0.1@192.0.2.1/", "must not hold a user name"),
        ("http://127.0.0.1/#x", "must not have a fragment"),
        ("http://127.0.0.1#@192.0.2.1/", "must not have a fragment"),
        ("http://192.0.2.1/", "must be on this machine"),
        ("http://[2001:db8::1]/", "must be on this machine"),
        ("http://[::ffff:127.0.0.1]/", "must be on this machine"),
        ("http://0.0.0.0/", "must be on this machine"),
        ("http://127.1/", "must be on this machine"),
        ("http://2130706433/", "must be on this machine"),
        ("http://0x7f.0.0.1/", "must be on this machine"),
        ("http://localhost./", "must be on this machine"),
        ("http://localhost.example/", "must be on this machine"),
        ("http://localtest.me/", "must be on this machine"),
        ("http://127.0.0.1.example/", "must be on this machine"),
        ("http://127.0.0.1/" + "x" * 2048, "must not be longer than 2048"),
    ],
)
def test_addresses_that_are_refused(text: str, problem: str) -> None:
    with pytest.raises(AddressError) as raised:
        read_address(text, ["hooks.test"])
    assert raised.value.field == "callback"
    assert str(raised.value).startswith(f"callback: {problem}")
    assert "secret" not in str(raised.value).replace("put a secret", "")


_HOSTS = ["127.0.0.1", "localhost", "[::1]", "192.0.2.1", "a.test"]
_MARKS = [
    "http://",
    "https://",
    "@",
    ":",
    "/",
    "?",
    "#",
    "\\",
    "%40",
    "%",
    " ",
    "\t",
    "80",
    "x",
    ".",
    "é",
    "0",
]


@given(st.lists(st.sampled_from(_HOSTS + _MARKS), max_size=8).map("".join))
@settings(derandomize=True)
def test_what_is_accepted_is_loopback_to_another_reader_too(text: str) -> None:
    try:
        read_address(text)
    except AddressError:
        return
    other = urlsplit(text)
    assert other.hostname in {"127.0.0.1", "localhost", "::1"}
    assert other.username is None
    assert not other.fragment


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            {"callbacks": {"acme": "http://192.0.2.1/private"}},
            "callbacks: that of 'acme' must be on this machine",
        ),
        ({"callbacks": {"acme": "nowhere"}}, "callbacks: that of 'acme' must begin with http://"),
    ],
)
def test_settings_check_them(given: dict[str, Any], words: str) -> None:
    with pytest.raises(SettingsError) as raised:
        Settings(clients={"acme": "a secret"}, **given)
    assert str(raised.value).startswith(words)
    assert "private" not in str(raised.value)


def test_settings_allow_hosts_by_name() -> None:
    Settings(clients={"a": "b"}, callbacks={"a": "http://hooks.test/x"}, callback_hosts=["hooks.test"])
    assert "x9" not in repr(Settings(clients={"a": "b"}, callbacks={"a": "http://127.0.0.1/x9"}))
