"""The request and the answer behind a message, from what is stored, once the journal has let go of them."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson

from blackkonnect_emulator.document import Document, Operation
from blackkonnect_emulator.ids import Block
from blackkonnect_emulator.lifecycle import QUEUED
from blackkonnect_emulator.message_rows import StoredRequest, request_behind
from blackkonnect_emulator.operations.accepting import envelope
from blackkonnect_emulator.operations.send_bulk import with_ids
from blackkonnect_emulator.outcome_kinds import OUTCOMES
from blackkonnect_emulator.segmentation import parts
from blackkonnect_emulator.statuses import group
from blackkonnect_emulator.store import CONVERSATION

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway

# Of a long body the journal shows no more either.
_LONGEST_BODY = 32 * 1024
# What is refused is not stored. All that could have become of it is the same, or no answer could be rebuilt.
(_REFUSED,) = {outcome.final_status for outcome in OUTCOMES.values() if outcome.refused}


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A request as it came, and its answer as it was made; their headers and what a fault did are not stored.

    Attributes:
        operation: The operation's name in the document.
        line: Method and path; `None` where the edition has no such operation.
        request_body: The body as it came, or its begin where it is long.
        answer_body: The body of the answer of status 200, or its begin where it is long; `None` where it
            can't be rebuilt.
    """

    operation: str
    line: str | None
    request_body: bytes = field(repr=False)
    answer_body: bytes | None = field(repr=False)


async def rebuilt(gateway: "Gateway", number: int) -> Rebuilt | None:
    """Rebuild what is behind a message.

    Args:
        gateway: Whose message; the answer is written as its edition has it.
        number: The emulator's own number of the message.

    Returns:
        `None` where there is no such message.
    """
    document = gateway.document
    # Not on the event loop: a bulk may have very many messages.
    return await gateway.store.read(lambda connection: _rebuild(connection, document, number))


def _rebuild(connection: sqlite3.Connection, document: Document, number: int) -> Rebuilt | None:
    stored = request_behind(connection, number)
    if stored is None:
        return None
    operation = next((known for known in document.operations if known.operation_id == stored.operation), None)
    answer = None if operation is None else _answer(operation, stored)
    return Rebuilt(
        operation=stored.operation,
        line=None if operation is None else f"{operation.method} {operation.path}",
        request_body=stored.content[:_LONGEST_BODY],
        answer_body=None if answer is None else orjson.dumps(answer)[:_LONGEST_BODY],
    )


def _answer(operation: Operation, stored: StoredRequest) -> dict[str, Any] | None:
    body = orjson.loads(stored.content)
    block = Block(stored.correlation_id)
    bulk = "messages" in body
    items = with_ids(body["messages"], block) if bulk else _single_items(stored, body)
    answer = envelope(
        items,
        no_words=operation.success.no_words,
        correlation_id=stored.correlation_id,
        conversation_id=block.id(CONVERSATION),
        request_id=body.get("requestId", stored.correlation_id),
    )
    if not bulk:
        return {**answer, "deliveryStatus": QUEUED}
    fates = _fates(stored, items)
    if fates is None:
        return None
    return {**answer, "bulkId": stored.bulk_id, "smsMessageDeliveryStatuses": fates}


def _single_items(stored: StoredRequest, body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    (_, message_id, _) = stored.messages[0]
    return [body if "messageId" in body else {**body, "messageId": message_id}]


def _fates(stored: StoredRequest, items: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]] | None:
    """Tell what became of each message; `None` where what is stored is not what was asked for."""
    taken = iter(stored.messages)
    following = next(taken, None)
    fates: list[dict[str, Any]] = []
    for place, message_id, destination, needed in _wanted(items):
        status = _REFUSED
        if following == (place, message_id, destination):
            status, following = QUEUED, next(taken, None)
        fates.append(
            {
                "messageId": message_id,
                "messageGroupStatus": group(status),
                "destination": destination,
                "smsCount": needed,
            }
        )
    return fates if following is None else None


def _wanted(items: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, str, str, int]]:
    for place, item in enumerate(items):
        needed = parts(item["text"])
        for given in item["destinations"]:
            yield place, given["messageId"], given["destination"], needed
