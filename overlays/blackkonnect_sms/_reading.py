"""Questions: the status of a message, the statuses of a bulk, and the waiting for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blackkonnect_sms_api.api.mobile_sms_messaging import get_bulk_message_status, get_message_status
from blackkonnect_sms_api.models import GatewayMessageDeliveryStatus, GatewayMessageDeliveryStatusDTO

from blackkonnect_sms import _logging as log
from blackkonnect_sms import errors
from blackkonnect_sms._answers import error_of
from blackkonnect_sms._requests import Requests, cause_of
from blackkonnect_sms._steps import Found, Pause, collected
from blackkonnect_sms.results import WaitResult
from blackkonnect_sms.retry import Trace
from blackkonnect_sms.statuses import MessageStatus

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from types import ModuleType

    from blackkonnect_sms._steps import Plan

__all__ = ["QUICKEST_POLL", "SLOWEST_POLL", "Bulks", "Reading"]

_PAGE_SIZE = 500
_MOST_PAGES = 20_000
_MOST_MESSAGES = 1_000_000
_FAILURES_IN_A_ROW = 3
QUICKEST_POLL = 0.1
SLOWEST_POLL = 5.0


Bulks = tuple[tuple[str, tuple[str, ...]], ...]
"""The ids of bulks' requests, each with those of its messages where they are known."""


class Reading(Requests):
    """The plans that ask and send nothing."""

    def status(self, message_id: str, until: float | None = None) -> Plan[MessageStatus]:
        """Read the status of one message."""
        answer = yield from self._read(
            get_message_status,
            "getMessageStatus",
            get_message_status.request_kwargs(message_id, **self.headers()),
            until=until,
        )
        if not isinstance(answer, GatewayMessageDeliveryStatus):
            raise errors.Unavailable("the gateway's answer is no status of a message")
        status = MessageStatus.from_answer(answer)
        if status.message_id is None and status.status is None:
            raise errors.Unavailable("the gateway's answer tells no status")
        return status

    def statuses(
        self, bulk_id: str, message_ids: Iterable[str] = (), until: float | None = None
    ) -> Plan[None]:
        """Read the statuses of a bulk, page by page, and of edition 2025-05-16 one by one.

        A page that brings nothing new ends it rather than a short one: a gateway may have pages smaller
        than it was asked for. That has an end too, where a gateway tells ever new ones.

        Args:
            bulk_id: The bulk.
            message_ids: The messages of it that are asked for, where they are known.
            until: The moment, on the clock, at which the asking ends.
        """
        left = dict.fromkeys(message_ids)
        bounded = bool(left)
        # What a gateway makes up for ids can be of any length, so their hashes are kept.
        seen: set[int] = set()
        for page in range(_MOST_PAGES):
            answer = yield from self._read(
                get_bulk_message_status,
                "getBulkMessageStatus",
                get_bulk_message_status.request_kwargs(bulk_id, page=page, size=_PAGE_SIZE, **self.headers()),
                until=until,
            )
            single = isinstance(answer, GatewayMessageDeliveryStatusDTO)
            listed = [answer] if single else answer if isinstance(answer, list) else None
            if listed is None:
                raise errors.Unavailable("the gateway's answer is no status of a bulk")
            fresh = []
            for status in map(MessageStatus.from_answer, listed):
                name = status.message_id or status.uuid
                if name is not None and hash(name) not in seen:
                    seen.add(hash(name))
                    left.pop(status.message_id or "", None)
                    fresh.append(status)
            if fresh:
                yield Found(tuple(fresh))
            if single:
                yield from self._one_by_one(left, until)
                return
            if not fresh or (bounded and not left) or self._is_over(until):
                return
            if len(seen) > _MOST_MESSAGES:
                break
        raise errors.Unavailable("the gateway's pages of one bulk have no end")

    def _one_by_one(self, message_ids: Collection[str], until: float | None) -> Plan[None]:
        alone = len(message_ids) == 1
        yield from self._each(
            (self._one(name, until if alone else self._share(until)) for name in message_ids), until
        )

    def _one(self, message_id: str, until: float | None) -> Plan[None]:
        status = yield from self.status(message_id, until)
        yield Found((status,))

    def _share(self, until: float | None) -> float:
        """Return until when one of many may be asked for: one that hangs must leave time for the others."""
        now = self.clock.monotonic()
        return now + (self.config.timeout if until is None else min(self.config.timeout, (until - now) / 2))

    def _each(self, plans: Iterable[Plan[None]], until: float | None) -> Plan[None]:
        """Carry plans out one after the other, so that one that fails does not hide those after it.

        Its failure is told in the end. Where several in a row get no answer, or where a failure is none of
        one question alone, the gateway is at fault, and the others would only wait for as long.
        """
        failure: errors.BlackkonnectError | None = None
        in_a_row = 0
        for plan in plans:
            if self._is_over(until):
                break
            try:
                yield from plan
            except errors.NotFound:
                in_a_row = 0
            except errors.BlackkonnectError as error:
                if not _concerns_one_alone(error):
                    raise
                failure = failure or error
                in_a_row = in_a_row + 1 if isinstance(error, errors.Unavailable) else 0
                if in_a_row == _FAILURES_IN_A_ROW:
                    break
            else:
                in_a_row = 0
        if failure is not None:
            raise failure

    def _is_over(self, until: float | None) -> bool:
        return until is not None and self.clock.monotonic() >= until

    def statuses_of(self, bulks: Bulks, until: float | None = None) -> Plan[None]:
        """Read the statuses of a bulk that took one request or several.

        Of several, one that the gateway does not know, or does not know yet, does not hide the others.
        """
        if len(bulks) == 1:
            yield from self.statuses(*bulks[0], until)
        else:
            yield from self._each((self.statuses(*one, until) for one in bulks), until)

    def wait(self, message_ids: tuple[str, ...], bulks: Bulks, timeout: float) -> Plan[WaitResult]:
        """Poll until every message is final or the time is over.

        Args:
            message_ids: The messages.
            bulks: The bulks that they belong to; without any they are asked for one by one.
            timeout: For how many seconds at most.
        """
        until = self.clock.monotonic() + timeout
        limit = until if timeout > 0 else None  # a single question may take as long as any other
        latest: dict[str, MessageStatus] = {}
        wanted = frozenset(message_ids)
        pending = message_ids
        first = 0
        delay = max(self.policy.base, QUICKEST_POLL)
        while True:
            # Those that were hidden by others that failed in a row have their turn before these.
            asked = pending[first:] + pending[:first]
            plan = (
                self.statuses_of(_with_any(bulks, asked), limit) if bulks else self._one_by_one(asked, limit)
            )
            told: list[MessageStatus] = []
            floor = 0.0
            try:
                yield from collected(plan, told)
            except (
                errors.NotFound,
                errors.Unavailable,
                errors.RateLimited,
                errors.Unreachable,
                errors.TokenUnavailable,
            ) as unanswered:  # it is asked again, as long as there is time
                floor = unanswered.retry_after or 0.0
                first += _FAILURES_IN_A_ROW
            except (errors.Refused, errors.InvalidArgument) as refused:
                if not told or not _concerns_one_alone(refused):
                    raise
                first += _FAILURES_IN_A_ROW
            for status in told:
                before = latest.get(status.message_id or "")
                if status.message_id in wanted and not (before and before.is_final):
                    latest[str(status.message_id)] = status
            pending = tuple(name for name in message_ids if name not in latest or not latest[name].is_final)
            first = first % len(pending) if pending else 0
            left = until - self.clock.monotonic()
            if pending and left > 0:
                pause = min(max(delay, floor), left)
                log.polled(len(pending), len(message_ids), pause)
                yield Pause(pause)
            if not pending or left <= floor:
                ordered = {name: latest[name] for name in message_ids if name in latest}
                return WaitResult(ordered, pending)
            delay = min(1.5 * delay, SLOWEST_POLL)

    def _read(
        self, module: ModuleType, operation: str, arguments: dict[str, Any], *, until: float | None
    ) -> Plan[Any]:
        deadline = self.clock.monotonic() + self.config.deadline
        if until is not None:
            deadline = min(deadline, until)
        ending = yield from self.ask(
            module, operation, arguments, deadline, repeated={Trace.NOTHING, Trace.UNKNOWN}
        )
        if ending.trace is Trace.TAKEN:
            return ending.answer
        raise error_of(ending) from cause_of(ending)


def _with_any(bulks: Bulks, pending: tuple[str, ...]) -> Bulks:
    """Return the bulks that a message is pending of, with these in their order; where none is, the first."""
    place = {name: index for index, name in enumerate(pending)}
    left = [
        (bulk_id, tuple(sorted((name for name in names if name in place), key=place.__getitem__)))
        for bulk_id, names in bulks
    ]
    left = sorted((one for one in left if one[1]), key=lambda one: place[one[1][0]])
    return tuple(left) or bulks[:1]


def _concerns_one_alone(error: errors.BlackkonnectError) -> bool:
    """Tell whether a question's failure may be due to what it asks for, and not to the gateway as a whole."""
    return isinstance(error, errors.Unavailable | errors.InvalidArgument) or type(error) is errors.Refused
