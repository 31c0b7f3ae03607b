"""What goes into the store and what comes out of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from blackkonnect_emulator.lifecycle import Plan


class Message(NamedTuple):
    """A message as it is remembered."""

    message_id: str
    uuid: str
    bulk_id: str | None
    destination: str
    source_address: str | None
    plan: Plan


class NewMessage(NamedTuple):
    """A message to remember.

    Attributes:
        entry: The number of the request's entry that it belongs to.
        parts: How many parts its text needs.
    """

    message_id: str
    uuid: str
    entry: int
    destination: str
    source_address: str | None
    parts: int
    plan: Plan


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A request to remember, with its messages.

    Attributes:
        tenant: Whose it is.
        operation: The operation that it came by.
        correlation_id: The gateway's id of it.
        conversation_id: The gateway's id of the exchange.
        bulk_id: The bulk's id; `None` for a single message.
        accepted_at: When it was accepted.
        content: What was asked for, as JSON.
        messages: Its messages, in their order.
        unused_message_ids: Which ids the sender chose; they must not have been used before.
        unused_bulk_id: Whether the sender chose the bulk's id, which must not have been used before.
    """

    tenant: str
    operation: str
    correlation_id: str
    conversation_id: str
    bulk_id: str | None
    accepted_at: int
    content: bytes
    messages: Sequence[NewMessage]
    unused_message_ids: Sequence[str]
    unused_bulk_id: bool


class Page(NamedTuple):
    """Which messages of a bulk to list.

    Attributes:
        sort: What to sort by, as `field,asc` or `field,desc`; then in the order of the request.
        offset: How many messages to pass over.
        size: How many to list.
    """

    sort: Sequence[str]
    offset: int
    size: int


class IdsUsedError(Exception):
    """Ids were used before.

    Attributes:
        message_ids: Which ids of messages.
        bulk_id: Whether the bulk's.
    """

    def __init__(self, message_ids: frozenset[str], bulk_id: bool) -> None:  # noqa: FBT001 - read by name
        super().__init__("ids were used before")
        self.message_ids = message_ids
        self.bulk_id = bulk_id
