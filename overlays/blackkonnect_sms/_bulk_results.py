"""What becomes of a bulk that took several requests. Pure functions, without I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blackkonnect_sms_api.records import evolve

from blackkonnect_sms import errors
from blackkonnect_sms._to_numbers import destinations_of
from blackkonnect_sms.results import BulkResult, Fate
from blackkonnect_sms.statuses import known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from blackkonnect_sms_api.models import BulkSmsMessageRequest

    from blackkonnect_sms.statuses import MessageStatus

__all__ = ["cut_off", "failed_bulk", "joined", "not_begun", "speaks_for_all", "verdict", "with_found"]

_OF_THE_GATEWAY = (
    errors.AuthenticationError,
    errors.TokenUnavailable,
    errors.RateLimited,
    errors.Unreachable,
)


def failed_bulk(request: BulkSmsMessageRequest, error: Exception) -> BulkResult:
    """Return the result of a request that ended with an error.

    Args:
        request: The request.
        error: What it ended with; anything but `OutcomeUnknown` says that nothing was sent.
    """
    unknown = isinstance(error, errors.OutcomeUnknown)
    if not isinstance(error, errors.BlackkonnectError):
        ours = errors.Refused(f"it was not sent, for something else failed ({type(error).__name__})")
        ours.__cause__ = error
        error = ours
    return BulkResult(
        bulk_id=str(request.bulk_id),
        fates=tuple(
            Fate(number, message_id, "unknown" if unknown else "refused")
            for number, message_id in destinations_of(request)
        ),
        request_id=known(request.request_id),
        error=error,
    )


def speaks_for_all(error: errors.BlackkonnectError | None) -> bool:
    """Tell whether what refused one request would refuse the others of the bulk as well."""
    return isinstance(error, _OF_THE_GATEWAY)


def not_begun(cause: errors.BlackkonnectError, *, after: int | None = None) -> errors.Refused:
    """Return the error of what was not sent any more.

    Args:
        cause: Why.
        after: How many destinations have a fate, where that is not plain.
    """
    place = "" if after is None else f" from destinations[{after}] on"
    error = errors.Refused(f"nothing was sent{place}, for a request before it failed: {cause}")
    error.retry_after = cause.retry_after
    error.__cause__ = cause
    return error


def joined(bulk_id: str, parts: Iterable[BulkResult]) -> BulkResult:
    """Return the results of a bulk's requests as one.

    Args:
        bulk_id: The id of the whole.
        parts: The results, in the order given.
    """
    parts = tuple(parts)
    return BulkResult(
        bulk_id=bulk_id,
        fates=tuple(fate for part in parts for fate in part.fates),
        request_id=parts[0].request_id,
        reconciled=any(part.reconciled for part in parts),
        parts=parts,
    )


def verdict(whole: BulkResult, again: Callable[[], Any]) -> errors.BlackkonnectError | None:
    """Return what to raise for a bulk that took several requests; None where its result is returned.

    A caller that gets an error takes it for the whole and may send the whole again, so there is none as soon
    as anything was taken, and `Refused` only where nothing was.

    Args:
        whole: The result of the whole.
        again: Asks once more.
    """
    if any(part.error is None for part in whole.parts) or whole.accepted:
        return None
    if not whole.unknown:
        return next(part.error for part in whole.parts if part.error is not None)
    lost = [part.error for part in whole.parts if isinstance(part.error, errors.OutcomeUnknown)]
    return errors.OutcomeUnknown(
        f"of {len(whole.fates)} destinations {len(whole.unknown)} may have been taken, and none is known to "
        "be; ask again later with reconcile(), and do not repeat them before you know",
        status_code=lost[0].status_code,
        retry_after=lost[0].retry_after,
        request_id=whole.request_id,
        message_ids=tuple(fate.message_id for fate in whole.unknown),
        bulk_id=whole.bulk_id,
        result=whole,
        again=again,
    )


def cut_off(whole: BulkResult, again: Callable[[], Any]) -> errors.OutcomeUnknown:
    """Return what to leave with the cancellation or the Ctrl-C that ends a bulk of several requests.

    Args:
        whole: What is known of each destination.
        again: Asks once more.
    """
    return errors.OutcomeUnknown(
        f"the sending was cut off; of {len(whole.fates)} destinations {len(whole.accepted)} were taken and "
        f"{len(whole.unknown)} may have been; ask again later with reconcile()",
        request_id=whole.request_id,
        message_ids=tuple(fate.message_id for fate in whole.unknown),
        bulk_id=whole.bulk_id,
        result=whole,
        again=again,
    )


def with_found(bulk: BulkResult, found: Mapping[str, MessageStatus]) -> BulkResult:
    """Return a request's result with what its ids brought to light.

    Args:
        bulk: The result of one request.
        found: The statuses of messages whose fate was unknown, by their ids.
    """
    if not found:
        return bulk
    fates = tuple(
        evolve(fate, outcome="accepted", status=found[fate.message_id].status)
        if fate.outcome == "unknown" and fate.message_id in found
        else fate
        for fate in bulk.fates
    )
    return evolve(bulk, fates=fates, reconciled=True, error=None)
