"""What a receipt says, as the document's webhook has it."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import quote
from uuid import UUID, uuid5

from blackkonnect_emulator.document import Document, DocumentError
from blackkonnect_emulator.timestamps import rfc3339

_OPERATION = "receiveDeliveryReceipt"
# A status is the whole message's, as that of its first part.
_PART = "1"
# RFC 3986, section 3.4, lets a query hold it as it is, and each time of day does.
_SAFE = ":"
_NAMESPACE = UUID("6d0cfbf4-1f2e-5b0a-9a57-0d3c5f6b8e21")


class Told(NamedTuple):
    """What a receipt tells.

    Attributes:
        message_id: The id of the message.
        status: The status that it reached.
        since: When it reached it, in milliseconds.
        bulk_id: The bulk that it belongs to, if any.
        receipt_id: The receipt's own id, the same however often it is delivered.
        destination: Where the message went.
        source_address: Who it is from, if it says so.
        callback_data: What the sender wants handed back, if anything.
    """

    message_id: str
    status: str
    since: int
    bulk_id: str | None
    receipt_id: str
    destination: str
    source_address: str | None
    callback_data: str | None


class ReceiptForm:
    """Writes receipts as the parameters of `receiveDeliveryReceipt`.

    Country and network codes are left out: the emulator has no operator that would know them.

    Args:
        document: Where the parameters are described.

    Raises:
        DocumentError: The webhook is not there, or needs what the emulator doesn't know.
    """

    def __init__(self, document: Document) -> None:
        described = [document.resolve(given) for given in _webhook(document)["parameters"]]
        self._names = frozenset(parameter["name"] for parameter in described)
        needed = {parameter["name"] for parameter in described if parameter.get("required")}
        known = _values(Told("", "", 0, None, "", "", None, None))
        if missing := needed - known.keys():
            raise DocumentError(f"{_OPERATION}: the emulator knows no {', '.join(sorted(missing))}")

    def query(self, told: Told) -> str:
        """Write a receipt as a query string, percent-encoded by RFC 3986, section 2.1."""
        return "&".join(
            f"{name}={quote(value, safe=_SAFE, errors='replace')}"
            for name, value in _values(told).items()
            if value is not None and name in self._names
        )


def receipt_id(correlation_id: str, place: int, status: str) -> str:
    """Make the id of a receipt; the same again for the same receipt.

    Args:
        correlation_id: The gateway's id of the request that the message came by.
        place: The message's place in the request.
        status: The status that the receipt tells.
    """
    return str(uuid5(_NAMESPACE, f"{correlation_id}/{place}/{status}"))


def _webhook(document: Document) -> Mapping[str, Any]:
    for item in document.content.get("webhooks", {}).values():
        for held in item.values():
            if isinstance(held, dict) and held.get("operationId") == _OPERATION:
                return held
    raise DocumentError(f"the document has no webhook {_OPERATION}")


def _values(told: Told) -> dict[str, str | None]:
    return {
        "messageId": told.message_id,
        "deliveryStatus": told.status,
        "deliveryTimestamp": rfc3339(told.since),
        "bulkReferenceId": told.bulk_id,
        "partReferenceId": _PART,
        "receiptId": told.receipt_id,
        "destination": told.destination,
        "sourceAddress": told.source_address,
        "callbackData": told.callback_data,
    }
