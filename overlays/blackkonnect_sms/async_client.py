"""The client for code that runs in an event loop of asyncio."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from blackkonnect_sms._base import (
    ClientBase,
    bulk_ids_of,
    message_id_of,
    request_for,
    waited_ids_of,
)
from blackkonnect_sms._http import http
from blackkonnect_sms._steps import Call, Found, Pause
from blackkonnect_sms.errors import OutcomeUnknown
from blackkonnect_sms.messages import bulk_request, message_request

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import AsyncIterator, Iterable
    from typing import Self

    from blackkonnect_sms_api.models import (
        BulkSmsMessageRequest,
        DeliveryWindow,
        SimpleSmsMessageRequest,
        SmsMessage,
    )

    from blackkonnect_sms._steps import Plan, Reply, Step
    from blackkonnect_sms.results import BulkResult, SendResult, WaitResult
    from blackkonnect_sms.statuses import MessageStatus

__all__ = ["AsyncBlackkonnectSMS"]

T = TypeVar("T")


class AsyncBlackkonnectSMS(ClientBase[http.AsyncBaseTransport]):
    """Sends SMS through a Blackkonnect gateway and follows them, as `BlackkonnectSMS` does, without blocking.

    The arguments are those of `ClientBase`, and each method's are those of its twin there.

    Example:
        >>> async with AsyncBlackkonnectSMS.from_env() as sms:
        ...     sent = await sms.send("+233200000001", "Your code is 482913", sender="ACME")
        ...     print((await sms.status(sent)).status)
    """

    def _open(self, arguments: dict[str, Any]) -> None:
        self._http = http.AsyncClient(**arguments)

    async def send(  # noqa: PLR0913 - each is a field of the message
        self,
        destination: str | SimpleSmsMessageRequest,
        text: str | None = None,
        *,
        sender: str | None = None,
        priority: int | None = None,
        message_id: str | None = None,
        request_id: str | None = None,
        resend_when_absent: bool | None = None,
    ) -> SendResult:
        """Send one message to one number; see `BlackkonnectSMS.send`."""
        request = message_request(
            destination, text, sender=sender, priority=priority, message_id=message_id, request_id=request_id
        )
        return await self._run(self._core.send(request, resend_when_absent=resend_when_absent))

    async def send_bulk(  # noqa: PLR0913 - each is a field of the bulk
        self,
        destinations: Iterable[str] | Iterable[SmsMessage] | BulkSmsMessageRequest,
        text: str | None = None,
        *,
        sender: str | None = None,
        send_at: dt.datetime | None = None,
        validity: dt.timedelta | None = None,
        window: DeliveryWindow | None = None,
        priority: int | None = None,
        callback_data: str | None = None,
        bulk_id: str | None = None,
        request_id: str | None = None,
        resend_when_absent: bool | None = None,
    ) -> BulkResult:
        """Send texts, each to its numbers; see `BlackkonnectSMS.send_bulk`."""
        request = bulk_request(
            destinations,
            text,
            sender=sender,
            send_at=send_at,
            validity=validity,
            window=window,
            priority=priority,
            callback_data=callback_data,
            bulk_id=bulk_id,
            request_id=request_id,
        )
        return await self._run(self._core.send_bulk(request, resend_when_absent=resend_when_absent))

    async def status(self, message: SendResult | str) -> MessageStatus:
        """Ask for the latest status of one message; see `BlackkonnectSMS.status`."""
        return await self._run(self._core.status(message_id_of(message)))

    def statuses(self, bulk: BulkResult | str) -> AsyncIterator[MessageStatus]:
        """Ask for the latest statuses of a bulk's messages; see `BlackkonnectSMS.statuses`."""
        bulk_id, message_ids = bulk_ids_of(bulk)
        return self._iterate(self._core.statuses(bulk_id, message_ids))

    async def wait(
        self,
        sent: SendResult | BulkResult | str,
        timeout: float = 60.0,  # noqa: ASYNC109 - reports what is left rather than cancel
    ) -> WaitResult:
        """Poll until every message is final, or the time is over; see `BlackkonnectSMS.wait`."""
        return await self._run(self._core.wait(*waited_ids_of(sent, timeout)))

    async def aclose(self) -> None:
        """Close the connections; the client can't be used afterwards."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def _run(self, plan: Plan[T]) -> T:
        reply: Reply = None
        try:
            while True:
                reply = await self._perform(plan.send(reply))
        except StopIteration as end:
            result: T = end.value
            return result
        except OutcomeUnknown as error:
            error.bind(self._run)
            raise

    async def _iterate(self, plan: Plan[None]) -> AsyncIterator[MessageStatus]:
        reply: Reply = None
        while True:
            try:
                step = plan.send(reply)
            except StopIteration:
                return
            if isinstance(step, Found):
                for status in step.statuses:
                    yield status
            reply = await self._perform(step)

    async def _perform(self, step: Step) -> Reply:
        if isinstance(step, Call):
            try:
                return await self._http.send(request_for(self._http, step))
            except Exception as failure:  # noqa: BLE001 - whatever ended it, the plan decides what it means
                return failure
        if isinstance(step, Pause):
            await self._clock.sleep_async(step.seconds)
        return None
