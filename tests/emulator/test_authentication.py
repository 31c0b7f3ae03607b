"""Tokens: how they are had, and which are taken."""

import base64
import json
from typing import Any

import jwt
import pytest

pytestmark = pytest.mark.anyio


def form(**fields: str) -> dict[str, str]:
    right = {"grant_type": "client_credentials", "client_id": "acme", "client_secret": "acme's secret"}
    return {**right, **fields}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, 200),
        ({"scope": "sms"}, 200),
        ({"unknown": "ignored"}, 200),
        ({"client_secret": "acme's secre"}, 401),
        ({"client_secret": "acme's secrett"}, 401),
        ({"client_secret": "other's secret"}, 401),
        ({"client_secret": "ɛ\u0000"}, 401),
        ({"client_id": "nobody"}, 401),
        ({"client_id": "nobody", "client_secret": "x" * 32}, 401),
        ({"client_id": ""}, 400),
        ({"client_secret": "x" * 256}, 400),
        ({"grant_type": "password"}, 400),
    ],
)
async def test_credentials(each_edition: Any, fields: dict[str, str], code: int) -> None:
    gateway = each_edition
    async with gateway.client() as client:
        answer = await client.post(gateway.TOKEN, data=form(**fields))
    assert answer.status_code == code
    assert "secret" not in answer.text.replace("client_secret", "").replace("secret is wrong", "")


@pytest.mark.parametrize(
    ("body", "code", "pointers"),
    [
        (b"", {"2025-05-16": 401, "2026-02-25": 400}, None),
        (b"grant_type=client_credentials", 400, ["#/client_id", "#/client_secret"]),
        (
            b"grant_type=client_credentials&client_id=acme&client_id=acme&client_secret=x",
            400,
            ["#/client_id"],
        ),
        (b"x=1&x=2&grant_type=client_credentials&client_id=acme&client_secret=x", 401, None),
        (b"grant_type=client_credentials&client_id=%FF&client_secret=x", 400, ["#"]),
        (b"grant_type=client_credentials&client_id=%zz&client_secret=x", 401, None),
        (b"&&&=&=x", 400, None),
    ],
)
async def test_forms(each_edition: Any, body: bytes, code: Any, pointers: list[str] | None) -> None:
    gateway = each_edition
    async with gateway.client() as client:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = await client.post(gateway.TOKEN, content=body, headers=headers)
    assert answer.status_code == (code[gateway.settings.edition] if isinstance(code, dict) else code)
    if pointers is not None:
        assert sorted(error["pointer"] for error in answer.json()["errors"]) == pointers


def part(content: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def forged(gateway: Any, right: str) -> dict[str, str]:
    key = gateway.inside.store.key
    head, claims, signature = right.split(".")
    held = jwt.decode(right, options={"verify_signature": False})

    def signed(changes: dict[str, Any], secret: bytes = key, algorithm: str = "HS256") -> str:
        content = {name: value for name, value in {**held, **changes}.items() if value is not None}
        return jwt.encode(content, secret, algorithm=algorithm)

    return {
        "none": f"{part({'alg': 'none', 'typ': 'JWT'})}.{claims}.",
        "none with signature": f"{part({'alg': 'none', 'typ': 'JWT'})}.{claims}.{signature}",
        "None": f"{part({'alg': 'None', 'typ': 'JWT'})}.{claims}.{signature}",
        "other key": signed({}, b"x" * 64),
        "empty key": signed({}, b"\0" * 32),
        "other algorithm": signed({}, key * 2, "HS512"),
        "other algorithm, right key": signed({}, key, "HS384")
        if len(key) >= 48
        else signed({}, key * 2, "HS384"),
        "expired": signed({"exp": held["iat"]}),
        "no expiry": signed({"exp": None}),
        "fractional expiry": signed({"exp": held["exp"] + 0.5}),
        "no subject": signed({"sub": None}),
        "another subject": signed({"sub": "nobody"}),
        "no number": signed({"tenant": None}),
        "another number": signed({"tenant": held["tenant"] + 1}),
        "anonymous": signed({"sub": ""}),
        "another audience": signed({"aud": "elsewhere"}),
        "another issuer": signed({"iss": "elsewhere"}),
        "changed claims": f"{head}.{part({**held, 'sub': 'other'})}.{signature}",
        "cut": right[:-2],
        "two of three": f"{head}.{claims}",
        "garbage": "x.y.z",
        "long": "x" * 50_000,
        "deep": f"{head}.{base64.urlsafe_b64encode(b'[' * 20_000).decode().rstrip('=')}.{signature}",
        "nothing": "",
    }


async def test_forged_tokens(each_edition: Any) -> None:
    gateway = each_edition
    right = await gateway.token()
    for name, token in forged(gateway, right).items():
        async with gateway.client(token) as client:
            answer = await client.get(gateway.STATUS.format("m"))
            assert answer.status_code == 401, name
            assert answer.headers["WWW-Authenticate"].startswith("Bearer"), name
            sent = await client.post(gateway.SINGLE, json=gateway.example("leastMessage"))
            assert sent.status_code == 401, name
    async with gateway.client(right) as client:
        assert (await client.get(gateway.STATUS.format("m"))).status_code == 404


@pytest.mark.parametrize(
    "given",
    ["Basic YWNtZTpzZWNyZXQ=", "Bearer", "bearer ", "Token x", "", "Bearer a b", "Bearer\u00e9"],
)
async def test_other_authorizations(each_edition: Any, given: str) -> None:
    gateway = each_edition
    async with gateway.client() as client:
        headers = [(b"authorization", given.encode("latin-1"))]
        assert (await client.get(gateway.STATUS.format("m"), headers=headers)).status_code == 401


async def test_two_authorizations(each_edition: Any) -> None:
    gateway = each_edition
    bearer = ("Authorization", f"Bearer {await gateway.token()}")
    async with gateway.client() as client:
        assert (await client.get(gateway.STATUS.format("m"), headers=[bearer, bearer])).status_code == 401


async def test_the_scheme_has_no_case(gateway: Any) -> None:
    async with gateway.client() as client:
        headers = {"Authorization": f"bEARER {await gateway.token()}"}
        assert (await client.get(gateway.STATUS.format("m"), headers=headers)).status_code == 404


async def test_a_token_expires_on_the_clock(start: Any) -> None:
    gateway = start(token_seconds=60)
    async with gateway.signed_in() as client:
        gateway.clock.advance(59.9)
        assert (await client.get(gateway.STATUS.format("m"))).status_code == 404
        gateway.clock.advance(0.1)
        answer = await client.get(gateway.STATUS.format("m"))
    assert answer.status_code == 401
    assert answer.json()["detail"] == "The token has expired."
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


async def test_no_token(each_edition: Any) -> None:
    gateway = each_edition
    needed = gateway.settings.edition == "2026-02-25"
    async with gateway.client() as client:
        sent = await client.post(gateway.SINGLE, json=gateway.example("oneTimePassword"))
        assert sent.status_code == (401 if needed else 200)
        if needed:
            assert sent.headers["WWW-Authenticate"] == "Bearer"
        else:
            found = await client.get(gateway.STATUS.format(sent.json()["correlationId"]))
            assert found.status_code == 200
