"""What becomes of messages to the numbers that force it, through HTTP."""

import asyncio
from typing import Any

import pytest
from blackkonnect_emulator.outcome_kinds import OUTCOMES
from blackkonnect_emulator.outcome_rules import OutcomeRule

pytestmark = pytest.mark.anyio

USUAL = ["QUEUED", "SENT", "DELIVERED"]
# What is told after 0, 0.3 and 1 second, 5 seconds, 10 minutes and a second, and 48 hours.
STEPS = (0, 0.3, 0.7, 4, 596, 172_199)
TOLD: dict[str, list[str | None]] = {
    "delivered": ["QUEUED", "SENT", *["DELIVERED"] * 4],
    "undelivered": ["QUEUED", "SENT", *["UNDELIVERED"] * 4],
    "rejected": ["QUEUED", *["REJECTED"] * 5],
    "failed": ["QUEUED", *["FAILED"] * 5],
    "expired": ["QUEUED", *["SENT"] * 4, "EXPIRED"],
    "stuck": [*["QUEUED"] * 5, "EXPIRED"],
    "slow": ["QUEUED", *["SENT"] * 3, *["DELIVERED"] * 2],
    "refused": [None] * 6,
    "hidden": [*[None] * 3, *["DELIVERED"] * 3],
    "receipt-twice": ["QUEUED", "SENT", *["DELIVERED"] * 4],
    "receipt-out-of-order": ["QUEUED", "SENT", *["DELIVERED"] * 4],
    "receipt-none": ["QUEUED", "SENT", *["DELIVERED"] * 4],
}
ORDINARY = ["+233200000001", "+233200000002"]


def test_every_outcome_is_told_of() -> None:
    assert set(TOLD) == set(OUTCOMES) - {"mixed"}


@pytest.mark.parametrize("name", TOLD)
async def test_a_single_message(start: Any, name: str) -> None:
    gateway = start(token_seconds=10**7)
    asked = {**gateway.example("leastMessage"), "messageId": "m", "destination": OUTCOMES[name].number}
    async with gateway.signed_in() as client:
        answer = (await client.post(gateway.SINGLE, json=asked)).json()
        told: list[str | None] = []
        for step in STEPS:
            gateway.clock.advance(step)
            found = [await gateway.status(client, sought) for sought in ("m", answer["correlationId"])]
            assert found[0] == found[1]
            told.append(found[0])
    assert told == TOLD[name]
    refused = name == "refused"
    assert (answer["isSuccessful"], answer["code"]) == ((False, 1) if refused else (True, 0))
    words = "The message was refused; nothing was sent."
    assert not refused or answer["message"] in (words, {"description": words})
    assert answer["deliveryStatus"] == ("REJECTED" if refused else "QUEUED")
    assert [message.outcome for message in await gateway.ledger()] == ([] if refused else [name])


@pytest.mark.parametrize("sign", ["+", ""])
async def test_a_bulk_of_all_of_them_among_others(start: Any, sign: str) -> None:
    gateway = start(token_seconds=10**7)
    names = [None, *TOLD, None]
    numbers = [ORDINARY[0], *(OUTCOMES[name].number for name in TOLD), ORDINARY[1]]
    numbers = [f"{sign}{number[1:]}" for number in numbers]
    entry = {"destinations": [{"destination": number} for number in numbers], "text": "Hello"}
    async with gateway.signed_in() as client:
        answer = (await client.post(gateway.BULK, json={"bulkId": "b", "messages": [entry]})).json()
        fates = answer["smsMessageDeliveryStatuses"]
        assert answer["isSuccessful"] is True
        assert [fate["destination"] for fate in fates] == numbers
        assert [fate["messageGroupStatus"]["deliveryStatus"] for fate in fates] == [
            "REJECTED" if name == "refused" else "QUEUED" for name in names
        ]
        ids = {fate["messageId"]: name for fate, name in zip(fates, names, strict=True)}
        assert len(ids) == len(numbers)
        for place, step in enumerate(STEPS):
            gateway.clock.advance(step)
            statuses = (await client.get(gateway.BULK_STATUS.format("b"))).json()
            wanted = {
                message_id: TOLD[name or "delivered"][place]
                for message_id, name in ids.items()
                if TOLD[name or "delivered"][place] is not None
            }
            # In the order of the request, those left out that are hidden or refused.
            assert [(one["messageId"], one["deliveryStatus"]) for one in statuses] == list(wanted.items())


async def test_pages_of_a_bulk_with_some_refused(gateway: Any) -> None:
    numbers = [f"+2332000{number:05}" for number in range(20)]
    numbers[3::4] = [OUTCOMES["refused"].number] * 5
    entry = {"destinations": [{"destination": number} for number in numbers], "text": "Hello"}
    kept = [number for number in numbers if number != OUTCOMES["refused"].number]
    async with gateway.signed_in() as client:
        await client.post(gateway.BULK, json={"bulkId": "b", "messages": [entry]})
        listed: list[str] = []
        for page in range(4):
            answer = await client.get(gateway.BULK_STATUS.format("b"), params={"page": page, "size": 4})
            listed += [status["destination"] for status in answer.json()]
    assert listed == kept


async def test_all_of_a_bulk_refused(each_edition: Any) -> None:
    gateway = each_edition
    entry = {"destinations": [{"destination": OUTCOMES["refused"].number}], "text": "Hello"}
    asked = {"bulkId": "b", "messages": [entry]}
    async with gateway.signed_in() as client:
        answer = (await client.post(gateway.BULK, json=asked)).json()
        assert answer["smsMessageDeliveryStatuses"][0]["messageGroupStatus"]["deliveryStatus"] == "REJECTED"
        assert (await client.get(gateway.BULK_STATUS.format("b"))).status_code == 404
        # Nothing was kept, so the ids may be used again.
        assert (await client.post(gateway.BULK, json=asked)).status_code == 200
    assert await gateway.ledger() == []


async def test_a_short_validity_ends_what_is_forced(gateway: Any) -> None:
    destinations = [{"destination": OUTCOMES[name].number} for name in ("slow", "stuck", "expired")]
    entry = {"destinations": destinations, "text": "Hello", "validityPeriodMinutes": 5}
    async with gateway.signed_in() as client:
        await client.post(gateway.BULK, json={"bulkId": "b", "messages": [entry]})
        told: list[list[str]] = []
        for step in (299, 1):
            gateway.clock.advance(step)
            statuses = (await client.get(gateway.BULK_STATUS.format("b"))).json()
            told.append([status["deliveryStatus"] for status in statuses])
    assert told == [["SENT", "QUEUED", "SENT"], ["EXPIRED"] * 3]


async def test_mixed_is_drawn_by_the_seed(start: Any) -> None:
    drawn: list[list[str | None]] = []
    for seed in (1, 1, 2):
        gateway = start(seed=seed)
        destinations = [{"destination": OUTCOMES["mixed"].number}] * 500
        async with gateway.signed_in() as client:
            entry = {"destinations": destinations, "text": "Hello"}
            assert (await client.post(gateway.BULK, json={"messages": [entry]})).status_code == 200
        drawn.append([message.outcome for message in await gateway.ledger()])
    assert drawn[0] == drawn[1] != drawn[2]
    assert set(drawn[0]) == {"delivered", "undelivered", "expired", "failed"}
    assert 420 < drawn[0].count("delivered") < 480


async def test_rules_that_are_set(start: Any) -> None:
    rules = [OutcomeRule("+23320*", "failed"), OutcomeRule("+233200000002", "refused", tenant="acme")]
    gateway = start(outcomes=rules)
    numbers = ["+233200000001", "+233200000002", "+233240000001"]
    kept: dict[str, list[str | None]] = {}
    for name in ("acme", "other"):
        async with gateway.signed_in(name) as client:
            for number in numbers:
                asked = {**gateway.example("leastMessage"), "destination": number}
                assert (await client.post(gateway.SINGLE, json=asked)).status_code == 200
        kept[name] = [message.outcome for message in await gateway.ledger(name)]
    assert kept == {"acme": ["failed", None], "other": ["failed", "failed", None]}


async def test_many_at_once_get_theirs(gateway: Any) -> None:
    names = ["failed", "rejected", "slow", "hidden"] * 10
    async with gateway.signed_in() as client:
        least = gateway.example("leastMessage")
        answers = await asyncio.gather(
            *(
                client.post(gateway.SINGLE, json={**least, "destination": OUTCOMES[name].number})
                for name in names
            )
        )
    ledger = {message.correlation_id: message.outcome for message in await gateway.ledger()}
    assert [ledger[answer.json()["correlationId"]] for answer in answers] == names
