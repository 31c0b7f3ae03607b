"""Questions: the status of a message, the statuses of a bulk, and the waiting for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blackkonnect_sms_api.api.mobile_sms_messaging import get_bulk_message_status, get_message_status
from blackkonnect_sms_api.models import GatewayMessageDeliveryStatus, GatewayMessageDeliveryStatusDTO

from blackkonnect_sms import errors
from blackkonnect_sms._answers import error_of
from blackkonnect_sms._requests import Requests, cause_of
from blackkonnect_sms._steps import Found, Pause, Plan, collected
from blackkonnect_sms.results import WaitResult
from blackkonnect_sms.retry import Trace
from blackkonnect_sms.statuses import MessageStatus

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

__all__ = ["QUICKEST_POLL", "SLOWEST_POLL", "Reading"]

_PAGE_SIZE = 500
QUICKEST_POLL = 0.1
SLOWEST_POLL = 5.0


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
        than it was asked for.
        """
        left = dict.fromkeys(message_ids)
        bounded = bool(left)
        seen: set[object] = set()
        page = 0
        while True:
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
                if name is not None and name not in seen:
                    seen.add(name)
                    left.pop(status.message_id or "", None)
                    fresh.append(status)
            if fresh:
                yield Found(tuple(fresh))
            if single:
                yield from self._one_by_one(left, until)
                return
            if not fresh or (bounded and not left) or self._is_over(until):
                return
            page += 1

    def _one_by_one(self, message_ids: Iterable[str], until: float | None) -> Plan[None]:
        for message_id in message_ids:
            if self._is_over(until):
                return
            try:
                status = yield from self.status(message_id, until)
            except errors.NotFound:
                continue
            yield Found((status,))

    def _is_over(self, until: float | None) -> bool:
        return until is not None and self.clock.monotonic() >= until

    def wait(self, message_ids: tuple[str, ...], bulk_id: str | None, timeout: float) -> Plan[WaitResult]:
        """Poll until every message is final or the time is over."""
        until = self.clock.monotonic() + timeout
        limit = until if timeout > 0 else None  # a single question may take as long as any other
        latest: dict[str, MessageStatus] = {}
        pending = message_ids
        delay = max(self.policy.base, QUICKEST_POLL)
        while True:
            plan = (
                self._one_by_one(pending, limit)
                if bulk_id is None
                else self.statuses(bulk_id, message_ids, limit)
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
            for status in told:
                before = latest.get(status.message_id or "")
                if status.message_id is not None and not (before and before.is_final):
                    latest[status.message_id] = status
            pending = tuple(name for name in message_ids if name not in latest or not latest[name].is_final)
            left = until - self.clock.monotonic()
            if pending and left > 0:
                yield Pause(min(max(delay, floor), left))
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
