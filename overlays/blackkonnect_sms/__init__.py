"""Send SMS through a Blackkonnect gateway, and follow them to the phone.

>>> from blackkonnect_sms import BlackkonnectSMS
>>> with BlackkonnectSMS.from_env() as sms:
...     sent = sms.send("+233200000001", "Your code is 482913", sender="ACME")
"""

from blackkonnect_sms._lazily import found_in as _found_in
from blackkonnect_sms._version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from blackkonnect_sms._segments import Segment, Segments, segments
    from blackkonnect_sms.async_client import AsyncBlackkonnectSMS
    from blackkonnect_sms.bulks import AsyncBulkSends, BulkSends
    from blackkonnect_sms.client import BlackkonnectSMS
    from blackkonnect_sms.errors import (
        AuthenticationError,
        BlackkonnectError,
        ConfigurationError,
        DuplicateId,
        InvalidArgument,
        NotFound,
        OutcomeUnknown,
        RateLimited,
        Refused,
        TokenUnavailable,
        Unavailable,
        Unreachable,
    )
    from blackkonnect_sms.ids import new_id
    from blackkonnect_sms.interruptions import interrupted_send
    from blackkonnect_sms.results import BulkResult, Fate, SendResult, WaitResult
    from blackkonnect_sms.retry import RetryEvent, RetryPolicy
    from blackkonnect_sms.statuses import MessageStatus, is_final

_WHERE = {
    "AsyncBlackkonnectSMS": "blackkonnect_sms.async_client",
    "AsyncBulkSends": "blackkonnect_sms.bulks",
    "AuthenticationError": "blackkonnect_sms.errors",
    "BlackkonnectError": "blackkonnect_sms.errors",
    "BlackkonnectSMS": "blackkonnect_sms.client",
    "BulkResult": "blackkonnect_sms.results",
    "BulkSends": "blackkonnect_sms.bulks",
    "ConfigurationError": "blackkonnect_sms.errors",
    "DuplicateId": "blackkonnect_sms.errors",
    "Fate": "blackkonnect_sms.results",
    "InvalidArgument": "blackkonnect_sms.errors",
    "MessageStatus": "blackkonnect_sms.statuses",
    "NotFound": "blackkonnect_sms.errors",
    "OutcomeUnknown": "blackkonnect_sms.errors",
    "RateLimited": "blackkonnect_sms.errors",
    "Refused": "blackkonnect_sms.errors",
    "RetryEvent": "blackkonnect_sms.retry",
    "RetryPolicy": "blackkonnect_sms.retry",
    "Segment": "blackkonnect_sms._segments",
    "Segments": "blackkonnect_sms._segments",
    "SendResult": "blackkonnect_sms.results",
    "TokenUnavailable": "blackkonnect_sms.errors",
    "Unavailable": "blackkonnect_sms.errors",
    "Unreachable": "blackkonnect_sms.errors",
    "WaitResult": "blackkonnect_sms.results",
    "interrupted_send": "blackkonnect_sms.interruptions",
    "is_final": "blackkonnect_sms.statuses",
    "new_id": "blackkonnect_sms.ids",
    "segments": "blackkonnect_sms._segments",
}

if not TYPE_CHECKING:
    # A checker that saw it would take any name for one of ours.
    __getattr__, __dir__ = _found_in(__name__, _WHERE)
del TYPE_CHECKING


__all__ = [
    "AsyncBlackkonnectSMS",
    "AsyncBulkSends",
    "AuthenticationError",
    "BlackkonnectError",
    "BlackkonnectSMS",
    "BulkResult",
    "BulkSends",
    "ConfigurationError",
    "DuplicateId",
    "Fate",
    "InvalidArgument",
    "MessageStatus",
    "NotFound",
    "OutcomeUnknown",
    "RateLimited",
    "Refused",
    "RetryEvent",
    "RetryPolicy",
    "Segment",
    "Segments",
    "SendResult",
    "TokenUnavailable",
    "Unavailable",
    "Unreachable",
    "WaitResult",
    "__version__",
    "interrupted_send",
    "is_final",
    "new_id",
    "segments",
]
