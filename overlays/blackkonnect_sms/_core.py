"""Sending: the three ways in which it ends, and the asking for a send whose answer was lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from blackkonnect_sms_api.api.mobile_sms_messaging import get_message_status, send_bulk_messages, send_message
from blackkonnect_sms_api.models import (
    BulkSmsMessageRequest,
    GatewayMessageDeliveryStatus,
    ProblemDetail,
    SimpleSmsMessageRequest,
)
from blackkonnect_sms_api.records import evolve, frozen

from blackkonnect_sms import _bulk_answers, errors
from blackkonnect_sms import _logging as log
from blackkonnect_sms._answers import (
    Ending,
    bulk_result,
    error_of,
    judged,
    send_result,
)
from blackkonnect_sms._bulk_results import cut_off, failed_bulk, joined, verdict, with_found
from blackkonnect_sms._reading import QUICKEST_POLL, SLOWEST_POLL, Reading
from blackkonnect_sms._requests import cause_of, written
from blackkonnect_sms._steps import Call, Pause, collected
from blackkonnect_sms._to_numbers import TextToNumbers, addressed
from blackkonnect_sms.ids import ChosenId
from blackkonnect_sms.interruptions import leave
from blackkonnect_sms.results import BulkResult, SendResult
from blackkonnect_sms.retry import RetryEvent, Trace
from blackkonnect_sms.statuses import MessageStatus, known

if TYPE_CHECKING:
    from types import ModuleType

    from blackkonnect_sms._steps import Plan

__all__ = ["Core"]

T = TypeVar("T")
_NOT_FOUND = 404
_CONFLICT = 409


class Missing(Enum):
    """Why a send was not found by its ids."""

    ABSENT = "the gateway answered that it does not know them"
    SILENT = "the gateway gave no answer"


if TYPE_CHECKING:
    Sought = Callable[[float, float], Plan[T | Missing]]
    """Asks for a send by its ids: until when again, and until when an answer is waited for."""


@frozen
class _Sending(Generic[T]):
    """What a single message and a bulk differ in.

    Attributes:
        module: What reads the answer, mostly the operation of the generated client.
        operation: Its id in the document.
        arguments: The request, for httpx.
        accepted: Makes the result of the answer.
        found: Asks for the send by its ids.
        resend: Whether it is repeated where the gateway does not know it.
        new: Whether the client has just chosen all its ids.
        private: The texts, which no error may hold.
        ids: The ids, for errors.
        name: The id of the message or bulk, for logs.
    """

    module: ModuleType
    operation: str
    arguments: dict[str, Any]
    accepted: Callable[[Any], T]
    found: Sought[T]
    resend: bool
    new: bool
    private: tuple[str, ...]
    ids: dict[str, Any]
    name: str


class Core(Reading):
    """All the plans of a client."""

    def send(self, request: SimpleSmsMessageRequest, *, resend_when_absent: bool | None) -> Plan[SendResult]:
        """Send one message; the result, or the error that says what is known of it."""
        message_id = str(request.message_id)

        def found(until: float, limit: float) -> Plan[SendResult | Missing]:
            status = yield from self._find(message_id, until, limit)
            return status if isinstance(status, Missing) else send_result(request, None, status)

        sending = _Sending(
            send_message,
            "sendMessage",
            written(send_message, request, self.headers()),
            accepted=lambda answer: send_result(request, answer),
            found=found,
            resend=self.resends(resend_when_absent),
            new=isinstance(request.message_id, ChosenId),
            private=(str(request.text),),
            ids={"message_ids": (message_id,), "request_id": known(request.request_id)},
            name=message_id,
        )
        return self._send(sending)

    def send_bulk(
        self, request: BulkSmsMessageRequest, *, resend_when_absent: bool | None
    ) -> Plan[BulkResult]:
        """Send a bulk; the fate of each destination, or the error as `send` gives it."""
        bulk_id = str(request.bulk_id)
        message_ids = tuple(addressed(request)[1])

        def found(until: float, limit: float) -> Plan[BulkResult | Missing]:
            statuses = yield from self._find_bulk(bulk_id, message_ids, until, limit)
            return statuses if isinstance(statuses, Missing) else bulk_result(request, None, statuses)

        sending = _Sending(
            _bulk_answers,
            "sendBulkMessages",
            written(send_bulk_messages, request, self.headers()),
            accepted=lambda answer: bulk_result(request, answer),
            found=found,
            resend=self.resends(resend_when_absent),
            new=_is_new(request),
            private=tuple(str(message.text) for message in known(request.messages) or ()),
            ids={"message_ids": message_ids, "bulk_id": bulk_id, "request_id": known(request.request_id)},
            name=bulk_id,
        )
        return self._send(sending)

    def reconcile(self, bulk: BulkResult) -> Plan[BulkResult]:
        """Ask for the destinations of a bulk whose fate is unknown; what else is known stays."""
        asked = []
        for one in bulk.requests:
            names = tuple(fate.message_id for fate in one.unknown)
            span = self._span(self.clock.monotonic() + self.config.deadline)
            found = (yield from self._find_bulk(one.bulk_id, names, *span)) if names else Missing.ABSENT
            asked.append(one if isinstance(found, Missing) else with_found(one, found))
        return joined(bulk.bulk_id, asked) if bulk.parts else asked[0]

    def judge(self, whole: BulkResult) -> Plan[BulkResult]:
        """Return what became of a bulk that took several requests, or raise where none of it is taken."""
        yield from ()
        error = verdict(whole, lambda: self._judged_again(whole))
        if error is not None:
            raise error
        return whole

    def leave_bulk(
        self,
        stop: BaseException,
        requests: Sequence[BulkSmsMessageRequest],
        told: Sequence[BulkResult],
        bulk_id: str,
    ) -> None:
        """Leave what is known of a bulk of several requests with what cuts it off."""
        error = errors.Refused("it was not sent, for the sending was cut off before")
        rest = [failed_bulk(request, error) for request in requests[len(told) :]]
        whole = joined(bulk_id, [*told, *rest])
        leave(stop, cut_off(whole, lambda: self._judged_again(whole)))

    def _judged_again(self, whole: BulkResult) -> Plan[BulkResult]:
        return (yield from self.judge((yield from self.reconcile(whole))))

    def resends(self, given: object) -> bool:
        """Return whether a send whose answer was lost is repeated: as the caller says, or the client."""
        if given is None:
            return self.config.resend_when_absent
        if not isinstance(given, bool):
            raise errors.InvalidArgument("resend_when_absent", "must be True, False or None")
        return given

    def _send(self, sending: _Sending[T]) -> Plan[T]:
        try:
            return (yield from self._sent(sending))
        except (Exception, GeneratorExit):
            raise
        except BaseException as stop:
            # Nobody gets a result any more, so what cuts the send off has to tell its ids.
            lost = Ending(Trace.UNKNOWN, type(stop).__name__)
            leave(stop, self._outcome_unknown(lost, sending))
            log.unknown(sending.operation, sending.name, f"it was cut off ({lost.reason})")
            raise

    def _sent(self, sending: _Sending[T]) -> Plan[T]:
        deadline = self.clock.monotonic() + self.config.deadline
        # A try that takes all the time would leave none to ask what became of it.
        asking = min(self.config.reconcile_for or self.config.timeout, self.config.deadline / 4.0)
        ending = yield from self._tried(sending, deadline - asking)
        if ending.trace is Trace.TAKEN:
            log.ended(sending.operation, sending.name, "accepted", ending.reason)
            return sending.accepted(ending.answer)
        if ending.trace is not Trace.UNKNOWN:
            log.ended(sending.operation, sending.name, "not sent", ending.reason)
            request_id = sending.ids["request_id"]
            error = error_of(ending, private=sending.private, request_id=request_id, sending=True)
            raise error from cause_of(ending)
        log.lost(sending.operation, sending.name, ending.reason)
        try:
            if sending.resend:
                result = yield from self._resent(sending, deadline, deadline - asking)
            else:
                result = yield from sending.found(*self._span(deadline))
        except Exception as failure:
            # Whatever goes wrong from here on, as in on_retry, must not hide that the send may be taken.
            log.unknown(sending.operation, sending.name, f"asking for it failed ({type(failure).__name__})")
            raise self._outcome_unknown(ending, sending) from failure
        if isinstance(result, Missing):
            log.unknown(sending.operation, sending.name, result.value)
            raise self._outcome_unknown(ending, sending) from cause_of(ending)
        log.reconciled(sending.operation, sending.name)
        return result

    def _tried(self, sending: _Sending[T], until: float) -> Plan[Ending]:
        ending = yield from self.ask(
            sending.module, sending.operation, sending.arguments, until, repeated={Trace.NOTHING}
        )
        ending = judged(ending)
        if sending.new and ending.status == _CONFLICT:
            # What stands in the way can be this very send alone, as where a proxy repeated it.
            return evolve(ending, trace=Trace.UNKNOWN, reason=f"{ending.reason} to ids that are new")
        return ending

    def _resent(self, sending: _Sending[T], deadline: float, tries_until: float) -> Plan[T | Missing]:
        """Ask for a send whose answer was lost, and repeat it as often as the gateway does not know it."""
        for tries in range(1, self.policy.attempts + 1):
            result = yield from sending.found(*self._span(deadline))
            if (
                result is not Missing.ABSENT
                or tries == self.policy.attempts
                or self.clock.monotonic() >= tries_until
                or not self.budget.spend()
            ):
                break
            log.resent(sending.operation, sending.name, tries)
            if self.on_retry is not None:
                self.on_retry(RetryEvent(sending.operation, tries, 0.0, "absent"))
            ending = yield from self._tried(sending, tries_until)
            if ending.trace is Trace.TAKEN:
                return sending.accepted(ending.answer)
        return result

    def _span(self, deadline: float) -> tuple[float, float]:
        """Return until when a lost send is asked for again, and until when an answer is waited for."""
        now = self.clock.monotonic()
        until = min(now + self.config.reconcile_for, max(now, deadline))
        return until, until if self.config.reconcile_for > 0 else deadline

    def _outcome_unknown(self, ending: Ending, sending: _Sending[T]) -> errors.OutcomeUnknown:
        def again() -> Plan[T]:
            result = yield from sending.found(*self._span(self.clock.monotonic() + self.config.deadline))
            if isinstance(result, Missing):
                log.unknown(sending.operation, sending.name, result.value)
                raise self._outcome_unknown(ending, sending)
            log.reconciled(sending.operation, sending.name)
            return result

        return errors.OutcomeUnknown(
            f"the answer to the send was lost ({ending.reason}) and the gateway does not tell by its ids "
            "whether it was taken; ask again later with reconcile(), and do not repeat it before you know",
            status_code=ending.status,
            retry_after=ending.retry_after,
            again=again,
            **sending.ids,
        )

    def _find(self, message_id: str, until: float, limit: float) -> Plan[MessageStatus | Missing]:
        """Ask for a message by its id until it is found or the time is over."""
        delay = max(self.policy.base, QUICKEST_POLL)
        attempt = 0
        while True:
            attempt += 1
            began = self.clock.monotonic()
            reply = yield Call(
                get_message_status.request_kwargs(message_id, **self.headers()), self.timeout(limit)
            )
            ending = self.ending(get_message_status, reply)
            log.attempted("getMessageStatus", attempt, ending.reason, self.clock.monotonic() - began)
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
        missing_ids = dict.fromkeys(message_ids)
        found: dict[str, MessageStatus] = {}
        delay = max(self.policy.base, QUICKEST_POLL)
        while True:
            missing = Missing.SILENT
            statuses: list[MessageStatus] = []
            try:
                yield from collected(self.statuses(bulk_id, missing_ids, limit), statuses)
            except errors.NotFound as error:
                missing = Missing.ABSENT if error.problem is not None else Missing.SILENT
            except errors.BlackkonnectError as error:
                # A question that went unanswered is asked again, as long as there is time.
                delay = max(delay, error.retry_after or 0.0)
            for one in statuses:
                if one.message_id in missing_ids:
                    del missing_ids[one.message_id]
                    found[one.message_id] = one
            if not missing_ids or self.clock.monotonic() + delay >= until:
                return found or missing
            yield Pause(delay)
            delay = min(2 * delay, SLOWEST_POLL)


def _is_new(request: BulkSmsMessageRequest) -> bool:
    """Tell whether the client has just chosen all ids of a bulk."""
    return isinstance(request.bulk_id, ChosenId) and all(
        isinstance(message, TextToNumbers)
        or all(isinstance(one.message_id, ChosenId) for one in known(message.destinations) or ())
        for message in known(request.messages) or ()
    )
