"""Making receipts, so that those who receive them can test that they do."""

from __future__ import annotations

import datetime as dt
from urllib.parse import quote, urlencode

from attrs import evolve

from blackkonnect_sms.config import is_encodable
from blackkonnect_sms.errors import InvalidArgument
from blackkonnect_sms.receipts.receipt import (
    FIELDS,
    LONGEST_QUERY,
    NEEDED,
    Receipt,
    parameters_of,
)

__all__ = ["make_query", "make_url"]


def make_query(receipt: Receipt) -> str:
    """Write a receipt as the query of the GET that brings it.

    Args:
        receipt: The receipt; its timestamp, if it has one, must know its time zone.

    Returns:
        The query, percent-encoded by RFC 3986, section 2.1, without a question mark; `parse_receipt` reads
        the same receipt from it.

    Raises:
        InvalidArgument: It can't be written so that it is read the same: a field that every receipt has is
            empty, a time has no zone or is out of UTC's years, a text holds half of a surrogate pair,
            ``extra`` holds a parameter of the document's, or it is longer than 65,536 bytes. No error
            repeats what the receipt holds.

    Example:
        >>> make_query(Receipt("m-1", "DELIVERED", destination="+233200000001"))
        'messageId=m-1&deliveryStatus=DELIVERED&destination=%2B233200000001'
    """
    written = parameters_of(evolve(receipt, timestamp=_in_utc(receipt.timestamp)))
    for parameter in NEEDED:
        if not written[parameter]:
            raise InvalidArgument(FIELDS[parameter], "must not be empty")
    for parameter, value in written.items():
        if not is_encodable(value):
            raise InvalidArgument(FIELDS[parameter], "must not hold half of a surrogate pair")
    for name, value in receipt.extra:
        if name in FIELDS:
            raise InvalidArgument("extra", f"must not hold {name}, which has a field of its own")
        if not is_encodable(name + value):
            raise InvalidArgument("extra", "must not hold half of a surrogate pair")
    query = urlencode([*written.items(), *receipt.extra], quote_via=quote)
    if len(query) > LONGEST_QUERY:
        raise InvalidArgument("receipt", f"must have at most {LONGEST_QUERY} bytes as a query")
    return query


def _in_utc(moment: dt.datetime | None) -> dt.datetime | None:
    """Return the same moment in UTC: RFC 3339 has no seconds in an offset, as zones of the past have."""
    if moment is None:
        return None
    if moment.utcoffset() is None:
        raise InvalidArgument("timestamp", "must know its time zone, as datetime.now(timezone.utc) does")
    try:
        return moment.astimezone(dt.UTC)
    except OverflowError:
        raise InvalidArgument("timestamp", "must lie in the years 1 to 9999 of UTC") from None


def make_url(address: str, receipt: Receipt) -> str:
    """Write the address that a gateway calls to bring a receipt.

    Args:
        address: The callback address; what it has of a query stays. For a framework's test client a path
            will do.
        receipt: The receipt.

    Returns:
        The address with the receipt's parameters.

    Raises:
        InvalidArgument: The address has a fragment, or the receipt can't be written (see `make_query`).

    Example:
        >>> make_url("/receipts/s3cret", Receipt("m-1", "SENT"))
        '/receipts/s3cret?messageId=m-1&deliveryStatus=SENT'
    """
    if "#" in address:
        raise InvalidArgument("address", "must end before any #")
    return f"{address}{'&' if '?' in address else '?'}{make_query(receipt)}"
