"""Sending: the three ways in which it ends, and the asking for a send whose answer was lost."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from blackkonnect_sms_api.api.mobile_sms_messaging import get_message_status, send_bulk_messages, send_message
from blackkonnect_sms_api.models import (
    BulkSmsMessageRequest,
    BulkSmsMessageResponse,
    GatewayMessageDeliveryStatus,
    SimpleSmsMessageRequest,
    SimpleSmsMessageResponse,
)
from blackkonnect_sms_api.types import Unset

from blackkonnect_sms import errors
from blackkonnect_sms._answers import (
    Ending,
    bulk_result,
    destinations_of,
    error_of,
    is_about_sending,
    said_no,
    send_result,
)
from blackkonnect_sms._reading import Reading
from blackkonnect_sms._requests import cause_of
from blackkonnect_sms._steps import Call, Pause, Plan, collected
from blackkonnect_sms.results import BulkResult, SendResult
from blackkonnect_sms.retry import Trace
from blackkonnect_sms.statuses import MessageStatus, known

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["Core"]

T = TypeVar("T")
_SLOWEST_POLL = 5.0
_NOT_FOUND = 404


class Missing(Enum):
    """Why a send was not found by its ids."""

    ABSENT = "the gateway answered that it does not know them"
    SILENT = "the gateway gave no answer"


class Core(Reading):
    """All the plans of a client."""

    def send(self, request: SimpleSmsMessageRequest, *, resend_when_absent: bool | None) -> Plan[SendResult]:
        """Send one message; the result, or the error that says what is known of it."""
        message_id = str(request.message_id)

        def found(until: float) -> Plan[SendResult | Missing]:
            status = yield from self._find(message_id, until)
            return status if isinstance(status, Missing) else send_result(request, None, status)

        return self._send(
            send_message,
            "sendMessage",
            send_message.request_kwargs(body=request, **self.headers()),
            accepted=lambda answer: send_result(request, answer),
            answers=SimpleSmsMessageResponse,
            found=found,
            resend=self.config.resend_when_absent if resend_when_absent is None else resend_when_absent,
            private=(str(request.text),),
            ids={"message_ids": (message_id,), "request_id": known(request.request_id)},
        )

    def send_bulk(
        self, request: BulkSmsMessageRequest, *, resend_when_absent: bool | None
    ) -> Plan[BulkResult]:
        """Send a bulk; the fate of each destination, or the error as `send` gives it."""
        bulk_id = str(request.bulk_id)
        message_ids = tuple(message_id for _, message_id in destinations_of(request))

        def found(until: float) -> Plan[BulkResult | Missing]:
            statuses = yield from self._find_bulk(bulk_id, message_ids, until)
            return statuses if isinstance(statuses, Missing) else bulk_result(request, None, statuses)

        return self._send(
            send_bulk_messages,
            "sendBulkMessages",
            send_bulk_messages.request_kwargs(body=request, **self.headers()),
            accepted=lambda answer: bulk_result(request, answer),
            answers=BulkSmsMessageResponse,
            found=found,
            resend=self.config.resend_when_absent if resend_when_absent is None else resend_when_absent,
            private=tuple(
                str(message.text)
                for message in ([] if isinstance(request.messages, Unset) else request.messages)
            ),
            ids={"message_ids": message_ids, "bulk_id": bulk_id, "request_id": known(request.request_id)},
        )

    def _send(  # noqa: PLR0913 - what a single message and a bulk differ in
        self,
        module: ModuleType,
        operation: str,
        arguments: dict[str, Any],
        *,
        accepted: Callable[[Any], T],
        answers: type,
        found: Callable[[float], Plan[T | Missing]],
        resend: bool,
        private: tuple[str, ...],
        ids: dict[str, Any],
    ) -> Plan[T]:
        deadline = self.clock.monotonic() + self.config.deadline
        unknown: Ending | None = None
        for _ in range(self.policy.attempts if resend else 1):
            ending = yield from self.ask(module, operation, arguments, deadline, repeated={Trace.NOTHING})
            if said_no(ending):
                ending = Ending(Trace.REFUSED, "isSuccessful is false", answer=ending.answer)
            elif (
                ending.trace is Trace.TAKEN
                and isinstance(ending.answer, answers)
                and is_about_sending(ending)
            ):
                return accepted(ending.answer)
            if unknown is None and ending.trace in {Trace.REFUSED, Trace.NOTHING}:
                raise error_of(ending, private=private, request_id=ids["request_id"]) from cause_of(ending)
            unknown = unknown or ending
            now = self.clock.monotonic()
            result = yield from found(min(now + self.config.reconcile_for, max(now, deadline)))
            if not isinstance(result, Missing):
                return result
            if result is Missing.SILENT or self.clock.monotonic() >= deadline:
                break
        raise self._outcome_unknown(unknown, found, ids) from cause_of(unknown)

    def _outcome_unknown(
        self, ending: Ending | None, found: Callable[[float], Plan[T | Missing]], ids: dict[str, Any]
    ) -> errors.OutcomeUnknown:
        reason = ending.reason if ending else "no answer"

        def again() -> Plan[T]:
            result = yield from found(self.clock.monotonic() + self.config.reconcile_for)
            if isinstance(result, Missing):
                raise self._outcome_unknown(ending, found, ids)
            return result

        return errors.OutcomeUnknown(
            f"the answer to the send was lost ({reason}) and the gateway does not tell by the send's ids "
            "whether it was taken; ask again later with reconcile(), and do not repeat it before you know",
            status_code=ending.status if ending else None,
            again=again,
            **ids,
        )

    def _find(self, message_id: str, until: float) -> Plan[MessageStatus | Missing]:
        """Ask for a message by its id until it is found or the time is over."""
        delay = self.policy.base
        while True:
            reply = yield Call(
                get_message_status.request_kwargs(message_id, **self.headers()), self.timeout(until)
            )
            ending = self.ending(get_message_status, reply)
            answer = ending.answer
            if isinstance(answer, GatewayMessageDeliveryStatus) and known(answer.message_id) == message_id:
                return MessageStatus.from_answer(answer)
            delay = max(delay, ending.retry_after or 0.0)
            if self.clock.monotonic() + delay >= until:
                return Missing.ABSENT if ending.status == _NOT_FOUND else Missing.SILENT
            yield Pause(delay)
            delay = min(2 * delay, _SLOWEST_POLL)

    def _find_bulk(
        self, bulk_id: str, message_ids: tuple[str, ...], until: float
    ) -> Plan[dict[str, MessageStatus] | Missing]:
        """Ask for a bulk by its id until all of it is found or the time is over."""
        wanted = set(message_ids)
        found: dict[str, MessageStatus] = {}
        delay = self.policy.base
        while True:
            missing = Missing.SILENT
            try:
                statuses = yield from collected(self.statuses(bulk_id, message_ids, until))
                found.update(
                    {one.message_id: one for one in statuses if one.message_id in wanted and one.message_id}
                )
            except errors.NotFound:
                missing = Missing.ABSENT
            except errors.BlackkonnectError:
                pass  # a question that went unanswered is asked again, as long as there is time
            if len(found) == len(wanted) or self.clock.monotonic() + delay >= until:
                return found or missing
            yield Pause(delay)
            delay = min(2 * delay, _SLOWEST_POLL)
