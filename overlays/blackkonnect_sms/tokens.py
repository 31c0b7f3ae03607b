"""The access token: what it says of its lifetime, and until when it is used."""

from __future__ import annotations

import base64
import binascii
import json
import re

from blackkonnect_sms_api.records import field, frozen

__all__ = ["Token", "lifetime_of"]

_EARLY = 60.0
_HEADER_VALUE = re.compile(r"[!-~]+")


def lifetime_of(token: str, now: float) -> float | None:
    """Return for how many seconds a token says that it is valid from now on.

    It is taken from ``exp`` less ``iat``, so that a clock that differs from the gateway's does no harm, and
    from ``exp`` less the time here where the token has no ``iat`` (RFC 7519, sections 4.1.4 and 4.1.6). The
    signature is the gateway's own affair and not checked.

    Args:
        token: A compact JWS, or anything else.
        now: The time here, in seconds since 1970.

    Returns:
        The seconds, 0 where it has expired; None where the token does not say.
    """
    try:
        payload = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        until, since = claims.get("exp"), claims.get("iat", now)
    except (IndexError, ValueError, AttributeError, binascii.Error, RecursionError):
        return None
    if not _is_time(until):
        return None
    return max(0.0, float(until) - float(since if _is_time(since) else now))


def _is_time(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) < 2.0**53  # false for infinity and NaN too, and right for an int of any size


@frozen
class Token:
    """A token and until when, on a monotonic clock, it is used.

    Attributes:
        value: The token; it is in no repr.
        until: The moment, on the clock of the one who keeps it, from which on a new one is asked for.
        ends: The moment from which on it is not valid any more.
    """

    value: str = field(repr=False)
    until: float
    ends: float

    @classmethod
    def received(cls, value: str, *, asked_at: float, now: float, lifetime: float) -> Token:
        """Return the token with the moments from which on it is replaced, and used no more.

        It is replaced early, by a minute or half its life, whichever is less.

        Args:
            value: The token as the gateway answered it.
            asked_at: When it was asked for, on the monotonic clock.
            now: The time here, in seconds since 1970.
            lifetime: For how many seconds a token that says nothing is used.

        Raises:
            ValueError: It can't stand in a header (RFC 6750, section 2.1).
        """
        if not _HEADER_VALUE.fullmatch(value):
            raise ValueError("the token can't stand in a header")
        told = lifetime_of(value, now)
        seconds = lifetime if told is None else told
        ends = asked_at + seconds
        return cls(value, ends - min(_EARLY, seconds / 2), ends)
