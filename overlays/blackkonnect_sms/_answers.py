"""What the end of a request means: which error, and which result. Pure functions, without I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen
from blackkonnect_sms_api.models import (
    BulkSmsMessageRequest,
    BulkSmsMessageResponse,
    ProblemDetail,
    SimpleSmsMessageRequest,
    SimpleSmsMessageResponse,
)
from blackkonnect_sms_api.types import UNSET, Unset

from blackkonnect_sms import errors
from blackkonnect_sms.results import BulkResult, Fate, SendResult
from blackkonnect_sms.retry import Trace
from blackkonnect_sms.statuses import known

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from blackkonnect_sms_api.models import SmsMessageDeliveryStatus

    from blackkonnect_sms.statuses import MessageStatus

__all__ = ["Ending", "bulk_result", "error_of", "is_about_sending", "said_no", "send_result"]

_LONGEST_DETAIL = 300
_REFUSED_STATUSES = frozenset({"REJECTED"})
_ERRORS: Mapping[int, tuple[type[errors.Refused], str]] = {
    401: (
        errors.AuthenticationError,
        "the gateway does not accept the token: check client_id and client_secret",
    ),
    403: (errors.AuthenticationError, "the gateway does not allow this client to do that"),
    404: (errors.NotFound, "the gateway knows nothing by that id for this client"),
    409: (errors.DuplicateId, "a message or bulk with this id was taken before"),
}


@frozen
class Ending:
    """How a request ended, after all its repeats.

    Attributes:
        trace: What it left behind.
        reason: Why it ended so, in a few words.
        status: The HTTP status, where there was an answer.
        answer: What the generated client read from the answer.
        failure: What ended the request where there was no answer, or none that can be read.
        retry_after: For how many seconds the gateway asks to wait.
    """

    trace: Trace
    reason: str
    status: int | None = None
    answer: Any = None
    failure: Exception | None = None
    retry_after: float | None = None


def error_of(
    ending: Ending, *, private: tuple[str, ...] = (), request_id: str | None = None
) -> errors.BlackkonnectError:
    """Return the error that tells how a request ended.

    Args:
        ending: How it ended, with nothing done.
        private: Texts that must not stand in the error, should the gateway repeat them.
        request_id: The request's own id.
    """
    if isinstance(ending.failure, errors.BlackkonnectError):
        return ending.failure
    problem = ending.answer if isinstance(ending.answer, ProblemDetail) else None
    told = _told(problem, private)
    details: dict[str, Any] = {
        "status_code": ending.status,
        "problem": problem,
        "correlation_id": _correlation_id(ending.answer),
        "request_id": request_id,
    }
    if ending.trace is Trace.NOTHING and ending.status is not None:
        wait = "" if ending.retry_after is None else f"; it asks to wait {ending.retry_after:g} seconds"
        return errors.RateLimited(
            f"the gateway takes no more requests for now (HTTP {ending.status}){wait}{told}",
            retry_after=ending.retry_after,
            **details,
        )
    if ending.trace is Trace.NOTHING:
        return errors.Unreachable(
            f"no connection to the gateway was made ({ending.reason}); nothing was sent", **details
        )
    if ending.trace is Trace.UNKNOWN:
        return errors.Unavailable(
            f"the gateway gave no readable answer in time ({ending.reason}){told}", **details
        )
    kind, words = _ERRORS.get(ending.status or 0, (errors.Refused, "the gateway refused the request"))
    http = "" if ending.status is None else f" (HTTP {ending.status})"
    return kind(f"{words}{http}{told}", **details)


def said_no(ending: Ending) -> bool:
    """Tell whether the envelope of an answer says no, whatever its HTTP status."""
    answer = ending.answer
    return (
        isinstance(answer, SimpleSmsMessageResponse | BulkSmsMessageResponse)
        and answer.is_successful is False
    )


def is_about_sending(ending: Ending) -> bool:
    """Tell whether an answer with a good status says anything of the send at all.

    An empty object with a 200, as a proxy may answer it, is no word of the gateway's.
    """
    answer = ending.answer
    words: tuple[object, ...] = ()
    if isinstance(answer, SimpleSmsMessageResponse):
        words = (answer.is_successful, answer.correlation_id, answer.delivery_status)
    elif isinstance(answer, BulkSmsMessageResponse):
        words = (answer.is_successful, answer.correlation_id, answer.sms_message_delivery_statuses)
    return any(not isinstance(word, Unset) for word in words)


def send_result(
    request: SimpleSmsMessageRequest,
    answer: SimpleSmsMessageResponse | None,
    status: MessageStatus | None = None,
) -> SendResult:
    """Return the result of a single message.

    Args:
        request: The request that was sent.
        answer: The answer to it; None where it was lost.
        status: The status that told that it was taken, where the answer was lost.
    """
    return SendResult(
        message_id=str(request.message_id),
        destination=str(request.destination),
        status=known(answer.delivery_status) if answer else status.status if status else None,
        correlation_id=known(answer.correlation_id) if answer else None,
        request_id=known(request.request_id),
        reconciled=answer is None,
    )


def bulk_result(
    request: BulkSmsMessageRequest,
    answer: BulkSmsMessageResponse | None,
    found: Mapping[str, MessageStatus] | None = None,
) -> BulkResult:
    """Return the result of a bulk, with the fate of each destination in the order given.

    Args:
        request: The request that was sent.
        answer: The answer to it; None where it was lost.
        found: The statuses, by message id, that told what was taken, where the answer was lost.
    """
    told: dict[object, SmsMessageDeliveryStatus] = {}
    silent = False
    if answer is not None:
        statuses = answer.sms_message_delivery_statuses
        silent = isinstance(statuses, Unset)
        told = {} if isinstance(statuses, Unset) else {one.message_id: one for one in statuses}
    fates = tuple(
        _fate(number, message_id, told.get(message_id), (found or {}).get(message_id), whole=silent)
        for number, message_id in destinations_of(request)
    )
    bulk_id = known(answer.bulk_id) if answer else None
    return BulkResult(
        bulk_id=bulk_id or str(request.bulk_id),
        fates=fates,
        correlation_id=known(answer.correlation_id) if answer else None,
        request_id=known(request.request_id),
        reconciled=answer is None,
    )


def destinations_of(request: BulkSmsMessageRequest) -> Iterator[tuple[str, str]]:
    """Yield the number and the message id of each destination, in the order given."""
    for message in [] if isinstance(request.messages, Unset) else request.messages:
        for one in [] if isinstance(message.destinations, Unset) else message.destinations:
            yield str(one.destination), str(one.message_id)


def _fate(
    destination: str,
    message_id: str,
    told: SmsMessageDeliveryStatus | None,
    found: MessageStatus | None,
    *,
    whole: bool,
) -> Fate:
    if told is None:
        # An answer without any fates, as far as edition 2026-02-25 was captured, speaks for the whole bulk.
        taken = found is not None or whole
        status = found.status if found else None
        return Fate(destination, message_id, _outcome(status) if taken else "unknown", status=status)
    group = told.message_group_status
    status = None if isinstance(group, Unset) else known(group.delivery_status)
    return Fate(
        destination,
        message_id,
        _outcome(status),
        status=status,
        sms_count=known(told.sms_count),
        description=None if isinstance(group, Unset) else known(group.status_description),
    )


def _outcome(status: str | None) -> Any:  # noqa: ANN401 - one of the words of Fate.outcome
    return "refused" if status in _REFUSED_STATUSES else "accepted"


def _correlation_id(answer: object) -> str | None:
    value = getattr(answer, "correlation_id", UNSET)
    if isinstance(value, Unset) and isinstance(answer, ProblemDetail):
        value = answer.additional_properties.get("correlationId")
    return value if isinstance(value, str) else None


def _told(problem: ProblemDetail | None, private: tuple[str, ...]) -> str:
    """Return what the problem details say, as a clause; nothing where they repeat a private text."""
    if problem is None:
        return ""
    parts = [known(problem.detail) or known(problem.title)]
    for one in [] if isinstance(problem.errors, Unset) else problem.errors:
        place = known(one.pointer) or known(one.parameter) or ""
        parts.append(f"{place} {known(one.detail) or ''}".strip())
    words = "; ".join(str(part) for part in parts if part)
    words = "".join(c if c.isprintable() else " " for c in words)
    if not words or any(text and text in words for text in private):
        return ""
    return f": {words if len(words) <= _LONGEST_DETAIL else words[:_LONGEST_DETAIL] + '…'}"
