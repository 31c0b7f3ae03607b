"""`sendBulkMessages`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from blackkonnect_emulator import rules
from blackkonnect_emulator.answers import Answer
from blackkonnect_emulator.gateway import Call, Gateway
from blackkonnect_emulator.ids import Block
from blackkonnect_emulator.lifecycle import QUEUED
from blackkonnect_emulator.operations.accepting import Path, Sending, carry_out, envelope, plan_of
from blackkonnect_emulator.outcome_kinds import Outcome
from blackkonnect_emulator.problems import Place, rules_broken
from blackkonnect_emulator.records import NewMessages, NewRequest
from blackkonnect_emulator.segmentation import parts
from blackkonnect_emulator.statuses import group
from blackkonnect_emulator.store import CONVERSATION, FIRST_MESSAGE

Entries = Sequence[Mapping[str, Any]]


class _Run(NamedTuple):
    """Messages of an entry, by its number, that share all but their ids and destinations."""

    entry: int
    message_ids: Sequence[str]
    destinations: Sequence[str]
    source_address: str | None
    outcome: Outcome | None


async def send_bulk_messages(gateway: Gateway, call: Call) -> Answer:
    """Take several texts, each for its destinations, in their order."""
    return await carry_out(gateway, call, bulk(gateway, call))


def bulk(gateway: Gateway, call: Call) -> Sending:
    """Tell what is to be done for several texts, each for its destinations."""
    body = call.body
    entries: Entries = body["messages"]
    needed = [parts(entry["text"]) for entry in entries]
    if broken := _broken(gateway, entries, needed, call.now):
        raise rules_broken(broken)
    correlation_id = call.tenant.ids.new()
    block = Block(correlation_id)
    items = with_ids(entries, block)
    bulk_id = body["bulkId"] if "bulkId" in body else block.id(FIRST_MESSAGE + 2 * _count(entries))
    runs, fates = _runs(gateway, call, items, needed)
    request = None
    if runs:
        request = NewRequest(
            tenant=call.tenant.number,
            operation=call.operation.operation_id,
            correlation_id=correlation_id,
            bulk_id=bulk_id,
            accepted_at=call.now,
            content=call.entry.body,
            messages=_planned(gateway, call, items, needed, runs),
            refuse_used=gateway.profile.duplicate_ids == "refuse",
            receipts=gateway.receipts_of(call.tenant),
        )
    answer = envelope(
        items,
        no_words=call.operation.success.no_words,
        correlation_id=correlation_id,
        conversation_id=block.id(CONVERSATION),
        request_id=body.get("requestId", correlation_id),
    )
    answer["bulkId"] = bulk_id
    answer["smsMessageDeliveryStatuses"] = fates
    return Sending(request, Answer.json(answer), lambda: _chosen_ids(entries))


def _count(entries: Entries) -> int:
    return sum(len(entry["destinations"]) for entry in entries)


def _chosen_ids(entries: Entries) -> Iterator[tuple[str, Path]]:
    for number, entry in enumerate(entries):
        for place, destination in enumerate(entry["destinations"]):
            if "messageId" in destination:
                yield destination["messageId"], ("messages", number, "destinations", place, "messageId")


def _broken(gateway: Gateway, entries: Entries, needed: Sequence[int], now: int) -> list[Place]:
    broken: list[Place] = []
    for number, entry in enumerate(entries):
        path: Path = ("messages", number)
        broken += rules.text_short_enough(needed[number], path, gateway.profile)
        broken += rules.send_at_in_reach(entry, path, now, gateway.profile)
        broken += rules.window_long_enough(entry, path, gateway.profile)
    chosen = [
        destination["messageId"]
        for entry in entries
        for destination in entry["destinations"]
        if "messageId" in destination
    ]
    if len(set(chosen)) < len(chosen):
        broken += rules.ids_differ(_chosen_ids(entries), gateway.profile)
    return broken


def with_ids(entries: Entries, block: Block) -> Entries:
    """Give each message an id that has none, from the second half of the request's block.

    Args:
        entries: The entries of a bulk, as they came.
        block: The ids of the request.
    """
    number = FIRST_MESSAGE + _count(entries)
    items: list[Mapping[str, Any]] = []
    for entry in entries:
        destinations = entry["destinations"]
        if not all("messageId" in destination for destination in destinations):
            made = block.ids(number, len(destinations))
            destinations = [
                given if "messageId" in given else {**given, "messageId": message_id}
                for given, message_id in zip(destinations, made, strict=True)
            ]
            entry = {**entry, "destinations": destinations}  # noqa: PLW2901 - the same entry, with its ids
        number += len(destinations)
        items.append(entry)
    return items


def _runs(
    gateway: Gateway, call: Call, items: Entries, needed: Sequence[int]
) -> tuple[list[_Run], list[dict[str, Any]]]:
    """Put messages together that differ in id and destination alone, and tell the fates of all."""
    sender = call.body.get("sourceAddress")
    runs: list[_Run] = []
    fates: list[dict[str, Any]] = []
    for number, item in enumerate(items):
        given = item["destinations"]
        numbers = [destination["destination"] for destination in given]
        outcomes = gateway.outcomes.special(call.tenant.name, numbers)
        senders = any("sourceAddress" in destination for destination in given)
        for start, end in _alike(given, outcomes, senders=senders, turns=call.tenant.queue is not None):
            outcome = outcomes.get(start)
            some = given[start:end]
            ids = [destination["messageId"] for destination in some]
            to = numbers[start:end]
            refused = outcome is not None and outcome.refused
            status = group(outcome.final_status if outcome is not None and refused else QUEUED)
            fates += [
                {
                    "messageId": message_id,
                    "messageGroupStatus": status,
                    "destination": destination,
                    "smsCount": needed[number],
                }
                for message_id, destination in zip(ids, to, strict=True)
            ]
            if not refused:
                runs.append(_Run(number, ids, to, given[start].get("sourceAddress", sender), outcome))
    return runs, fates


def _planned(
    gateway: Gateway, call: Call, items: Entries, needed: Sequence[int], runs: Sequence[_Run]
) -> list[NewMessages]:
    """Plan all messages; where they wait for turns, those of a higher priority get theirs first."""
    turns = list(range(len(runs)))
    if call.tenant.queue is not None:
        turns.sort(key=lambda place: -int(items[runs[place].entry].get("priority", 0)))
    plans = {place: plan_of(gateway, call, items[runs[place].entry], runs[place].outcome) for place in turns}
    return [
        NewMessages(
            run.entry,
            run.message_ids,
            run.destinations,
            run.source_address,
            needed[run.entry],
            plans[place],
            None if run.outcome is None else run.outcome.name,
        )
        for place, run in enumerate(runs)
    ]


def _alike(
    given: Sequence[Mapping[str, Any]], outcomes: Mapping[int, Outcome], *, senders: bool, turns: bool
) -> Iterator[tuple[int, int]]:
    """Cut destinations into runs that share sender and plan: one with a forced outcome or a turn is alone."""
    start = 0
    for place in range(1, len(given) if outcomes or senders or turns else 0):
        differs = given[place].get("sourceAddress") != given[start].get("sourceAddress")
        if turns or differs or place in outcomes or start in outcomes:
            yield start, place
            start = place
    yield start, len(given)
