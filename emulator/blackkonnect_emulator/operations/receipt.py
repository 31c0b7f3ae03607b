"""`handleDeliveryReceipt`."""

import sqlite3

from blackkonnect_emulator.answers import Answer
from blackkonnect_emulator.gateway import Call, Gateway
from blackkonnect_emulator.lifecycle import Plan, reached, with_receipt
from blackkonnect_emulator.operations.status import not_found
from blackkonnect_emulator.parameters import Values
from blackkonnect_emulator.records import Message
from blackkonnect_emulator.timestamps import milliseconds

# What a receipt tells of itself, handed back as it came.
_HANDED_BACK = ("partReferenceId", "receiptId")


async def handle_delivery_receipt(gateway: Gateway, call: Call) -> Answer:
    """Take what the network operator tells of a message."""
    told = call.parameters
    told_at = milliseconds(told["deliveryTimestamp"]) if "deliveryTimestamp" in told else None
    now = call.now

    def change(message: Message) -> Plan | None:
        if not _is_meant(message, told):
            return None
        return with_receipt(
            message.plan, told["deliveryStatus"], told_at, now, gateway.document.final_statuses
        )

    def changed(connection: sqlite3.Connection, message: Message, plan: Plan) -> None:
        gateway.receipts.follow_plan(connection, call.tenant, message.number, message.plan, plan)

    message = await gateway.store.change(call.tenant.number, told["messageId"], change, changed)
    if message is None:
        raise not_found("message")
    call.tenant.agenda.add(message.plan[1:3], now)
    gateway.receipts.wake()
    gateway.changes.bump()
    success = call.operation.success
    taken = {
        "uuid": message.uuid,
        "messageId": message.message_id,
        "bulkReferenceId": message.bulk_id,
        "destination": message.destination,
        "sourceAddress": message.source_address,
        "deliveryStatus": reached(message.plan, now).status,
        **{name: told[name] for name in _HANDED_BACK if name in told},
    }
    data = {name: value for name, value in taken.items() if value is not None}
    return Answer.json({"code": 0, "message": success.no_words, "data": data, "items": [data]})


def _is_meant(message: Message, told: Values) -> bool:
    """Tell whether the bulk and the number of a receipt, where it has them, are the message's."""
    if "bulkReferenceId" in told and told["bulkReferenceId"] != message.bulk_id:
        return False
    # Operators write a number without the plus sign.
    return "destination" not in told or told["destination"].lstrip("+") == message.destination.lstrip("+")
