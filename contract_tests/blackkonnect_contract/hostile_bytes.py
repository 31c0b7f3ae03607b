"""Bytes that are hardly HTTP, or no JSON, and values that are hard to hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FRAMINGS", "IDS", "NO_JSON", "STRANGERS", "VALUES", "bodies", "with_raw"]

NO_JSON: Final[dict[str, bytes]] = {
    "NaN": b"NaN",
    "Infinity": b"Infinity",
    "-Infinity": b"-Infinity",
    "a bad UTF-8 byte": b'"a\xff"',
    "overlong UTF-8": b'"\xc0\xaf"',
    "overlong NUL": b'"\xc0\x80"',
    "a raw surrogate": b'"\xed\xa0\x80"',
    "beyond Unicode": b'"\xf4\x90\x80\x80"',
    "cut UTF-8": b'"\xe2\x82"',
    "a raw NUL": b'"a\x00b"',
    "a raw line end": b'"a\nb"',
    "a bad escape": b'"\\x41"',
    "a cut escape": b'"\\u12"',
    "a number with a leading zero": b"01",
    "a hexadecimal number": b"0x1",
    "a number with a plus": b"+1",
    "a number without digits": b"-",
    "a number that ends in a point": b"1.",
    "single quotes": b"'a'",
    "a comma too much": b"[1,]",
    "an open list": b"[",
    "an open text": b'"a',
    "a comment": b"1/**/",
    "10,000 open lists": b"[" * 10_000,
    "100,000 open objects": b'{"a":' * 100_000,
    "undefined": b"undefined",
    "True": b"True",
}
"""What is no JSON wherever it stands."""

VALUES: Final[dict[str, bytes]] = {
    "half of a surrogate pair": b'"a\\ud800"',
    "the other half of a surrogate pair": b'"\\udc00a"',
    "a surrogate pair the wrong way round": b'"\\udc00\\ud800"',
    "NUL": b'"a\\u0000b"',
    "1e400": b"1e400",
    "-1e400": b"-1e400",
    "5,000 digits": b"9" * 5000,
    "100,000 digits": b"9" * 100_000,
    "-5,000 digits": b"-" + b"9" * 5000,
    "5,000 digits behind the point": b"0." + b"9" * 5000,
    "beyond 64 bits": b"18446744073709551616",
    "beyond signed 64 bits": b"9223372036854775808",
    "below 64 bits": b"-9223372036854775809",
    "10,000 lists": b"[" * 10_000 + b"]" * 10_000,
    "10,000 objects": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "200 lists": b"[" * 200 + b"]" * 200,
    "10,000 numbers": b"[" + b",".join([b"1"] * 10_000) + b"]",
    "5,000 names": b"{" + b",".join([b'"a%d":1' % number for number in range(5000)]) + b"}",
    "a prototype": b'{"__proto__":{"a":1},"constructor":1}',
    "100,000 characters": b'"' + b"a" * 100_000 + b'"',
    "50,000 digits as text": b'"+' + b"1" * 50_000 + b'"',
    "50,000 nearly digits": b'"+' + b"1" * 50_000 + b'x"',
    "a line end in a header": b'"x\\r\\nSet-Cookie: a=b"',
    "a query": b'"x\'; DROP TABLE messages; --"',
    "a path": b'"../../../../etc/passwd"',
    "a template": b'"{{7*7}}${7*7}%s%n"',
    "null": b"null",
    "true": b"true",
    "an empty list": b"[]",
    "an empty object": b"{}",
    "a list": b"[[1]]",
    "a fraction": b"0.5",
    "minus zero": b"-0",
    "an empty text": b'""',
}
"""What is JSON, and hard to hold or to read."""

IDS: Final[dict[str, str]] = {
    "NUL": "%00",
    "a slash": "a%2Fb",
    "an encoded parent": "%2e%2e%2f%2e%2e",
    "a bad byte": "%ff",
    "overlong UTF-8": "%c0%af",
    "a surrogate": "%ed%a0%80",
    "a percent sign": "%25",
    "an escape encoded twice": "%2500",
    "a query": "%27%20OR%201%3D1--",
    "a quote": "'",
    "two quotes": "%22%27",
    "a line end": "a%0D%0ASet-Cookie:%20a=b",
    "a line end behind": "a%0A",
    "a space": "%20",
    "a plus": "+",
    "an emoji": "%F0%9F%98%80",
    "a script": "%3Cscript%3E",
    "a parameter": "a;v=1",
    "brackets": "%5B0%5D",
    "a backslash": "..%5C..%5C",
    "101 characters": "a" * 101,
    "2,000 characters": "a" * 2000,
    "nearly an id": "a" * 99 + "!!",
    "other digits": "%D9%A3",
    "a right-to-left mark": "%E2%80%AE",
}
"""What stands in a path in an id's place, percent-encoded."""

STRANGERS: Final[dict[str, bytes]] = {
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00",
    "TLS": bytes.fromhex("160301020001") + b"\x00\x01\xfc\x03\x03" + bytes(range(256)) * 2,
    "SSH": b"SSH-2.0-OpenSSH_9.0\r\n",
    "SMTP": b"EHLO evil.example\r\n",
    "PROXY": b"PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\nGET / HTTP/1.1\r\n\r\n",
    "HTTP/0.9": b"GET /\r\n\r\n",
    "HTTP/3.7": b"GET / HTTP/3.7\r\nHost: a\r\n\r\n",
    "no version": b"GET / \r\nHost: a\r\n\r\n",
    "zeros": bytes(1000),
    "an answer": b"HTTP/1.1 200 OK\r\n\r\n",
    "a space before a colon": b"GET / HTTP/1.1\r\nHost : a\r\n\r\n",
    "a header without a name": b"GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n",
    "a header without a colon": b"GET / HTTP/1.1\r\nHost: a\r\nx\r\n\r\n",
    "NUL in a header": b"GET / HTTP/1.1\r\nHost: a\r\nA: \x00\r\n\r\n",
    "NUL in a name": b"GET / HTTP/1.1\r\nHost: a\r\nA\x00: b\r\n\r\n",
    "NUL in the target": b"GET /\x00 HTTP/1.1\r\nHost: a\r\n\r\n",
    "an odd method": b"G\xc3\x89T / HTTP/1.1\r\nHost: a\r\n\r\n",
    "a long method": b"A" * 10_240 + b" / HTTP/1.1\r\nHost: a\r\n\r\n",
}
"""What is no request of HTTP/1.1."""

_CHUNKED: Final = b"Transfer-Encoding: chunked\r\n\r\n"
FRAMINGS: Final[dict[str, bytes]] = {
    "length and chunks": b"Content-Length: 3\r\n" + _CHUNKED + b"0\r\n\r\n",
    "chunks and length": b"Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
    "two lengths": b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
    "a list of lengths": b"Content-Length: 3, 3\r\n\r\nabc",
    "a negative length": b"Content-Length: -1\r\n\r\n",
    "a signed length": b"Content-Length: +3\r\n\r\nabc",
    "a hexadecimal length": b"Content-Length: 0x3\r\n\r\nabc",
    "an empty length": b"Content-Length: \r\n\r\n",
    "a length that is a fraction": b"Content-Length: 3.0\r\n\r\nabc",
    "a length beyond 64 bits": b"Content-Length: 18446744073709551617\r\n\r\nabc",
    "a length of 10,000 digits": b"Content-Length: " + b"1" * 10_000 + b"\r\n\r\nabc",
    "a length of 100 MB": b"Content-Length: 100000000\r\n\r\nabc",
    "a length that is too large": b"Content-Length: 60\r\n\r\nabc",
    "another coding": b"Transfer-Encoding: gzip\r\n\r\nabc",
    "chunks and another coding": b"Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
    "nearly chunked": b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "a chunk without a size": _CHUNKED + b"\r\nabc\r\n",
    "a chunk of a bad size": _CHUNKED + b"x\r\nabc\r\n",
    "a chunk of a signed size": _CHUNKED + b"+3\r\nabc\r\n0\r\n\r\n",
    "a chunk of a negative size": _CHUNKED + b"-3\r\nabc\r\n0\r\n\r\n",
    "a chunk of a prefixed size": _CHUNKED + b"0x3\r\nabc\r\n0\r\n\r\n",
    "a chunk of a size beyond 64 bits": _CHUNKED + b"10000000000000003\r\nabc\r\n0\r\n\r\n",
    "a chunk's size without an end": _CHUNKED + b"0" * 100_000,
    "a chunk without a line end": _CHUNKED + b"3\r\nabcd\r\n0\r\n\r\n",
    "a chunk that is too short": _CHUNKED + b"5\r\nabc\r\n0\r\n\r\n",
    "chunks with line feeds alone": _CHUNKED + b"3\nabc\n0\n\n",
    "a long extension": _CHUNKED + b"3;" + b"a" * 100_000 + b"\r\nabc\r\n0\r\n\r\n",
    "a long trailer": _CHUNKED + b"0\r\nA: " + b"a" * 100_000 + b"\r\n\r\n",
    "a bad trailer": _CHUNKED + b"0\r\nA b\r\n\r\n",
}
"""What stands behind the other headers of a send, whose body is no JSON however it is read."""


def with_raw(body: Any, raw: bytes) -> Iterator[tuple[str, bytes]]:  # noqa: ANN401 - JSON
    """Put bytes in the place of each value of a body, ids but for themselves.

    Args:
        body: The body, as JSON reads it.
        raw: The bytes.

    Yields:
        The place as a JSON Pointer, and the whole body.
    """
    mark = "\x01raw\x01"
    written = json.dumps(mark).encode()
    for place, changed in _marked(body, mark):
        yield place, json.dumps(changed).encode().replace(written, raw)


def _marked(value: Any, mark: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - JSON
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, held in pairs:
        for place, changed in (("", mark), *_marked(held, mark)):
            whole = dict(value) if isinstance(value, dict) else list(value)
            whole[name] = changed
            yield f"/{name}{place}", whole


def bodies(right: bytes) -> Iterator[tuple[str, bytes]]:
    """Make bodies that are no JSON, or of another form, of a right one.

    Args:
        right: The right one: an object.

    Yields:
        What is wrong with it, and the body.
    """
    text = right.decode()
    yield "nothing", b""
    yield "a space", b" "
    yield "a byte order mark", b"\xef\xbb\xbf" + right
    for coding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7"):
        if coding != "utf-7":
            yield coding, text.encode(coding)
    yield "the body twice", right + right
    yield "the body on two lines", right + b"\n" + right
    yield "a cut body", right[:-1]
    yield "NUL behind the body", right + b"\x00"
    yield "NUL before the body", b"\x00" + right
    yield "a list around the body", b"[" + right + b"]"
    yield "the body as a text", json.dumps(text).encode()
    yield "XML", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    yield "a form", b"text=x&destination=1"
    yield "null", b"null"
    yield "a number", b"1"
    yield "an empty list", b"[]"
    yield "an empty object", b"{}"
    yield "random bytes", bytes((number * 167 + 13) % 256 for number in range(2000))
    yield "1,000,000 open lists", b"[" * 1_000_000
    yield "10,000 lists", b"[" * 10_000 + b"]" * 10_000
    yield "10,000 objects", b'{"a":' * 10_000 + b"1" + b"}" * 10_000
    held = json.loads(text)
    for name, value in held.items():
        again = json.dumps(value).encode()
        escaped = b'"%b\\u%04x"' % (name[:-1].encode(), ord(name[-1]))
        for kind, twice in (("twice", json.dumps(name).encode()), ("twice, once escaped", escaped)):
            yield f"the name {name} {kind}", right[:-1] + b"," + twice + b":" + again + b"}"
