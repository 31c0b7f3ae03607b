"""Timeouts that know when the whole call ends, so that no answer that drips outlasts it.

httpx has a timeout for each wait on the network alone: a gateway that sends a byte a second never meets it. A
`Patience` is such a timeout that shrinks with the time that the call has left. The asynchronous client is
cancelled when that is over; a thread can't be, so its sockets ask anew before each wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blackkonnect_sms._http import http
from blackkonnect_sms.errors import TokenUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

__all__ = ["Patience", "obey", "overdue", "patience_of", "renew"]

_LEAST = 0.001
_PIECE = 16_384


class Patience(float):
    """For how many seconds to wait for the network now, as a plain timeout to those who know no better.

    Args:
        longest: For how many seconds any single wait may last.
        until: When the whole call ends, on the clock.
        clock: A clock that never goes back, in seconds.
    """

    __slots__ = ("clock", "longest", "until")
    longest: float
    until: float
    clock: Callable[[], float]

    def __new__(cls, longest: float, until: float, clock: Callable[[], float]) -> Self:
        self = super().__new__(cls, max(_LEAST, min(longest, until - clock())))
        self.longest, self.until, self.clock = longest, until, clock
        return self

    def __reduce__(self) -> tuple[type[float], tuple[float]]:
        return float, (float(self),)

    def left(self) -> float:
        """Return for how many seconds the call may last from now on; below 0 where it is over."""
        return self.until - self.clock()

    def renewed(self) -> Patience:
        """Return the same for a wait that begins now."""
        return Patience(self.longest, self.until, self.clock)


def patience_of(request: http.Request) -> Patience | None:
    """Return the patience that a request was made with; None where another's client made it."""
    value = (request.extensions.get("timeout") or {}).get("read")
    return value if isinstance(value, Patience) else None


def renew(request: http.Request) -> None:
    """Give a request that is about to be sent the time that its call has left now.

    Args:
        request: The request; one of another's client is left as it is.
    """
    patience = patience_of(request)
    if patience is not None:
        now = patience.renewed()
        request.extensions = {
            **request.extensions,
            "timeout": dict.fromkeys(("connect", "read", "write", "pool"), now),
        }


def overdue(request: http.Request) -> Exception:
    """Return the failure of a request that was cut off because its call's time was over.

    A request has its token from the moment on that it is sent with it, and not while it waits for one.
    """
    if "Authorization" in request.headers:
        return http.ReadTimeout("the answer did not end in time", request=request)
    return TokenUnavailable("the token did not come in time; nothing was sent")


def obey(client: http.Client) -> None:
    """Let the sockets of a client ask before each wait for how long they may.

    httpx offers no other way to its sockets than these names. Where a version of it has others, an answer
    whose headers drip is not cut off, and a test tells so.

    Args:
        client: A client that nobody uses yet.
    """
    for transport in (client._transport, *client._mounts.values()):  # noqa: SLF001 - as said above
        pool = getattr(transport, "_pool", None)
        backend = getattr(pool, "_network_backend", None)
        if pool is not None and backend is not None and not isinstance(backend, _Backend):
            pool._network_backend = _Backend(backend)  # noqa: SLF001 - the same


class _Backend:
    """Makes connections whose waits end with the call."""

    def __init__(self, backend: Any) -> None:  # noqa: ANN401 - a type of the library below httpx
        self._backend = backend

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        *arguments: Any,  # noqa: ANN401 - handed on
        **options: Any,  # noqa: ANN401
    ) -> _Stream:
        seconds = _now(timeout, http.ConnectTimeout)
        return _Stream(self._backend.connect_tcp(host, port, seconds, *arguments, **options))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever else it does
        return getattr(self._backend, name)


class _Stream:
    """A connection whose waits end with the call."""

    def __init__(self, stream: Any) -> None:  # noqa: ANN401 - a type of the library below httpx
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data: bytes = self._stream.read(max_bytes, _now(timeout, http.ReadTimeout))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if len(buffer) <= _PIECE:
            self._stream.write(buffer, _now(timeout, http.WriteTimeout))
            return
        # In pieces, each with its own wait: a gateway that reads a byte a second must not hold the whole.
        for start in range(0, len(buffer), _PIECE):
            self._stream.write(buffer[start : start + _PIECE], _now(timeout, http.WriteTimeout))

    def start_tls(
        self,
        ssl_context: Any,  # noqa: ANN401 - handed on
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> _Stream:
        seconds = _now(timeout, http.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, seconds))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever else it does
        return getattr(self._stream, name)


def _now(timeout: float | None, late: type[http.TimeoutException]) -> float | None:
    """Return the timeout of a wait that begins now."""
    if not isinstance(timeout, Patience):
        return timeout
    if timeout.left() <= 0:
        raise late("the time of the call is over")
    return float(timeout.renewed())
