"""One request with its repeats: sent, judged, and sent again where it certainly did nothing."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from blackkonnect_sms_api.errors import UnreadableResponse
from blackkonnect_sms_api.records import Factory, define

from blackkonnect_sms import _logging as log
from blackkonnect_sms import errors
from blackkonnect_sms._answers import Ending
from blackkonnect_sms._deadlines import Patience
from blackkonnect_sms._http import http
from blackkonnect_sms._secrecy import wordless
from blackkonnect_sms._steps import Call, Pause
from blackkonnect_sms.auth import TOKEN_REQUEST
from blackkonnect_sms.retry import (
    RetryBudget,
    RetryEvent,
    RetryPolicy,
    Trace,
    retry_after_seconds,
    trace_of_failure,
    trace_of_status,
)

if TYPE_CHECKING:
    from types import ModuleType

    from blackkonnect_sms._fast import Asked
    from blackkonnect_sms._steps import Plan, Reply
    from blackkonnect_sms.clock import Clock
    from blackkonnect_sms.config import Config

__all__ = ["UNWRITABLE", "Requests", "cause_of", "no_json", "written"]

UNWRITABLE = (AttributeError, RecursionError, TypeError, ValueError)
"""What writing a request can raise."""


@define(eq=False)
class Requests:
    """How a client asks.

    Attributes:
        config: Where the gateway is and how long to try.
        clock: The time to live by.
        policy: How often a request is repeated.
        budget: What all calls together may spend on repeats.
        on_retry: Told before each repeat.
        chance: The source of jitter.
    """

    config: Config
    clock: Clock
    policy: RetryPolicy
    budget: RetryBudget
    on_retry: Callable[[RetryEvent], None] | None = None
    chance: random.Random = Factory(random.Random)

    def ask(
        self,
        module: ModuleType,
        operation: str,
        arguments: dict[str, Any],
        deadline: float,
        *,
        repeated: set[Trace],
    ) -> Plan[Ending]:
        attempt = 0
        while True:
            attempt += 1
            began = self.clock.monotonic()
            reply = yield Call(arguments, self.timeout(deadline))
            ending = self.ending(module, reply)
            log.attempted(operation, attempt, ending.reason, self.clock.monotonic() - began)
            if ending.trace not in repeated:
                if ending.trace is not Trace.UNKNOWN:
                    self.budget.earn()
                return ending
            left = deadline - self.clock.monotonic()
            delay = self.policy.wait_before_repeat(attempt, ending.retry_after, left, self.chance)
            if delay is None or not self.budget.spend():
                return ending
            log.repeated(operation, attempt, ending.reason, delay)
            if self.on_retry is not None:
                self.on_retry(RetryEvent(operation, attempt, delay, ending.reason))
            yield Pause(delay)

    def ending(self, module: ModuleType, reply: Reply) -> Ending:
        if reply is None or isinstance(reply, Exception):
            failure = _understood(reply)
            ours = failure if isinstance(failure, errors.BlackkonnectError) else None
            return Ending(
                _trace(failure),
                type(failure).__name__,
                failure=failure,
                status=ours.status_code if ours else None,
                retry_after=ours.retry_after if ours else None,
            )
        status = reply.status_code
        trace = trace_of_status(status)
        try:
            answer = module.read_response(response=reply).parsed
        except UnreadableResponse as unreadable:
            return Ending(
                Trace.UNKNOWN, f"unreadable answer, HTTP {status}", status=status, failure=unreadable
            )
        if trace is Trace.TAKEN and answer is None:
            return Ending(Trace.UNKNOWN, f"unexpected answer, HTTP {status}", status=status)
        wait = reply.headers.get("Retry-After")
        return Ending(
            trace,
            f"HTTP {status}",
            status=status,
            answer=answer,
            retry_after=retry_after_seconds(wait, datetime.fromtimestamp(self.clock.time(), UTC))
            if wait
            else None,
            secrets=(self.config.client_secret, *_tokens(reply.request)),
        )

    def timeout(self, deadline: float) -> float:
        return Patience(self.config.timeout, deadline, self.clock.monotonic)

    def headers(self) -> dict[str, Any]:
        headers = {
            "x_service_account_id": self.config.service_account_id,
            "x_organisation_id": self.config.organisation_id,
        }
        return {name: value for name, value in headers.items() if value is not None}


def _tokens(request: http.Request | Asked) -> tuple[str, ...]:
    return tuple(word for word in request.headers.get("Authorization", "").split() if word != "Bearer")


def _understood(reply: Exception | None) -> Exception:
    """Return the failure, told apart where it was the token's: then the request itself never left."""
    failure = wordless(reply) if reply is not None else RuntimeError("no reply")
    if not _is_token_request(failure):
        return failure
    error = errors.TokenUnavailable(f"the token request failed ({type(failure).__name__}); nothing was sent")
    error.__cause__ = failure
    return error


def _trace(failure: Exception) -> Trace:
    if isinstance(failure, errors.TokenUnavailable):
        return Trace.NOTHING
    if isinstance(failure, errors.BlackkonnectError):
        return Trace.REFUSED  # the credentials, a client that was closed, a request that can't be written
    return trace_of_failure(failure)


def _is_token_request(failure: Exception) -> bool:
    if not isinstance(failure, http.RequestError):
        return False
    try:
        return TOKEN_REQUEST in failure.request.extensions
    except RuntimeError:  # httpx's own word for a failure that has no request
        return False


def cause_of(ending: Ending | None) -> Exception | None:
    """Return what an error is raised from: the failure, unless it is that error itself."""
    failure = ending.failure if ending else None
    cause = failure.__cause__ if isinstance(failure, errors.BlackkonnectError) else failure
    return cause if isinstance(cause, Exception) else None


def written(operation: ModuleType, request: object, headers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a request for httpx, its body written.

    Args:
        operation: The generated module of the operation.
        request: The body, a model.
        headers: The headers that the operation takes, by their arguments.

    Raises:
        InvalidArgument: It holds a value of the caller's that is no JSON.
    """
    try:
        arguments: dict[str, Any] = operation.request_kwargs(body=request, **headers)
    except UNWRITABLE as error:
        raise no_json() from error
    return arguments


def no_json() -> errors.InvalidArgument:
    """Return the error that says what is wrong, and nothing of the value."""
    return errors.InvalidArgument("request", "holds a value that can't be written as JSON")
