"""What a delivery status means."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from blackkonnect_sms_api.facts import DELIVERY_STATUSES
from blackkonnect_sms_api.records import field, frozen
from blackkonnect_sms_api.types import UNSET, Unset

from blackkonnect_sms.results import shown

if TYPE_CHECKING:
    import datetime as dt

    from blackkonnect_sms_api.models import GatewayMessageDeliveryStatus, GatewayMessageDeliveryStatusDTO

__all__ = ["MessageStatus", "is_final"]

T = TypeVar("T")


def is_final(status: str | None) -> bool:
    """Tell whether a message with this status has reached its end.

    Args:
        status: A ``deliveryStatus`` as the gateway told it.

    Returns:
        True for the final statuses of the document; False for the others, for those that it does not
        know, and for None.
    """
    return DELIVERY_STATUSES.get(status, False) if status is not None else False


@frozen
class MessageStatus:
    """The latest status of one message.

    Attributes:
        message_id: The message's id, the sender's own where it chose one.
        status: The ``deliveryStatus`` as the gateway told it; it may be one that this version does not know.
        destination: The number that the message goes to; a repr shows its last four digits alone.
        sender: The sender that the phone shows; a number is shown as the destination is.
        timestamp: When the message reached this status.
        bulk_id: The bulk that the message belongs to.
        uuid: The gateway's own id of the message.
    """

    message_id: str | None
    status: str | None
    destination: str | None = field(default=None, repr=shown)
    sender: str | None = field(default=None, repr=shown)
    timestamp: dt.datetime | None = None
    bulk_id: str | None = None
    uuid: str | None = None

    @property
    def is_final(self) -> bool:
        """Whether the message has reached its end."""
        return is_final(self.status)

    @classmethod
    def from_answer(
        cls, answer: GatewayMessageDeliveryStatus | GatewayMessageDeliveryStatusDTO
    ) -> MessageStatus:
        """Return the status that an answer of either edition tells."""
        uuid = known(answer.uuid)
        return cls(
            message_id=known(answer.message_id),
            status=known(answer.delivery_status),
            destination=known(answer.destination),
            sender=known(getattr(answer, "source_address", UNSET)),
            timestamp=known(answer.delivery_timestamp),
            bulk_id=known(answer.bulk_reference_id),
            uuid=str(uuid) if uuid is not None else None,
        )


def known(value: T | Unset) -> T | None:
    """Return a field's value, or None where the answer left it out."""
    return None if isinstance(value, Unset) else value
