"""What pyreqwest's failures mean, in httpx' exceptions: which of them say that certainly nothing was sent.

Its classes do not tell that. A `ConnectError` is raised also where the gateway has read the whole request and
then closed the connection, and a `ConnectTimeoutError` also where its answer is late. What tells is the cause
that hyper names: its client's error is of the kind ``Connect`` only before a connection is made. Where that
can't be found, as should its words change one day, the outcome counts as unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyreqwest.exceptions import (
    DecodeError,
    DetailedPyreqwestError,
    PoolTimeoutError,
    PyreqwestError,
    RequestTimeoutError,
)

from blackkonnect_sms._http import http

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["understood"]

_CONNECTING = "client error (Connect)"
_CLOSED = "connection closed before message completed"


def understood(error: PyreqwestError) -> http.RequestError:
    """Return the exception of httpx that says what a failure left behind.

    Args:
        error: What pyreqwest raised.

    Returns:
        ``ConnectError``, ``ConnectTimeout`` or ``PoolTimeout`` only where certainly nothing was sent. None
        quotes an answer.
    """
    if isinstance(error, PoolTimeoutError):
        return http.PoolTimeout("no connection was free in time")
    causes = _causes(error)
    late = isinstance(error, RequestTimeoutError)
    if _CONNECTING in causes:
        kind = http.ConnectTimeout if late else http.ConnectError
        return kind(f"no connection was made: {causes[-1]}")
    if late:
        return http.ReadTimeout("the answer did not come in time")
    if isinstance(error, DecodeError):
        return http.RemoteProtocolError("the gateway's answer breaks the rules of HTTP")
    if _CLOSED in causes:
        return http.RemoteProtocolError("the connection was closed without an answer")
    return http.ReadError("the connection failed before the answer ended")


def _causes(error: PyreqwestError) -> Sequence[str]:
    if not isinstance(error, DetailedPyreqwestError):
        return []
    return [cause["message"] for cause in error.details.get("causes") or ()]
