# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
"""Facts of the document, so that no other code repeats them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

INFO_VERSION: Final = "0.1.0"
"""The version of the document."""

EDITIONS: Final[tuple[str, ...]] = (
    "2025-05-16",
    "2026-02-25",
)
"""The editions of the vendor's pages that the document covers, in its order."""

MSISDN_PATTERN: Final = "^\\+?[1-9][0-9]{6,14}$"
"""What a destination looks like, for `re.fullmatch`."""

DELIVERY_STATUSES: Final[Mapping[str, bool]] = MappingProxyType(
    {
        "QUEUED": False,
        "SENT": False,
        "DELIVERED": True,
        "UNDELIVERED": True,
        "EXPIRED": True,
        "REJECTED": True,
        "FAILED": True,
    }
)
"""The known delivery statuses, and whether each is final."""

WEEKDAYS: Final[tuple[str, ...]] = (
    "MONDAY",
    "TUESDAY",
    "WEDNESDAY",
    "THURSDAY",
    "FRIDAY",
    "SATURDAY",
    "SUNDAY",
)
"""The known days of a delivery window, from Monday on."""

PATHS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "retrieveAccessToken": ("POST", "/api/sms/authenticate/access-token/token/v1"),
        "sendMessage": ("POST", "/api/sms/send-message/v1"),
        "sendBulkMessages": ("POST", "/api/sms/send-bulk-messages/v1"),
        "getMessageStatus": ("GET", "/api/sms/messages/status/{correlationId}/v1"),
        "getBulkMessageStatus": ("GET", "/api/sms/messages/status/bulk/{bulkCorrelationId}/v1"),
        "handleDeliveryReceipt": ("GET", "/api/sms/messages/delivery-receipt/v1"),
    }
)
"""The method and path of each operation, by its operationId."""
