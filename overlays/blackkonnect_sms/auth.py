"""Client credentials as httpx authentication: one token for all who wait, renewed before it ends.

The token request goes through the client that sends the request it is for, so it has that client's
transport, and that request's timeout. The lock guards a few assignments; it is never held while
anything goes over the network.
"""

from __future__ import annotations

import contextlib
import threading
import time
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from blackkonnect_sms_api.api.access_token import retrieve_access_token
from blackkonnect_sms_api.errors import UnreadableResponse
from blackkonnect_sms_api.models import ProblemDetail, TokenRequest, TokenResponse
from blackkonnect_sms_api.records import define, field
from blackkonnect_sms_api.types import UNSET

from blackkonnect_sms import _logging as log
from blackkonnect_sms._deadlines import renew
from blackkonnect_sms._http import http
from blackkonnect_sms._secrecy import Private, cleansed
from blackkonnect_sms.errors import AuthenticationError, TokenUnavailable
from blackkonnect_sms.retry import Trace, retry_after_seconds, trace_of_status
from blackkonnect_sms.tokens import Token

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Generator
    from typing import TypeAlias

    Step: TypeAlias = "http.Request | _Turn"
    Reply = http.Response | Token | None
    Steps = Generator[Step, Reply, None]

__all__ = ["TOKEN_REQUEST", "ClientCredentials"]

TOKEN_REQUEST = "blackkonnect_sms.token_request"  # noqa: S105 - the name of a mark
"""The extension that marks a token request, so that its failure is not taken for the failure of a send."""

_UNAUTHORIZED = 401
_LONGEST_WAIT = 60.0


@define(eq=False)
class ClientCredentials(http.Auth):
    """Authentication with a token that is had for the client's id and secret (RFC 6749, section 4.4).

    It serves any number of threads and event loops. On a 401 the token is dropped, if it is still the one
    that was used, and the request is sent once more.

    Args:
        base_url: The gateway's address.
        client_id: The client's id.
        client_secret: The client's secret.
        scope: The scope to ask for.
        lifetime: For how many seconds a token without ``exp`` is used.
        clock: A clock that never goes back, in seconds.
        wall: The time, in seconds since 1970.

    Raises:
        AuthenticationError: When the gateway refuses the credentials.
        TokenUnavailable: When the token operation gives no readable token.

    Example:
        >>> auth = ClientCredentials("https://sms.example.com", "acme", "an opaque string")
        >>> client = httpx.Client(base_url="https://sms.example.com", auth=auth)
    """

    base_url: str
    client_id: str
    client_secret: str = field(repr=False)
    scope: str | None = None
    lifetime: float = 300.0
    clock: Callable[[], float] = field(default=time.monotonic, repr=False)
    wall: Callable[[], float] = field(default=time.time, repr=False)
    _token: Token | None = field(default=None, init=False, repr=False)
    _coming: Future[Token | None] | None = field(default=None, init=False, repr=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False, repr=False)

    def sync_auth_flow(self, request: http.Request) -> Generator[http.Request, http.Response, None]:
        """Put a token on the request; as `httpx.Auth` asks for it."""
        with contextlib.closing(self._steps(request)) as steps:
            step = next(steps, None)
            while step is not None:
                if isinstance(step, _Turn):
                    step = _after(steps, step.result())
                else:
                    response = yield step
                    if TOKEN_REQUEST in step.extensions:
                        response.read()
                    step = _after(steps, response)

    async def async_auth_flow(self, request: http.Request) -> AsyncGenerator[http.Request, http.Response]:
        """Put a token on the request; as `httpx.Auth` asks for it."""
        with contextlib.closing(self._steps(request)) as steps:
            step = next(steps, None)
            while step is not None:
                if isinstance(step, _Turn):
                    step = _after(steps, await step.result_async())
                else:
                    response = yield step
                    if TOKEN_REQUEST in step.extensions:
                        await response.aread()
                    step = _after(steps, response)

    def _steps(self, request: http.Request) -> Steps:
        """Tell what is done for a request, without doing it: a request to send, or a turn to wait for."""
        used: Token | None = None
        for _ in range(2):
            if used is not None:
                # Whether it has one tells whether it was on its way, should its call's time be over.
                request.headers.pop("Authorization", None)
            token = self._turn(used)
            if isinstance(token, _Turn):
                token = yield from self._obtain(request, token, after=used)
            request.headers["Authorization"] = f"Bearer {token.value}"
            response = yield request
            if not isinstance(response, Token | None) and response.status_code != _UNAUTHORIZED:
                return
            used = token
            renew(request)

    def _obtain(
        self, request: http.Request, turn: Token | _Turn, after: Token | None
    ) -> Generator[Step, Reply, Token]:
        renew(request)
        until = self.clock() + _patience(request)
        token: Token | None = None
        while token is None:
            if isinstance(turn, Token):
                token = turn
            elif turn.leads:
                with turn:
                    asked_at = self.clock()
                    response = yield self._token_request(request)
                    if response is not None and not isinstance(response, Token):
                        token = turn.token = self._read(response, asked_at)
            else:
                turn.patience = until - self.clock()
                reply = yield turn
                token = reply if isinstance(reply, Token) else None
            if token is None:
                turn = self._turn(after)
        renew(request)
        return token

    def _turn(self, after: Token | None) -> Token | _Turn:
        """Return the token to use, or else whose turn it is to fetch one."""
        with self._lock:
            if after is not None and self._token is after:
                self._token = None
            now, token = self.clock(), self._token
            if token is not None and now < token.until:
                return token
            if token is not None and now < token.ends and self._coming is not None:
                return token  # another call fetches the next one, and this one need not wait for it
            leads = self._coming is None
            if self._coming is None:
                self._coming = Future()
            return _Turn(self, self._coming, leads)

    def _settle(self, coming: Future[Token | None], token: Token | None, error: Exception | None) -> None:
        with self._lock:
            if token is not None:
                self._token = token
            if self._coming is coming:
                self._coming = None
        if error is not None:
            coming.set_exception(error)
        else:
            coming.set_result(token)

    def _pass_over(self, coming: Future[Token | None]) -> None:
        """Wait no more for one that does not come: the next call has its turn."""
        with self._lock:
            if self._coming is coming:
                self._coming = None

    def _token_request(self, request: http.Request) -> http.Request:
        arguments = retrieve_access_token.request_kwargs(
            body=TokenRequest(
                grant_type="client_credentials",
                client_id=self.client_id,
                client_secret=self.client_secret,
                scope=self.scope if self.scope is not None else UNSET,
            )
        )
        method, path = arguments.pop("method"), arguments.pop("url")
        headers = {**arguments.pop("headers"), "User-Agent": request.headers.get("User-Agent", "")}
        return type(request)(
            method.upper(),
            self.base_url.rstrip("/") + path,
            headers={name: value for name, value in headers.items() if value},
            extensions={**request.extensions, TOKEN_REQUEST: True},
            **arguments,
        )

    def _read(self, response: http.Response, asked_at: float) -> Token:
        status = response.status_code
        try:
            answer = retrieve_access_token.read_response(response=response).parsed
        except UnreadableResponse as error:
            raise TokenUnavailable("the token's answer can't be read", status_code=status) from error
        private = Private((self.client_secret,))
        problem = cleansed(answer, private) if isinstance(answer, ProblemDetail) else None
        trace = trace_of_status(status)
        if trace is Trace.REFUSED:
            raise AuthenticationError(
                f"the gateway refused the credentials (HTTP {status}): check client_id, client_secret, scope "
                f"(BLACKKONNECT_CLIENT_ID, BLACKKONNECT_CLIENT_SECRET, BLACKKONNECT_SCOPE) and that "
                f"{self.base_url} (base_url, BLACKKONNECT_BASE_URL) is the gateway that they are for; "
                "nothing was sent",
                status_code=status,
                problem=problem,
            )
        if not isinstance(answer, TokenResponse) or not isinstance(answer.token, str):
            now = datetime.fromtimestamp(self.wall(), UTC)
            raise TokenUnavailable(
                f"the token operation gave no token (HTTP {status}); nothing was sent",
                status_code=status,
                problem=problem,
                retry_after=retry_after_seconds(response.headers.get("Retry-After"), now),
            )
        try:
            token = Token.received(answer.token, asked_at=asked_at, now=self.wall(), lifetime=self.lifetime)
        except ValueError as error:
            raise TokenUnavailable("the token that came can't be used", status_code=status) from error
        log.token_came(token.ends - asked_at, token.until - asked_at)
        return token


@define
class _Turn:
    """Whose turn it is to fetch the token for all; a leader's turn always ends, so nobody waits for ever."""

    auth: ClientCredentials
    coming: Future[Token | None]
    leads: bool
    patience: float = 0.0
    token: Token | None = None

    def __enter__(self) -> None:
        """Begin the turn of the leader."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        # A verdict on the credentials holds for all who wait. Whatever else ended the turn (the connection,
        # a cancelled task, a closed generator) is its owner's alone: the others elect the next.
        shared = error if isinstance(error, AuthenticationError | TokenUnavailable) else None
        self.auth._settle(self.coming, self.token, shared)  # noqa: SLF001 - the same concept

    def result(self) -> Token | None:
        """Wait for the one who leads; None where nothing came of it and the next is elected."""
        try:
            return self.coming.result(self.patience)
        except (FutureTimeoutError, CancelledError) as late:
            raise self._late() from late
        except (AuthenticationError, TokenUnavailable) as error:
            raise _shared(error) from error

    async def result_async(self) -> Token | None:
        """Wait as `result` does, without blocking."""
        import asyncio  # noqa: PLC0415 - dear to load, and only asynchronous clients come here

        try:
            # Shielded: a waiter that is cancelled must not cancel the future of the others.
            return await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(self.coming)), self.patience)
        except TimeoutError as late:
            raise self._late() from late
        except (AuthenticationError, TokenUnavailable) as error:
            raise _shared(error) from error

    def _late(self) -> TokenUnavailable:
        self.auth._pass_over(self.coming)  # noqa: SLF001 - the same concept
        return TokenUnavailable(
            "the token that another call asked for did not come in time; nothing was sent"
        )


def _after(steps: Steps, reply: Reply) -> Step | None:
    try:
        return steps.send(reply)
    except StopIteration:
        return None


def _patience(request: http.Request) -> float:
    """Return for how long a request waits for the token that another fetches: as long as for its own."""
    timeouts = request.extensions.get("timeout") or {}
    return float(max((value for value in timeouts.values() if value is not None), default=_LONGEST_WAIT))


def _shared(error: AuthenticationError | TokenUnavailable) -> AuthenticationError | TokenUnavailable:
    """Return a copy for one waiter: one exception object raised in many threads would mix their traces."""
    return type(error)(
        str(error), status_code=error.status_code, problem=error.problem, retry_after=error.retry_after
    )
