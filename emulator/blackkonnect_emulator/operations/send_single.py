"""`sendMessage`."""

import orjson

from blackkonnect_emulator import rules
from blackkonnect_emulator.answers import Answer
from blackkonnect_emulator.gateway import Call, Gateway
from blackkonnect_emulator.lifecycle import QUEUED, plan
from blackkonnect_emulator.operations.accepting import already_used, envelope
from blackkonnect_emulator.problems import rules_broken
from blackkonnect_emulator.records import IdsUsedError, NewMessage, NewRequest
from blackkonnect_emulator.segmentation import parts


async def send_message(gateway: Gateway, call: Call) -> Answer:
    """Take one message for one destination."""
    body = call.body
    needed = parts(body["text"])
    if broken := rules.text_short_enough(needed, (), gateway.profile):
        raise rules_broken(broken)
    chosen = [(body["messageId"], ("messageId",))] if "messageId" in body else []
    item = body if chosen else {**body, "messageId": gateway.ids.new()}
    correlation_id, conversation_id = gateway.ids.new(), gateway.ids.new()
    now = gateway.clock.now()
    message = NewMessage(
        message_id=item["messageId"],
        uuid=gateway.ids.new(),
        entry=0,
        destination=body["destination"],
        source_address=body.get("sourceAddress"),
        parts=needed,
        plan=plan(
            now, gateway.pace, gateway.profile.longest_validity_minutes, priority=int(body.get("priority", 0))
        ),
    )
    request = NewRequest(
        tenant=call.tenant,
        operation=call.operation.operation_id,
        correlation_id=correlation_id,
        conversation_id=conversation_id,
        bulk_id=None,
        accepted_at=now,
        content=orjson.dumps(item),
        messages=[message],
        unused_message_ids=[used for used, _ in chosen] if gateway.profile.duplicate_ids == "refuse" else [],
        unused_bulk_id=False,
    )
    try:
        await gateway.store.add(request)
    except IdsUsedError as error:
        raise already_used(error, chosen) from None
    answer = envelope(
        [item],
        no_words=call.operation.success.no_words,
        correlation_id=correlation_id,
        conversation_id=conversation_id,
        request_id=body.get("requestId", correlation_id),
    )
    answer["deliveryStatus"] = QUEUED
    return Answer.json(answer)
