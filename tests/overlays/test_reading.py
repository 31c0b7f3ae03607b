"""Questions: the status of a message, the statuses of a bulk, and the waiting for them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from blackkonnect_sms import (
    AuthenticationError,
    BlackkonnectError,
    InvalidArgument,
    NotFound,
    RateLimited,
    Refused,
    RetryEvent,
    Unavailable,
    Unreachable,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.overlays.conftest import Api, Gateway, World

TO = "+233200000001"
MANY = [f"+2332000000{index:02}" for index in range(7)]
EDITIONS = ["2025-05-16", "2026-02-25"]


def test_the_status_by_the_result_and_by_the_id(sms: Api, gateway: Gateway) -> None:
    sent = sms.send(TO, "hello")
    gateway.standing[sent.message_id] = "DELIVERED"
    for asked in (sent, sent.message_id):
        status = sms.status(asked)
        assert (status.message_id, status.status, status.is_final) == (sent.message_id, "DELIVERED", True)


@pytest.mark.parametrize(
    "fault", ["connect", "timeout", "closed", "500", "503", "429", "garbled", "302", "408"]
)
def test_a_question_is_repeated_on_whatever_left_it_unanswered(
    sms: Api, gateway: Gateway, fault: str
) -> None:
    sent = sms.send(TO, "hello")
    gateway.script["status"] = [fault, fault, fault]
    assert sms.status(sent).status == "QUEUED"


@pytest.mark.parametrize(
    ("fault", "error", "tries"),
    [
        ("connect", Unreachable, 4),
        ("timeout", Unavailable, 4),
        ("500", Unavailable, 4),
        ("garbled", Unavailable, 4),
        ("302", Unavailable, 4),
        ("429", RateLimited, 4),
        ("404", NotFound, 1),
        ("400", Refused, 1),
        ("401", AuthenticationError, 2),
        ("{}", Unavailable, 1),
    ],
)
def test_a_question_that_gets_no_answer_says_why(
    sms: Api, gateway: Gateway, fault: str, error: type[Exception], tries: int
) -> None:
    gateway.always["status"] = gateway.always["bulk_status"] = fault
    with pytest.raises(error) as raised:
        sms.status("m-1")
    assert type(raised.value) is error
    assert getattr(raised.value, "sent", None) == "no"
    assert gateway.count("status") == tries


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("page_size", [1, 2, 500])
def test_statuses_tells_each_message_once_whatever_the_pages(
    sms: Api, gateway: Gateway, edition: str, page_size: int
) -> None:
    gateway.edition, gateway.page_size = edition, page_size
    bulk = sms.send_bulk(MANY, "hello")
    assert sorted(status.message_id for status in sms.statuses(bulk)) == sorted(bulk.message_ids)


@pytest.mark.parametrize("page_size", [3, 500])
def test_statuses_by_the_id_alone_reads_until_a_page_brings_nothing(
    sms: Api, gateway: Gateway, page_size: int
) -> None:
    gateway.page_size = page_size
    bulk = sms.send_bulk(MANY, "hello")
    assert {status.message_id for status in sms.statuses(bulk.bulk_id)} == set(bulk.message_ids)


def test_a_gateway_that_ignores_the_page_does_not_hold_the_reader(sms: Api, gateway: Gateway) -> None:
    gateway.always["bulk_status"] = lambda _: httpx.Response(200, json=[{"messageId": "m-1"}, None])
    assert [status.message_id for status in sms.statuses("b-1")] == ["m-1"]
    assert gateway.count("bulk_status") == 2


def test_an_endless_bulk_ends_with_the_time(sms: Api, gateway: Gateway) -> None:
    bulk = sms.send_bulk(MANY, "hello")
    gateway.takes = 0.5

    def one_more(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=[{"messageId": f"other-{request.url.params['page']}"}])

    gateway.always["bulk_status"] = one_more
    begun = gateway.clock.passed
    waited = sms.wait(bulk, timeout=20)
    assert not waited.complete
    assert gateway.clock.passed - begun <= 22


@pytest.mark.parametrize(
    "answer", [{}, [], [{}], [{"uuid": "no uuid"}], {"deliveryTimestamp": "yesterday"}, [None]]
)
def test_answers_that_tell_of_no_message_yield_nothing(sms: Api, gateway: Gateway, answer: Any) -> None:
    gateway.always["bulk_status"] = lambda _: httpx.Response(200, json=answer)
    assert sms.statuses("b-1") == []


@pytest.mark.parametrize("answer", ["word", 7, True, [7], [[]]])
def test_answers_of_another_shape_are_unavailable(sms: Api, gateway: Gateway, answer: Any) -> None:
    gateway.always["bulk_status"] = gateway.always["status"] = lambda _: httpx.Response(200, json=answer)
    with pytest.raises(Unavailable):
        sms.statuses("b-1")
    with pytest.raises(Unavailable):
        sms.status("m-1")


def test_nulls_and_unknown_fields_and_statuses_are_kept_as_they_are(sms: Api, gateway: Gateway) -> None:
    gateway.always["status"] = lambda _: httpx.Response(
        200,
        json={
            "uuid": None,
            "messageId": "m-1",
            "destination": None,
            "sourceAddress": "ACME",
            "deliveryStatus": "ON_ITS_WAY",
            "deliveryTimestamp": "2026-02-25T10:00:00Z",
            "tomorrow": {"a": [1]},
        },
    )
    status = sms.status("m-1")
    assert (status.status, status.is_final, status.sender) == ("ON_ITS_WAY", False, "ACME")
    assert status.destination is status.uuid is status.bulk_id is None
    assert status.timestamp is not None


@pytest.mark.parametrize("edition", EDITIONS)
def test_wait_follows_each_message_to_its_end(sms: Api, gateway: Gateway, edition: str) -> None:
    gateway.edition = edition
    bulk = sms.send_bulk(MANY[:3], "hello")
    first, second, third = bulk.message_ids
    gateway.standing[first] = "DELIVERED"
    turns = [(second, "SENT"), (third, "EXPIRED"), (second, "UNDELIVERED")]
    sleep = gateway.clock.sleep

    def advance(seconds: float) -> None:
        sleep(seconds)
        if turns:
            name, status = turns.pop(0)
            gateway.standing[name] = status

    gateway.clock.sleep = advance  # type: ignore[method-assign]
    waited = sms.wait(bulk)
    assert waited.complete
    assert [(name, one.status) for name, one in waited.statuses.items()] == [
        (first, "DELIVERED"),
        (second, "UNDELIVERED"),
        (third, "EXPIRED"),
    ]


def test_a_final_status_never_goes_back(sms: Api, gateway: Gateway) -> None:
    bulk = sms.send_bulk(MANY[:2], "hello")
    first, second = bulk.message_ids

    def told(first_status: str, second_status: str) -> httpx.Response:
        pairs = ((first, first_status), (second, second_status))
        return httpx.Response(200, json=[{"messageId": name, "deliveryStatus": s} for name, s in pairs])

    gateway.script["bulk_status"] = [
        told("DELIVERED", "QUEUED"),
        told("QUEUED", "SENT"),
        told("FAILED", "DELIVERED"),
    ]
    waited = sms.wait(bulk)
    assert waited.complete
    assert [one.status for one in waited.statuses.values()] == ["DELIVERED", "DELIVERED"]


def test_an_unknown_status_is_not_final(sms: Api, gateway: Gateway) -> None:
    sent = sms.send(TO, "hello")
    gateway.standing[sent.message_id] = "ON_ITS_WAY"
    waited = sms.wait(sent, timeout=5)
    assert waited.pending == (sent.message_id,)
    assert waited.statuses[sent.message_id].status == "ON_ITS_WAY"


@pytest.mark.parametrize("timeout", [0, 0.2, 7, 60])
def test_wait_ends_with_its_time_and_tells_what_is_left(sms: Api, gateway: Gateway, timeout: float) -> None:
    sent = sms.send(TO, "hello")
    begun = gateway.clock.passed
    waited = sms.wait(sent, timeout=timeout)
    assert not waited.complete
    assert waited.pending == (sent.message_id,)
    assert gateway.clock.passed - begun == pytest.approx(timeout)
    if timeout == 0:
        assert gateway.count("status") == 1
        # A question that may take a thousandth of a second only would never be answered.
        assert gateway.seen[-1][1].extensions["timeout"]["read"] == 15.0


@pytest.mark.parametrize("fault", ["404", "500", "timeout", "connect", "429", "garbled", "{}"])
def test_wait_outlasts_questions_without_answer(sms: Api, gateway: Gateway, fault: str) -> None:
    bulk = sms.send_bulk(MANY[:2], "hello")
    for name in bulk.message_ids:
        gateway.standing[name] = "DELIVERED"
    gateway.script["bulk_status"] = [fault] * 6
    assert sms.wait(bulk).complete


def test_wait_keeps_what_it_was_told_before_a_page_failed(sms: Api, gateway: Gateway) -> None:
    gateway.edition = "2025-05-16"
    bulk = sms.send_bulk(MANY[:2], "hello")
    for name in bulk.message_ids:
        gateway.standing[name] = "DELIVERED"
    gateway.always["status"] = "500"
    waited = sms.wait(bulk, timeout=10)
    assert list(waited.statuses) == [bulk.message_ids[0]]
    assert waited.pending == (bulk.message_ids[1],)


def test_wait_respects_what_the_gateway_asks_for(sms: Api, gateway: Gateway) -> None:
    sent = sms.send(TO, "hello")
    gateway.always["status"] = "429:3600"
    begun = gateway.clock.passed
    assert not sms.wait(sent, timeout=60).complete
    assert gateway.count("status") == 1
    assert gateway.clock.passed - begun == pytest.approx(60)


def test_wait_ends_where_the_credentials_are_refused(sms: Api, gateway: Gateway) -> None:
    sent = sms.send(TO, "hello")
    gateway.always["status"] = "401"
    with pytest.raises(AuthenticationError):
        sms.wait(sent)


def test_waiting_and_asking_with_a_client_that_is_closed(make: Callable[..., Api]) -> None:
    api = make()
    sent = api.send(TO, "hello")
    api.close()
    for ask in (api.wait, api.status, api.statuses):
        with pytest.raises(Refused, match="closed"):
            ask(sent.message_id)
    with pytest.raises(Refused, match="nothing was sent"):
        api.send(TO, "hello")


def test_a_refused_destination_is_not_waited_for(sms: Api, gateway: Gateway) -> None:
    gateway.refused_numbers = {MANY[0]}
    bulk = sms.send_bulk(MANY[:2], "hello")
    gateway.standing[bulk.message_ids[1]] = "DELIVERED"
    waited = sms.wait(bulk)
    assert list(waited.statuses) == [bulk.message_ids[1]]


@pytest.mark.parametrize("wrong", ["", ".", "..", None, 7, b"m-1"])
def test_ids_that_are_none(sms: Api, gateway: Gateway, wrong: Any) -> None:
    for ask, argument in ((sms.status, "message"), (sms.statuses, "bulk"), (sms.wait, "message")):
        with pytest.raises(InvalidArgument) as raised:
            ask(wrong)
        assert raised.value.argument == argument
    assert gateway.seen == []


@pytest.mark.parametrize("wrong", [-1, float("nan"), float("inf"), 10**400, "5", None, True])
def test_times_to_wait_that_are_none(sms: Api, gateway: Gateway, wrong: Any) -> None:
    with pytest.raises(InvalidArgument) as raised:
        sms.wait("m-1", timeout=wrong)
    assert raised.value.argument == "timeout"
    assert gateway.seen == []


def test_repeats_of_questions_are_told(make: Callable[..., Api], gateway: Gateway) -> None:
    told: list[RetryEvent] = []
    gateway.script["status"] = ["500", "timeout"]
    with pytest.raises(NotFound):
        make(on_retry=told.append).status("m-1")
    assert [(event.operation, event.attempt, event.reason) for event in told] == [
        ("getMessageStatus", 1, "HTTP 500"),
        ("getMessageStatus", 2, "ReadTimeout"),
    ]
    assert [event.delay for event in told] == gateway.clock.slept


FAILURES = ["500", "timeout", "garbled", "400", "404", "closed", "{}"]


def _failing(gateway: Gateway, world: type[World], fault: str, names: set[str]) -> None:
    """Let the questions for some messages alone fail, always."""

    def answer(request: httpx.Request) -> httpx.Response:
        if world.asked_for("getMessageStatus", request) in names:
            return world.faulty(fault, request)
        return gateway._status(request)

    gateway.always["status"] = answer


@pytest.mark.parametrize("fault", FAILURES)
@pytest.mark.parametrize("place", [1, 3, 6])
def test_an_id_that_fails_does_not_hide_those_after_it(
    sms: Api, gateway: Gateway, world: type[World], fault: str, place: int
) -> None:
    gateway.edition = "2025-05-16"
    bulk = sms.send_bulk(MANY, "hello")
    for name in bulk.message_ids:
        gateway.standing[name] = "DELIVERED"
    bad = bulk.message_ids[place]
    _failing(gateway, world, fault, {bad})
    waited = sms.wait(bulk, timeout=30)
    assert waited.pending == (bad,)
    assert set(waited.statuses) == set(bulk.message_ids) - {bad}


@pytest.mark.parametrize("fault", FAILURES)
def test_statuses_hands_out_all_that_can_be_had_and_then_tells_what_failed(
    sms: Api, gateway: Gateway, world: type[World], fault: str
) -> None:
    gateway.edition = "2025-05-16"
    bulk = sms.send_bulk(MANY, "hello")
    _failing(gateway, world, fault, {bulk.message_ids[2]})
    found: list[str] = []
    told = None
    try:
        _into(sms, bulk, found)
    except BlackkonnectError as error:
        told = error
    assert set(found) == set(bulk.message_ids) - {bulk.message_ids[2]}
    # Of one that the gateway does not know there is nothing to tell.
    assert (told is None) == (fault == "404")


def _into(sms: Api, bulk: Any, found: list[str]) -> None:
    """Collect what is handed out before a failure."""
    if hasattr(sms.client, "close"):
        for status in sms.client.statuses(bulk):
            found.append(status.message_id)  # noqa: PERF401 - what came before a failure counts
        return

    async def run() -> None:
        async for status in sms.client.statuses(bulk):
            found.append(status.message_id)  # noqa: PERF401 - the same

    asyncio.run(run())


def test_many_ids_that_fail_each_get_their_turn(sms: Api, gateway: Gateway, world: type[World]) -> None:
    gateway.edition = "2025-05-16"
    bulk = sms.send_bulk(MANY, "hello")
    for name in bulk.message_ids:
        gateway.standing[name] = "DELIVERED"
    bad = bulk.message_ids[1:6]
    _failing(gateway, world, "500", set(bad))
    waited = sms.wait(bulk, timeout=60)
    assert waited.pending == bad


def test_one_that_hangs_leaves_time_for_the_others(sms: Api, gateway: Gateway) -> None:
    gateway.edition = "2025-05-16"
    bulk = sms.send_bulk(MANY, "hello")
    for name in bulk.message_ids:
        gateway.standing[name] = "DELIVERED"
    bad = bulk.message_ids[1]

    def hang(request: httpx.Request) -> httpx.Response:
        if bad in str(request.url):
            gateway.clock.passed += float(request.extensions["timeout"]["read"])
            raise httpx.ReadTimeout("scripted", request=request)
        return gateway._status(request)

    gateway.always["status"] = hang
    begun = gateway.clock.passed
    waited = sms.wait(bulk, timeout=10)
    assert waited.pending == (bad,)
    assert gateway.clock.passed - begun <= 10.5


def test_a_gateway_that_is_gone_is_not_asked_for_each(sms: Api, gateway: Gateway) -> None:
    gateway.edition = "2025-05-16"
    bulk = sms.send_bulk(MANY, "hello")
    gateway.always["status"] = "connect"
    with pytest.raises(Unreachable):
        sms.statuses(bulk)
    assert gateway.count("status") == 4
    gateway.always["status"] = "500"
    with pytest.raises(Unavailable):
        sms.statuses(bulk)
    assert gateway.count("status") <= 4 + 3 * 4


def test_a_wait_asks_only_for_what_is_not_final(sms: Api, gateway: Gateway) -> None:
    gateway.edition = "2025-05-16"
    bulk = sms.send_bulk(MANY, "hello")
    for name in bulk.message_ids[:-1]:
        gateway.standing[name] = "DELIVERED"
    sms.wait(bulk, timeout=0)
    before = gateway.count("status")
    sms.wait(bulk, timeout=5)
    polls = gateway.count("bulk_status")
    assert gateway.count("status") - before <= len(MANY) + polls


def test_a_bulk_whose_pages_have_no_end_is_given_up(
    sms: Api, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blackkonnect_sms._reading._MOST_MESSAGES", 1000)

    def more(request: httpx.Request) -> httpx.Response:
        page = request.url.params["page"]
        return httpx.Response(200, json=[{"messageId": f"{page}-{index}"} for index in range(100)])

    gateway.always["bulk_status"] = more
    with pytest.raises(Unavailable, match="no end"):
        sms.statuses("b-1")
    assert gateway.count("bulk_status") == 11


def test_statuses_of_other_messages_are_not_reported(sms: Api, gateway: Gateway) -> None:
    bulk = sms.send_bulk(MANY[:2], "hello")
    told = [{"messageId": name, "deliveryStatus": "DELIVERED"} for name in ("foreign", *bulk.message_ids)]
    gateway.always["bulk_status"] = lambda _: httpx.Response(200, json=told)
    assert set(sms.wait(bulk).statuses) == set(bulk.message_ids)


def test_a_status_shows_no_whole_number(sms: Api, gateway: Gateway) -> None:
    gateway.always["status"] = lambda _: httpx.Response(
        200, json={"messageId": "m-1", "destination": TO, "deliveryStatus": "SENT"}
    )
    status = sms.status("m-1")
    assert status.destination == TO
    assert TO[1:] not in repr(status)
    assert "0001" in repr(status)
