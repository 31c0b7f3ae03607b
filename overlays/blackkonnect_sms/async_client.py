"""The client for code that runs in an event loop of asyncio."""

from __future__ import annotations

from blackkonnect_sms import _later as later
from blackkonnect_sms._base import (
    ClientBase,
    OnFirstUse,
    bulk_ids_of,
    message_id_of,
    request_for,
    waited_ids_of,
)
from blackkonnect_sms._steps import Call, Found, Pause
from blackkonnect_sms.errors import InvalidArgument, OutcomeUnknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable
    from typing import Any, Self, TypeVar

    from blackkonnect_sms_api.models import (
        BulkSmsMessageRequest,
        DeliveryWindow,
        SimpleSmsMessageRequest,
        SmsMessage,
    )

    from blackkonnect_sms._fast import Told
    from blackkonnect_sms._http import http
    from blackkonnect_sms._loops import ClientPerLoop
    from blackkonnect_sms._steps import Plan, Reply, Step
    from blackkonnect_sms.bulks import AsyncBulkSends
    from blackkonnect_sms.results import BulkResult, SendResult, WaitResult
    from blackkonnect_sms.statuses import MessageStatus

    T = TypeVar("T")
    _Destinations = (
        Iterable[str]
        | Iterable[SmsMessage]
        | AsyncIterable[str]
        | AsyncIterable[SmsMessage]
        | BulkSmsMessageRequest
    )

__all__ = ["AsyncBlackkonnectSMS"]

_GRACE = 0.1
"""For how many seconds longer than each single wait the whole may last: a wait knows what it waited for."""


class AsyncBlackkonnectSMS(ClientBase["http.AsyncBaseTransport"]):
    """Sends SMS through a Blackkonnect gateway and follows them, as `BlackkonnectSMS` does, without blocking.

    The arguments are those of `ClientBase`, and each method's are those of its twin there.

    Example:
        >>> async with AsyncBlackkonnectSMS.from_env() as sms:
        ...     sent = await sms.send("+233200000001", "Your code is 482913", sender="ACME")
        ...     print((await sms.status(sent)).status)
    """

    _handler = "handle_async_request"

    if TYPE_CHECKING:
        _clients: ClientPerLoop
    else:
        _clients = OnFirstUse()

    def _open(self, arguments: dict[str, Any]) -> None:
        hooks = later.beside_async(later.hooks_async(self._config.answer_limit), self._event_hooks)
        given = arguments["transport"] is not None
        # Reading the certificates takes longer than the rest, and any loop can use them.
        verify = True if given else later.http.create_ssl_context(trust_env=arguments["trust_env"])
        make = later.partial(later.http.AsyncClient, **arguments, event_hooks=hooks, verify=verify)
        self._clients = later.ClientPerLoop(make, make(), shared=given)

    def _open_fast(self, arguments: dict[str, Any]) -> None:
        make = later.partial(later.AsyncFastClient, **arguments)
        self._clients = later.ClientPerLoop(make, make())

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
        request = later.message_request(
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
        request_size: int = 1_000,
        concurrency: int = 4,
    ) -> BulkResult:
        """Send texts, each to its numbers; see `BlackkonnectSMS.send_bulk`."""
        later.check_concurrency(concurrency)
        later.check_size(request_size)
        request = later.bulk_request(
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
        resend = self._core.resends(resend_when_absent)
        requests = later.split(request, request_size)
        if len(requests) == 1:
            return await self._run(self._core.send_bulk(request, resend_when_absent=resend))
        return await self._send_split(str(request.bulk_id), requests, resend, concurrency)

    def send_bulks(  # noqa: PLR0913 - each is a field of the bulk
        self,
        destinations: _Destinations,
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
        request_size: int = 1_000,
        concurrency: int = 4,
    ) -> AsyncBulkSends:
        """Send to any number of destinations; see `BlackkonnectSMS.send_bulks`.

        It takes asynchronous iterators too.

        Example:
            >>> async with sms.send_bulks(numbers_of_a_database(), "We open at 9") as results:
            ...     async for result in results:
            ...         await store(result.fates)
        """
        make = later.partial(
            later.bulk_request,
            sender=sender,
            send_at=send_at,
            validity=validity,
            window=window,
            priority=priority,
            callback_data=callback_data,
            request_id=request_id,
        )
        later.check_concurrency(concurrency)
        later.check_size(request_size)
        send = self._sender(self._core.resends(resend_when_absent))
        if isinstance(destinations, later.BulkSmsMessageRequest | later.Collection):
            requests = later.split(make(destinations, text, bulk_id=bulk_id), request_size)
            return later.AsyncBulkSends(_each(requests), send, concurrency, whole=True)
        if not isinstance(destinations, later.Iterable | later.AsyncIterable):
            raise InvalidArgument("destinations", "must be numbers, or messages with their numbers")
        packer = later.packer_for(make, text, bulk_id, request_size)
        return later.AsyncBulkSends(later.pack_async(destinations, packer), send, concurrency, whole=False)

    async def reconcile(self, bulk: BulkResult) -> BulkResult:
        """Ask for the destinations whose fate is unknown; see `BlackkonnectSMS.reconcile`."""
        return await self._run(self._core.reconcile(bulk))

    async def status(self, message: SendResult | str) -> MessageStatus:
        """Ask for the latest status of one message; see `BlackkonnectSMS.status`."""
        return await self._run(self._core.status(message_id_of(message)))

    def statuses(self, bulk: BulkResult | str) -> AsyncIterator[MessageStatus]:
        """Ask for the latest statuses of a bulk's messages; see `BlackkonnectSMS.statuses`."""
        return self._iterate(self._core.statuses_of(bulk_ids_of(bulk)))

    async def wait(
        self,
        sent: SendResult | BulkResult | str,
        timeout: float = 60.0,  # noqa: ASYNC109 - reports what is left rather than cancel
    ) -> WaitResult:
        """Poll until every message is final, or the time is over; see `BlackkonnectSMS.wait`."""
        return await self._run(self._core.wait(*waited_ids_of(sent, timeout)))

    async def aclose(self) -> None:
        """Close the connections; the client can't be used afterwards."""
        if not self._close_unused():
            await self._clients.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def _send_split(
        self,
        bulk_id: str,
        requests: list[BulkSmsMessageRequest],
        resend: bool,  # noqa: FBT001
        concurrency: int,
    ) -> BulkResult:
        sends = later.AsyncBulkSends(_each(requests), self._sender(resend), concurrency, whole=True)
        told: list[BulkResult] = []
        try:
            async for result in sends:
                told.append(result)  # noqa: PERF401 - what was told before a cut stays
        except BaseException as stop:
            self._leave_bulk(stop, requests, [*told, *(await sends.cut_off())], bulk_id)
            raise
        return await self._run(self._core.judge(later.joined(bulk_id, told)))

    def _sender(
        self,
        resend: bool,  # noqa: FBT001
    ) -> Callable[[BulkSmsMessageRequest], Awaitable[BulkResult]]:
        return lambda request: self._run(self._core.send_bulk(request, resend_when_absent=resend))

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
        except Exception:
            raise
        except BaseException as stop:
            self._cut_off(plan, stop)
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
                client = await self._clients.current()
                request = request_for(client, step, self._addresses)
                return await _sent(client, request, patience=step.timeout)
            except Exception as failure:  # noqa: BLE001 - whatever ended it, the plan decides what it means
                return failure
        if isinstance(step, Pause):
            await self._clock.sleep_async(step.seconds)
        return None


async def _sent(client: Any, request: Any, patience: float) -> http.Response | Told:  # noqa: ANN401
    """Send a request; its answer, where it has come to its end before the time of the call is over."""
    left = patience.left() + _GRACE if isinstance(patience, later.Patience) else None
    try:
        async with later.timeout(left) as scope:
            answer: http.Response | Told = await client.send(request)
            return answer
    except TimeoutError as late:
        if scope.expired():
            raise later.overdue(request) from late
        raise


async def _each(requests: list[BulkSmsMessageRequest]) -> AsyncIterator[BulkSmsMessageRequest]:
    for request in requests:
        yield request
