"""Bytes that are hardly HTTP."""

import gzip
import itertools
import socket
import struct
from collections.abc import Iterable, Iterator

import pytest

from tests.emulator.conftest import Gateway
from tests.emulator.hostile.attacked import Attacked, check_refused, signed
from tests.emulator.hostile.targets import AS_JSON, FROM_THE_PAGE, SINGLE, trap, written

BODY = written(SINGLE)
HOST = b"Host: 127.0.0.1\r\n"
LINE = b"POST " + Gateway.SINGLE.encode() + b" HTTP/1.1\r\n" + HOST + AS_JSON.encode() + b"\r\n"
# What a client says first that takes the port for another's.
STRANGERS = {
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\x00\x00\x00\x04\x00\x00\x00\x00\x00",
    "TLS": bytes.fromhex("160301020001") + b"\x00\x01\xfc\x03\x03" + bytes(range(256)) * 2,
    "SSH": b"SSH-2.0-OpenSSH_9.0\r\n",
    "SMTP": b"EHLO evil.example\r\n",
    "Redis": b"*1\r\n$8\r\nFLUSHALL\r\n",
    "PostgreSQL": struct.pack("!II", 8, 80877103),
    "PROXY": b"PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\nGET / HTTP/1.1\r\n\r\n",
    "WebSocket frame": b"\x81\x85\x00\x00\x00\x00hello",
    "HTTP/0.9": b"GET /\r\n\r\n",
    "HTTP/3.7": b"GET / HTTP/3.7\r\n" + HOST + b"\r\n",
    "HTTP/1.10": b"GET / HTTP/1.10\r\n" + HOST + b"\r\n",
    "no version": b"GET / \r\n" + HOST + b"\r\n",
    "zeros": bytes(1000),
    "blank lines": b"\r\n" * 1000 + b"x",
    "response": b"HTTP/1.1 200 OK\r\n\r\n",
    "space before a colon": b"GET / HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n",
    "folded header": b"GET / HTTP/1.1\r\n" + HOST + b"A: b\r\n c\r\n\r\n",
    "nameless header": b"GET / HTTP/1.1\r\n" + HOST + b": x\r\n\r\n",
    "no colon": b"GET / HTTP/1.1\r\n" + HOST + b"x\r\n\r\n",
    "NUL in a header": b"GET / HTTP/1.1\r\n" + HOST + b"A: \x00\r\n\r\n",
    "NUL in a name": b"GET / HTTP/1.1\r\n" + HOST + b"A\x00: b\r\n\r\n",
    "NUL in the target": b"GET /\x00 HTTP/1.1\r\n" + HOST + b"\r\n",
    "bare CR": b"GET / HTTP/1.1\r" + HOST + b"\r\n\r\n",
    "odd method": b"G\xc3\x89T / HTTP/1.1\r\n" + HOST + b"\r\n",
    "long method": b"A" * 10_240 + b" / HTTP/1.1\r\n" + HOST + b"\r\n",
    "lower case": b"post / HTTP/1.1\r\n" + HOST + b"\r\n",
}
# RFC 9112, sections 6 and 7: framing that two readers could understand differently.
FRAMINGS = {
    "length and chunks": b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks and length": b"Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
    "two lengths": b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
    "one length twice": b"Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
    "list of lengths": b"Content-Length: 3, 3\r\n\r\nabc",
    "negative": b"Content-Length: -1\r\n\r\n",
    "signed": b"Content-Length: +3\r\n\r\nabc",
    "hexadecimal": b"Content-Length: 0x3\r\n\r\nabc",
    "empty length": b"Content-Length: \r\n\r\n",
    "fraction": b"Content-Length: 3.0\r\n\r\nabc",
    "beyond 64 bits": b"Content-Length: 18446744073709551617\r\n\r\nabc",
    "10,000 digits": b"Content-Length: " + b"1" * 10_000 + b"\r\n\r\nabc",
    "100 MB": b"Content-Length: 100000000\r\n\r\nabc",
    "9 EB": b"Content-Length: 9223372036854775807\r\n\r\nabc",
    "other coding": b"Transfer-Encoding: gzip\r\n\r\nabc",
    "chunks and coding": b"Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
    "chunked twice": b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
    "nearly chunked": b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "tab and chunked": b"Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n",
    **{
        name: b"Transfer-Encoding: chunked\r\n\r\n" + chunks
        for name, chunks in {
            "no size": b"\r\nabc\r\n",
            "bad size": b"x\r\nabc\r\n",
            "signed size": b"+3\r\nabc\r\n0\r\n\r\n",
            "negative size": b"-3\r\nabc\r\n0\r\n\r\n",
            "prefixed size": b"0x3\r\nabc\r\n0\r\n\r\n",
            "size beyond 64 bits": b"10000000000000003\r\nabc\r\n0\r\n\r\n",
            "endless size": b"0" * 100_000,
            "no line end behind a chunk": b"3\r\nabcd\r\n0\r\n\r\n",
            "chunk too short": b"5\r\nabc\r\n0\r\n\r\n",
            "bare LF": b"3\nabc\n0\n\n",
            "long extension": b"3;" + b"a" * 100_000 + b"\r\nabc\r\n0\r\n\r\n",
            "many extensions": b"3" + b";a=b" * 30_000 + b"\r\nabc\r\n0\r\n\r\n",
            "long trailer": b"0\r\nA: " + b"a" * 100_000 + b"\r\n\r\n",
            "many trailers": b"0\r\n" + b"A: b\r\n" * 10_000 + b"\r\n",
            "bad trailer": b"0\r\nA b\r\n\r\n",
            "length in a trailer": b"3\r\nabc\r\n0\r\nContent-Length: 100\r\n\r\n",
        }.items()
    },
}


@pytest.mark.parametrize("name", STRANGERS)
def test_what_is_no_request(victim: Attacked, name: str) -> None:
    found = victim.talk(STRANGERS[name])
    assert found is not None
    check_refused(found)


@pytest.mark.parametrize("name", FRAMINGS)
def test_framing_that_makes_no_sense(victim: Attacked, name: str) -> None:
    token = victim.token()
    found = victim.talk(LINE + signed(token)[0].encode() + b"\r\n" + FRAMINGS[name])
    assert found is not None
    check_refused(found)
    anonymous = victim.talk(LINE + FRAMINGS[name])
    assert anonymous is not None
    check_refused(anonymous)


@pytest.mark.parametrize(
    "method", ["TRACE", "CONNECT", "OPTIONS", "PUT", "DELETE", "PROPFIND", "M-SEARCH", "PURGE", "SOURCE"]
)
def test_methods(victim: Attacked, method: str) -> None:
    for path in (Gateway.SINGLE, Gateway.TOKEN, Gateway.STATUS.format("m"), "/", "/_emulator/", "/nowhere"):
        with trap(path):
            answer = victim.ask(method, path, headers=["X-Private: PRIVATE-TEXT"])
            check_refused(answer, 400, 404, 405)


def test_hosts(victim: Attacked) -> None:
    paths = ("/", "/_emulator/", "/_emulator/inbox/bar", Gateway.STATUS.format("m"), "/nowhere")
    for path in paths:
        for hosts, codes in (
            ([], {400}),
            ([victim.host, victim.host], {400}),
            ([victim.host, "evil.example"], {400}),
            (["evil.example"], {421}),
            ([f"evil.example:{victim.port}"], {421}),
            (["user:secret@127.0.0.1"], {421}),
            (["127.0.0.1.nip.example"], {421}),
            (["127.0.0.1:80:80"], {421}),
            (["[::1"], {421}),
            (["2130706433"], {421}),
            (["a" * 60_000], {421}),
            (["%31%32%37.0.0.1"], {421}),
            (["127.0.0.1/"], {421}),
        ):
            with trap(path, hosts):
                found = victim.talk(victim.head("GET", path, [f"Host: {host}" for host in hosts], host=False))
                assert found is not None
                check_refused(found, *codes)
    for host in (f"localhost:{victim.port}", "127.0.0.1:", f"[::1]:{victim.port}"):
        found = victim.talk(victim.head("GET", "/_emulator/health", [f"Host: {host}"], host=False))
        assert found is not None
        assert found.status == 200, found


def test_heads_that_are_too_large(victim: Attacked) -> None:
    many = [f"X-{number}: x" for number in range(1000)]
    for headers in (many, ["X-Long: " + "a" * 1_000_000], ["a" * 1_000_000 + ": x"], ["Cookie: a=b"] * 101):
        check_refused(victim.ask("GET", "/nowhere", headers=headers), 431)
    endless = itertools.chain(
        [b"GET / HTTP/1.1\r\n" + HOST], itertools.repeat(b"X-More: " + b"a" * 50 + b"\r\n")
    )
    found = victim.talk(*itertools.islice(endless, 20_000))
    assert found is not None
    check_refused(found, 431)
    nameless = victim.talk(b"GET /" + b"a" * 10_000_000)
    assert nameless is not None
    check_refused(nameless, 431)


def large(chunked: bool, size: int = 65_536, total: int = 100_000_000) -> Iterator[bytes]:  # noqa: FBT001
    piece = b"%x\r\n%b\r\n" % (size, b" " * size) if chunked else b" " * size
    return itertools.repeat(piece, total // size)


def test_bodies_of_100_mb(victim: Attacked) -> None:
    token, before = victim.token(), victim.most_memory()
    length = [AS_JSON, "Content-Length: 100000000"]
    chunks = [AS_JSON, "Transfer-Encoding: chunked"]
    squeezed = [AS_JSON, "Content-Encoding: gzip"]
    form = "Content-Type: application/x-www-form-urlencoded"
    bomb = gzip.compress(bytes(100_000_000), 1)
    asked: Iterable[tuple[str, str, list[str], Iterable[bytes], set[int]]] = (
        ("POST", Gateway.SINGLE, [*length, *signed(token)], large(chunked=False), {413}),
        ("POST", Gateway.SINGLE, [*chunks, *signed(token)], large(chunked=True), {413}),
        ("POST", Gateway.SINGLE, [*chunks, *signed(token)], large(chunked=True, size=600), {413}),
        ("POST", Gateway.SINGLE, chunks, large(chunked=True), {401, 413}),
        ("POST", Gateway.TOKEN, [form, chunks[1]], large(chunked=True), {413}),
        ("POST", Gateway.SINGLE, [*squeezed, chunks[1], *signed(token)], large(chunked=True), {415}),
        ("POST", Gateway.SINGLE, [*squeezed, f"Content-Length: {len(bomb)}", *signed(token)], [bomb], {415}),
        ("GET", Gateway.STATUS.format("m"), [*chunks, *signed(token)], large(chunked=True), {404}),
        ("POST", "/nowhere", chunks, large(chunked=True), {404}),
        ("POST", "/_emulator/seed", length, large(chunked=False), {413}),
        ("POST", "/_emulator/reset", chunks, large(chunked=True), {413}),
        ("PUT", "/_emulator/tenants/large", chunks, large(chunked=True), {413}),
        ("POST", "/_emulator/inbox/send", [chunks[1], form, FROM_THE_PAGE], large(chunked=True), {413}),
    )
    for method, path, headers, body, codes in asked:
        with trap(method, path, headers[:2]):
            found = victim.talk(victim.head(method, path, headers), *body)
            assert found is not None
            check_refused(found, *codes)
    assert victim.most_memory() - before < 30_000


def test_chunks_of_one_byte(victim: Attacked) -> None:
    head = victim.head(
        "POST", Gateway.SINGLE, [AS_JSON, "Transfer-Encoding: chunked", *signed(victim.token())]
    )
    whole = b"".join(b"1\r\n%c\r\n" % byte for byte in BODY)
    found = victim.talk(head + whole + b"0\r\n\r\n")
    assert found is not None
    assert found.status == 200, found
    found = victim.talk(head, *itertools.repeat(b"1\r\n \r\n" * 1000, 300), b"0\r\n\r\n")
    assert found is not None
    check_refused(found, 400)


def test_requests_that_stall(victim: Attacked) -> None:
    token = victim.token()
    head = victim.head("POST", Gateway.SINGLE, [AS_JSON, "Content-Length: 100", *signed(token)])
    chunked = victim.head("POST", Gateway.SINGLE, [AS_JSON, "Transfer-Encoding: chunked", *signed(token)])
    slow = {
        "line": head[:3],
        "head": head[:-2],
        "body": head + b"{",
        "no body": head,
        "chunk": chunked + b"5\r\nab",
        "size": chunked + b"5",
        "trailer": chunked + b"1\r\n{\r\n0\r\nA: b\r\n",
        "announced": head[:-2] + b"Expect: 100-continue\r\n\r\n",
    }
    connections = {kind: victim.connect() for kind in slow}
    try:
        # All wait at the same time.
        for kind, connection in connections.items():
            connection.sendall(slow[kind])
        for kind, connection in connections.items():
            with trap(kind):
                found = victim.exchange(connection, [])
                assert found is not None
                check_refused(found, 408)
    finally:
        for connection in connections.values():
            connection.close()


def test_a_second_request_that_is_bad(victim: Attacked) -> None:
    first = victim.request("POST", Gateway.SINGLE, BODY, [AS_JSON, *signed(victim.token())])
    for second in (*STRANGERS.values(), LINE + FRAMINGS["negative"], LINE + FRAMINGS["bad size"]):
        with victim.connect() as connection, trap(second[:50]):
            connection.sendall(first + second)
            with connection.makefile("rb") as file:
                came = file.read()
            assert came.startswith(b"HTTP/1.1 200 ")
            assert came.count(b"HTTP/1.1 ") == 2
            assert came.split(b"HTTP/1.1 ")[2].startswith(b"4")


def test_expectations(victim: Attacked) -> None:
    token = victim.token()
    for expected in ("100-continue", "100-Continue", "200-ok", "100-continue, 100-continue", ""):
        headers = [AS_JSON, f"Expect: {expected}", *signed(token)]
        found = victim.talk(victim.request("POST", Gateway.SINGLE, BODY, headers))
        assert found is not None
        assert found.status == 200, found
    refused = victim.talk(
        victim.head("POST", Gateway.SINGLE, [AS_JSON, "Expect: 100-continue", "Content-Length: 100000000"])
    )
    assert refused is not None
    check_refused(refused, 401, 413)


def test_other_protocols(victim: Attacked) -> None:
    token = victim.token()
    for asked in ("h2c", "websocket", "TLS/1.0", "x" * 1000):
        headers = [
            AS_JSON,
            "Connection: Upgrade",
            f"Upgrade: {asked}",
            "HTTP2-Settings: AAMAAABk",
            *signed(token),
        ]
        found = victim.talk(victim.request("POST", Gateway.SINGLE, BODY, headers))
        assert found is not None
        assert found.status == 200, found


def test_connections_that_end_at_once(victim: Attacked) -> None:
    request = victim.request("POST", Gateway.SINGLE, BODY, [AS_JSON, *signed(victim.token())])
    for length in range(0, len(request) + 1, 9):
        with victim.connect() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.sendall(request[:length])
