"""What a token says of its lifetime."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest
from blackkonnect_sms.tokens import Token, lifetime_of
from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from tests.overlays.conftest import World

NOW = 1_790_000_000.0


@pytest.mark.parametrize(
    ("claims", "seconds"),
    [
        ({"exp": NOW + 3600}, 3600.0),
        ({"exp": NOW + 3600, "iat": NOW}, 3600.0),
        ({"exp": int(NOW) + 3600, "iat": int(NOW)}, 3600.0),
        # A gateway whose clock is decades off tells its lifetime all the same.
        ({"exp": 3600, "iat": 0}, 3600.0),
        ({"exp": NOW + 1e9 + 60, "iat": NOW + 1e9}, 60.0),
        ({"exp": NOW - 5}, 0.0),
        ({"exp": 5, "iat": 10}, 0.0),
        ({"exp": NOW + 60, "iat": "now"}, 60.0),
        ({"exp": NOW + 60, "iat": True}, 60.0),
        ({"exp": NOW + 60, "iat": float("inf")}, 60.0),
        ({"exp": NOW + 60, "iat": 10**400}, 60.0),
        ({}, None),
        ({"iat": NOW}, None),
        ({"exp": None}, None),
        ({"exp": str(NOW)}, None),
        ({"exp": True}, None),
        ({"exp": []}, None),
        ({"exp": float("nan")}, None),
        ({"exp": float("inf")}, None),
        ({"exp": 10**400}, None),
        ({"exp": -(10**400)}, None),
        ({"exp": 2.0**60}, None),
    ],
)
def test_lifetime(world: World, claims: dict[str, object], seconds: float | None) -> None:
    assert lifetime_of(world.jwt(claims), NOW) == seconds


@pytest.mark.parametrize(
    "token",
    [
        "opaque",
        "",
        ".",
        "..",
        "a.b.c",
        "a.!!!.c",
        "a.e30",
        "a." + base64.urlsafe_b64encode(b"[1]").decode() + ".c",
        "a." + base64.urlsafe_b64encode(b"\xff\xfe").decode() + ".c",
        "a." + base64.urlsafe_b64encode(b"[" * 100_000).decode() + ".c",
        "a." + base64.urlsafe_b64encode(b'{"exp":' + b"9" * 5000 + b"}").decode() + ".c",
        "a.\u00e4.c",
    ],
)
def test_tokens_that_say_nothing(token: str) -> None:
    assert lifetime_of(token, NOW) is None


@settings(derandomize=True, max_examples=40, deadline=None)
@given(st.one_of(st.text(), st.binary().map(lambda b: "a." + base64.urlsafe_b64encode(b).decode() + ".c")))
def test_any_token_can_be_read(token: str) -> None:
    seconds = lifetime_of(token, NOW)
    assert seconds is None or seconds >= 0


@settings(derandomize=True, max_examples=40, deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), st.lists))
def test_any_claim_can_be_read(value: object) -> None:
    payload = base64.urlsafe_b64encode(json.dumps({"exp": value, "iat": value}).encode()).decode()
    seconds = lifetime_of(f"a.{payload}.c", NOW)
    assert seconds is None or seconds >= 0


@pytest.mark.parametrize(
    ("lifetime", "until"),
    [(3600.0, 103_540.0), (120.0, 100_060.0), (100.0, 100_050.0), (0.0, 100_000.0)],
)
def test_it_is_renewed_early(lifetime: float, until: float) -> None:
    token = Token.received("opaque", asked_at=100_000.0, now=NOW, lifetime=lifetime)
    assert token.until == until
    assert "opaque" not in repr(token)


@pytest.mark.parametrize("value", ["", " ", "a b", "a\n", "a\x00", "\x7f", "\u00e4"])
def test_what_can_t_stand_in_a_header(value: str) -> None:
    with pytest.raises(ValueError, match="header") as raised:
        Token.received(value, asked_at=0.0, now=NOW, lifetime=300.0)
    assert not value.strip() or value not in str(raised.value)
