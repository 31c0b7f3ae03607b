"""Bulks of several requests: one result, in order, and nothing lost or repeated if a part of it fails."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from blackkonnect_sms import (
    AuthenticationError,
    BlackkonnectSMS,
    BulkResult,
    InvalidArgument,
    OutcomeUnknown,
    RateLimited,
    Refused,
    TokenUnavailable,
    Unreachable,
)
from blackkonnect_sms.bulks import Run
from blackkonnect_sms.results import Fate
from blackkonnect_sms_api.models import MessageDestination, SmsMessage

if TYPE_CHECKING:
    from tests.overlays.conftest import Api, Gateway, World

MANY = [f"+23320{index:07}" for index in range(25)]
WRONG_SIZES: list[Any] = [0, -1, 10_001, True, "7", None, 1.5]


def _outcomes(bulk: Any) -> list[str]:
    return [fate.outcome for fate in bulk]


@pytest.fixture(params=[1, 4])
def concurrency(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def test_many_destinations_are_split_and_come_back_as_one_in_order(
    sms: Api, gateway: Gateway, concurrency: int
) -> None:
    bulk = sms.send_bulk(
        MANY, "hello", bulk_id="b", request_id="r-1", request_size=10, concurrency=concurrency
    )
    assert [fate.destination for fate in bulk] == MANY
    assert _outcomes(bulk) == ["accepted"] * 25
    assert gateway.sent_to() == dict.fromkeys(MANY, 1)
    assert sorted(len(body["messages"][0]["destinations"]) for body in gateway.bodies("bulk")) == [5, 10, 10]
    assert [part.bulk_id for part in bulk.parts] == ["b-1", "b-2", "b-3"]
    assert (bulk.bulk_id, bulk.request_id, bulk.requests) == ("b", "r-1", bulk.parts)
    assert [fate for part in bulk.parts for fate in part] == list(bulk)
    assert gateway.count("token") == 1


def test_a_thousand_is_the_size_without_saying(sms: Api, gateway: Gateway) -> None:
    many = [f"+23320{index:07}" for index in range(1001)]
    assert len(sms.send_bulk(many, "hello").parts) == 2
    alone = sms.send_bulk(many[:1000], "hello")
    assert (alone.parts, alone.requests) == ((), (alone,))
    assert gateway.count("bulk") == 3


def test_a_split_bulk_is_followed_as_a_whole(sms: Api, gateway: Gateway) -> None:
    gateway.refused_numbers = set(MANY[:5])
    bulk = sms.send_bulk(MANY, "hello", request_size=5)
    assert {status.message_id for status in sms.statuses(bulk)} == {fate.message_id for fate in bulk.accepted}
    gateway.standing = dict.fromkeys(gateway.standing, "DELIVERED")
    waited = sms.wait(bulk, timeout=10)
    assert waited.complete
    assert list(waited.statuses) == [fate.message_id for fate in bulk.accepted]
    # The request that was refused as a whole has nothing to ask for.
    assert not any(
        f"{bulk.bulk_id}-1" in str(request.url) for name, request in gateway.seen if "status" in name
    )


@pytest.mark.parametrize(
    ("second", "outcome", "error"),
    [("400", "refused", Refused), ("500", "unknown", OutcomeUnknown), ("500 taken", "accepted", None)],
)
def test_what_becomes_of_one_request_does_not_hide_the_others(
    sms: Api, gateway: Gateway, second: str, outcome: str, error: type[Exception] | None
) -> None:
    gateway.script["bulk"] = ["ok", second, "ok"]
    bulk = sms.send_bulk(MANY, "hello", request_size=10, concurrency=1)
    assert _outcomes(bulk) == ["accepted"] * 10 + [outcome] * 10 + ["accepted"] * 5
    assert [type(part.error) for part in bulk.parts] == [type(None), error or type(None), type(None)]
    taken = gateway.sent_to()
    assert all(taken[fate.destination] == (fate.outcome == "accepted") for fate in bulk)
    assert gateway.count("bulk") == 3


def test_what_is_unknown_is_asked_for_again_and_nothing_is_sent(sms: Api, gateway: Gateway) -> None:
    gateway.script["bulk"] = ["ok", "timeout taken", "timeout"]
    gateway.hidden = {"none"}
    lagging = [httpx.Response(404, json={"title": "Not Found"})] * 200
    gateway.script["bulk_status"] = list(lagging)
    bulk = sms.send_bulk(MANY, "hello", request_size=10, concurrency=1)
    assert _outcomes(bulk) == ["accepted"] * 10 + ["unknown"] * 15
    gateway.script["bulk_status"] = []
    later = sms.reconcile_bulk(bulk)
    assert _outcomes(later) == ["accepted"] * 20 + ["unknown"] * 5
    assert [part.reconciled for part in later.parts] == [False, True, False]
    assert later.parts[1].error is None
    assert isinstance(later.parts[2].error, OutcomeUnknown)
    assert gateway.count("bulk") == 3


def test_one_request_with_a_part_unknown_is_asked_for_too(gateway: Gateway, world: type[World]) -> None:
    api = world.client_for("sync", gateway)
    gateway.script["bulk"] = ["timeout taken"]
    gateway.page_size = 2
    gateway.script["bulk_status"] = ["ok", *["500"] * 300]
    bulk = api.send_bulk(MANY[:5], "hello")
    assert _outcomes(bulk) == ["accepted"] * 2 + ["unknown"] * 3
    gateway.script["bulk_status"] = []
    assert _outcomes(api.reconcile_bulk(bulk)) == ["accepted"] * 5
    assert gateway.count("bulk") == 1


def test_of_a_bulk_that_is_refused_altogether_the_error_is_raised(sms: Api, gateway: Gateway) -> None:
    gateway.always["bulk"] = "422"
    with pytest.raises(Refused) as raised:
        sms.send_bulk(MANY, "hello", request_size=10)
    assert (raised.value.status_code, raised.value.sent) == (422, "no")
    assert gateway.ledger == []


def test_of_a_bulk_of_which_nothing_is_known_to_be_taken_an_error_tells_the_fate_of_each(
    sms: Api, gateway: Gateway
) -> None:
    gateway.script["bulk"] = ["400", "500 taken", "500"]
    gateway.lag = 10_000
    with pytest.raises(OutcomeUnknown) as raised:
        sms.send_bulk(MANY, "hello", bulk_id="b", request_size=10, concurrency=1)
    error = raised.value
    assert error.result is not None
    assert _outcomes(error.result) == ["refused"] * 10 + ["unknown"] * 15
    assert error.message_ids == error.result.message_ids[10:]
    assert (error.bulk_id, error.sent, error.status_code) == ("b", "unknown", 500)
    with pytest.raises(OutcomeUnknown):
        sms.reconcile(error)
    gateway.lag = 0
    found = sms.reconcile(error)
    assert _outcomes(found) == ["refused"] * 10 + ["accepted"] * 10 + ["unknown"] * 5
    assert gateway.count("bulk") == 3


@pytest.mark.parametrize(
    ("operation", "fault", "error"),
    [
        ("bulk", "403", AuthenticationError),
        ("bulk", "connect", Unreachable),
        ("bulk", "429:1000", RateLimited),
        ("token", "503", TokenUnavailable),
    ],
)
def test_what_holds_for_all_stops_the_rest_which_is_refused(
    sms: Api, gateway: Gateway, operation: str, fault: str, error: type[Refused]
) -> None:
    if operation == "bulk":
        gateway.script["bulk"] = ["ok", *[fault] * 4]
        bulk = sms.send_bulk(MANY, "hello", request_size=5, concurrency=1)
        assert _outcomes(bulk) == ["accepted"] * 5 + ["refused"] * 20
        assert type(bulk.parts[1].error) is error
        assert all(isinstance(part.error, Refused) for part in bulk.parts[2:])
        assert all(part.error.__cause__ is bulk.parts[1].error for part in bulk.parts[2:] if part.error)
        assert len(gateway.ledger) == 5
    gateway.script.clear()
    gateway.always[operation] = fault
    gateway.valid = set()
    tried = gateway.count("bulk")
    with pytest.raises(error):
        sms.send_bulk(MANY, "hello", request_size=1, concurrency=1)
    assert gateway.count("bulk") - tried <= 4


def test_five_unknown_in_a_row_stop_the_rest(sms: Api, gateway: Gateway) -> None:
    gateway.script["bulk"] = ["ok", "500", "500", "ok", *["500"] * 5]
    bulk = sms.send_bulk(MANY, "hello", request_size=2, concurrency=1)
    unknown = ["unknown"] * 4 + ["accepted"] * 2 + ["unknown"] * 10
    assert _outcomes(bulk) == ["accepted"] * 2 + unknown + ["refused"] * 7
    assert gateway.count("bulk") == 9


@pytest.mark.parametrize(
    ("ended", "begins"),
    [
        ([], True),
        ([None, None], True),
        ([Refused("no")] * 9, True),
        ([OutcomeUnknown("?", message_ids=())] * 4, True),
        ([OutcomeUnknown("?", message_ids=())] * 5, False),
        ([*[OutcomeUnknown("?", message_ids=())] * 4, None, OutcomeUnknown("?", message_ids=())], True),
        ([*[OutcomeUnknown("?", message_ids=())] * 4, Refused("no")], True),
        ([Unreachable("no")], False),
        ([AuthenticationError("no"), None], False),
        ([RateLimited("no")], False),
        ([TokenUnavailable("no")], False),
    ],
)
def test_whether_a_bulk_goes_on(ended: list[Any], *, begins: bool) -> None:
    run = Run()
    for error in ended:
        run.ended(BulkResult("b", (Fate("+233200000001", "m", "unknown"),), error=error))
    assert (run.stopped is None) is begins


def test_bad_input_anywhere_is_found_before_anything_leaves(sms: Api, gateway: Gateway) -> None:
    for send in (sms.send_bulk, sms.send_bulks):
        with pytest.raises(InvalidArgument) as raised:
            send([*MANY, "no number"], "hello", request_size=2)
        assert raised.value.argument == "destinations[25]"
    assert gateway.seen == []


def test_what_is_no_json_is_found_before_anything_leaves(sms: Api, gateway: Gateway) -> None:
    messages = [
        SmsMessage(destinations=[MessageDestination(destination=number)], text="hello") for number in MANY
    ]
    messages[-1].additional_properties["campaign"] = object()
    for send in (sms.send_bulk, sms.send_bulks):
        with pytest.raises(InvalidArgument) as raised:
            send(messages, request_size=2)
        assert raised.value.argument == "request"
    assert gateway.seen == []


@pytest.mark.parametrize("method", ["send_bulk", "send_bulks"])
@pytest.mark.parametrize(
    ("argument", "wrong"),
    [
        *(("request_size", wrong) for wrong in WRONG_SIZES),
        *(("concurrency", wrong) for wrong in [0, 65, True, 2.0, None]),
        ("resend_when_absent", "yes"),
        ("destinations", 7),
        ("destinations", "+233200000001"),
        ("destinations", []),
        ("text", ""),
    ],
)
def test_arguments_that_are_wrong(sms: Api, gateway: Gateway, method: str, argument: str, wrong: Any) -> None:
    arguments = {"destinations": MANY, "text": "hello", argument: wrong}
    with pytest.raises(InvalidArgument) as raised:
        sms.send_bulks(**arguments) if method == "send_bulks" else sms.send_bulk(**arguments)
    assert raised.value.argument == argument
    assert gateway.seen == []


def test_results_come_one_by_one_in_order(sms: Api, gateway: Gateway, concurrency: int) -> None:
    gateway.refused_numbers = {MANY[3]}
    results = sms.send_bulks(iter(MANY), "hello", bulk_id="b", request_size=4, concurrency=concurrency)
    assert [len(result) for result in results] == [4, 4, 4, 4, 4, 4, 1]
    assert [result.bulk_id for result in results] == [f"b-{number}" for number in range(1, 8)]
    assert [fate.destination for result in results for fate in result] == MANY
    assert [fate.destination for result in results for fate in result.refused] == [MANY[3]]
    assert set(gateway.sent_to().values()) == {1}


def test_a_request_that_fails_is_a_result_with_an_error(sms: Api, gateway: Gateway) -> None:
    gateway.script["bulk"] = ["ok", "400", "timeout", "ok"]
    results = sms.send_bulks(iter(MANY[:8]), "hello", request_size=2, concurrency=1)
    assert [_outcomes(result)[0] for result in results] == ["accepted", "refused", "unknown", "accepted"]
    assert isinstance(results[2].error, OutcomeUnknown)
    with pytest.raises(OutcomeUnknown):
        sms.reconcile(results[2].error)


def test_an_iterator_of_any_length_is_read_as_requests_go_out(world: type[World], gateway: Gateway) -> None:
    api = world.client_for("sync", gateway)
    read = 0

    def numbers() -> Iterator[str]:
        nonlocal read
        while True:
            read += 1
            yield f"+23320{read:07}"

    for concurrency, ahead in ((1, 1), (3, 6)):
        read = 0
        with api.client.send_bulks(numbers(), "hello", request_size=10, concurrency=concurrency) as results:
            assert read == 0
            for taken, result in enumerate(results, 1):
                assert len(result) == 10
                assert read <= 10 * (taken + ahead)
                if taken == 20:
                    break
        assert read <= 10 * (20 + ahead)
        told = 20 * 10 + sum(len(result.accepted) for result in results.unclaimed)
        assert len(gateway.ledger) == told
        gateway.ledger.clear()


def test_whoever_stops_early_gets_what_was_under_way(world: type[World], gateway: Gateway) -> None:
    async def run() -> None:
        api = world.client_for("async", gateway)
        async with api.client.send_bulks(iter(MANY), "hello", request_size=1, concurrency=3) as results:
            async for first in results:
                assert first.accepted
                break
        told = [first, *results.unclaimed]
        assert [result.fates[0].destination for result in told] == MANY[: len(told)]
        for result in told:
            assert gateway.sent_to()[result.fates[0].destination] == len(result.accepted)
        assert len(gateway.ledger) == sum(len(result.accepted) for result in told) < 25
        assert [one async for one in results] == []
        assert await results.aclose() == results.unclaimed

    asyncio.run(run())


def test_an_asynchronous_iterator_is_read_lazily_and_its_results_do_not_wait_for_it(
    world: type[World], gateway: Gateway
) -> None:
    async def run() -> None:
        more = asyncio.Event()

        async def numbers() -> AsyncIterator[str]:
            yield MANY[0]
            yield MANY[1]
            await more.wait()
            yield MANY[2]

        api = world.client_for("async", gateway)
        results = api.client.send_bulks(numbers(), "hello", request_size=1, concurrency=4)
        told = [await anext(results), await anext(results)]
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(results), 0.01)
        more.set()
        told += [result async for result in results]
        assert [result.fates[0].destination for result in told] == MANY[:3]

    asyncio.run(run())


def test_what_is_wrong_in_an_iterator_comes_after_the_results_before_it(
    sms: Api, gateway: Gateway, concurrency: int
) -> None:
    told: list[BulkResult] = []
    with pytest.raises(InvalidArgument) as raised:
        sms.send_bulks(
            iter([*MANY[:7], "no number", *MANY[8:]]),
            "hello",
            told=told,
            request_size=2,
            concurrency=concurrency,
        )
    assert raised.value.argument == "destinations[7]"
    assert [fate.destination for result in told for fate in result.accepted] == MANY[:6]
    assert gateway.sent_to() == dict.fromkeys(MANY[:6], 1)


def test_an_iterator_that_fails_itself_does_so_after_the_results_before_it(
    sms: Api, gateway: Gateway
) -> None:
    def numbers() -> Iterator[str]:
        yield from MANY[:5]
        raise LookupError("the database is gone")

    told: list[BulkResult] = []
    with pytest.raises(LookupError):
        sms.send_bulks(numbers(), "hello", told=told, request_size=2)
    assert [fate.destination for result in told for fate in result.accepted] == MANY[:4]
    assert gateway.sent_to() == dict.fromkeys(MANY[:4], 1)


def test_an_iterator_is_left_where_the_bulk_is_stopped_and_the_place_is_told(
    sms: Api, gateway: Gateway
) -> None:
    gateway.script["bulk"] = ["ok", "403"]
    numbers = iter(MANY)
    told: list[BulkResult] = []
    with pytest.raises(Refused, match=r"from destinations\[4\] on") as raised:
        sms.send_bulks(numbers, "hello", told=told, request_size=2, concurrency=1)
    assert isinstance(raised.value.__cause__, AuthenticationError)
    assert [_outcomes(result)[0] for result in told] == ["accepted", "refused"]
    assert next(numbers) == MANY[4]


def test_a_collection_is_told_to_its_end_where_it_is_stopped(sms: Api, gateway: Gateway) -> None:
    gateway.script["bulk"] = ["ok", "403"]
    results = sms.send_bulks(MANY, "hello", request_size=2, concurrency=1)
    assert [fate.destination for result in results for fate in result] == MANY
    assert len(gateway.ledger) == 2


def test_no_more_are_under_way_than_was_said(world: type[World], gateway: Gateway) -> None:
    under_way, most, lock, two = 0, 0, threading.Lock(), threading.Barrier(2)

    def wait(request: httpx.Request) -> httpx.Response:
        nonlocal under_way, most
        if "/send-bulk" not in request.url.path:
            return gateway.handle(request)
        with lock:
            under_way += 1
            most = max(most, under_way)
        two.wait(30)  # comes back only where two are under way at once
        try:
            with lock:
                return gateway.handle(request)
        finally:
            with lock:
                under_way -= 1

    client = BlackkonnectSMS(
        base_url=world.base_url,
        client_id=world.client_id,
        client_secret=world.secret,
        transport=httpx.MockTransport(wait),
        clock=gateway.clock,
    )
    bulk = client.send_bulk(MANY[:24], "hello", request_size=2, concurrency=2)
    assert most == 2
    assert gateway.sent_to() == dict.fromkeys(MANY[:24], 1)
    assert [fate.destination for fate in bulk.accepted] == MANY[:24]


def test_results_that_nobody_takes_are_warned_of(world: type[World], gateway: Gateway) -> None:
    client = world.client_for("sync", gateway).client
    results = client.send_bulks(iter(MANY), "hello", request_size=1, concurrency=2)
    next(results)
    # A thread that is still at work would hold it.
    results._pool.shutdown()
    held = [results]
    del results

    def drop() -> None:
        held.clear()
        gc.collect()

    with pytest.warns(ResourceWarning, match="under way"):
        drop()


def test_a_callback_that_fails_refuses_its_request_alone(make: Callable[..., Api], gateway: Gateway) -> None:
    def fail(event: object) -> None:
        raise LookupError(str(event))

    gateway.script["bulk"] = ["ok", "connect", "ok"]
    bulk = make(on_retry=fail).send_bulk(MANY[:6], "hello", request_size=2, concurrency=1)
    assert _outcomes(bulk) == ["accepted"] * 2 + ["refused"] * 2 + ["accepted"] * 2
    error = bulk.parts[1].error
    assert error is not None
    assert isinstance(error.__cause__, LookupError)


def test_the_deadline_is_for_each_request(make: Callable[..., Api], gateway: Gateway) -> None:
    gateway.takes = 4.0
    bulk = make(deadline=20).send_bulk(MANY, "hello", request_size=1, concurrency=1)
    assert len(bulk.accepted) == 25
    assert gateway.clock.passed == 4.0 * 26
