"""Sending: the three ways in which it ends, and the asking for a send whose answer was lost."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from blackkonnect_sms_api.api.mobile_sms_messaging import get_message_status, send_bulk_messages, send_message
from blackkonnect_sms_api.models import (
    BulkSmsMessageRequest,
    GatewayMessageDeliveryStatus,
    ProblemDetail,
    SimpleSmsMessageRequest,
)

from blackkonnect_sms import errors
from blackkonnect_sms._answers import (
    Ending,
    bulk_result,
    destinations_of,
    error_of,
    judged,
    send_result,
)
from blackkonnect_sms._reading import QUICKEST_POLL, SLOWEST_POLL, Reading
from blackkonnect_sms._requests import cause_of
from blackkonnect_sms._steps import Call, Pause, Plan, collected
from blackkonnect_sms.results import BulkResult, SendResult
from blackkonnect_sms.retry import RetryEvent, Trace
from blackkonnect_sms.statuses import MessageStatus, known

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["Core"]

T = TypeVar("T")
_NOT_FOUND = 404


class Missing(Enum):
    """Why a send was not found by its ids."""

    ABSENT = "the gateway answered that it does not know them"
    SILENT = "the gateway gave no answer"


Sought = Callable[[float, float], Plan[T | Missing]]
"""Asks for a send by its ids: until when again, and until when an answer is waited for."""


class Core(Reading):
    """All the plans of a client."""

    def send(self, request: SimpleSmsMessageRequest, *, resend_when_absent: bool | None) -> Plan[SendResult]:
        """Send one message; the result, or the error that says what is known of it."""
        message_id = str(request.message_id)

        def found(until: float, limit: float) -> Plan[SendResult | Missing]:
            status = yield from self._find(message_id, until, limit)
            return status if isinstance(status, Missing) else send_result(request, None, status)

        return self._send(
            send_message,
            "sendMessage",
            send_message.request_kwargs(body=request, **self.headers()),
            accepted=lambda answer: send_result(request, answer),
            found=found,
            resend=self._resends(resend_when_absent),
            private=(str(request.text),),
            ids={"message_ids": (message_id,), "request_id": known(request.request_id)},
        )

    def send_bulk(
        self, request: BulkSmsMessageRequest, *, resend_when_absent: bool | None
    ) -> Plan[BulkResult]:
        """Send a bulk; the fate of each destination, or the error as `send` gives it."""
        bulk_id = str(request.bulk_id)
        message_ids = tuple(message_id for _, message_id in destinations_of(request))

        def found(until: float, limit: float) -> Plan[BulkResult | Missing]:
            statuses = yield from self._find_bulk(bulk_id, message_ids, until, limit)
            return statuses if isinstance(statuses, Missing) else bulk_result(request, None, statuses)

        return self._send(
            send_bulk_messages,
            "sendBulkMessages",
            send_bulk_messages.request_kwargs(body=request, **self.headers()),
            accepted=lambda answer: bulk_result(request, answer),
            found=found,
            resend=self._resends(resend_when_absent),
            private=tuple(str(message.text) for message in known(request.messages) or ()),
            ids={"message_ids": message_ids, "bulk_id": bulk_id, "request_id": known(request.request_id)},
        )

    def _resends(self, given: object) -> bool:
        if given is None:
            return self.config.resend_when_absent
        if not isinstance(given, bool):
            raise errors.InvalidArgument("resend_when_absent", "must be True, False or None")
        return given

    def _send(  # noqa: PLR0913 - what a single message and a bulk differ in
        self,
        module: ModuleType,
        operation: str,
        arguments: dict[str, Any],
        *,
        accepted: Callable[[Any], T],
        found: Sought[T],
        resend: bool,
        private: tuple[str, ...],
        ids: dict[str, Any],
    ) -> Plan[T]:
        deadline = self.clock.monotonic() + self.config.deadline

        def attempt() -> Plan[Ending]:
            ending = yield from self.ask(module, operation, arguments, deadline, repeated={Trace.NOTHING})
            return judged(ending)

        ending = yield from attempt()
        if ending.trace is Trace.TAKEN:
            return accepted(ending.answer)
        if ending.trace is not Trace.UNKNOWN:
            error = error_of(ending, private=private, request_id=ids["request_id"], sending=True)
            raise error from cause_of(ending)
        try:
            again = self._resent(operation, attempt, accepted, found, deadline) if resend else None
            result = yield from again or found(*self._span(deadline))
        except Exception as failure:
            # Whatever goes wrong from here on, as in on_retry, must not hide that the send may be taken.
            raise self._outcome_unknown(ending, found, ids) from failure
        if isinstance(result, Missing):
            raise self._outcome_unknown(ending, found, ids) from cause_of(ending)
        return result

    def _resent(
        self,
        operation: str,
        attempt: Callable[[], Plan[Ending]],
        accepted: Callable[[Any], T],
        found: Sought[T],
        deadline: float,
    ) -> Plan[T | Missing]:
        """Ask for a send whose answer was lost, and repeat it as often as the gateway does not know it."""
        for tries in range(1, self.policy.attempts + 1):
            result = yield from found(*self._span(deadline))
            if (
                result is not Missing.ABSENT
                or tries == self.policy.attempts
                or self.clock.monotonic() >= deadline
                or not self.budget.spend()
            ):
                break
            if self.on_retry is not None:
                self.on_retry(RetryEvent(operation, tries, 0.0, "absent"))
            ending = yield from attempt()
            if ending.trace is Trace.TAKEN:
                return accepted(ending.answer)
        return result

    def _span(self, deadline: float) -> tuple[float, float]:
        """Return until when a lost send is asked for again, and until when an answer is waited for."""
        now = self.clock.monotonic()
        until = min(now + self.config.reconcile_for, max(now, deadline))
        return until, until if self.config.reconcile_for > 0 else deadline

    def _outcome_unknown(
        self, ending: Ending, found: Sought[T], ids: dict[str, Any]
    ) -> errors.OutcomeUnknown:
        def again() -> Plan[T]:
            result = yield from found(*self._span(self.clock.monotonic() + self.config.deadline))
            if isinstance(result, Missing):
                raise self._outcome_unknown(ending, found, ids)
            return result

        return errors.OutcomeUnknown(
            f"the answer to the send was lost ({ending.reason}) and the gateway does not tell by its ids "
            "whether it was taken; ask again later with reconcile(), and do not repeat it before you know",
            status_code=ending.status,
            retry_after=ending.retry_after,
            again=again,
            **ids,
        )

    def _find(self, message_id: str, until: float, limit: float) -> Plan[MessageStatus | Missing]:
        """Ask for a message by its id until it is found or the time is over."""
        delay = max(self.policy.base, QUICKEST_POLL)
        while True:
            reply = yield Call(
                get_message_status.request_kwargs(message_id, **self.headers()), self.timeout(limit)
            )
            ending = self.ending(get_message_status, reply)
            answer = ending.answer
            if isinstance(answer, GatewayMessageDeliveryStatus) and known(answer.message_id) == message_id:
                return MessageStatus.from_answer(answer)
            delay = max(delay, ending.retry_after or 0.0)
            if self.clock.monotonic() + delay >= until:
                # Only the gateway's own words count, not a proxy's page, nor a 404 of the token operation.
                absent = ending.status == _NOT_FOUND and isinstance(answer, ProblemDetail)
                return Missing.ABSENT if absent else Missing.SILENT
            yield Pause(delay)
            delay = min(2 * delay, SLOWEST_POLL)

    def _find_bulk(
        self, bulk_id: str, message_ids: tuple[str, ...], until: float, limit: float
    ) -> Plan[dict[str, MessageStatus] | Missing]:
        """Ask for a bulk by its id until all of it is found or the time is over."""
        wanted = set(message_ids)
        found: dict[str, MessageStatus] = {}
        delay = max(self.policy.base, QUICKEST_POLL)
        while True:
            missing = Missing.SILENT
            statuses: list[MessageStatus] = []
            try:
                yield from collected(self.statuses(bulk_id, message_ids, limit), statuses)
            except errors.NotFound as error:
                missing = Missing.ABSENT if error.problem is not None else Missing.SILENT
            except errors.BlackkonnectError as error:
                # A question that went unanswered is asked again, as long as there is time.
                delay = max(delay, error.retry_after or 0.0)
            found.update(
                {one.message_id: one for one in statuses if one.message_id and one.message_id in wanted}
            )
            if len(found) == len(wanted) or self.clock.monotonic() + delay >= until:
                return found or missing
            yield Pause(delay)
            delay = min(2 * delay, SLOWEST_POLL)
