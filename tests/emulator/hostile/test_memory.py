"""The memory and time that hostile requests take."""

import pytest

from tests.emulator.conftest import Gateway
from tests.emulator.hostile.attacked import JSON, Attacked, check_refused, signed
from tests.emulator.hostile.targets import trap

MOST_BYTES = 4 * 1024 * 1024
# In KiB: what a body of 4 MiB may take while it is looked at and refused, and what a seed takes, which is
# objects to its end.
MOST_FOR_A_BODY, MOST_FOR_A_SEED = 120_000, 200_000
ENTRY = b'{"destination":"233200000001"},'


def filled(begin: bytes, again: bytes, end: bytes) -> bytes:
    """Fill a body up to the most bytes that an emulator reads."""
    return begin + again * ((MOST_BYTES - len(begin) - len(end)) // len(again)) + end


LARGE = {
    "text": filled(b'{"destination":"233200000001","text":"', b"a", b'"}'),
    "text of colons": filled(b'{"destination":"233200000001","text":"', b":", b'"}'),
    "text of escapes": filled(b'{"destination":"233200000001","text":"', b"\\n:", b'"}'),
    "text of pairs": filled(b'{"destination":"233200000001","text":"', b"\\ud83d\\ude00", b'"}'),
    "texts of colons": filled(b'{"a":[', b'":",', b'1],"a:":1}'),
    "numbers": filled(b'{"a":[', b"1,", b"1]}"),
    "lists": filled(b'{"a":[', b"[],", b"1]}"),
    "objects": filled(b'{"a":[', b"{},", b"1]}"),
    "members": filled(b'{"a":[', b'{"a":1},', b"1]}"),
    "nested": filled(b'{"a":[', b"[" * 90 + b"]" * 90 + b",", b"1]}"),
    "as many members as may be": b'{"a":[' + b'{"a":1},' * 170_000 + b"1]}",
    "as many lists as may be": b'{"a":[' + b"[]," * 170_000 + b"1]}",
    "as many in a list that is known": b'{"messages":[' + b"{}," * 170_000 + b"1]}",
    "as many names as may be": b"{" + b",".join([b'"a%d":1' % number for number in range(340_000)]) + b"}",
    "one name again": filled(b"{", b'"a":1,', b'"a":1}'),
    "quotes without an end": b"{" + b"," * 360_000 + filled(b'"', b'\\"', b"")[:-400_000],
    "backslashes without an end": b"[" * 360_000 + filled(b'"', b"\\", b"")[:-400_000],
    "long name": filled(b'{"', b"a", b'":1}'),
    "spaces": filled(b"{", b" ", b"}"),
    "digits": filled(b'{"a":', b"1", b"}"),
    "fraction": filled(b'{"a":0.', b"1", b"}"),
    "exponent": filled(b'{"a":1e', b"0", b"}"),
    "open lists": filled(b"", b"[", b""),
    "too many destinations": filled(
        b'{"messages":[{"text":"x","destinations":[', ENTRY, ENTRY[:-1] + b"]}]}"
    ),
    "wrong destinations": filled(
        b'{"messages":[{"text":"x","destinations":[', b'{"destination":"x"},', b"1]}]}"
    ),
    "empty messages": filled(b'{"messages":[', b'{"destinations":[],"text":""},', b"1]}"),
    "one id again": b'{"messages":[{"text":"x","destinations":['
    + b",".join([b'{"destination":"233200000001","messageId":"m"}'] * 10_000)
    + b"]}]}",
    "days": b'{"messages":[{"text":"x","deliveryTimeWindow":{"days":['
    + b",".join([b'"MONDAY"'] * 340_000)
    + b"]}}]}",
}


@pytest.mark.slow
@pytest.mark.parametrize("path", [Gateway.BULK, "/_emulator/seed"])
def test_large_bodies_take_little_memory(victim: Attacked, path: str) -> None:
    headers = [*signed(victim.token()), f"Content-Type: {JSON}"]
    victim.control("POST", "seed", {})
    before = victim.most_memory()
    for name, body in LARGE.items():
        with trap(name):
            found = victim.talk(victim.request("POST", path, body, headers))
            assert found is not None
            if not (name == "spaces" and path == "/_emulator/seed"):
                check_refused(found, 400, 413)
            took = victim.most_memory() - before
            assert took < (MOST_FOR_A_SEED if path == "/_emulator/seed" else MOST_FOR_A_BODY), took


@pytest.mark.slow
def test_what_is_remembered_of_requests_has_an_end(victim: Attacked) -> None:
    token = victim.token()
    before = victim.most_memory()
    headers = [*signed(token), f"Content-Type: {JSON}"]
    for turn in range(300):
        long = [f"X-Long-{turn}: {'x' * 50_000}"]
        check_refused(victim.ask("GET", f"/{turn}{'x' * 10_000}", headers=long), 404)
        check_refused(victim.ask("POST", Gateway.SINGLE, b" " * 100_000, [*headers, *long]), 400)
        check_refused(victim.ask("GET", f"{Gateway.STATUS.format('m')}?{turn}={'x' * 50_000}"), 401, 404)
        check_refused(
            victim.ask("POST", Gateway.SINGLE, b"{}", [f"Content-Type: {'x' * 50_000}/{turn}"]), 401, 415
        )
        assert victim.ask("GET", f"/?tenant={turn}{'x' * 50_000}").status == 200
        refused = victim.talk(victim.head("GET", "/", [f"Host: {turn:060000}"], host=False))
        assert refused is not None
        check_refused(refused, 421)
    assert victim.most_memory() - before < MOST_FOR_A_BODY


@pytest.mark.slow
def test_many_connections_at_once(victim: Attacked) -> None:
    before = victim.most_memory()
    connections = []
    try:
        for _ in range(450):
            connections.append(victim.connect())
            connections[-1].sendall(b"GET / HTTP/1.1\r\nX: " + b"a" * 60_000)
        victim.check_alive()
    finally:
        for connection in connections:
            connection.close()
    assert victim.most_memory() - before < 100_000


@pytest.mark.slow
def test_as_many_destinations_as_fit(victim: Attacked) -> None:
    entry = b'{"text":"x","destinations":[' + (ENTRY * 10_000)[:-1] + b"]}"
    body = b'{"messages":[' + b",".join([entry] * (MOST_BYTES // len(entry) - 1)) + b"]}"
    headers = [*signed(victim.token()), f"Content-Type: {JSON}"]
    before = victim.most_memory()
    taken = victim.ask("POST", Gateway.BULK, body, headers)
    assert taken.status == 200
    # What is asked for takes memory too: the answer alone has ten times the bytes of the request.
    assert victim.most_memory() - before < 300_000
    again = victim.ask("POST", Gateway.BULK, body, headers)
    assert again.status == 200
    assert victim.most_memory() - before < 300_000
