"""Sending: the three outcomes, each proven by what the gateway took."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest
from blackkonnect_sms import (
    AuthenticationError,
    DuplicateId,
    NotFound,
    OutcomeUnknown,
    RateLimited,
    Refused,
    RetryEvent,
    RetryPolicy,
    TokenUnavailable,
    Unreachable,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.overlays.conftest import Api, Gateway, World

TO = "+233200000001"
MANY = ["+233200000001", "+233200000002", "+233200000003"]

NEVER_LEFT = ["connect", "connect_timeout", "pool", "429", "429:7"]
LOST = ["timeout", "write", "closed", "proxy", "500", "502", "503", "504", "408", "302", "garbled", "{}"]


def test_a_message_that_is_taken_is_told_with_its_ids(sms: Api, gateway: Gateway) -> None:
    sent = sms.send(TO, "hello", sender="ACME", priority=3, request_id="r-1")
    assert gateway.ledger == [(sent.message_id, TO, "hello")]
    assert (sent.destination, sent.status, sent.correlation_id) == (TO, "QUEUED", "c-1")
    assert (sent.request_id, sent.reconciled) == ("r-1", False)
    assert gateway.bodies("send") == [
        {
            "messageId": sent.message_id,
            "requestId": "r-1",
            "text": "hello",
            "destination": TO,
            "sourceAddress": "ACME",
            "priority": 3,
        }
    ]


def test_a_bulk_tells_the_fate_of_each_destination_in_the_order_given(sms: Api, gateway: Gateway) -> None:
    gateway.refused_numbers = {MANY[1]}
    bulk = sms.send_bulk(MANY, "hello")
    assert [fate.destination for fate in bulk] == MANY
    assert [fate.outcome for fate in bulk] == ["accepted", "refused", "accepted"]
    assert [one[0] for one in gateway.ledger] == [fate.message_id for fate in bulk.accepted]
    assert [fate.destination for fate in bulk.refused] == [MANY[1]]
    assert bulk.unknown == ()
    assert len(bulk) == 3


@pytest.mark.parametrize("fault", NEVER_LEFT)
def test_what_certainly_was_not_taken_is_repeated_with_the_same_id(
    sms: Api, gateway: Gateway, fault: str
) -> None:
    gateway.script["send"] = [fault, fault]
    sent = sms.send(TO, "hello")
    assert gateway.ledger == [(sent.message_id, TO, "hello")]
    assert {body["messageId"] for body in gateway.bodies("send")} == {sent.message_id}
    assert gateway.count("send") == 3


@pytest.mark.parametrize("fault", NEVER_LEFT)
def test_a_bulk_is_repeated_likewise(sms: Api, gateway: Gateway, fault: str) -> None:
    gateway.script["bulk"] = [fault]
    bulk = sms.send_bulk(MANY, "hello")
    assert len(bulk.accepted) == 3
    assert set(gateway.sent_to().values()) == {1}
    first, second = gateway.bodies("bulk")
    assert first == second


@pytest.mark.parametrize(
    ("fault", "error"),
    [("connect", Unreachable), ("connect_timeout", Unreachable), ("pool", Unreachable), ("429", RateLimited)],
)
def test_what_never_gets_through_is_refused_and_nothing_was_sent(
    sms: Api, gateway: Gateway, fault: str, error: type[Refused]
) -> None:
    gateway.always["send"] = fault
    with pytest.raises(error) as raised:
        sms.send(TO, "hello", request_id="r-1")
    assert raised.value.sent == "no"
    assert raised.value.request_id == "r-1"
    assert gateway.ledger == []
    assert gateway.count("send") == 4
    assert gateway.count("status") == 0


@pytest.mark.parametrize("fault", LOST)
def test_a_lost_answer_to_a_send_that_was_taken_is_found_and_not_repeated(
    sms: Api, gateway: Gateway, fault: str
) -> None:
    gateway.script["send"] = [f"{fault} taken"]
    sent = sms.send(TO, "hello")
    assert sent.reconciled
    assert sent.status == "QUEUED"
    assert gateway.count("send") == 1
    assert gateway.ledger == [(sent.message_id, TO, "hello")]


@pytest.mark.parametrize("fault", LOST)
def test_a_lost_answer_to_a_send_that_was_not_taken_is_unknown_and_not_repeated(
    sms: Api, gateway: Gateway, fault: str
) -> None:
    gateway.script["send"] = [fault]
    with pytest.raises(OutcomeUnknown) as raised:
        sms.send(TO, "hello", message_id="m-1", request_id="r-1")
    assert raised.value.sent == "unknown"
    assert raised.value.message_ids == ("m-1",)
    assert raised.value.bulk_id is None
    assert raised.value.request_id == "r-1"
    assert gateway.count("send") == 1
    assert gateway.ledger == []
    assert gateway.clock.passed <= 10.0


@pytest.mark.parametrize("fault", LOST)
@pytest.mark.parametrize("edition", ["2025-05-16", "2026-02-25"])
def test_a_lost_answer_to_a_bulk_is_found_by_its_id(
    sms: Api, gateway: Gateway, fault: str, edition: str
) -> None:
    gateway.edition = edition
    gateway.script["bulk"] = [f"{fault} taken"]
    bulk = sms.send_bulk(MANY, "hello")
    assert bulk.reconciled
    assert [fate.outcome for fate in bulk] == ["accepted"] * 3
    assert gateway.count("bulk") == 1
    assert set(gateway.sent_to().values()) == {1}


@pytest.mark.parametrize("edition", ["2025-05-16", "2026-02-25"])
def test_of_a_bulk_that_is_found_in_part_the_rest_is_unknown(
    sms: Api, gateway: Gateway, edition: str
) -> None:
    gateway.edition = edition
    gateway.script["bulk"] = ["timeout taken"]
    gateway.hidden = {"m-2"}
    ids = ["m-1", "m-2", "m-3"]
    bulk = sms.send_bulk(_bulk_with(ids))
    assert [fate.message_id for fate in bulk] == ids
    assert [fate.outcome for fate in bulk] == ["accepted", "unknown", "accepted"]
    assert gateway.count("bulk") == 1


def test_what_was_found_of_a_bulk_is_not_asked_for_again(sms: Api, gateway: Gateway) -> None:
    gateway.edition = "2025-05-16"
    gateway.script["bulk"] = ["timeout taken"]
    gateway.hidden = {"m-2"}
    sms.send_bulk(_bulk_with(["m-1", "m-2", "m-3"]))
    asked = [request.url.path for operation, request in gateway.seen if operation == "status"]
    assert sum("m-3" in path for path in asked) == 1
    assert sum("m-2" in path for path in asked) > 1


@pytest.mark.parametrize("operation", ["send", "bulk"])
def test_a_request_that_is_too_large_says_what_to_do(sms: Api, gateway: Gateway, operation: str) -> None:
    gateway.script[operation] = ["413"]
    with pytest.raises(Refused, match="too large: send shorter texts, or fewer in a request") as raised:
        sms.send(TO, "hello") if operation == "send" else sms.send_bulk(MANY, "hello")
    assert raised.value.sent == "no"


def test_a_bulk_that_is_not_found_is_unknown_with_all_its_ids(sms: Api, gateway: Gateway) -> None:
    gateway.script["bulk"] = ["closed"]
    with pytest.raises(OutcomeUnknown) as raised:
        sms.send_bulk(MANY, "hello", bulk_id="b-1")
    assert raised.value.bulk_id == "b-1"
    ids = [one["messageId"] for one in gateway.bodies("bulk")[0]["messages"][0]["destinations"]]
    assert raised.value.message_ids == tuple(ids)
    assert gateway.count("bulk") == 1


def test_a_page_that_fails_does_not_lose_those_before_it(sms: Api, gateway: Gateway) -> None:
    gateway.page_size = 2
    gateway.script["bulk"] = ["timeout taken"]

    def only_the_first_page(request: httpx.Request) -> httpx.Response:
        if request.url.params["page"] != "0":
            return httpx.Response(500)
        return httpx.Response(200, json=[gateway.told(one) for one in next(iter(gateway.bulks.values()))[:2]])

    gateway.always["bulk_status"] = only_the_first_page
    bulk = sms.send_bulk(MANY, "hello")
    assert [fate.outcome for fate in bulk] == ["accepted", "accepted", "unknown"]


def test_a_status_that_lags_is_asked_for_again(sms: Api, gateway: Gateway) -> None:
    gateway.lag = 2
    gateway.script["send"] = ["timeout taken"]
    assert sms.send(TO, "hello").reconciled
    assert gateway.count("status") == 3


def test_the_status_of_another_message_proves_nothing(sms: Api, gateway: Gateway) -> None:
    gateway.script["send"] = ["timeout"]
    gateway.always["status"] = lambda _: httpx.Response(
        200, json={"messageId": "another", "deliveryStatus": "DELIVERED"}
    )
    with pytest.raises(OutcomeUnknown):
        sms.send(TO, "hello")
    gateway.script["bulk"] = ["timeout"]
    gateway.always["bulk_status"] = lambda _: httpx.Response(
        200, json=[{"messageId": "another", "deliveryStatus": "DELIVERED"}]
    )
    with pytest.raises(OutcomeUnknown):
        sms.send_bulk(MANY, "hello")
    assert gateway.ledger == []


def test_reconcile_asks_again_and_never_sends(sms: Api, gateway: Gateway) -> None:
    gateway.script["send"] = ["timeout taken"]
    gateway.lag = 1000
    with pytest.raises(OutcomeUnknown) as raised:
        sms.send(TO, "hello")
    with pytest.raises(OutcomeUnknown) as still:
        sms.reconcile(raised.value)
    assert still.value.message_ids == raised.value.message_ids
    gateway.lag = 0
    sent = sms.reconcile(still.value)
    assert sent.reconciled
    assert (sent.message_id,) == raised.value.message_ids
    assert gateway.count("send") == 1


def test_reconcile_of_a_bulk(sms: Api, gateway: Gateway) -> None:
    gateway.script["bulk"] = ["500 taken"]
    gateway.lag = 1000
    with pytest.raises(OutcomeUnknown) as raised:
        sms.send_bulk(MANY, "hello")
    gateway.lag = 0
    assert [fate.outcome for fate in sms.reconcile(raised.value)] == ["accepted"] * 3
    assert gateway.count("bulk") == 1


@pytest.mark.parametrize("by_client", [True, False])
def test_what_is_absent_is_sent_again_where_the_caller_says_so(
    make: Callable[..., Api], gateway: Gateway, *, by_client: bool
) -> None:
    told: list[RetryEvent] = []
    gateway.script["send"] = ["timeout", "closed"]
    if by_client:
        sent = make(resend_when_absent=True, on_retry=told.append).send(TO, "hello")
    else:
        sent = make(on_retry=told.append).send(TO, "hello", resend_when_absent=True)
    assert gateway.ledger == [(sent.message_id, TO, "hello")]
    assert {body["messageId"] for body in gateway.bodies("send")} == {sent.message_id}
    assert [(event.operation, event.reason) for event in told] == [("sendMessage", "absent")] * 2


def test_a_call_can_forbid_what_the_client_allows(make: Callable[..., Api], gateway: Gateway) -> None:
    gateway.script["send"] = ["timeout"]
    with pytest.raises(OutcomeUnknown):
        make(resend_when_absent=True).send(TO, "hello", resend_when_absent=False)
    assert gateway.count("send") == 1


def test_an_absent_bulk_is_sent_again_with_the_same_ids(make: Callable[..., Api], gateway: Gateway) -> None:
    gateway.script["bulk"] = ["500"]
    bulk = make(resend_when_absent=True).send_bulk(MANY, "hello")
    assert [fate.outcome for fate in bulk] == ["accepted"] * 3
    first, second = gateway.bodies("bulk")
    assert first == second
    assert set(gateway.sent_to().values()) == {1}


def test_a_conflict_after_a_resend_is_no_refusal_but_asked_for(
    make: Callable[..., Api], gateway: Gateway
) -> None:
    # The first was taken, though the status did not show it in time; the second meets it.
    gateway.script["send"] = ["timeout taken"]
    gateway.script["status"] = [httpx.Response(404, json={"title": "Not Found"})] * 6
    sent = make(resend_when_absent=True).send(TO, "hello")
    assert sent.reconciled
    assert gateway.count("send") == 2
    assert gateway.ledger == [(sent.message_id, TO, "hello")]


@pytest.mark.parametrize(
    "answer",
    [
        lambda: httpx.Response(404, text="<html>no such host</html>"),
        lambda: httpx.Response(500),
        lambda: httpx.Response(200, json={}),
        lambda: httpx.Response(401, json={}),
    ],
)
@pytest.mark.parametrize("operation", ["send", "bulk"])
def test_only_the_gateway_s_own_word_counts_as_absent(
    make: Callable[..., Api], gateway: Gateway, operation: str, answer: Callable[[], httpx.Response]
) -> None:
    gateway.script[operation] = ["timeout taken"]
    gateway.always["status"] = gateway.always["bulk_status"] = lambda _: answer()
    api = make(resend_when_absent=True)
    with pytest.raises(OutcomeUnknown):
        api.send(TO, "hello") if operation == "send" else api.send_bulk(MANY, "hello")
    assert gateway.count(operation) == 1


@pytest.mark.parametrize("operation", ["send", "bulk"])
def test_a_token_operation_that_is_not_found_is_no_word_of_the_message(
    make: Callable[..., Api], gateway: Gateway, operation: str
) -> None:
    gateway.lifetime = 10.0
    # The token is refused for as long as the message is asked for, and then it would be had again.
    gateway.script["token"] = ["ok", "404", "404"]
    gateway.lag, gateway.refuses_duplicates = 1000, False
    gateway.script[operation] = ["timeout taken"]
    gateway.takes = 6.0  # the token is old by the time that the status is asked for
    api = make(resend_when_absent=True)
    with pytest.raises(OutcomeUnknown):
        api.send(TO, "hello") if operation == "send" else api.send_bulk(MANY, "hello")
    assert gateway.count(operation) == 1
    assert set(gateway.sent_to().values()) == {1}


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, Refused),
        (403, AuthenticationError),
        (405, Refused),
        (413, Refused),
        (415, Refused),
        (422, Refused),
        (451, Refused),
    ],
)
@pytest.mark.parametrize("operation", ["send", "bulk"])
def test_what_the_gateway_refuses_is_not_repeated(
    sms: Api, gateway: Gateway, operation: str, status: int, error: type[Refused]
) -> None:
    gateway.script[operation] = [str(status)]
    with pytest.raises(error, match=f"scripted {status}") as raised:
        sms.send(TO, "hello") if operation == "send" else sms.send_bulk(MANY, "hello")
    assert type(raised.value) is error
    assert (raised.value.sent, raised.value.status_code) == ("no", status)
    assert raised.value.problem is not None
    assert gateway.count(operation) == 1
    assert gateway.ledger == []


def test_an_id_of_the_caller_s_that_was_used_before_is_refused(sms: Api, gateway: Gateway) -> None:
    sms.send(TO, "hello", message_id="m-1")
    with pytest.raises(DuplicateId):
        sms.send(TO, "hello", message_id="m-1")
    sms.send_bulk(MANY, "hello", bulk_id="b-1")
    with pytest.raises(DuplicateId):
        sms.send_bulk(MANY, "hello", bulk_id="b-1")
    assert (len(gateway.ledger), gateway.count("status")) == (4, 0)


@pytest.mark.parametrize("operation", ["send", "bulk"])
def test_a_conflict_of_ids_that_are_new_tells_that_the_send_itself_was_taken(
    sms: Api, gateway: Gateway, operation: str
) -> None:
    # As where a proxy lost the answer to the first and repeated it by itself.
    gateway.script[operation] = ["409 taken", "409"]

    def call() -> Any:
        return sms.send(TO, "hello") if operation == "send" else sms.send_bulk(MANY, "hello")

    assert call().reconciled
    with pytest.raises(OutcomeUnknown):
        call()
    assert gateway.count(operation) == 2
    assert set(gateway.sent_to().values()) == {1}


def test_time_is_kept_to_ask_for_a_send_that_took_all_it_had(
    make: Callable[..., Api], gateway: Gateway
) -> None:
    def slow(request: httpx.Request) -> httpx.Response:
        gateway._send(request)
        gateway.clock.passed += request.extensions["timeout"]["read"]
        raise httpx.ReadTimeout("scripted", request=request)

    gateway.script["send"] = [slow]
    gateway.lag = 1
    assert make(deadline=8, timeout=100).send(TO, "hello").reconciled
    assert gateway.clock.passed <= 8


def test_a_send_that_is_not_found_speaks_of_the_address(sms: Api, gateway: Gateway) -> None:
    gateway.script["send"] = ["404"]
    with pytest.raises(Refused, match="base_url") as raised:
        sms.send(TO, "hello")
    assert not isinstance(raised.value, NotFound)


@pytest.mark.parametrize(
    "answer",
    [
        {"isSuccessful": False},
        {"isSuccessful": False, "correlationId": "c-9", "deliveryStatus": None},
        {"isSuccessful": True, "deliveryStatus": "REJECTED"},
    ],
)
def test_a_no_inside_a_good_status_is_a_refusal(
    sms: Api, gateway: Gateway, answer: dict[str, object]
) -> None:
    gateway.script["send"] = [httpx.Response(200, json=answer)]
    with pytest.raises(Refused) as raised:
        sms.send(TO, "hello")
    assert raised.value.sent == "no"
    assert raised.value.correlation_id == answer.get("correlationId")
    assert gateway.count("send") == 1
    assert gateway.count("status") == 0


@pytest.mark.parametrize("statuses", [None, [], ["REJECTED"], ["FAILED"], [None], ["A_WORD_OF_TOMORROW"]])
def test_a_bulk_that_is_refused_as_a_whole(
    sms: Api, gateway: Gateway, world: World, statuses: list[str | None] | None
) -> None:
    told: dict[str, object] = {"isSuccessful": False}
    if statuses is not None:
        told["smsMessageDeliveryStatuses"] = [world.fate("m-1", status) for status in statuses]
    gateway.script["bulk"] = [httpx.Response(200, json=told)]
    with pytest.raises(Refused):
        sms.send_bulk(_bulk_with(["m-1"]))
    assert gateway.count("bulk") == 1


def test_a_bulk_that_is_refused_in_part_does_not_make_the_caller_repeat_the_rest(
    sms: Api, gateway: Gateway, world: World
) -> None:
    statuses = {"m-1": "QUEUED", "m-2": "REJECTED", "m-3": "FAILED", "m-4": None, "m-5": "TOMORROW"}
    told = [world.fate(name, status) for name, status in statuses.items()]
    gateway.script["bulk"] = [
        httpx.Response(200, json={"isSuccessful": False, "smsMessageDeliveryStatuses": told})
    ]
    bulk = sms.send_bulk(_bulk_with([*statuses, "m-6"]))
    assert [fate.outcome for fate in bulk] == [
        "accepted",
        "refused",
        "refused",
        "unknown",
        "unknown",
        "unknown",
    ]


def test_a_bulk_answer_without_fates_speaks_for_the_whole(sms: Api, gateway: Gateway) -> None:
    gateway.script["bulk"] = [httpx.Response(200, json={"code": 0, "correlationId": "c-1", "items": []})]
    bulk = sms.send_bulk(MANY, "hello")
    assert [fate.outcome for fate in bulk] == ["accepted"] * 3
    assert bulk.correlation_id == "c-1"


def test_a_bulk_answer_that_leaves_some_out_does_not_speak_for_them(
    sms: Api, gateway: Gateway, world: World
) -> None:
    told = [world.fate("m-2", "QUEUED"), None, world.fate("another", "QUEUED")]
    gateway.script["bulk"] = [httpx.Response(200, json={"smsMessageDeliveryStatuses": told})]
    bulk = sms.send_bulk(_bulk_with(["m-1", "m-2"]))
    assert [fate.outcome for fate in bulk] == ["unknown", "accepted"]


def test_an_expired_token_in_mid_flight_is_renewed_and_the_message_sent_once(
    sms: Api, gateway: Gateway
) -> None:
    sms.send(TO, "first")
    gateway.valid = set()
    sms.send(TO, "second")
    assert [text for _, _, text in gateway.ledger] == ["first", "second"]
    assert gateway.count("token") == 2
    assert gateway.count("send") == 3


def test_a_token_that_is_refused_for_ever_is_an_authentication_error(sms: Api, gateway: Gateway) -> None:
    gateway.always["send"] = "401"
    with pytest.raises(AuthenticationError, match="client_id") as raised:
        sms.send(TO, "hello")
    assert raised.value.status_code == 401
    assert gateway.count("send") == 2
    assert gateway.ledger == []


@pytest.mark.parametrize(
    "fault", ["connect", "timeout", "closed", "500", "503", "garbled", "{}", "302", "429"]
)
def test_without_a_token_nothing_is_sent(sms: Api, gateway: Gateway, fault: str) -> None:
    gateway.always["token"] = fault
    with pytest.raises(TokenUnavailable) as raised:
        sms.send(TO, "hello")
    assert raised.value.sent == "no"
    assert gateway.count("send") == 0
    assert gateway.count("token") == 4


@pytest.mark.parametrize("fault", ["connect", "timeout", "closed", "500", "garbled", "{}", "429"])
def test_a_token_operation_that_comes_back_is_asked_again(sms: Api, gateway: Gateway, fault: str) -> None:
    gateway.script["token"] = [fault]
    sms.send(TO, "hello")
    assert len(gateway.ledger) == 1


def test_a_token_lost_after_a_401_is_no_unknown_outcome(sms: Api, gateway: Gateway) -> None:
    gateway.script["send"] = ["401"]
    gateway.script["token"] = ["ok", "timeout", "closed"]
    sms.send(TO, "hello")
    assert len(gateway.ledger) == 1


def test_an_answer_lost_after_a_401_is_reconciled(sms: Api, gateway: Gateway) -> None:
    gateway.script["send"] = ["401", "timeout taken"]
    assert sms.send(TO, "hello").reconciled
    assert len(gateway.ledger) == 1


def test_a_number_of_tries_of_one_repeats_nothing(make: Callable[..., Api], gateway: Gateway) -> None:
    gateway.always["send"] = "connect"
    with pytest.raises(Unreachable):
        make(retry=RetryPolicy(attempts=1)).send(TO, "hello")
    assert gateway.count("send") == 1


def test_reconciling_for_no_time_asks_once_with_time_for_an_answer(
    make: Callable[..., Api], gateway: Gateway
) -> None:
    gateway.script["send"] = ["500 taken"]
    assert make(reconcile_for=0).send(TO, "hello").reconciled
    gateway.script["bulk"] = ["500 taken"]
    assert make(reconcile_for=0).send_bulk(MANY, "hello").reconciled
    timeouts = [r.extensions["timeout"]["read"] for name, r in gateway.seen if "status" in name]
    assert timeouts == [15.0, 15.0]


def test_a_callback_that_fails_does_not_hide_that_the_send_may_be_taken(
    make: Callable[..., Api], gateway: Gateway
) -> None:
    def fail(event: RetryEvent) -> None:
        raise LookupError(event.reason)

    gateway.script["send"] = ["timeout"]
    with pytest.raises(OutcomeUnknown) as raised:
        make(on_retry=fail, resend_when_absent=True).send(TO, "hello")
    assert isinstance(raised.value.__cause__, LookupError)
    gateway.script["send"] = ["connect"]
    with pytest.raises(LookupError):
        make(on_retry=fail).send(TO, "hello")
    assert gateway.ledger == []


def test_a_client_that_is_closed_in_mid_send_does_not_say_that_nothing_was_sent(
    make: Callable[..., Api], gateway: Gateway
) -> None:
    api = make()

    def take_and_close(request: httpx.Request) -> httpx.Response:
        gateway._send(request)
        # As another thread would close it, while this one waits for the answer.
        if hasattr(api.client, "_clients"):
            api.client._clients.is_closed = True
        else:
            api.client.close()
        raise httpx.ReadTimeout("scripted", request=request)

    gateway.script["send"] = [take_and_close]
    with pytest.raises(OutcomeUnknown):
        api.send(TO, "hello")
    assert len(gateway.ledger) == 1


def test_an_id_too_long_to_ask_for_does_not_hide_the_outcome(sms: Api, gateway: Gateway) -> None:
    gateway.script["send"] = ["timeout taken"]
    with pytest.raises(OutcomeUnknown) as raised:
        sms.send(TO, "hello", message_id="m" * 70_000)
    assert len(raised.value.message_ids[0]) == 70_000


@pytest.mark.parametrize("name", ["a/b", "a b", "ä", "%2e%2e", "a?b#c", "x\ny", "\x00", "..."])
def test_ids_of_the_caller_s_are_found_whatever_they_hold(sms: Api, gateway: Gateway, name: str) -> None:
    gateway.script["send"] = ["timeout taken"]
    assert sms.send(TO, "hello", message_id=name).reconciled
    assert sms.status(name).message_id == name
    gateway.script["bulk"] = ["timeout taken"]
    assert sms.send_bulk(MANY, "hello", bulk_id=name).reconciled


def _bulk_with(ids: list[str]) -> object:
    from blackkonnect_sms_api.models import (  # noqa: PLC0415
        BulkSmsMessageRequest,
        MessageDestination,
        SmsMessage,
    )

    destinations = [
        MessageDestination(destination=f"+23320000000{index}", message_id=one)
        for index, one in enumerate(ids, 1)
    ]
    return BulkSmsMessageRequest(messages=[SmsMessage(destinations=destinations, text="hello")])
