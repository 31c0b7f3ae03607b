"""What people and tests see of the messages that the gateway took."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from blackkonnect_emulator.lifecycle import Plan, Reached, timeline

MOST_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class SeenMessage:
    """A message as the inbox and the control API show it.

    Attributes:
        number: The emulator's own number of it; a later message has a higher one.
        tenant: Whose it is; empty for the anonymous one.
        message_id: The id that the sender chose, or the gateway.
        uuid: The gateway's id of it.
        bulk_id: The bulk that it belongs to, if any.
        correlation_id: The gateway's id of the request that it came by.
        conversation_id: The gateway's id of the exchange.
        operation: The operation that it came by.
        destination: Where it goes.
        source_address: Who it says it is from.
        text: What it says.
        encoding: `GSM 03.38` or `UCS-2`.
        parts: How many parts the text needs.
        outcome: The name of the outcome that its number forced, if any.
        details: The other fields of the message that the sender gave, as the document names them.
        plan: What becomes of it.
        now: The time of its tenant's clock that it is shown for.
        reached: The status at that time and since when.
    """

    number: int
    tenant: str
    message_id: str
    uuid: str
    bulk_id: str | None
    correlation_id: str
    conversation_id: str
    operation: str
    destination: str
    source_address: str | None
    text: str = field(repr=False)
    encoding: str
    parts: int
    outcome: str | None
    details: Mapping[str, Any] = field(repr=False)
    plan: Plan
    now: int
    reached: Reached

    def timeline(self) -> list[Reached]:
        """List the statuses that it has reached, in their order."""
        return timeline(self.plan, self.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFilter:
    """Which messages are wanted; newest first.

    Attributes:
        tenant: Whose; `None` for everybody's.
        destination: To this number, with or without the plus sign.
        source_address: From this sender.
        status: In this status now.
        message_id: With this id.
        bulk_id: Of this bulk.
        correlation_id: That came by this request.
        text: Whose text, number, sender or ids hold this, whatever the case of its letters.
        before: Older than the message of this number: the cursor.
        limit: At most so many, 1 to 1000.
    """

    tenant: str | None = None
    destination: str | None = None
    source_address: str | None = None
    status: str | None = None
    message_id: str | None = None
    bulk_id: str | None = None
    correlation_id: str | None = None
    text: str | None = None
    before: int | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone in the inbox.

    Attributes:
        tenant: Whose messages it got.
        destination: Its number.
        latest: The newest of its messages that match the filter.
    """

    tenant: str
    destination: str
    latest: SeenMessage
