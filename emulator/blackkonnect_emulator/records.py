"""What goes into the store and what comes out of it."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from blackkonnect_emulator.lifecycle import Plan


class Message(NamedTuple):
    """A message as it is remembered.

    Attributes:
        number: Its number in the database.
        uuid: The gateway's id of it.
    """

    number: int
    message_id: str
    uuid: str
    bulk_id: str | None
    destination: str
    source_address: str | None
    outcome: str | None
    plan: Plan


class NewMessages(NamedTuple):
    """Messages to remember that differ in their ids and destinations alone.

    Attributes:
        entry: The number of the request's entry that they belong to.
        message_ids: Their ids.
        destinations: Where they go, in the same order.
        source_address: Who they are from.
        parts: How many parts their text needs.
        plan: What becomes of them.
        outcome: The name of the outcome that their number forced, if any.
    """

    entry: int
    message_ids: Sequence[str]
    destinations: Sequence[str]
    source_address: str | None
    parts: int
    plan: Plan
    outcome: str | None


class NewRequest(NamedTuple):
    """A request to remember, with its messages.

    Attributes:
        tenant: The number of whose it is.
        operation: The operation that it came by.
        correlation_id: The gateway's id of it, the first of the block of ids that it takes.
        bulk_id: The bulk's id; `None` for a single message.
        accepted_at: When it was accepted.
        content: What was asked for, as JSON.
        messages: Its messages, in their order.
        refuse_used: Whether ids that were used before are refused.
        receipts: Whether every status gets a receipt, the final one alone, or none does.
    """

    tenant: int
    operation: str
    correlation_id: str
    bulk_id: str | None
    accepted_at: int
    content: bytes
    messages: Sequence[NewMessages]
    refuse_used: bool
    receipts: Literal["every", "final"] | None = None


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
