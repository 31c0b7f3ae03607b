"""What each operation of the document does, by its operationId."""

from collections.abc import Awaitable, Callable, Mapping

from blackkonnect_emulator.answers import Answer
from blackkonnect_emulator.gateway import Call, Gateway
from blackkonnect_emulator.operations.accepting import Sending
from blackkonnect_emulator.operations.receipt import handle_delivery_receipt
from blackkonnect_emulator.operations.send_bulk import bulk, send_bulk_messages
from blackkonnect_emulator.operations.send_single import send_message, single
from blackkonnect_emulator.operations.status import get_bulk_message_status, get_message_status
from blackkonnect_emulator.operations.token import retrieve_access_token

Handler = Callable[[Gateway, Call], Awaitable[Answer]]

Prepare = Callable[[Gateway, Call], Sending]

HANDLERS: Mapping[str, Handler] = {
    "retrieveAccessToken": retrieve_access_token,
    "sendMessage": send_message,
    "sendBulkMessages": send_bulk_messages,
    "getMessageStatus": get_message_status,
    "getBulkMessageStatus": get_bulk_message_status,
    "handleDeliveryReceipt": handle_delivery_receipt,
}

SENDS: Mapping[str, Prepare] = {"sendMessage": single, "sendBulkMessages": bulk}
"""What the sends do before anything is stored."""
