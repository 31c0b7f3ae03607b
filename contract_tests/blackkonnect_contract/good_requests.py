"""Requests that every gateway takes, one for each operation, with ids that nobody used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

if TYPE_CHECKING:
    from blackkonnect_contract.caller import Caller
    from blackkonnect_contract.exchange import Answer

__all__ = [
    "BULK",
    "NUMBER",
    "PAGES",
    "RECEIPT",
    "SEND",
    "STATUS",
    "TOKEN",
    "Sent",
    "a_bulk",
    "a_send",
    "new_id",
]

TOKEN = "retrieveAccessToken"  # noqa: S105 - an operation
SEND, BULK = "sendMessage", "sendBulkMessages"
STATUS, PAGES = "getMessageStatus", "getBulkMessageStatus"
RECEIPT = "handleDeliveryReceipt"
NUMBER = "+233200000001"
"""The number of the document's examples."""

_OK = 200


def new_id() -> str:
    """Return an id that nobody used."""
    return str(uuid4())


def a_send(**fields: object) -> dict[str, Any]:
    """Return the body of a single send with an id of its own.

    Args:
        fields: Fields beside or instead of the usual ones.
    """
    return {"messageId": new_id(), "text": "Your code is 482913", "destination": NUMBER, **fields}


def a_bulk(count: int = 2, *, text: str = "We open at 9 tomorrow", **fields: object) -> dict[str, Any]:
    """Return the body of a bulk of one text, with ids of its own.

    Args:
        count: To how many destinations.
        text: The text.
        fields: Fields of its message beside these.
    """
    destinations = [{"destination": f"+2332000{number:05}", "messageId": new_id()} for number in range(count)]
    return {"bulkId": new_id(), "messages": [{"text": text, "destinations": destinations, **fields}]}


class Sent:
    """One message and one bulk of a client, and for each operation a request that it takes.

    Args:
        caller: The client.
    """

    def __init__(self, caller: Caller) -> None:
        self.caller = caller
        self.message = a_send()
        self.bulk = a_bulk()
        self.told = caller.call(SEND, json_body=self.message, expect=[_OK])
        caller.call(BULK, json_body=self.bulk, expect=[_OK])

    def request(self, operation: str) -> dict[str, Any]:
        """Return the arguments of a call for an operation: a new send, or a look at what was sent.

        Raises:
            LookupError: The operation is new to the gate.
        """
        own = self.caller.credentials
        form = {
            "grant_type": "client_credentials",
            "client_id": own.client_id,
            "client_secret": own.client_secret,
        }
        requests: dict[str, dict[str, Any]] = {
            TOKEN: {"form": form},
            SEND: {"json_body": a_send()},
            BULK: {"json_body": a_bulk()},
            STATUS: {"path": {"correlationId": self.message["messageId"]}},
            PAGES: {"path": {"bulkCorrelationId": self.bulk["bulkId"]}},
            RECEIPT: {"query": [("messageId", self.message["messageId"]), ("deliveryStatus", "SENT")]},
        }
        if operation not in requests:
            message = f"the gate has no request for {operation} yet: write one in {__name__}.Sent.request"
            raise LookupError(message)
        return requests[operation]

    def is_stored(self, body: dict[str, Any]) -> tuple[bool, Answer | None]:
        """Ask whether a send or a bulk with an id of its own was taken.

        Returns:
            Whether its id is found, and the answer.
        """
        if "messages" in body:
            answer = self.caller.call(PAGES, path={"bulkCorrelationId": body["bulkId"]})
        else:
            answer = self.caller.call(STATUS, path={"correlationId": body["messageId"]})
        return answer is not None and answer.status == _OK, answer
