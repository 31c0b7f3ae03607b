"""Right requests with some of their bytes changed."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.emulator.conftest import Gateway
from tests.emulator.hostile.attacked import Attacked, check_fine, signed
from tests.emulator.hostile.targets import (
    AS_FORM,
    AS_JSON,
    BULK,
    FROM_THE_PAGE,
    SINGLE,
    TAKES_FORMS,
    TAKES_JSON,
    form,
    written,
)

# They wait for the end of those that were cut at the same time.
AT_ONCE = 24
Change = Callable[[bytes], bytes]


def requests(victim: Attacked, token: str) -> list[bytes]:
    """Make a right request of every kind."""
    right = [
        victim.request("POST", Gateway.SINGLE, written(SINGLE), [AS_JSON, *signed(token)]),
        victim.request("POST", Gateway.BULK, written(BULK), [AS_JSON, *signed(token)]),
        victim.request("GET", Gateway.STATUS.format("m"), headers=signed(token)),
        victim.request("GET", Gateway.BULK_STATUS.format("m") + "?page=1&size=2&sort=messageId,asc"),
        victim.request("GET", Gateway.RECEIPT + "?messageId=m&deliveryStatus=SENT", headers=signed(token)),
        victim.request("GET", "/?q=a&status=SENT"),
        victim.request("GET", "/_emulator/messages?limit=5&text=a"),
    ]
    chunked = victim.head("POST", Gateway.SINGLE, [AS_JSON, "Transfer-Encoding: chunked", *signed(token)])
    body = written(SINGLE)
    right.append(
        chunked + b"%x\r\n%b\r\n%x;a=b\r\n%b\r\n0\r\nA: b\r\n\r\n" % (9, body[:9], len(body) - 9, body[9:])
    )
    control = [TAKES_JSON[name] for name in ("seed", "advance", "tenant")]
    right += [victim.request(one.method, one.path, written(one.body), [AS_JSON]) for one in control]
    forms = [TAKES_FORMS[name] for name in ("retrieveAccessToken", "send", "clock/mode")]
    right += [victim.request("POST", path, form(fields), [AS_FORM, FROM_THE_PAGE]) for path, fields in forms]
    return right


def at(share: float, request: bytes) -> int:
    return int(share * len(request))


def flip(share: float, bit: int) -> Change:
    def change(request: bytes) -> bytes:
        place = at(share, request)
        return request[:place] + bytes([request[place] ^ (1 << bit)]) + request[place + 1 :]

    return change


def cut(share: float, length: int) -> Change:
    return lambda request: request[: at(share, request)] + request[at(share, request) + length :]


def insert(share: float, what: bytes) -> Change:
    return lambda request: request[: at(share, request)] + what + request[at(share, request) :]


def double(share: float, length: int) -> Change:
    return lambda request: insert(share, request[at(share, request) :][:length])(request)


def swap(share: float, length: int) -> Change:
    def change(request: bytes) -> bytes:
        first, middle = at(share, request), at(share, request) + length
        return (
            request[:first]
            + request[middle : middle + length]
            + request[first:middle]
            + request[middle + length :]
        )

    return change


SHARE = st.floats(0, 1, exclude_max=True)
LENGTH = st.integers(1, 40)
PIECE = st.binary(min_size=1, max_size=6) | st.sampled_from(
    [
        b"\r\n",
        b"\r\n\r\n",
        b"\n",
        b"\x00",
        b" ",
        b":",
        b"%00",
        b"\\u0000",
        b"\\ud800",
        b"0" * 30,
        b"[" * 200,
        b"\xff",
    ]
)
CHANGE = st.one_of(
    st.builds(flip, SHARE, st.integers(0, 7)),
    st.builds(cut, SHARE, LENGTH),
    st.builds(insert, SHARE, PIECE),
    st.builds(double, SHARE, LENGTH),
    st.builds(swap, SHARE, LENGTH),
)
MUTATION = st.tuples(st.integers(0, 100), st.lists(CHANGE, min_size=1, max_size=3))


@pytest.mark.slow
@settings(
    derandomize=True,
    deadline=None,
    max_examples=15,
    # To shrink takes far longer than to look at what came.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(mutations=st.lists(MUTATION, min_size=AT_ONCE, max_size=AT_ONCE))
def test_changed_requests_get_an_answer_or_none(
    victim: Attacked, mutations: list[tuple[int, list[Change]]]
) -> None:
    right = requests(victim, victim.token())
    connections = [victim.connect() for _ in mutations]
    try:
        for connection, (number, changes) in zip(connections, mutations, strict=True):
            request = right[number % len(right)]
            for change in changes:
                request = change(request) or b"x"
            connection.sendall(request)
        for connection in connections:
            answer = victim.exchange(connection, [])
            if answer is not None:
                check_fine(answer)
    finally:
        for connection in connections:
            connection.close()
    # Some of them are right all the same, and set a clock or a fault.
    assert victim.control("POST", "clock", {"factor": 1}).status == 200
