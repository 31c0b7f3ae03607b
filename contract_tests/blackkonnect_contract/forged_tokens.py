"""Tokens that look like a right one and are none."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["claims", "forged", "malformed"]

_HASHES = {"HS256": hashlib.sha256, "HS384": hashlib.sha384, "HS512": hashlib.sha512}
_PARTS = 3
_A_DAY = 86_400
_KEYS = (b"", b"secret", b"k" * 32, b"\x00" * 64)
_NO_ALGORITHM = ("none", "None", "NONE", "nOnE", "")
_PUBLIC = ("RS256", "RS384", "RS512", "ES256", "PS256", "EdDSA")


def claims(token: str) -> dict[str, Any]:
    """Read what a token claims, without any check.

    Args:
        token: The token.

    Returns:
        The claims; empty where they can't be read.
    """
    return _part(token, 1)


def forged(token: str, *, other: str | None = None, secret: str = "") -> Iterator[tuple[str, str]]:
    """Make tokens of a right one that a gateway must not believe.

    Args:
        token: A right token; of one that is not of three parts none can be made.
        other: A right token of another client, if there is one.
        secret: The client's secret, which must not be the key.

    Yields:
        What is wrong with it, and the token.
    """
    if token.count(".") != _PARTS - 1:
        # Nothing can be forged of what can't be read.
        return
    head, told = _part(token, 0), _part(token, 1)
    first, second, third = token.split(".")
    yield from _of_other_algorithms(head, told, (first, second, third), secret)
    yield from _of_other_heads(head, told, (second, third))
    for what, changed in _changed_claims(told, other):
        body = _coded(changed)
        yield f"{what}, with the old signature", f"{first}.{body}.{third}"
        yield f"{what}, with another key", _signed(head, changed, b"k" * 32)
        yield f"{what}, with an empty signature", f"{first}.{body}."
        yield f"{what}, of the algorithm none", f"{_coded({**head, 'alg': 'none'})}.{body}."
    yield from _damaged(first, second, third)
    if other is not None and other.count(".") == _PARTS - 1:
        theirs = other.split(".")
        yield "the signature of another client's token", f"{first}.{second}.{theirs[2]}"
        yield "the claims of another client's token", f"{first}.{theirs[1]}.{third}"


def malformed(token: str) -> Iterator[tuple[str, str]]:
    """Make what stands in a token's place and is none.

    Args:
        token: A right token.

    Yields:
        What is wrong with it, and what to send as a token.
    """
    if token.count(".") != _PARTS - 1:
        yield "the token cut in half", token[: len(token) // 2]
        yield "the token twice", token * 2
        return
    first, second, third = token.split(".")
    yield "one part", first
    yield "two parts", f"{first}.{second}"
    yield "four parts", f"{token}.{third}"
    yield "five parts", f"{token}.{first}.{second}"
    yield "no first part", f".{second}.{third}"
    yield "no second part", f"{first}..{third}"
    yield "points alone", ".."
    yield "no base64", "!.!.!"
    yield "no base64 in the claims", f"{first}.%%%.{third}"
    yield "claims that are no JSON", f"{first}.{_plain(b'{')}.{third}"
    yield "claims that are a list", f"{first}.{_plain(b'[]')}.{third}"
    yield "claims that are null", f"{first}.{_plain(b'null')}.{third}"
    yield "a head that is no JSON", f"{_plain(b'x')}.{second}.{third}"
    yield "a head that is a list", f"{_plain(b'[1]')}.{second}.{third}"
    yield "claims that are no UTF-8", f"{first}.{_plain(bytes([255, 254]))}.{third}"
    yield "claims nested deep", f"{first}.{_plain(b'[' * 2000)}.{third}"
    yield "a number too large", ".".join((first, _plain(b'{"exp":1e999}'), third))
    yield "6,000 characters", "a" * 6000
    yield "letters beyond ASCII", f"{first}.{second}.\xe9\xff"
    yield "quotes", f'"{token}"'
    yield "a word", "undefined"
    yield "null", "null"
    yield "a list of tokens", f"{token},{token}"
    yield "a space within", f"{first}. {second}.{third}"
    yield "percent-encoded points", token.replace(".", "%2E")
    yield "capitals", token.upper()
    yield "backwards", token[::-1]


def _of_other_algorithms(
    head: Mapping[str, Any], told: Mapping[str, Any], parts: tuple[str, str, str], secret: str
) -> Iterator[tuple[str, str]]:
    _, second, third = parts
    for name in _NO_ALGORITHM:
        bare = f"{_coded({**head, 'alg': name})}.{second}"
        yield f"algorithm {name!r} without a signature", f"{bare}."
        yield f"algorithm {name!r} with the old signature", f"{bare}.{third}"
        yield f"algorithm {name!r} of two parts", bare
    for name in _HASHES:
        keys = (*_KEYS, secret.encode(), str(told.get("sub", "")).encode(), str(told.get("iss", "")).encode())
        for number, key in enumerate(keys):
            if name == "HS256" or number < len(_KEYS):
                yield f"{name} with guessed key {number}", _signed({**head, "alg": name}, told, key)
    for name in _PUBLIC:
        yield f"{name} with any signature", _signed({**head, "alg": name}, told, b"k" * 32)
        yield f"{name} with the old signature", f"{_coded({**head, 'alg': name})}.{second}.{third}"


def _of_other_heads(
    head: Mapping[str, Any], told: Mapping[str, Any], parts: tuple[str, str]
) -> Iterator[tuple[str, str]]:
    own = b"x" * 32
    more: Mapping[str, Mapping[str, Any]] = {
        "a key in the head": {"jwk": {"kty": "oct", "k": _plain(own)}},
        "a public key in the head": {"alg": "RS256", "jwk": {"kty": "RSA", "n": _plain(own), "e": "AQAB"}},
        "a key elsewhere": {"jku": "http://127.0.0.1:9/keys"},
        "a certificate in the head": {"x5c": [base64.b64encode(own).decode()]},
        "a key that is a path": {"kid": "../../../../../dev/null"},
        "a key that is a query": {"kid": "x' UNION SELECT 'k'; --"},
        "something critical": {"crit": ["exp"]},
        "unencoded claims": {"b64": False, "crit": ["b64"]},
        "no algorithm": {"alg": None},
        "a list of algorithms": {"alg": ["HS256"]},
        "an algorithm in small letters": {"alg": "hs256"},
        "packed claims": {"zip": "DEF"},
    }
    for name, held in more.items():
        changed = {**head, **held}
        key = b"" if "path" in name else own
        yield name, _signed(changed, told, key)
        yield f"{name}, with the old signature", f"{_coded(changed)}.{parts[0]}.{parts[1]}"


def _changed_claims(told: Mapping[str, Any], other: str | None) -> Iterator[tuple[str, dict[str, Any]]]:
    theirs = {} if other is None else claims(other)
    if theirs:
        # All that tells one client from the other: then a name of it alone, as a gateway may look at no more.
        yield "another client's claims", {**theirs, "jti": told.get("jti")}
        for name in theirs.keys() & told.keys() - {"exp", "iat", "nbf", "jti"}:
            if theirs[name] != told[name]:
                yield f"another client's {name}", {**told, name: theirs[name]}
    expires = told.get("exp")
    if isinstance(expires, int):
        yield "a later exp", {**told, "exp": expires + _A_DAY}
        yield "a past exp", {**told, "exp": 1}
        yield "exp as text", {**told, "exp": str(expires)}
        yield "no exp", {name: value for name, value in told.items() if name != "exp"}
        yield "a later nbf and iat", {**told, "nbf": expires + _A_DAY, "iat": expires + _A_DAY}
    yield "another audience", {**told, "aud": "another"}
    yield "another issuer", {**told, "iss": "https://another.example"}
    yield "more rights", {**told, "admin": True, "scope": "*"}
    yield "no client", {name: value for name, value in told.items() if name != "sub"}
    yield "no claims", {}


def _damaged(first: str, second: str, third: str) -> Iterator[tuple[str, str]]:
    yield "the signature is stripped", f"{first}.{second}."
    yield "a bit of the signature's beginning is flipped", f"{first}.{second}.{_flipped(third, 0)}"
    yield "a bit of the signature's middle is flipped", f"{first}.{second}.{_flipped(third, len(third) // 2)}"
    yield "a bit of the claims is flipped", f"{first}.{_flipped(second, len(second) // 2)}.{third}"
    yield "a bit of the head is flipped", f"{_flipped(first, len(first) // 2)}.{second}.{third}"
    yield "the signature is cut by four", f"{first}.{second}.{third[:-4]}"
    yield "the signature is cut in half", f"{first}.{second}.{third[: len(third) // 2]}"
    yield "the signature is longer", f"{first}.{second}.{third}AAAA"
    yield "the signature is doubled", f"{first}.{second}.{third}{third}"
    yield "the signature is of zeros", f"{first}.{second}.{'A' * len(third)}"
    yield "the signature is all new", f"{first}.{second}.{third[::-1]}"
    yield "claims and signature are swapped", f"{first}.{third}.{second}"


def _flipped(text: str, place: int) -> str:
    """Change a character so that what it stands for differs, whatever bits of it count."""
    swapped = "A" if text[place] not in "ABCD" else "z"
    return text[:place] + swapped + text[place + 1 :]


def _signed(head: Mapping[str, Any], told: Mapping[str, Any], key: bytes) -> str:
    content = f"{_coded(head)}.{_coded(told)}"
    kind = _HASHES.get(str(head.get("alg")), hashlib.sha256)
    return f"{content}.{_plain(hmac.new(key, content.encode(), kind).digest())}"


def _coded(value: object) -> str:
    return _plain(json.dumps(value, separators=(",", ":")).encode())


def _plain(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _part(token: str, number: int) -> dict[str, Any]:
    try:
        text = token.split(".")[number]
        held = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (IndexError, ValueError, RecursionError):
        return {}
    return held if isinstance(held, dict) else {}
