"""Send SMS through a Blackkonnect gateway, and follow them to the phone.

>>> from blackkonnect_sms import BlackkonnectSMS
>>> with BlackkonnectSMS.from_env() as sms:
...     sent = sms.send("+233200000001", "Your code is 482913", sender="ACME")
"""

from blackkonnect_sms._version import __version__
from blackkonnect_sms.async_client import AsyncBlackkonnectSMS
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
from blackkonnect_sms.results import BulkResult, Fate, SendResult, WaitResult
from blackkonnect_sms.retry import RetryEvent, RetryPolicy
from blackkonnect_sms.statuses import MessageStatus, is_final

__all__ = [
    "AsyncBlackkonnectSMS",
    "AuthenticationError",
    "BlackkonnectError",
    "BlackkonnectSMS",
    "BulkResult",
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
    "SendResult",
    "TokenUnavailable",
    "Unavailable",
    "Unreachable",
    "WaitResult",
    "__version__",
    "is_final",
]
