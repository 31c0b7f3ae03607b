"""Tokens that are forged, old, another's or none at all."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from typing import Any

import pytest

from tests.emulator.conftest import Gateway
from tests.emulator.hostile.attacked import Attacked, check_refused, signed
from tests.emulator.hostile.targets import AS_JSON, BULK, SINGLE, trap, written

ASKS = {
    "sendMessage": ("POST", Gateway.SINGLE, written(SINGLE)),
    "sendBulkMessages": ("POST", Gateway.BULK, written(BULK)),
    "getMessageStatus": ("GET", Gateway.STATUS.format("m"), None),
    "getBulkMessageStatus": ("GET", Gateway.BULK_STATUS.format("m"), None),
}


def coded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def part(token: str, number: int) -> dict[str, Any]:
    text = token.split(".")[number]
    read: dict[str, Any] = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return read


def made(header: Mapping[str, Any], claims: Mapping[str, Any], key: bytes | None = b"x" * 32) -> str:
    """Make a token by hand, as no library of tokens would."""
    content = f"{coded(json.dumps(header).encode())}.{coded(json.dumps(claims).encode())}"
    kind = hashlib.sha512 if header.get("alg") == "HS512" else hashlib.sha256
    return f"{content}.{'' if key is None else coded(hmac.new(key, content.encode(), kind).digest())}"


def forged(token: str) -> dict[str, str]:
    """Make tokens that look like a right one."""
    header, claims = part(token, 0), part(token, 1)
    first, second, signature = token.split(".")
    now = int(time.time())
    found = {
        f"algorithm {name}": made({**header, "alg": name}, claims, None)
        for name in ("none", "None", "NONE", "nOnE", "", "HS256 ", "hs256", "RS256")
    }
    keys = {"empty key": b"", "other key": b"k" * 32, "name as key": b"acme", "issuer as key": b"emulator"}
    found |= {name: made(header, claims, key) for name, key in keys.items()}
    found |= {
        f"{name} with its own signature": made({**header, "alg": name}, claims)
        for name in ("HS512", "RS256", "ES256", "PS256", "none", "HS384", "dir")
    }
    headers: dict[str, dict[str, Any]] = {
        "key of its own": {"jwk": {"kty": "oct", "k": coded(b"x" * 32)}},
        "key elsewhere": {"jku": "http://127.0.0.1:9/keys", "kid": "../../../../dev/null"},
        "critical": {"crit": ["exp"]},
        "no algorithm": {"alg": None},
        "list of algorithms": {"alg": ["HS256"]},
        "unsigned content": {"b64": False, "crit": ["b64"]},
    }
    found |= {name: made({**header, **more}, claims) for name, more in headers.items()}
    changed: dict[str, dict[str, Any]] = {
        "expired": {"exp": now - 1},
        "long expired": {"exp": 0},
        "negative": {"exp": -(2**63)},
        "not yet": {"nbf": now + 3600, "iat": now + 3600},
        "no exp": {"exp": None},
        "exp in words": {"exp": "tomorrow"},
        "exp as text": {"exp": str(now + 3600)},
        "exp as fraction": {"exp": now + 0.5},
        "exp beyond": {"exp": 10**400},
        "exp infinite": {"exp": float("inf")},
        "exp as list": {"exp": [now]},
        "audience": {"aud": "other"},
        "audiences": {"aud": ["other", 1]},
        "issuer": {"iss": "other"},
        "subject": {"sub": "other"},
        "no subject": {"sub": None},
        "subject as number": {"sub": 1},
        "anonymous": {"sub": ""},
        "everything": {"scope": "*", "admin": True},
    }
    # Each with a key that is not the emulator's, and with the signature of the right token.
    for name, more in changed.items():
        bad = {key: value for key, value in {**claims, **more}.items() if value is not None}
        found[f"{name}, signed by another"] = made(header, bad)
        found[f"{name}, tampered"] = f"{first}.{coded(json.dumps(bad).encode())}.{signature}"
    flipped = "A" if signature[0] != "A" else "B"
    return found | {
        "no signature": f"{first}.{second}.",
        "two parts": f"{first}.{second}",
        "four parts": f"{token}.x",
        "five parts": f"{token}.x.y",
        "other signature": f"{first}.{second}.{flipped}{signature[1:]}",
        "cut signature": token[:-1],
        "dots": "." * 1000,
        "deep claims": f"{first}.{coded(b'[' * 5000)}.{signature}",
        "no JSON": f"{coded(b'x')}.{coded(b'y')}.{coded(b'z')}",
        "bad UTF-8": f"{coded(bytes([255]))}.{second}.{signature}",
        "empty": "",
        "another word": "null",
        "two tokens": f"{token} {token}",
        "list of tokens": f"{token},{token}",
        "quoted": f'"{token}"',
        "Latin-1": "\xe9" * 10,
        "50 KB": "a" * 50_000,
        "many parts": "a." * 25_000,
    }


@pytest.mark.parametrize("name", ASKS)
def test_forged_ones(victim: Attacked, name: str) -> None:
    method, path, body = ASKS[name]
    for kind, token in forged(victim.token()).items():
        with trap(kind):
            answer = victim.ask(method, path, body, [*signed(token), AS_JSON])
            check_refused(answer, 401)
            assert answer.headers["www-authenticate"].startswith("Bearer")
            assert "eyJ" not in answer.headers["www-authenticate"]


def test_headers_that_hold_no_one_token(victim: Attacked) -> None:
    token = victim.token()
    right = f"Authorization: Bearer {token}"
    for headers, codes in (
        ([right, right], {401}),
        ([right, "Authorization: Bearer x"], {401}),
        (["Authorization: Basic YWNtZTphY21l"], {401}),
        (["Authorization:"], {401}),
        (["Authorization: Bearer"], {401}),
        ([f"Authorization: Bearer\t{token}"], {401}),
        ([f"Authorization: Bearer{token}"], {401}),
        ([f"Authorization: {token}"], {401}),
        ([f"Authorization: Bearer Bearer {token}"], {401}),
        ([f"Authorization: Bearer {token}\x00"], {400}),
        ([f"Authorization: Bearer \x00{token}"], {400}),
        ([f"Authorization: Bearer {token[:9]}\n{token[9:]}"], {400}),
        ([f"Authorization: Bearer {token[:9]}\r\n {token[9:]}"], {400, 401}),
        ([f"Authorization: Bearer {token}\x7f"], {400, 401}),
        (["Authorization: Bearer " + "a" * 1_000_000], {431}),
    ):
        with trap(headers[-1][:60]):
            found = victim.talk(victim.request("POST", Gateway.SINGLE, written(SINGLE), [*headers, AS_JSON]))
            assert found is not None
            check_refused(found, *codes)
    for scheme in ("bearer", "BEARER", "bEaReR"):
        sent = victim.ask(
            "POST", Gateway.SINGLE, written(SINGLE), [f"Authorization: {scheme}  {token} ", AS_JSON]
        )
        assert sent.status == 200, sent


def test_ids_of_another_client(victim: Attacked) -> None:
    own, other = victim.token(), victim.token("other")
    bulk = victim.ask("POST", Gateway.BULK, written(BULK), [*signed(own), AS_JSON]).json()
    single = victim.send(own).json()
    single_ids = [single["correlationId"], single["data"]["messageId"], single["requestId"]]
    for path in (
        *(Gateway.STATUS.format(one) for one in single_ids),
        Gateway.STATUS.format(bulk["smsMessageDeliveryStatuses"][0]["messageId"]),
        Gateway.BULK_STATUS.format(bulk["bulkId"]),
        Gateway.BULK_STATUS.format(bulk["correlationId"]),
    ):
        check_refused(victim.ask("GET", path, headers=signed(other)), 404)
    taken = victim.ask("GET", Gateway.BULK_STATUS.format(bulk["bulkId"]), headers=signed(own))
    assert taken.status == 200


def test_a_client_that_is_gone_or_was_made_anew(victim: Attacked) -> None:
    secret = victim.control("PUT", "tenants/guest").json()["secret"]
    form = f"grant_type=client_credentials&client_id=guest&client_secret={secret}".encode()
    credentials = ["Content-Type: application/x-www-form-urlencoded"]
    token = victim.ask("POST", Gateway.TOKEN, form, credentials).json()["token"]
    assert victim.send(token).status == 200
    assert victim.control("DELETE", "tenants/guest").status == 200
    check_refused(victim.send(token), 401)
    check_refused(victim.ask("POST", Gateway.TOKEN, form, credentials), 401)
