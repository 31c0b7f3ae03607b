"""`getMessageStatus` and `getBulkMessageStatus`."""

from typing import Any

from blackkonnect_emulator.answers import Answer
from blackkonnect_emulator.clock import SECOND
from blackkonnect_emulator.gateway import Call, Gateway
from blackkonnect_emulator.lifecycle import reached
from blackkonnect_emulator.outcome_kinds import OUTCOMES
from blackkonnect_emulator.problems import Problem
from blackkonnect_emulator.records import Message, Page
from blackkonnect_emulator.timestamps import rfc3339


async def get_message_status(gateway: Gateway, call: Call) -> Answer:
    """Tell the status of one message."""
    message = await gateway.store.message(call.tenant.number, call.parameters["correlationId"])
    if message is None or not is_found(message, call.now):
        raise not_found("message")
    return Answer.json(status(message, call.now, call.operation.success.fields))


async def get_bulk_message_status(gateway: Gateway, call: Call) -> Answer:
    """Tell the statuses of a bulk's messages: a page, or the first where the edition answers one object."""
    found = await gateway.store.bulk(call.tenant.number, call.parameters["bulkCorrelationId"])
    if found is None or found[1] > call.now:
        raise not_found("bulk")
    success = call.operation.success
    # An edition that doesn't page answers the first message.
    size = call.parameters.get("size", 1)
    page = Page(call.parameters.get("sort", ()), call.parameters.get("page", 0) * size, size)
    messages = await gateway.store.page(found[0], page, call.now)
    statuses = [
        status(message, call.now, success.fields) for message in messages if is_found(message, call.now)
    ]
    if success.is_array:
        return Answer.json(statuses)
    if not statuses:
        raise not_found("bulk")
    return Answer.json(statuses[0])


def is_found(message: Message, now: int) -> bool:
    """Tell whether a message's status is found yet, which an outcome or a lag may put off.

    Args:
        message: The message.
        now: The time that the status is told for.
    """
    hidden = 0 if message.outcome is None else OUTCOMES[message.outcome].hidden_seconds * SECOND
    return message.plan.queued_at + hidden <= now


def not_found(kind: str) -> Problem:
    """Make the problem of an id that is nobody's or another client's, which is the same to the asker."""
    return Problem(404, f"No {kind} of this client's has this id.")


def status(message: Message, now: int, fields: frozenset[str]) -> dict[str, Any]:
    """Write a message's status.

    Args:
        message: The message.
        now: The time that the status is told for.
        fields: The fields that the answer knows; what it doesn't know, or what isn't there, is left out.
    """
    latest = reached(message.plan, now)
    written = {
        "uuid": message.uuid,
        "messageId": message.message_id,
        "bulkReferenceId": message.bulk_id,
        # The status is the whole message's, as that of its first part.
        "partReferenceId": "1",
        "destination": message.destination,
        "sourceAddress": message.source_address,
        "deliveryStatus": latest.status,
        "deliveryTimestamp": rfc3339(latest.since),
    }
    return {name: value for name, value in written.items() if value is not None and name in fields}
