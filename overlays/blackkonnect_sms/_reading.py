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

__all__ = ["Reading"]

_PAGE_SIZE = 500
_SLOWEST_POLL = 5.0


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
        return MessageStatus.from_answer(answer)

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
                if name not in seen:
                    seen.add(name)
                    left.pop(status.message_id or "", None)
                    fresh.append(status)
            if fresh:
                yield Found(tuple(fresh))
            if single:
                yield from self._one_by_one(left, until)
                return
            if not fresh or (bounded and not left):
                return
            page += 1

    def _one_by_one(self, message_ids: Iterable[str], until: float | None) -> Plan[None]:
        for message_id in message_ids:
            try:
                status = yield from self.status(message_id, until)
            except errors.NotFound:
                continue
            yield Found((status,))

    def wait(self, message_ids: tuple[str, ...], bulk_id: str | None, timeout: float) -> Plan[WaitResult]:
        """Poll until every message is final or the time is over."""
        until = self.clock.monotonic() + timeout
        latest: dict[str, MessageStatus] = {}
        pending = message_ids
        delay = self.policy.base
        while True:
            plan = (
                self._one_by_one(pending, until)
                if bulk_id is None
                else self.statuses(bulk_id, message_ids, until)
            )
            try:
                for status in (yield from collected(plan)):
                    before = latest.get(status.message_id or "")
                    if status.message_id is not None and not (before and before.is_final):
                        latest[status.message_id] = status
            except (
                errors.NotFound,
                errors.Unavailable,
                errors.RateLimited,
                errors.Unreachable,
                errors.TokenUnavailable,
            ):
                pass  # a question that went unanswered is asked again, as long as there is time
            pending = tuple(name for name in message_ids if name not in latest or not latest[name].is_final)
            left = until - self.clock.monotonic()
            if not pending or left <= 0:
                ordered = {name: latest[name] for name in message_ids if name in latest}
                return WaitResult(ordered, pending)
            yield Pause(min(delay, left))
            delay = min(1.5 * delay, _SLOWEST_POLL)

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
