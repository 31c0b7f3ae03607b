"""`sendBulkMessages`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson

from blackkonnect_emulator import rules
from blackkonnect_emulator.answers import Answer
from blackkonnect_emulator.delivery_window import DeliveryWindow
from blackkonnect_emulator.gateway import Call, Gateway
from blackkonnect_emulator.lifecycle import QUEUED, Plan, plan
from blackkonnect_emulator.operations.accepting import ChosenIds, Path, already_used, envelope
from blackkonnect_emulator.problems import Place, rules_broken
from blackkonnect_emulator.records import IdsUsedError, NewMessage, NewRequest
from blackkonnect_emulator.segmentation import parts
from blackkonnect_emulator.statuses import group
from blackkonnect_emulator.timestamps import milliseconds


async def send_bulk_messages(gateway: Gateway, call: Call) -> Answer:
    """Take several texts, each for its destinations, in their order."""
    body = call.body
    now = gateway.clock.now()
    chosen = list(_chosen_ids(body["messages"]))
    needed = [parts(entry["text"]) for entry in body["messages"]]
    if broken := _broken(gateway, body["messages"], needed, chosen, now):
        raise rules_broken(broken)
    items = [_with_ids(gateway, entry) for entry in body["messages"]]
    messages = list(_messages(gateway, items, needed, body.get("sourceAddress"), now))
    bulk_id = body["bulkId"] if "bulkId" in body else gateway.ids.new()
    correlation_id, conversation_id = gateway.ids.new(), gateway.ids.new()
    refuses = gateway.profile.duplicate_ids == "refuse"
    request = NewRequest(
        tenant=call.tenant,
        operation=call.operation.operation_id,
        correlation_id=correlation_id,
        conversation_id=conversation_id,
        bulk_id=bulk_id,
        accepted_at=now,
        content=orjson.dumps({**body, "bulkId": bulk_id, "messages": items}),
        messages=messages,
        unused_message_ids=[used for used, _ in chosen] if refuses else [],
        unused_bulk_id=refuses and "bulkId" in body,
    )
    try:
        await gateway.store.add(request)
    except IdsUsedError as error:
        raise already_used(error, chosen) from None
    answer = envelope(
        items,
        no_words=call.operation.success.no_words,
        correlation_id=correlation_id,
        conversation_id=conversation_id,
        request_id=body.get("requestId", correlation_id),
    )
    answer["bulkId"] = bulk_id
    answer["smsMessageDeliveryStatuses"] = _fates(messages)
    return Answer.json(answer)


def _chosen_ids(entries: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Path]]:
    for number, entry in enumerate(entries):
        for place, destination in enumerate(entry["destinations"]):
            if "messageId" in destination:
                yield destination["messageId"], ("messages", number, "destinations", place, "messageId")


def _broken(
    gateway: Gateway, entries: Sequence[Mapping[str, Any]], needed: Sequence[int], chosen: ChosenIds, now: int
) -> list[Place]:
    broken: list[Place] = []
    for number, entry in enumerate(entries):
        path: Path = ("messages", number)
        broken += rules.text_short_enough(needed[number], path, gateway.profile)
        broken += rules.send_at_in_reach(entry, path, now, gateway.profile)
        broken += rules.window_long_enough(entry, path, gateway.profile)
    return broken + rules.ids_differ(chosen, gateway.profile)


def _with_ids(gateway: Gateway, entry: Mapping[str, Any]) -> Mapping[str, Any]:
    destinations = [
        given if "messageId" in given else {**given, "messageId": gateway.ids.new()}
        for given in entry["destinations"]
    ]
    return {**entry, "destinations": destinations}


def _messages(
    gateway: Gateway,
    items: Sequence[Mapping[str, Any]],
    needed: Sequence[int],
    source_address: str | None,
    now: int,
) -> Iterator[NewMessage]:
    for number, item in enumerate(items):
        planned = _plan(gateway, item, now)
        for given in item["destinations"]:
            yield NewMessage(
                message_id=given["messageId"],
                uuid=gateway.ids.new(),
                entry=number,
                destination=given["destination"],
                source_address=given.get("sourceAddress", source_address),
                parts=needed[number],
                plan=planned,
            )


def _plan(gateway: Gateway, item: Mapping[str, Any], now: int) -> Plan:
    window, validity = item.get("deliveryTimeWindow"), item.get("validityPeriodMinutes")
    return plan(
        now,
        gateway.pace,
        gateway.profile.longest_validity_minutes,
        send_at=milliseconds(item["sendAt"]) if "sendAt" in item else None,
        window=None if window is None else DeliveryWindow.read(window),
        validity_minutes=None if validity is None else int(validity),
        priority=int(item.get("priority", 0)),
    )


def _fates(messages: Sequence[NewMessage]) -> list[dict[str, Any]]:
    queued = group(QUEUED)
    return [
        {
            "messageId": message.message_id,
            "messageGroupStatus": queued,
            "destination": message.destination,
            "smsCount": message.parts,
        }
        for message in messages
    ]
