"""What a send that was accepted comes back as."""

from __future__ import annotations

from blackkonnect_sms_api.records import field, frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from blackkonnect_sms.errors import BlackkonnectError
    from blackkonnect_sms.statuses import MessageStatus

__all__ = ["BulkResult", "Fate", "SendResult", "WaitResult", "shown"]


def shown(words: str | None) -> str:
    """Return the repr of words in which numbers show their last four digits alone."""
    from blackkonnect_sms._secrecy import masked  # noqa: PLC0415 - dear to load, and there after a request

    return repr(words and masked(words))


@frozen
class SendResult:
    """A message that the gateway took.

    Attributes:
        message_id: The id that the client chose, or was given, for the message.
        destination: The number that the message goes to; a repr shows its last four digits alone.
        status: The ``deliveryStatus`` of the answer, where it told one.
        correlation_id: The gateway's id of the request, where it told one.
        request_id: The request's own ``requestId``, where it had one.
        reconciled: True where the answer to the send was lost and the status told that it was taken.
    """

    message_id: str
    destination: str = field(repr=shown)
    status: str | None = None
    correlation_id: str | None = None
    request_id: str | None = None
    reconciled: bool = False


@frozen
class Fate:
    """What the gateway said of one destination of a bulk.

    Attributes:
        destination: The number; a repr shows its last four digits alone.
        message_id: The id that the client chose, or was given, for the message to it.
        outcome: ``"accepted"``; ``"refused"``: nothing was sent to it; ``"unknown"``: the gateway told
            nothing of it, so it may have been sent.
        status: The ``deliveryStatus``, where it was told.
        sms_count: The number of parts that the text needs, where it was told.
        description: The status in words, where it was told.
    """

    destination: str = field(repr=shown)
    message_id: str
    outcome: Literal["accepted", "refused", "unknown"]
    status: str | None = None
    sms_count: int | None = None
    description: str | None = field(default=None, repr=shown)


@frozen
class BulkResult:
    """A bulk with the fate of each destination.

    Attributes:
        bulk_id: The id that the client chose, or was given, for the bulk. Where it was split, its requests'
            are this one with ``-1``, ``-2`` and so on behind it, and the gateway knows only those.
        fates: The fate of each destination, in the order given.
        correlation_id: The gateway's id of the request, where it told one.
        request_id: The request's own ``requestId``, where it had one.
        reconciled: True where the answer to the send was lost and the status told what was taken.
        error: Why the request failed, where it did: `Refused` or its kin, and then all its fates are
            ``"refused"``, or `OutcomeUnknown`, and then all are ``"unknown"``.
        parts: The result of each request, where the bulk was split.
    """

    bulk_id: str
    fates: tuple[Fate, ...] = field(repr=lambda fates: f"<{len(fates)} destinations>")
    correlation_id: str | None = None
    request_id: str | None = None
    reconciled: bool = False
    error: BlackkonnectError | None = None
    parts: tuple[BulkResult, ...] = field(default=(), repr=lambda parts: f"<{len(parts)} requests>")

    @property
    def requests(self) -> tuple[BulkResult, ...]:
        """The result of each request: the parts, or this one."""
        return self.parts or (self,)

    @property
    def accepted(self) -> tuple[Fate, ...]:
        """The destinations whose message was taken."""
        return tuple(fate for fate in self.fates if fate.outcome == "accepted")

    @property
    def refused(self) -> tuple[Fate, ...]:
        """The destinations that nothing was sent to."""
        return tuple(fate for fate in self.fates if fate.outcome == "refused")

    @property
    def unknown(self) -> tuple[Fate, ...]:
        """The destinations of which the gateway told nothing."""
        return tuple(fate for fate in self.fates if fate.outcome == "unknown")

    @property
    def message_ids(self) -> tuple[str, ...]:
        """The ids of all messages, in the order of the destinations."""
        return tuple(fate.message_id for fate in self.fates)

    def __iter__(self) -> Iterator[Fate]:
        return iter(self.fates)

    def __len__(self) -> int:
        return len(self.fates)


@frozen
class WaitResult:
    """Where the messages stood when the waiting ended.

    Attributes:
        statuses: The latest status of each message by its id, in the order of the destinations.
        pending: The ids of the messages that are not final, or of which nothing is known yet.
    """

    statuses: dict[str, MessageStatus]
    pending: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether every message is final."""
        return not self.pending
