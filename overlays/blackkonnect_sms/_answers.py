"""What the end of a request means: which error, and which result. Pure functions, without I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from blackkonnect_sms_api.models import (
    BulkSmsMessageRequest,
    BulkSmsMessageResponse,
    ProblemDetail,
    SimpleSmsMessageRequest,
    SimpleSmsMessageResponse,
)
from blackkonnect_sms_api.records import evolve, field, frozen
from blackkonnect_sms_api.types import UNSET, Unset

from blackkonnect_sms import errors
from blackkonnect_sms._bulk_answers import told_by
from blackkonnect_sms._secrecy import HIDDEN, Private, cleansed, masked
from blackkonnect_sms._to_numbers import addressed
from blackkonnect_sms.results import BulkResult, Fate, SendResult
from blackkonnect_sms.retry import Trace
from blackkonnect_sms.statuses import is_final, known

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blackkonnect_sms.statuses import MessageStatus

    _Outcome = Literal["accepted", "refused", "unknown"]
    _Row = tuple[_Outcome, str | None, int | None, str | None]

__all__ = ["Ending", "bulk_result", "error_of", "judged", "send_result"]

_LONGEST_DETAIL = 300
_LONGEST_PART = 2_000
_REFUSED_STATUSES = frozenset({"REJECTED"})
_TAKEN_STATUSES = frozenset({"QUEUED", "SENT", "DELIVERED"})
_ERRORS: Mapping[int, tuple[type[errors.Refused], str]] = {
    401: (
        errors.AuthenticationError,
        (
            "the gateway does not accept the token that it gave: check client_id, client_secret and scope "
            "(BLACKKONNECT_CLIENT_ID, BLACKKONNECT_CLIENT_SECRET, BLACKKONNECT_SCOPE)"
        ),
    ),
    403: (
        errors.AuthenticationError,
        (
            "the gateway does not allow this client to do that: check scope, service_account_id and "
            "organisation_id (BLACKKONNECT_SCOPE, _SERVICE_ACCOUNT_ID, _ORGANISATION_ID)"
        ),
    ),
    404: (errors.NotFound, "the gateway knows nothing by that id for this client"),
    409: (errors.DuplicateId, "a message or bulk with this id was taken before"),
    413: (
        errors.Refused,
        "the gateway finds the request too large: send shorter texts, or fewer in a request (request_size)",
    ),
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
        secrets: The secret and the token that went with it, which no error may hold.
    """

    trace: Trace
    reason: str
    status: int | None = None
    answer: Any = None
    failure: Exception | None = None
    retry_after: float | None = None
    secrets: tuple[str, ...] = field(default=(), repr=False)


def error_of(
    ending: Ending, *, private: tuple[str, ...] = (), request_id: str | None = None, sending: bool = False
) -> errors.BlackkonnectError:
    """Return the error that tells how a request ended.

    Args:
        ending: How it ended, with nothing done.
        private: Texts that must not stand in the error, should the gateway repeat them.
        request_id: The request's own id.
        sending: Whether the request was a send: then a 404 speaks of the address, not of an id.
    """
    if isinstance(ending.failure, errors.BlackkonnectError):
        return ending.failure
    hidden = Private((*private, *ending.secrets))
    problem = cleansed(ending.answer, hidden) if isinstance(ending.answer, ProblemDetail) else None
    told = _told(_words_of(problem or ending.answer), hidden)
    correlation_id = _correlation_id(ending.answer)
    details: dict[str, Any] = {
        "status_code": ending.status,
        "problem": problem,
        "correlation_id": None if correlation_id and hidden.is_in(correlation_id) else correlation_id,
        "request_id": request_id,
        "retry_after": ending.retry_after,
    }
    if ending.trace is Trace.NOTHING and ending.status is not None:
        wait = "" if ending.retry_after is None else f"; it asks to wait {ending.retry_after:g} seconds"
        return errors.RateLimited(
            f"the gateway takes no more requests for now (HTTP {ending.status}){wait}{told}", **details
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
    if sending and kind is errors.NotFound:
        kind, words = errors.Refused, "the gateway has no such operation at this address: check base_url"
    http = "" if ending.status is None else f" (HTTP {ending.status})"
    return kind(f"{words}{http}{told}", **details)


def judged(ending: Ending) -> Ending:
    """Return how a send ended, where its answer's words say something else than its HTTP status.

    An envelope can say no inside a 200, and then it is a refusal. An answer that says nothing of the send, as
    the empty object that a proxy may answer, is no word of the gateway's, and leaves the outcome unknown.
    """
    answer = ending.answer
    if ending.trace is not Trace.TAKEN:
        return ending
    words: tuple[object, ...] = ()
    if isinstance(answer, SimpleSmsMessageResponse):
        words = (answer.is_successful, answer.delivery_status, _id_of_success(answer))
        refused = answer.is_successful is False or known(answer.delivery_status) in _REFUSED_STATUSES
    elif isinstance(answer, BulkSmsMessageResponse):
        words = (answer.is_successful, answer.sms_message_delivery_statuses, _id_of_success(answer))
        # Some were taken where some were not: an error for the whole would have all of them sent again.
        refused = answer.is_successful is False and not any(
            _outcome(status, whole_refused=True) == "accepted" for status in told_by(answer).statuses
        )
    else:
        refused = False
    if refused:
        return evolve(ending, trace=Trace.REFUSED)
    if all(isinstance(word, Unset) for word in words):
        return evolve(ending, trace=Trace.UNKNOWN, reason=f"{ending.reason}, which tells nothing of the send")
    return ending


def _id_of_success(answer: SimpleSmsMessageResponse | BulkSmsMessageResponse) -> str | Unset:
    """Return the answer's id, unless a code stands beside it other than 0, the only one shown."""
    return UNSET if answer.code not in {0, UNSET} else answer.correlation_id


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
    fates = _found_fates(request, found or {}) if answer is None else _told_fates(request, answer)
    bulk_id = known(answer.bulk_id) if answer else None
    return BulkResult(
        bulk_id=bulk_id or str(request.bulk_id),
        fates=fates,
        correlation_id=known(answer.correlation_id) if answer else None,
        request_id=known(request.request_id),
        reconciled=answer is None,
    )


def _told_fates(request: BulkSmsMessageRequest, answer: BulkSmsMessageResponse) -> tuple[Fate, ...]:
    numbers, message_ids = addressed(request)
    told = told_by(answer)
    refused = answer.is_successful is False
    outcomes = {status: _outcome(status, whole_refused=refused) for status in set(told.statuses)}
    columns = (map(outcomes.__getitem__, told.statuses), told.statuses, told.sms_counts, told.descriptions)
    if told.message_ids == message_ids:
        return tuple(map(Fate, numbers, message_ids, *columns))
    # An answer without any fates, as far as edition 2026-02-25 was captured, speaks for the whole bulk.
    whole = isinstance(answer.sms_message_delivery_statuses, Unset)
    untold: _Row = ("accepted" if whole else "unknown", None, None, None)
    rows = dict(zip(told.message_ids, zip(*columns, strict=True), strict=True))
    return tuple(
        Fate(number, message_id, *rows.get(message_id, untold))
        for number, message_id in zip(numbers, message_ids, strict=True)
    )


def _found_fates(request: BulkSmsMessageRequest, found: Mapping[str, MessageStatus]) -> tuple[Fate, ...]:
    return tuple(
        Fate(number, message_id, "accepted", found[message_id].status)
        if message_id in found
        else Fate(number, message_id, "unknown")
        for number, message_id in zip(*addressed(request), strict=True)
    )


def _outcome(status: str | None, *, whole_refused: bool) -> _Outcome:
    """Return what a fate's status says, which an answer that refuses the whole must not contradict."""
    if status in _REFUSED_STATUSES or (whole_refused and is_final(status) and status not in _TAKEN_STATUSES):
        return "refused"
    return "unknown" if whole_refused and status not in _TAKEN_STATUSES else "accepted"


def _correlation_id(answer: object) -> str | None:
    value = getattr(answer, "correlation_id", UNSET)
    if isinstance(value, Unset) and isinstance(answer, ProblemDetail):
        value = answer.additional_properties.get("correlationId")
    return value if isinstance(value, str) else None


def _words_of(answer: object) -> list[object]:
    """Return what an answer says of a failure: its problem details, or the words of its envelope."""
    if isinstance(answer, SimpleSmsMessageResponse | BulkSmsMessageResponse):
        code = "" if isinstance(answer.code, Unset) else f"code {answer.code}"
        return [answer.message if isinstance(answer.message, str) else "", code]
    if not isinstance(answer, ProblemDetail):
        return []
    parts: list[object] = [known(answer.detail) or known(answer.title)]
    for one in known(answer.errors) or ():
        place = known(one.pointer) or known(one.parameter) or ""
        parts.append(f"{place} {known(one.detail) or ''}".strip())
    return parts


def _told(parts: list[object], hidden: Private) -> str:
    """Return what the gateway says, as a clause, without what is hidden."""
    said = [HIDDEN if hidden.is_in(words) else words for words in map(_said, parts) if words]
    words = masked("; ".join(said))
    if not words.replace(HIDDEN, "").strip("; "):
        return ""
    return f": {words if len(words) <= _LONGEST_DETAIL else words[:_LONGEST_DETAIL] + '…'}"


def _said(part: object) -> str:
    return _printable(str(part)[:_LONGEST_PART]) if part else ""


def _printable(words: str) -> str:
    return "".join(c if c.isprintable() else " " for c in words)
