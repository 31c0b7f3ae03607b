"""What the client tells operators, by the logger ``blackkonnect_sms``: what it did, not what it sent.

No line holds a secret, a token, a text or a whole number, at any level, and none has a traceback: that would
hold what other code says. Of what comes from outside, ids alone are told, and where they are not shaped as
UUIDs, their numbers show the last four digits.
"""

from __future__ import annotations

import logging
import re

from blackkonnect_sms._secrecy import masked

__all__ = [
    "attempted",
    "ended",
    "lost",
    "polled",
    "reconciled",
    "repeated",
    "resent",
    "token_came",
    "unknown",
]

_LOGGER = logging.getLogger("blackkonnect_sms")
# Where a program sets no logging up, Python prints warnings of its own accord; a library should not.
_LOGGER.addHandler(logging.NullHandler())

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:-\d{1,6})?", re.IGNORECASE)
_LONGEST_ID = 100


def token_came(seconds: float, used: float) -> None:
    """Tell of a new token.

    Args:
        seconds: For how many seconds it is valid.
        used: For how many of them it is used before the next one is asked for.
    """
    _LOGGER.info("a token came, valid for %.0f s; the next is asked for after %.0f s", seconds, used)


def attempted(operation: str, attempt: int, reason: str, seconds: float) -> None:
    """Tell how one try of a request ended.

    Args:
        operation: The operation's id in the document.
        attempt: The number of the try, from 1.
        reason: How it ended, in a few words: ``"HTTP 200"``, the kind of failure as ``"ConnectError"``.
        seconds: For how many seconds it took.
    """
    _LOGGER.debug("%s: try %d ended with %s after %.3f s", operation, attempt, reason, seconds)


def repeated(operation: str, attempt: int, reason: str, delay: float) -> None:
    """Tell of a repeat that is about to be waited for.

    Args:
        operation: The operation's id in the document.
        attempt: The number of the try that failed, from 1.
        reason: Why, as of `attempted`.
        delay: For how many seconds the client waits now.
    """
    _LOGGER.warning("%s: try %d failed (%s); repeated in %.3f s", operation, attempt, reason, delay)


def resent(operation: str, name: str, attempt: int) -> None:
    """Tell of a send that is repeated because the gateway does not know it.

    Args:
        operation: The operation's id in the document.
        name: The id of the message or bulk.
        attempt: The number of the send that was not found, from 1.
    """
    _LOGGER.warning(
        "%s %s: not known after try %d; sent again with the same ids", operation, _id(name), attempt
    )


def ended(operation: str, name: str, how: str, reason: str) -> None:
    """Tell how a send ended whose answer came.

    Args:
        operation: The operation's id in the document.
        name: The id of the message or bulk.
        how: ``"accepted"`` or ``"refused"``.
        reason: As of `attempted`.
    """
    if _LOGGER.isEnabledFor(logging.INFO):
        _LOGGER.info("%s %s: %s (%s)", operation, _id(name), how, reason)


def lost(operation: str, name: str, reason: str) -> None:
    """Tell of a send whose answer was lost, and that is asked for.

    Args:
        operation: The operation's id in the document.
        name: The id of the message or bulk.
        reason: How the answer was lost, as of `attempted`.
    """
    _LOGGER.warning("%s %s: the answer was lost (%s); asking for it by its id", operation, _id(name), reason)


def reconciled(operation: str, name: str) -> None:
    """Tell that the gateway has a send whose answer was lost.

    Args:
        operation: The operation's id in the document.
        name: The id of the message or bulk.
    """
    _LOGGER.info("%s %s: the gateway has it", operation, _id(name))


def unknown(operation: str, name: str, why: str) -> None:
    """Tell of a send that may or may not have been taken.

    Args:
        operation: The operation's id in the document.
        name: The id of the message or bulk.
        why: What stands in the way of knowing.
    """
    _LOGGER.error("%s %s: it may have been sent or not; %s", operation, _id(name), why)


def polled(pending: int, of: int, delay: float) -> None:
    """Tell how far a wait is.

    Args:
        pending: How many messages are not final.
        of: How many are waited for.
        delay: For how many seconds it waits now.
    """
    _LOGGER.debug("wait: %d of %d messages are not final; asking again in %.3f s", pending, of, delay)


def _id(name: str) -> str:
    """Return an id as a log may show it: a caller may well use a number as one."""
    if _UUID.fullmatch(name):
        return name
    printable = "".join(c if c.isprintable() else " " for c in name[:_LONGEST_ID])
    return masked(printable)
