"""Requests that no gateway should take, and none should fall over."""

import asyncio
import json
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.anyio

RIGHT = '{"text": "x", "destination": "+233200000001"'
BODIES: dict[str, tuple[bytes, int, list[str] | None]] = {
    "empty": (b"", 400, ["#"]),
    "spaces": (b"   ", 400, ["#"]),
    "no JSON": (b"text=x", 400, ["#"]),
    "cut": (RIGHT.encode(), 400, ["#"]),
    "two": (f"{RIGHT}}} {{}}".encode(), 400, ["#"]),
    "null": (b"null", 400, ["#"]),
    "array": (b"[]", 400, ["#"]),
    "string": (b'"x"', 400, ["#"]),
    "byte order mark": (b"\xef\xbb\xbf" + f"{RIGHT}}}".encode(), 400, ["#"]),
    "UTF-16": (f"{RIGHT}}}".encode("utf-16"), 400, ["#"]),
    "bad UTF-8": (RIGHT.encode() + b', "referenceId1": "\xff"}', 400, ["#"]),
    "surrogate in UTF-8": (RIGHT.encode() + b', "referenceId1": "\xed\xa0\x80"}', 400, ["#"]),
    "lone surrogate": (f'{RIGHT}, "referenceId1": "\\ud800"}}'.encode(), 400, ["#"]),
    "raw NUL": (f'{RIGHT}, "referenceId1": "\0"}}'.encode(), 400, ["#"]),
    "1e400": (f'{RIGHT}, "priority": 1e400}}'.encode(), 400, ["#"]),
    "NaN": (f'{RIGHT}, "priority": NaN}}'.encode(), 400, ["#"]),
    "Infinity": (f'{RIGHT}, "priority": -Infinity}}'.encode(), 400, ["#"]),
    "huge integer": (f'{RIGHT}, "priority": {"9" * 5000}}}'.encode(), 400, ["#"]),
    "beyond 64 bits": (f'{RIGHT}, "priority": {2**65}}}'.encode(), 400, ["#/priority"]),
    "fraction": (f'{RIGHT}, "priority": 1.5}}'.encode(), 400, ["#/priority"]),
    "true for a number": (f'{RIGHT}, "priority": true}}'.encode(), 400, ["#/priority"]),
    "null for a number": (f'{RIGHT}, "priority": null}}'.encode(), 400, ["#/priority"]),
    "deep": (b"[" * 10_000 + b"]" * 10_000, 400, ["#"]),
    "deep objects": (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, 400, ["#"]),
    "deep field": (f'{RIGHT}, "priority": '.encode() + b"[" * 900 + b"]" * 900 + b"}", 400, ["#"]),
    "twice": (f'{RIGHT}, "text": "y"}}'.encode(), 400, ["#/text"]),
    "twice, escaped": (f'{RIGHT}, "t\\u0065xt": "y"}}'.encode(), 400, ["#/text"]),
    "twice within": (f'{RIGHT}, "priority": {{"a:": 1, "a:": 1}}}}'.encode(), 400, ["#/a:"]),
    "line feed behind a number": (b'{"text": "x", "destination": "233200000001\\n"}', 400, ["#/destination"]),
    "odd names": (
        f'{RIGHT}, "a/b~c d\\u0000é": 1, "": 1}}'.encode(),
        400,
        ["#/", "#/a~1b~0c%20d%00%C3%A9"],
    ),
    "long name": (f'{RIGHT}, "{"x" * 100_000}": 1}}'.encode(), 400, ["#"]),
    "missing": (b"{}", 400, ["#/destination", "#/text"]),
    "other fields stay known": (
        f'{RIGHT}, "messageId": "m", "referenceId1": "{"x" * 256}", "zz": 1}}'.encode(),
        400,
        ["#/referenceId1", "#/zz"],
    ),
}


@pytest.mark.parametrize("name", BODIES)
async def test_bodies(each_edition: Any, name: str) -> None:
    gateway = each_edition
    body, code, pointers = BODIES[name]
    async with gateway.signed_in() as client:
        headers = {"Content-Type": "application/json"}
        answer = await client.post(gateway.SINGLE, content=body, headers=headers)
    assert answer.status_code == code, answer.text
    if pointers is not None:
        assert sorted(error["pointer"] for error in answer.json()["errors"]) == pointers


async def test_the_least_is_taken(each_edition: Any) -> None:
    gateway = each_edition
    async with gateway.signed_in() as client:
        for kind in (
            "application/json",
            "Application/JSON ; charset=UTF-8",
            'application/json;charset="utf-8"',
        ):
            answer = await client.post(
                gateway.SINGLE, content=f"{RIGHT}}}".encode(), headers={"Content-Type": kind}
            )
            assert answer.status_code == 200


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ([], 415),
        ([("Content-Type", "")], 415),
        ([("Content-Type", "text/plain")], 415),
        ([("Content-Type", "application/x-www-form-urlencoded")], 415),
        ([("Content-Type", "application/jsonx")], 415),
        ([("Content-Type", "application/json, text/plain")], 415),
        ([("Content-Type", "application/json; charset=utf-16")], 415),
        ([("Content-Type", "application/json"), ("Content-Type", "application/json")], 415),
        ([("Content-Type", "application/json"), ("Content-Encoding", "gzip")], 415),
        ([("Content-Type", "application/json"), ("Content-Encoding", "identity")], 200),
    ],
)
async def test_media_types(gateway: Any, headers: list[tuple[str, str]], code: int) -> None:
    async with gateway.signed_in() as client:
        answer = await client.post(gateway.SINGLE, content=f"{RIGHT}}}".encode(), headers=headers)
    assert answer.status_code == code


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW"])
async def test_methods(each_edition: Any, method: str) -> None:
    gateway = each_edition
    async with gateway.client() as client:
        answer = await client.request(method, gateway.SINGLE)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
        if method != "GET":
            answer = await client.request(method, gateway.STATUS.format("m"))
            assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")


@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/sms/send-message/v1/",
        "/api/sms/send-message/v1%00",
        "//api/sms/send-message/v1",
        "/api/sms/send%2Dmessage/v2",
        "/🙏",
        "/" + "x" * 5000,
    ],
)
async def test_unknown_paths(each_edition: Any, path: str) -> None:
    async with each_edition.client() as client:
        answer = await client.post(path)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(("sought", "more"), [("", ""), ("a/b", ""), ("%2F%2F", "/v2")])
async def test_an_id_is_one_segment_of_its_path(each_edition: Any, sought: str, more: str) -> None:
    async with each_edition.client() as client:
        answer = await client.post(each_edition.STATUS.format(sought) + more)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


async def test_the_order_of_checks(gateway: Any) -> None:
    large = b"x" * (gateway.inside.profile.most_body_bytes + 1)
    async with gateway.client() as anonymous, gateway.signed_in() as client:
        wrong = {"Content-Type": "text/plain"}
        assert (await anonymous.put(gateway.SINGLE, content=large, headers=wrong)).status_code == 405
        assert (await anonymous.post(gateway.SINGLE, content=large, headers=wrong)).status_code == 401
        assert (await client.post(gateway.SINGLE, content=large, headers=wrong)).status_code == 415
        right = {"Content-Type": "application/json"}
        assert (await client.post(gateway.SINGLE, content=large, headers=right)).status_code == 413
        assert (await client.post(gateway.SINGLE, content=large[:-1], headers=right)).status_code == 400


async def test_a_large_body_is_not_read_to_its_end(gateway: Any) -> None:
    read = 0

    async def endless() -> Any:
        nonlocal read
        while True:
            read += 1
            yield b" " * 65_536

    async with gateway.signed_in() as client:
        # The transport in process asks for the body piece by piece, as the gateway does.
        headers = {"Content-Type": "application/json"}
        answer = await client.post(gateway.SINGLE, content=endless(), headers=headers)
    assert answer.status_code == 413
    assert read <= gateway.inside.profile.most_body_bytes // 65_536 + 2


@pytest.mark.parametrize(
    "entry",
    [
        {"destinations": [{"destination": "bad"}] * 100, "text": "x"},
        {"destinations": [{"zz": 1}] * 100, "text": "x", "zz": 1},
        {"destinations": [1] * 100, "text": "x", "deliveryTimeWindow": {"days": ["X"] * 100}},
    ],
)
async def test_many_errors_take_no_long_time(gateway: Any, entry: Any) -> None:
    asked = {"messages": [entry] * 900}
    async with gateway.signed_in() as client:
        began = time.process_time()
        answer = await client.post(gateway.BULK, json=asked)
        took = time.process_time() - began
    assert answer.status_code == 400
    assert len(answer.json()["errors"]) == 20
    assert answer.json()["detail"] == "The request breaks at least 20 rules."
    assert took < 5


async def test_errors_deep_in_a_bulk(gateway: Any) -> None:
    right = {"destination": "+233200000001"}
    asked = {
        "messages": [
            {"destinations": [right], "text": "x"},
            {
                "destinations": [right, {**right, "destination": "1"}, {**right, "zz": 1}],
                "text": "",
                "sendAt": "tomorrow",
                "deliveryTimeWindow": {"days": ["MONDAY", "XDAY", "MONDAY"], "from": {"hour": 24}},
            },
        ],
        "zz": 1,
    }
    async with gateway.signed_in() as client:
        answer = await client.post(gateway.BULK, json=asked)
    assert answer.status_code == 400
    assert {error["pointer"] for error in answer.json()["errors"]} == {
        "#/zz",
        "#/messages/1/text",
        "#/messages/1/sendAt",
        "#/messages/1/destinations/1/destination",
        "#/messages/1/destinations/2/zz",
        "#/messages/1/deliveryTimeWindow/to",
        "#/messages/1/deliveryTimeWindow/days",
        "#/messages/1/deliveryTimeWindow/days/1",
        "#/messages/1/deliveryTimeWindow/from/hour",
        "#/messages/1/deliveryTimeWindow/from/minute",
    }


async def test_problems_never_repeat_what_is_secret(gateway: Any) -> None:
    asked = {"text": "TOPSECRET " * 5000, "destination": "TOPSECRET", "sourceAddress": "TOPSECRET" * 9}
    async with gateway.signed_in() as client:
        answer = await client.post(gateway.SINGLE, json=asked)
    assert answer.status_code == 400
    assert len(answer.json()["errors"]) == 3
    assert "TOPSECRET" not in answer.text


async def test_the_last_resort(
    gateway: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "TOP" + "SECRET"

    async def fail(_: Any) -> None:
        raise RuntimeError(secret)

    monkeypatch.setattr(gateway.inside.store, "add", fail)
    async with gateway.signed_in() as client:
        answer = await client.post(gateway.SINGLE, json=gateway.example("leastMessage"))
    assert answer.status_code == 500
    assert answer.json()["detail"] == "The gateway failed."
    assert "RuntimeError" in caplog.text
    assert secret not in caplog.text + answer.text


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "destination", "messages", "destinations", "days", "from", "sendAt"])
            | st.text(),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(
    derandomize=True,
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(content=anything, raw=st.binary(max_size=40), kind=st.sampled_from(["SINGLE", "BULK", "TOKEN"]))
def test_whatever_comes_is_answered(gateway: Any, content: Any, raw: bytes, kind: str) -> None:

    media_type = "application/x-www-form-urlencoded" if kind == "TOKEN" else "application/json"

    async def run() -> None:
        async with gateway.signed_in() as client:
            for body in (json.dumps(content, ensure_ascii=True).encode(), raw):
                headers = {"Content-Type": media_type}
                answer = await client.post(getattr(gateway, kind), content=body, headers=headers)
                assert answer.status_code in (200, 400, 401)

    asyncio.run(run())
