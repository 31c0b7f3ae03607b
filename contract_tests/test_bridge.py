"""A gateway in this process is asked over HTTP as it is without, and by schemathesis too."""

from __future__ import annotations

from contextlib import nullcontext

import httpx
import pytest
from blackkonnect_contract.bridge import with_address
from blackkonnect_contract.caller import Caller
from blackkonnect_contract.document import document
from blackkonnect_contract.emulated import opened
from blackkonnect_contract.gate import run_gate
from blackkonnect_contract.good_requests import SEND, STATUS, a_send
from blackkonnect_contract.record import Record
from blackkonnect_contract.target import Target
from mutants.faults import LATEST

OLD = "2025-05-16"


class _Broken(httpx.BaseTransport):
    def handle_request(self, request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("broke off", request=request)


class _Noting(httpx.BaseTransport):
    def __init__(self) -> None:
        self.seen: list[tuple[str, bytes, str | None, bytes]] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.seen.append((request.method, request.url.raw_path, request.headers.get("x-one"), request.read()))
        return httpx.Response(418, headers=[("x-two", "a"), ("x-two", "b")], content=b"short and stout")


def target(transport: httpx.BaseTransport) -> Target:
    return Target(
        base_url="http://gateway.test",
        client_id="one",
        client_secret="a secret of it",
        edition=LATEST,
        transport=transport,
    )


def test_a_gateway_with_an_address_is_left_alone() -> None:
    with opened(LATEST, over_http=True) as served, with_address(served) as same:
        assert same is served


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "TRACE", "QUERY"])
@pytest.mark.parametrize("path", ["/a", "/a%2Fb/%00", "/a//b?x=%20&x=2"])
def test_what_is_asked_and_answered_comes_through(method: str, path: str) -> None:
    gateway = _Noting()
    with with_address(target(gateway)) as served, served.client(10.0) as client:
        answer = client.request(method, path, headers=[(b"x-one", b"\xe9")], content=b"\x00body")
    assert gateway.seen == [(method, path.encode(), "é", b"\x00body")]
    assert answer.status_code == 418
    assert answer.headers.get_list("x-two") == ["a", "b"]
    assert answer.content == b"short and stout"


def test_no_answer_is_no_answer() -> None:
    gateway = target(_Broken())
    with (
        with_address(gateway) as served,
        served.client(10.0) as client,
        pytest.raises(httpx.RemoteProtocolError),
    ):
        client.get("/a")


def test_the_emulator_answers_through_it_as_it_does_without() -> None:
    with opened(LATEST) as direct, with_address(direct) as served:
        record = Record("bridge", document(LATEST))
        sender, asker = Caller(direct, record), Caller(served, record)
        body = a_send()
        sent = sender.call(SEND, json_body=body, expect=[200])
        found = asker.call(STATUS, path={"correlationId": body["messageId"]}, expect=[200])
        asker.call(SEND, json_body={**body, "destination": "nobody"}, expect=[400])
        sender.close()
        asker.close()
    assert sent is not None
    assert found is not None
    assert found.json["messageId"] == body["messageId"]
    assert not record.breaches


def test_schemathesis_asks_through_it_and_may_come_again() -> None:
    with opened(OLD) as gateway:
        for _ in range(2):
            # The second run sends what the first one sent: what was taken then is no stored refusal.
            report = run_gate(lambda _: nullcontext(gateway), [OLD], layers=["wire"], seed=1, quick=True)
            (layer,) = report.layers
            assert layer.passed, [(breach.rule.name, breach.message) for breach in layer.record.breaches]
            assert not layer.record.skipped
            for name in document(OLD).operations:
                assert layer.record.asked[name, 400] > 0, f"{name} was never seen to refuse"
