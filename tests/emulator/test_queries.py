"""Finding messages, compared with looking at every one of them."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from blackkonnect_emulator import ManualClock
from blackkonnect_emulator.lifecycle import reached
from blackkonnect_emulator.text_search import BECOME_ASCII
from blackkonnect_emulator.trial import send_test
from blackkonnect_emulator.views import MessageFilter, SeenMessage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.anyio

NUMBERS = ["+233200000001", "+233200000002", "+12025550101", "+12025550105"]
# Letters whose case folds in odd ways, what JSON escapes, and what LIKE and GLOB read otherwise.
ODD = 'aKk\u212asSßẞ\u017fﬁiİI\u0131Éé\u0301Ɛɛ%_*[]^\\"/\n\t\u0000 1 7€👍'
TEXTS = st.text(st.sampled_from(ODD), min_size=1, max_size=12)
SENDERS = st.sampled_from([None, "ACME", "Straße"])

ONE = st.fixed_dictionaries(
    {"text": TEXTS, "to": st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=3), "sender": SENDERS}
)
REQUESTS = st.lists(
    st.tuples(
        st.booleans(),
        st.sampled_from(["acme", "other"]),
        st.booleans(),
        st.lists(ONE, min_size=1, max_size=3),
    ),
    max_size=6,
)


async def send(gateway: Any, clients: Any, request: Any, number: int) -> None:
    """Send a request as one sender or another would write it: with escapes or without."""
    bulk, tenant, escaped, entries = request
    if bulk:
        body: dict[str, Any] = {
            "bulkId": f"Bulk-{number}",
            "messages": [
                {
                    "text": entry["text"],
                    "callbackData": "kept",
                    "destinations": [{"destination": to} for to in entry["to"]],
                }
                for entry in entries
            ],
        }
        path = gateway.BULK
    else:
        entry = entries[0]
        body = {"text": entry["text"], "destination": entry["to"][0], "messageId": f"Order_{number}"}
        path = gateway.SINGLE
    if entries[0]["sender"] == "ACME":
        body["sourceAddress"] = "ACME"
    content = json.dumps(body, ensure_ascii=escaped)
    headers = {"Content-Type": "application/json"}
    answer = await clients[tenant].post(path, content=content.encode(), headers=headers)
    assert answer.status_code == 200, answer.text


async def everything(gateway: Any) -> list[SeenMessage]:
    found: list[SeenMessage] = await gateway.inside.queries.messages(MessageFilter(limit=1000))
    return found


def holds(message: SeenMessage, text: str) -> bool:
    sought = text.casefold()
    shown = [f"+{message.destination.removeprefix('+')}", message.source_address or "", message.text]
    shown += [one for one in (message.message_id, message.bulk_id or "") if len(one) != 36]
    return any(sought in one.casefold() for one in shown)


def fits(message: SeenMessage, wanted: MessageFilter) -> bool:
    exact = ("tenant", "source_address", "message_id", "bulk_id", "correlation_id")
    return (
        all(getattr(wanted, name) in (None, getattr(message, name)) for name in exact)
        and (wanted.destination or message.destination).lstrip("+") == message.destination.lstrip("+")
        and wanted.status in (None, message.reached.status)
        and (wanted.before is None or message.number < wanted.before)
        and (wanted.text is None or holds(message, wanted.text))
    )


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "tenant": st.sampled_from(["acme", "other", "nobody"]),
        "destination": st.sampled_from([*NUMBERS, *(number[1:] for number in NUMBERS)]),
        "source_address": st.sampled_from(["ACME", "acme"]),
        "status": st.sampled_from(["QUEUED", "SENT", "DELIVERED", "UNDELIVERED", "FAILED"]),
        "text": st.one_of(
            st.text(st.sampled_from(ODD), max_size=3),
            st.sampled_from(["order", "BULK-1", "+2332", "acme", "5550"]),
        ),
        "before": st.integers(1, 30),
        "limit": st.integers(1, 5),
    },
)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    requests=REQUESTS, filters=st.lists(FILTERS, min_size=3, max_size=6), advance=st.sampled_from([0, 0.5, 5])
)
async def test_filters_find_what_looking_at_every_message_finds(
    start: Callable[..., Any], requests: Sequence[Any], filters: Sequence[dict[str, Any]], advance: float
) -> None:
    gateway = start()
    try:
        async with gateway.signed_in("acme") as acme, gateway.signed_in("other") as other:
            for number, request in enumerate(requests):
                await send(gateway, {"acme": acme, "other": other}, request, number)
        gateway.clock.advance(advance)
        messages = await everything(gateway)
        assert [message.number for message in messages] == sorted(
            (message.number for message in messages), reverse=True
        )
        for given_filter in filters:
            wanted = MessageFilter(**given_filter)
            expected = [message for message in messages if fits(message, wanted)]
            assert await gateway.inside.queries.messages(wanted) == expected[: wanted.limit]
            of_phones = replace(wanted, before=None)
            phones: dict[tuple[str, str], SeenMessage] = {}
            for message in messages:
                if fits(message, of_phones):
                    phones.setdefault((message.tenant, message.destination), message)
            listed = [one for one in phones.values() if wanted.before is None or one.number < wanted.before]
            found = await gateway.inside.queries.phones(wanted)
            assert [phone.latest for phone in found] == listed[: wanted.limit]
        counts = await gateway.inside.queries.counts()
        phones_there = {(message.tenant, message.destination) for message in messages}
        assert counts == {"messages": len(messages), "phones": len(phones_there)}
    finally:
        gateway.inside.close()


def test_the_characters_that_become_ascii_are_all_known() -> None:
    inside = "".join(
        chr(code) for first, last in _ranges(BECOME_ASCII) for code in range(ord(first), ord(last) + 1)
    )
    folded = {chr(code) for code in range(128, 0x110000) if any(c < "\x80" for c in chr(code).casefold())}
    assert folded <= set(inside)


def _ranges(pattern: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    rest = list(pattern)
    while rest:
        first = rest.pop(0)
        last = first
        if rest[:1] == ["-"]:
            last = rest[1]
            del rest[:2]
        found.append((first, last))
    return found


async def test_a_message_shows_what_was_said_of_it(each_edition: Any) -> None:
    gateway = each_edition
    async with gateway.signed_in() as client:
        body = gateway.example("openingHours")
        answer = (await client.post(gateway.BULK, json=body)).json()
    newest, *_ = messages = await everything(gateway)
    assert newest.correlation_id == answer["correlationId"]
    assert newest.conversation_id == answer["conversationId"]
    last = body["messages"][-1]
    assert newest.text == last["text"]
    assert newest.details["callbackData"] == last["callbackData"]
    assert newest.details["validityPeriodMinutes"] == last["validityPeriodMinutes"]
    assert not {"text", "destinations", "messages", "bulkId"} & set(newest.details)
    assert newest.encoding == "GSM 03.38"
    assert newest.reached == reached(newest.plan, newest.now)
    ids = [(fate["messageId"], fate["destination"]) for fate in answer["smsMessageDeliveryStatuses"]]
    assert [(message.message_id, message.destination) for message in reversed(messages)] == ids
    for message in messages:
        for whole in (message.uuid, message.conversation_id, message.correlation_id):
            found = await gateway.inside.queries.messages(MessageFilter(text=whole.upper()))
            assert message in found
        assert await gateway.inside.queries.message(message.number) == message
        by_bulk = MessageFilter(bulk_id=answer["bulkId"], message_id=message.message_id)
        assert await gateway.inside.queries.messages(by_bulk) == [message]


@pytest.mark.parametrize("number", [-1, 0, 1, 2**63 - 1, 2**70])
async def test_a_message_that_is_not_there_is_none(gateway: Any, number: int) -> None:
    assert await gateway.inside.queries.message(number) is None


async def test_statuses_are_told_by_each_tenants_own_clock(gateway: Any) -> None:
    inside = gateway.inside
    own, _ = await inside.make_tenant("own", clock=ManualClock())
    await send_test(inside, inside.tenants.get("acme"), NUMBERS[0], None, "one")
    await send_test(inside, own, NUMBERS[0], None, "two")
    await inside.time.advance(60_000, own)
    delivered = await inside.queries.messages(MessageFilter(status="DELIVERED"))
    assert [message.tenant for message in delivered] == ["own"]
    queued = await inside.queries.messages(MessageFilter(status="QUEUED"))
    assert [message.tenant for message in queued] == ["acme"]


async def test_short_pieces_of_uuids_find_nothing(gateway: Any) -> None:
    async with gateway.signed_in() as client:
        body = {"text": "x", "destination": NUMBERS[0]}
        answer = (await client.post(gateway.SINGLE, json=body)).json()
    made = answer["data"]["messageId"]
    queries = gateway.inside.queries
    assert await queries.messages(MessageFilter(text=made[9:14])) == []
    assert len(await queries.messages(MessageFilter(text=made[:13]))) == 1
