"""A delivery receipt, as an object and as the query of the GET that brings it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeVar
from urllib.parse import unquote_to_bytes

from attrs import NOTHING, field, fields, frozen
from blackkonnect_sms_api import reading
from blackkonnect_sms_api.api.mobile_sms_messaging.handle_delivery_receipt import request_kwargs
from blackkonnect_sms_api.types import UNSET, Unset

from blackkonnect_sms.errors import InvalidArgument
from blackkonnect_sms.statuses import is_final, known

__all__ = ["FIELDS", "LONGEST_QUERY", "NEEDED", "Receipt", "parameters_of", "parse_receipt"]

T = TypeVar("T")

LONGEST_QUERY = 65_536
"""How many bytes a query may have.

A convention of this receiver: `callbackData` of 4,000 characters, which is the document's own convention for
its length, has up to 48,000 bytes when it is percent-encoded."""

_MOMENT = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@frozen
class Receipt:
    """What a delivery receipt tells of one message.

    The receipt's page was not captured, so its parameters are inferred; they are named like fields of
    NetworkOperatorMessageDeliveryDTO (edition 2026-02-25) and of the bulk's messages (both editions).

    What can tell a person, a text or a secret is not in its repr.

    Attributes:
        message_id: The id of the message, the sender's own where it chose one (``messageId``).
        status: What became of the message; it may be a status that this version does not know
            (``deliveryStatus``).
        timestamp: When the message reached the status, with its offset (``deliveryTimestamp``); None too
            where what came can't be read as a date-time of RFC 3339.
        bulk_id: The bulk that the message belongs to (``bulkReferenceId``).
        part_id: The part, of a message in several parts (``partReferenceId``).
        receipt_id: The receipt's own id, the same each time that it comes (``receiptId``).
        destination: The number that the message went to (``destination``).
        sender: The sender that the phone showed (``sourceAddress``).
        mobile_country_code: The network's country, by ITU-T E.212 (``mobileCountryCode``).
        mobile_network_code: The network, by ITU-T E.212 (``mobileNetworkCode``).
        callback_data: What the sender gave the message to be handed back (``callbackData``).
        extra: The parameters that the document does not know, as pairs in their order: those that the
            callback address brought along, and those that a gateway has added.
    """

    message_id: str
    status: str
    timestamp: dt.datetime | None = None
    bulk_id: str | None = None
    part_id: str | None = None
    receipt_id: str | None = None
    destination: str | None = field(default=None, repr=False)
    sender: str | None = field(default=None, repr=False)
    mobile_country_code: str | None = None
    mobile_network_code: str | None = None
    callback_data: str | None = field(default=None, repr=False)
    extra: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @property
    def is_final(self) -> bool:
        """Whether the message has reached its end."""
        return is_final(self.status)


def parameters_of(receipt: Receipt) -> dict[str, str]:
    """Return a receipt's parameters by the names that the document gives them.

    Args:
        receipt: The receipt; its `extra` is left out.

    Returns:
        The parameters that it has, not encoded yet.
    """
    parameters: dict[str, str] = request_kwargs(
        message_id=receipt.message_id,
        delivery_status=receipt.status,
        delivery_timestamp=_set(receipt.timestamp),
        bulk_reference_id=_set(receipt.bulk_id),
        part_reference_id=_set(receipt.part_id),
        receipt_id=_set(receipt.receipt_id),
        destination=_set(receipt.destination),
        source_address=_set(receipt.sender),
        mobile_country_code=_set(receipt.mobile_country_code),
        mobile_network_code=_set(receipt.mobile_network_code),
        callback_data=_set(receipt.callback_data),
    )["params"]
    return parameters


def _set(value: T | None) -> T | Unset:
    return UNSET if value is None else value


def _fields() -> dict[str, str]:
    """Find each field's parameter by writing a receipt whose values are the names of its fields."""
    names: dict[str, Any] = {one.name: one.name for one in fields(Receipt) if one.name != "extra"}
    written = parameters_of(Receipt(**{**names, "timestamp": _MOMENT}))
    by_value = {value: parameter for parameter, value in written.items()}
    by_value["timestamp"] = by_value.pop(_MOMENT.isoformat())
    return {by_value[name]: name for name in names}


FIELDS: Mapping[str, str] = MappingProxyType(_fields())
"""The fields of a `Receipt` by the parameters of the document."""

NEEDED: tuple[str, ...] = tuple(
    parameter for parameter, name in FIELDS.items() if getattr(fields(Receipt), name).default is NOTHING
)
"""The parameters that each receipt has."""


def parse_receipt(query: str | bytes) -> Receipt:
    """Read a receipt from the query of the GET that brought it.

    It is tolerant of what it does not need: parameters that the document does not know are kept in `extra`,
    and a timestamp that can't be read is left out, for a time is not worth losing a receipt for.

    Args:
        query: What stands behind the question mark, still percent-encoded; at most 65,536 bytes. A ``+``
            stands for a space, as in a form's data.

    Returns:
        The receipt.

    Raises:
        InvalidArgument: It is no receipt. Its ``argument`` is the name of the parameter: one that every
            receipt has is missing or empty, or one of the document's comes twice or is no UTF-8; or it is
            ``"query"``, which is too long or no text. No error repeats what the query holds.

    Example:
        >>> parse_receipt("messageId=m-1&deliveryStatus=DELIVERED").is_final
        True
    """
    given: dict[str, str] = {}
    extra: list[tuple[str, str]] = []
    for pair in _octets(query).split(b"&"):
        name, _, value = pair.partition(b"=")
        parameter = _decoded(name).decode(errors="replace")
        if parameter not in FIELDS:
            if pair:
                extra.append((parameter, _decoded(value).decode(errors="replace")))
        elif parameter in given:
            raise InvalidArgument(parameter, "must come once")
        else:
            given[parameter] = _text(value, parameter)
    for parameter in NEEDED:
        if not given.get(parameter):
            raise InvalidArgument(parameter, "must be given")
    values: dict[str, Any] = {FIELDS[parameter]: value for parameter, value in given.items()}
    values["timestamp"] = known(reading.date_time(values.get("timestamp"), UNSET))
    return Receipt(**values, extra=tuple(extra))


def _octets(query: str | bytes) -> bytes:
    if isinstance(query, str):
        try:
            query = query.encode()
        except UnicodeEncodeError:
            raise InvalidArgument("query", "must not hold half of a surrogate pair") from None
    if not isinstance(query, bytes):
        raise InvalidArgument("query", "must be a string or bytes")
    if len(query) > LONGEST_QUERY:
        raise InvalidArgument("query", f"must have at most {LONGEST_QUERY} bytes")
    return query


def _text(value: bytes, parameter: str) -> str:
    try:
        return _decoded(value).decode()
    except UnicodeDecodeError:
        raise InvalidArgument(parameter, "must be percent-encoded UTF-8") from None


def _decoded(value: bytes) -> bytes:
    return unquote_to_bytes(value.replace(b"+", b" "))
