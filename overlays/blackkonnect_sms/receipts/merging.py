"""Which status wins, where receipts come late, twice and out of order."""

from __future__ import annotations

import datetime as dt

from attrs import evolve
from blackkonnect_sms_api.facts import DELIVERY_STATUSES

from blackkonnect_sms.errors import InvalidArgument
from blackkonnect_sms.receipts.receipt import Receipt
from blackkonnect_sms.statuses import MessageStatus, is_final

__all__ = ["merge"]

# The document lists the statuses in the order in which a message reaches them.
_ON_THE_WAY = tuple(status for status, final in DELIVERY_STATUSES.items() if not final)
_NO_TIME = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def merge(known: MessageStatus | None, receipt: Receipt) -> MessageStatus:
    """Return the status of a message after a receipt.

    - A final status stays, whatever comes after it.
    - A final one wins over one that is not, SENT over QUEUED. A status that is not known is not final and
      stands beside SENT.
    - Of statuses that stand side by side the one with the later timestamp wins; one with none is earlier
      than all. Where even the times are the same, the names decide, so that the order of coming does not.

    So a message's receipts end in the same status, in whatever order and however often they come. Where a
    gateway tells two different final statuses, against the document, the first that came stays.

    The status is the whole message's, though a receipt may name one part of it: no page tells whether each
    part of a message gets receipts of its own.

    Args:
        known: What is known of the message; None where nothing is. Its timestamp must know its time zone.
        receipt: The receipt.

    Returns:
        ``known`` itself, the same object, where the receipt changes nothing; else a new status with the
        receipt's status and timestamp, and with number, sender and bulk of both, of ``known`` first.

    Raises:
        InvalidArgument: The receipt is of another message, or a timestamp has no time zone.

    Example:
        >>> sent, delivered = Receipt("m-1", "SENT"), Receipt("m-1", "DELIVERED")
        >>> status = merge(None, delivered)
        >>> merge(status, sent) is status
        True
    """
    if known is None:
        known = MessageStatus(None, None)
    if known.message_id not in (None, receipt.message_id):
        raise InvalidArgument("receipt", "must be of the message whose status is known")
    place = _place(known.status, known.timestamp, "known")
    if is_final(known.status) or _place(receipt.status, receipt.timestamp, "receipt") <= place:
        return known
    return evolve(
        known,
        message_id=receipt.message_id,
        status=receipt.status,
        timestamp=receipt.timestamp,
        destination=_first(known.destination, receipt.destination),
        sender=_first(known.sender, receipt.sender),
        bulk_id=_first(known.bulk_id, receipt.bulk_id),
    )


def _place(
    status: str | None, timestamp: dt.datetime | None, argument: str
) -> tuple[int, bool, dt.datetime, str]:
    """Return what statuses are compared by."""
    if timestamp is not None and timestamp.utcoffset() is None:
        raise InvalidArgument(argument, "must have a timestamp that knows its time zone")
    return _rank(status), timestamp is not None, timestamp or _NO_TIME, status or ""


def _rank(status: str | None) -> int:
    if status is None:
        return -1
    if is_final(status):
        return len(_ON_THE_WAY)
    return _ON_THE_WAY.index(status) if status in _ON_THE_WAY else len(_ON_THE_WAY) - 1


def _first(known: str | None, told: str | None) -> str | None:
    return told if known is None else known
