"""Whether a request is repeated, and when.

A send is repeated only when it certainly wasn't taken. Everything here is a decision without I/O; the tables
of cases stand in the tests beside it.
"""

from __future__ import annotations

import random
import threading
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum

from blackkonnect_sms_api.records import define, field, frozen

from blackkonnect_sms._http import http
from blackkonnect_sms.config import check_seconds
from blackkonnect_sms.errors import ConfigurationError

__all__ = ["RetryBudget", "RetryEvent", "RetryPolicy", "Trace", "trace_of_failure", "trace_of_status"]

_OK = 200
_REDIRECT = 300
_CLIENT_ERROR = 400
_REQUEST_TIMEOUT = 408
_TOO_MANY_REQUESTS = 429
_SERVER_ERROR = 500


class Trace(Enum):
    """What a request left behind at the gateway, as far as its end tells."""

    TAKEN = "taken"
    """The gateway answered that it did it."""

    REFUSED = "refused"
    """The gateway answered that it did nothing, and would answer so again."""

    NOTHING = "nothing"
    """It certainly did nothing, and another try may do."""

    UNKNOWN = "unknown"
    """It may or may not have done it."""


def trace_of_status(status: int) -> Trace:
    """Tell what a request left behind from the status of its answer.

    A 429 was turned away before anything was done (RFC 6585, section 4). A 408 can come from a proxy that
    had handed the request on, and a 5xx says nothing of how far the gateway got.
    """
    if _OK <= status < _REDIRECT:
        return Trace.TAKEN
    if status == _TOO_MANY_REQUESTS:
        return Trace.NOTHING
    if _CLIENT_ERROR <= status < _SERVER_ERROR and status != _REQUEST_TIMEOUT:
        return Trace.REFUSED
    return Trace.UNKNOWN


def trace_of_failure(failure: Exception) -> Trace:
    """Tell what a request left behind from the failure that ended it without an answer.

    Only where no connection was made, or none was free, did no byte of it leave.
    """
    if isinstance(failure, http.ConnectError | http.ConnectTimeout | http.PoolTimeout):
        return Trace.NOTHING
    return Trace.UNKNOWN


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """Return for how many seconds a ``Retry-After`` asks to wait.

    Args:
        value: The header: seconds or an HTTP date (RFC 9110, section 10.2.3).
        now: The time now, for a date.

    Returns:
        The seconds, 0 for a date that is past; None where there is no header or it can't be read.
    """
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())


@frozen
class RetryEvent:
    """A repeat that is about to be waited for, as ``on_retry`` is told of it.

    Attributes:
        operation: The operation's id in the document.
        attempt: The number of the try that failed, from 1.
        delay: For how many seconds the client waits now.
        reason: Why, in a few words: ``"HTTP 429"``, the kind of failure as ``"ConnectError"``, or
            ``"absent"`` where a send is repeated since the gateway does not know it.
    """

    operation: str
    attempt: int
    delay: float
    reason: str


@frozen(kw_only=True)
class RetryPolicy:
    """How often a request is repeated, and how long is waited before.

    Attributes:
        attempts: How many tries a request gets in all; at least 1.
        base: For how many seconds the first repeat waits at most, before any Retry-After.
        cap: For how many seconds any repeat waits at most, before any Retry-After.
        retry_after_cap: The longest Retry-After, in seconds, that is waited for; beyond it the client
            raises and tells it.

    Raises:
        ConfigurationError: A number is wrong.
    """

    attempts: int = 4
    base: float = 0.5
    cap: float = 8.0
    retry_after_cap: float = 30.0

    def __attrs_post_init__(self) -> None:
        if isinstance(self.attempts, bool) or not isinstance(self.attempts, int) or self.attempts < 1:
            raise ConfigurationError("attempts", "must be a whole number of at least 1")
        for name in ("base", "cap", "retry_after_cap"):
            check_seconds(name, getattr(self, name), least=0.0)

    def delay(self, attempt: int, retry_after: float | None, chance: random.Random) -> float:
        """Return for how many seconds to wait after a try.

        Args:
            attempt: The number of the try that failed, from 1.
            retry_after: What the gateway asked for, a floor, where it did.
            chance: The source of the jitter, so that clients that failed together come back apart.

        Returns:
            The floor and, on top, a random part of a span that doubles with each try up to the cap.
        """
        span: float = min(self.cap, self.base * 2.0 ** min(attempt - 1, 32))
        return (retry_after or 0.0) + chance.uniform(0.0, span)

    def wait_before_repeat(
        self, attempt: int, retry_after: float | None, left: float, chance: random.Random
    ) -> float | None:
        """Return for how many seconds to wait before a repeat, or None where there is to be none.

        Args:
            attempt: The number of the try that failed, from 1.
            retry_after: What the gateway asked for, in seconds, where it did.
            left: How many seconds are left for tries.
            chance: The source of the jitter.

        Returns:
            The wait; None after the last try, where the gateway asks for more than ``retry_after_cap``, or
            where the wait would take all that is left.
        """
        if attempt >= self.attempts or (retry_after or 0.0) > self.retry_after_cap:
            return None
        delay = self.delay(attempt, retry_after, chance)
        return delay if delay < left else None


@define
class RetryBudget:
    """What a client may spend on repeats, so that many calls that fail together make no storm.

    A repeat costs 1 and each answer that is no failure earns a part of it back.

    Attributes:
        size: How many repeats can be made in a row without any success.
        earned: What one success earns.
    """

    size: float = 20.0
    earned: float = 0.2
    _left: float = field(init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        self._left = self.size

    def spend(self) -> bool:
        """Take one repeat out of the budget; False where none is left."""
        with self._lock:
            if self._left < 1.0:
                return False
            self._left -= 1.0
            return True

    def earn(self) -> None:
        """Put back what one success earns."""
        with self._lock:
            self._left = min(self.size, self._left + self.earned)
