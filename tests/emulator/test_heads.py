"""Heads that were found right before."""

from typing import Any

import pytest
from blackkonnect_emulator.heads import Head, Heads


def scope(**given: Any) -> dict[str, Any]:
    usual = {
        "method": "POST",
        "path": "/sms",
        "raw_path": b"/sms",
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"127.0.0.1"), (b"authorization", b"Bearer a")],
    }
    return {**usual, **given}


HEAD = Head(None, "a", {}, ())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "other",
    [
        {"method": "PUT"},
        {"raw_path": b"/%73ms"},
        {"query_string": b"size=1"},
        {"root_path": "/mounted"},
        {"headers": [(b"host", b"127.0.0.1"), (b"authorization", b"Bearer b")]},
        {"headers": [(b"authorization", b"Bearer a"), (b"host", b"127.0.0.1")]},
        {"headers": [(b"host", b"127.0.0.1"), (b"authorization", b"Bearer a"), (b"x", b"")]},
    ],
)
def test_any_difference_counts(other: dict[str, Any]) -> None:
    heads = Heads()
    assert heads.get(scope()) is None
    heads.keep(scope(), HEAD)
    assert heads.get(scope()) is HEAD
    assert heads.get(scope(**other)) is None


def test_they_take_little_memory() -> None:
    heads = Heads()
    for number in range(10_000):
        heads.keep(scope(query_string=b"%d" % number), HEAD)
    assert sum(heads.get(scope(query_string=b"%d" % number)) is HEAD for number in range(10_000)) <= 256
    long = scope(headers=[(b"x", b"y" * 5000)])
    heads.keep(long, HEAD)
    assert heads.get(long) is None


def test_headers_as_lists_are_not_kept() -> None:
    heads = Heads()
    listed = scope(headers=[[b"host", b"127.0.0.1"]])
    heads.keep(listed, HEAD)
    assert heads.get(listed) is None


@pytest.mark.anyio
async def test_a_head_that_was_right_is_looked_at_again(start: Any) -> None:
    gateway = start(token_seconds=60)
    path = gateway.SINGLE
    body = gateway.example("leastMessage")
    async with gateway.signed_in() as client:
        assert [(await client.post(path, json=body)).status_code for _ in range(3)] == [200, 200, 200]
        gateway.clock.advance(61)
        assert [(await client.post(path, json=body)).status_code for _ in range(3)] == [401, 401, 401]


@pytest.mark.anyio
async def test_the_body_counts_each_time(gateway: Any) -> None:
    body = gateway.example("leastMessage")
    async with gateway.signed_in() as client:
        for text, status in (("a", 200), ("b", 200), (1, 400), ("c", 200)):
            answer = await client.post(gateway.SINGLE, json={**body, "text": text})
            assert answer.status_code == status
