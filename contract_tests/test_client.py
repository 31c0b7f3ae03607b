"""The client layer: what a client sends is looked at, and what it reads is compared with the wire."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from blackkonnect_contract.document import document, editions, tolerant
from blackkonnect_contract.emulated import opened
from blackkonnect_contract.exchange import Request
from blackkonnect_contract.good_requests import BULK, PAGES, SEND, STATUS, TOKEN, a_send
from blackkonnect_contract.layers import client
from blackkonnect_contract.read_values import differences
from blackkonnect_contract.record import Record
from blackkonnect_contract.run import Run
from blackkonnect_contract.sent_requests import broken_by
from hypothesis import assume, given, seed
from hypothesis import strategies as st
from mutants.everything import MUTANTS


@pytest.mark.parametrize("edition", editions())
@pytest.mark.parametrize("over_http", [False, True])
def test_client_and_emulator_agree(edition: str, over_http: bool) -> None:  # noqa: FBT001
    record = Record("client", document(edition))
    with opened(edition, over_http=over_http) as target, Run(target, record) as run:
        client.check(run)
    assert record.breaches == []
    assert all(record.asked[name, 200] > 1 for name in (SEND, BULK, STATUS, PAGES, TOKEN))
    assert {(STATUS, 404), (SEND, 400), (TOKEN, 401)} <= record.asked.keys()
    assert bool(record.skipped) is not over_http


@pytest.mark.parametrize("name", ["no-correlation-id", "page-as-an-object", "every-fiftieth-send-is-lost"])
def test_a_faulty_gateway_ends_it_with_breaches_and_not_with_a_crash(name: str) -> None:
    mutant = MUTANTS[name]
    record = Record("client", document(mutant.edition))
    with opened(mutant.edition, mutant.wrap) as target, Run(target, record) as run:
        client.check(run)
        secret = target.client_secret
    assert record.asked
    assert name == "every-fiftieth-send-is-lost" or record.breaches
    assert secret.replace(" ", "+") not in repr(record.breaches)


RIGHT = Request(
    "POST",
    "http://127.0.0.1/api/sms/send-message/v1",
    (("Authorization", "Bearer x"), ("Content-Type", "application/json"), ("Host", "127.0.0.1")),
    json.dumps(a_send()).encode(),
)
LOOK = Request(
    "GET",
    "http://127.0.0.1/api/sms/messages/status/bulk/b1/v1?page=0&size=20&sort=messageId%2Casc&sort=destination",
    (("authorization", "Bearer x"), ("X-Organisation-ID", "org-1")),
    b"",
)


@pytest.mark.parametrize("request_", [RIGHT, LOOK], ids=["send", "look"])
def test_what_is_described_passes(request_: Request) -> None:
    assert list(broken_by(tolerant(), request_)) == []


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        (replace(RIGHT, method="PUT"), "no operation has PUT"),
        (replace(RIGHT, url=RIGHT.url + "/more"), "no operation has POST"),
        (replace(RIGHT, url=RIGHT.url + "?page=1"), "query parameter page is not described"),
        (replace(RIGHT, headers=(*RIGHT.headers, ("X-More", "1"))), "header parameter X-More"),
        (replace(RIGHT, headers=(("Content-Type", "text/plain"),)), "the body is text/plain"),
        (replace(RIGHT, headers=(("Authorization", "x"),)), "of no media type"),
        (replace(RIGHT, body=b"{"), "no JSON"),
        (replace(RIGHT, body=b'{"text": 1, "destination": "+233200000001"}'), "/text: 1 is not of type"),
        (replace(LOOK, url=LOOK.url.replace("page=0", "page=x")), "query parameter page: "),
        (replace(LOOK, url=LOOK.url.replace("page=0", "page=0&page=1")), "it stands 2 times"),
        (replace(LOOK, body=b"x"), "there is a body"),
    ],
)
def test_what_is_not_described_is_told(request_: Request, told: str) -> None:
    assert any(told in message for _, message in broken_by(tolerant(), request_))


def test_a_missing_token_is_told_where_one_is_needed() -> None:
    unsigned = replace(RIGHT, headers=RIGHT.headers[1:])
    assert [told for _, told in broken_by(document("2026-02-25"), unsigned)] == ["there is no token"]


LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
VALUES = st.recursive(
    LEAVES, lambda held: st.lists(held, max_size=3) | st.dictionaries(st.text(max_size=3), held, max_size=3)
)


@seed(1)
@given(VALUES)
def test_what_is_the_same_has_no_difference(value: Any) -> None:
    assert list(differences(value, json.loads(json.dumps(value)))) == []


@seed(1)
@given(VALUES, LEAVES, st.randoms(use_true_random=False))
def test_another_leaf_is_a_difference(value: Any, leaf: Any, chance: Any) -> None:
    places = list(_places(value))
    assume(places)
    *steps, last = chance.choice(places)
    changed = json.loads(json.dumps(value))
    held = changed
    for step in steps:
        held = held[step]
    assume(json.dumps(held[last]) != json.dumps(leaf))
    held[last] = leaf
    assert list(differences(changed, value))


def _places(value: Any, place: tuple[Any, ...] = ()) -> Any:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, held in pairs:
        yield (*place, step)
        yield from _places(held, (*place, step))


def test_moments_and_uuids_are_what_they_stand_for() -> None:
    text = "0190f3c2-7a10-7c4e-9f6b-2d51c0a7e913"
    assert list(differences(UUID(text), text)) == []
    assert list(differences(UUID(int=1), text))
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert list(differences(noon, "2026-03-02T13:00:00+01:00")) == []
    assert list(differences(noon, "2026-03-02T13:00:00Z"))
    assert list(differences({}, {"code": None})) == []
    assert list(differences({"code": 1}, {}))
