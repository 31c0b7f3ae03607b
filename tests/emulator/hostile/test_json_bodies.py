"""Bodies of JSON that no gateway should take, and none should fall over."""

from collections.abc import Iterator

import pytest

from tests.emulator.hostile.attacked import Attacked, check_fine, check_refused, signed
from tests.emulator.hostile.targets import AS_JSON, TAKES_JSON, Target, trap, with_raw, written

DEEP = 10_000
# What is no JSON, or none that an emulator reads, wherever it stands.
MALFORMED: dict[str, bytes] = {
    "lone surrogate": rb'"\ud800"',
    "surrogates the wrong way round": rb'"\udc00\ud800"',
    "surrogate as bytes": b'"\xed\xa0\x80"',
    "NUL": b'"\x00"',
    "NUL outside": b"\x00",
    "line feed": b'"\n"',
    "bad UTF-8": b'"\xff"',
    "cut UTF-8": b'"\xe2\x82"',
    "overlong": b'"\xc0\xaf"',
    "beyond Unicode": b'"\xf4\x90\x80\x80"',
    "bad escape": rb'"\x41"',
    "deep arrays": b"[" * DEEP + b"]" * DEEP,
    "deep objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "deep and mixed": b'[{"a":' * DEEP + b"1" + b"}]" * DEEP,
    "deep and never closed": b"[" * 100_000,
    "deep for its validation": b"[" * 500 + b"]" * 500,
    "1e400": b"1e400",
    "-1e400": b"-1e400",
    "10,000 digits": b"9" * 10_000,
    "-10,000 digits": b"-" + b"9" * 10_000,
    "NaN": b"NaN",
    "Infinity": b"Infinity",
    "-Infinity": b"-Infinity",
    "hexadecimal": b"0x10",
    "leading zero": b"01",
    "single quotes": b"'x'",
    "comment": b"/**/1",
    "trailing comma": b"[1,]",
    "same name twice": b'{"a":1,"a":1}',
    "same name twice, escaped": rb'{"a":1,"\u0061":1}',
    "byte order mark": b"\xef\xbb\xbf1",
    "endless string": b'"',
}
# What is JSON, and mostly wrong.
ODD: dict[str, bytes] = {
    "escaped NUL": rb'"\u0000"',
    "script": b'"<script>alert(1)</script>"',
    "direction": rb'"\u202e\u2066"',
    "SQL": b'"\'; DROP TABLE messages; --"',
    "template": b'"{{7*7}}${7*7}%s%n"',
    "path": b'"../../../../etc/passwd"',
    "header": rb'"x\r\nSet-Cookie: a=b"',
    "empty": b'""',
    "long": b'"' + b"a" * 100_000 + b'"',
    "digits": b'"' + b"1" * 50_000 + b'"',
    "nearly a number": b'"+' + b"1" * 50_000 + b'x"',
    "nearly a name": b'"' + b"a " * 25_000 + b'!"',
    "nearly an id": b'"' + b"a.-" * 15_000 + b'/"',
    "nearly a time": b'"2026-03-02T08:00:00.' + b"0" * 50_000 + b'"',
    "nearly an address": b'"http://' + b"a." * 25_000 + b'"',
    "year 0": b'"0000-01-01T00:00:00Z"',
    "last leap second": b'"9998-12-31T23:59:60Z"',
    "no such day": b'"2026-02-30T08:00:00Z"',
    "other digits": b'"\\u0662\\u0660\\u0662\\u0666-03-02T08:00:00Z"',
    "signed 64": b"9223372036854775807",
    "beyond signed 64": b"9223372036854775808",
    "unsigned 64": b"18446744073709551615",
    "beyond unsigned 64": b"18446744073709551616",
    "lowest 64": b"-9223372036854775808",
    "below 64": b"-9223372036854775809",
    "signed 32": b"2147483647",
    "beyond signed 32": b"2147483648",
    "largest": b"1.7976931348623157e308",
    "smallest": b"5e-324",
    "next to nothing": b"1e-400",
    "minus zero": b"-0",
    "fraction": b"0.1",
    "whole as a fraction": b"1.0",
    "true": b"true",
    "null": b"null",
    "empty list": b"[]",
    "empty object": b"{}",
    "list": b"[[1]]",
    "many": b"[" + b",".join([b"1"] * 10_000) + b"]",
    "many of one": b"[" + b",".join([b'"MONDAY"'] * 10_000) + b"]",
    "prototype": b'{"__proto__":{"a":1},"constructor":1}',
    "many names": b"{" + b",".join([b'"a%d":1' % number for number in range(5000)]) + b"}",
}


def asked(victim: Attacked, target: Target, body: bytes, token: str) -> bytes:
    headers = [AS_JSON, *(signed(token) if target.signed else [])]
    return victim.request(target.method, target.path, body, headers)


@pytest.fixture(autouse=True)
def _as_before(victim: Attacked) -> Iterator[None]:
    """What the emulator took is looked at, and undone, so that it does its usual work again."""
    yield
    for page in ("", "tenants", "messages?limit=1000", "requests?limit=1000", "faults", "outcomes"):
        assert victim.control("GET", page).status == 200, page
    for page in ("/", "/_emulator/inbox/phones", "/_emulator/inbox/panels/faults"):
        assert victim.ask("GET", page).status == 200, page
    for undone in ("faults", "outcomes"):
        assert victim.control("DELETE", undone).status == 200
    assert victim.control("POST", "clock", {"factor": 1}).status == 200


@pytest.mark.parametrize("name", TAKES_JSON)
def test_right_ones_are_taken(victim: Attacked, name: str) -> None:
    target = TAKES_JSON[name]
    found = victim.talk(asked(victim, target, written(target.body), victim.token()))
    assert found is not None
    assert found.status in {200, 201}, found


@pytest.mark.parametrize("name", TAKES_JSON)
def test_a_malformed_value_in_each_place(victim: Attacked, name: str) -> None:
    target, token = TAKES_JSON[name], victim.token()
    for kind, raw in MALFORMED.items():
        for place, body in with_raw(target.body, raw):
            with trap(kind, place):
                found = victim.talk(asked(victim, target, body, token))
                assert found is not None
                check_refused(found, 400)


@pytest.mark.slow
@pytest.mark.parametrize("name", TAKES_JSON)
def test_an_odd_value_in_each_place(victim: Attacked, name: str) -> None:
    target, token = TAKES_JSON[name], victim.token()
    for kind, raw in ODD.items():
        for place, body in with_raw(target.body, raw):
            with trap(kind, place):
                found = victim.talk(asked(victim, target, body, token))
                assert found is not None
                check_fine(found)


@pytest.mark.parametrize("name", TAKES_JSON)
def test_a_body_that_is_another_text(victim: Attacked, name: str) -> None:
    target, token = TAKES_JSON[name], victim.token()
    right = written(target.body)
    text = right.decode()
    others = {
        "byte order mark": b"\xef\xbb\xbf" + right,
        "twice": right + right,
        "cut": right[:-1],
        "NUL behind": right + b"\x00",
        "lines": right + b"\n" + right,
        "form": b"text=x&destination=1",
        "XML": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        **{kind: text.encode(kind) for kind in ("utf-16", "utf-16-be", "utf-32")},
    }
    for kind, body in others.items():
        with trap(kind):
            found = victim.talk(asked(victim, target, body, token))
            assert found is not None
            check_refused(found, 400)


@pytest.mark.parametrize("name", TAKES_JSON)
def test_a_name_that_stands_twice(victim: Attacked, name: str) -> None:
    target, token = TAKES_JSON[name], victim.token()
    for field, value in target.body.items():
        escaped = b'"%b\\u%04x"' % (field[:-1].encode(), ord(field[-1]))
        for twice in (written(field), escaped):
            body = written(target.body)[:-1] + b"," + twice + b":" + written(value) + b"}"
            with trap(twice):
                found = victim.talk(asked(victim, target, body, token))
                assert found is not None
                check_refused(found, 400)
                assert found.json()["errors"][0]["pointer"] == f"#/{field}"
