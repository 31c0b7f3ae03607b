"""The client for code that waits in its thread."""

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
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any, Self, TypeVar

    from blackkonnect_sms_api.models import (
        BulkSmsMessageRequest,
        DeliveryWindow,
        SimpleSmsMessageRequest,
        SmsMessage,
    )

    from blackkonnect_sms._fast import FastClient
    from blackkonnect_sms._http import http
    from blackkonnect_sms._steps import Plan, Reply, Step
    from blackkonnect_sms.bulks import BulkSends
    from blackkonnect_sms.results import BulkResult, SendResult, WaitResult
    from blackkonnect_sms.statuses import MessageStatus

    T = TypeVar("T")

__all__ = ["BlackkonnectSMS"]


class BlackkonnectSMS(ClientBase["http.BaseTransport"]):
    """Sends SMS through a Blackkonnect gateway and follows them; safe to use from many threads.

    A send ends in one of three ways: it returns (accepted), raises `Refused` or its kin (nothing was sent),
    or raises `OutcomeUnknown` (it may have been sent, and the gateway could not be brought to tell).

    The arguments are those of `ClientBase`.

    Example:
        >>> with BlackkonnectSMS.from_env() as sms:
        ...     sent = sms.send("+233200000001", "Your code is 482913", sender="ACME")
        ...     print(sms.status(sent).status)
    """

    _handler = "handle_request"

    if TYPE_CHECKING:
        _http: http.Client | FastClient
    else:
        _http = OnFirstUse()

    def _open(self, arguments: dict[str, Any]) -> None:
        hooks = later.beside(later.hooks(self._config.answer_limit), self._event_hooks)
        self._http = later.http.Client(**arguments, event_hooks=hooks)
        later.obey(self._http)

    def _open_fast(self, arguments: dict[str, Any]) -> None:
        self._http = later.FastClient(**arguments)

    def send(  # noqa: PLR0913 - each is a field of the message
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
        """Send one message to one number.

        Args:
            destination: The number, by E.164, as ``+233200000001``; or the whole request of the generated
                package, and then nothing beside it.
            text: What the phone shows; not empty.
            sender: The sender that the phone shows: a name of at most 11 characters, or a number.
            priority: The message's priority, 0 or above; a higher one goes first.
            message_id: The message's id, which every try carries; a new one by default.
            request_id: Your own id of the request, handed back as it came.
            resend_when_absent: As for the client, for this send alone.

        Returns:
            The message that the gateway took.

        Raises:
            InvalidArgument: An argument is wrong; nothing left the machine.
            Refused: The gateway, or the way to it, refused; nothing was sent.
            OutcomeUnknown: It may have been sent; ask again with its ``reconcile()``.
        """
        request = later.message_request(
            destination, text, sender=sender, priority=priority, message_id=message_id, request_id=request_id
        )
        return self._run(self._core.send(request, resend_when_absent=resend_when_absent))

    def send_bulk(  # noqa: PLR0913 - each is a field of the bulk
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
        """Send a text to many numbers, or several texts each to its numbers.

        One request takes up to ``request_size`` destinations; more are sent by several. The client's
        ``deadline`` is for each request, from when it begins; the whole has none.

        Args:
            destinations: The numbers; or messages of the generated package, each with a text of its own;
                or the whole request. All are checked before anything leaves the machine.
            text: What the phones show; not empty.
            sender: The sender that the phones show (edition 2026-02-25).
            send_at: When to send; it must know its time zone.
            validity: For how long the message is worth delivering; whole minutes, at least one.
            window: The days and times, in UTC, in which it may be delivered.
            priority: The messages' priority, 0 or above; a higher one goes first.
            callback_data: Handed back with the delivery receipts.
            bulk_id: The bulk's id, which every try carries; a new one by default. Where the bulk is split,
                its requests have this one with ``-1``, ``-2`` and so on behind it.
            request_id: Your own id of the request, handed back as it came.
            resend_when_absent: As for the client, for this send alone.
            request_size: How many destinations a request has at most, 1 to 10,000; a bulk with more is split
                into several. A request also has at most 1,000 messages, and the gateway may have limits of
                its own: a request that it finds too large is refused with 413.
            concurrency: How many of its requests are under way at once, 1 to 64.

        Returns:
            The bulk, with the fate of each destination in the order given. One that is refused does not
            make the others fail. Of several requests it is returned as soon as anything was taken, and
            tells what of it is refused (nothing was sent) or unknown (ask with `reconcile`); the errors of
            its requests are in ``parts``. Where one is refused for a reason that holds for all, as without a
            connection, or five in a row are unknown, the rest is not begun, and refused.

        Raises:
            InvalidArgument: An argument is wrong; nothing left the machine.
            Refused: The gateway, or the way to it, refused the whole; nothing was sent.
            OutcomeUnknown: It may have been sent, and nothing is known to be; ask again with its
                ``reconcile()``. Of several requests its ``result`` tells what is known of each destination.
        """
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
            return self._run(self._core.send_bulk(request, resend_when_absent=resend))
        return self._send_split(str(request.bulk_id), requests, resend, concurrency)

    def send_bulks(  # noqa: PLR0913 - each is a field of the bulk
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
    ) -> BulkSends:
        """Send to any number of destinations, and get the result of each request as it comes.

        An iterator is read as far as requests go out: at most ``2 * concurrency`` requests are held in
        memory. Something that is no iterator, as a list, is checked as a whole before anything leaves.

        Args:
            destinations: The numbers, or messages of the generated package, or the whole request.
            text: As of `send_bulk`, and so are the arguments behind it.
            sender: As of `send_bulk`.
            send_at: As of `send_bulk`.
            validity: As of `send_bulk`.
            window: As of `send_bulk`.
            priority: As of `send_bulk`.
            callback_data: As of `send_bulk`.
            bulk_id: The id of the whole; its requests have this one with ``-1``, ``-2`` and so on behind it.
            request_id: Your own id, which every request has.
            resend_when_absent: As for the client, for this bulk alone.
            request_size: As of `send_bulk`.
            concurrency: As of `send_bulk`; with 1, nothing is under way while you hold a result.

        Returns:
            An iterator of the results, in the order given. A request that failed does not end it: its
            result has the ``error``, and its fates are all refused or all unknown. It raises
            `InvalidArgument`, with the place among all, for what is wrong in an iterator, before that request
            leaves and after all results before it; and `Refused` where the bulk was stopped, as `send_bulk`
            says, before the iterator was read to its end.

        Raises:
            InvalidArgument: An argument is wrong; nothing left the machine.

        Example:
            >>> with sms.send_bulks(numbers_of_a_database(), "We open at 9") as results:
            ...     for result in results:
            ...         store(result.fates)
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
            return later.BulkSends(iter(requests), send, concurrency, whole=True)
        if not isinstance(destinations, later.Iterable):
            raise InvalidArgument("destinations", "must be numbers, or messages with their numbers")
        packer = later.packer_for(make, text, bulk_id, request_size)
        return later.BulkSends(later.pack(destinations, packer), send, concurrency, whole=False)

    def reconcile(self, bulk: BulkResult) -> BulkResult:
        """Ask what became of the destinations of a bulk whose fate is unknown; nothing is sent by this.

        Args:
            bulk: What `send_bulk` returned, or one of the results of `send_bulks`.

        Returns:
            The same with what the gateway told: what it knows is accepted, the rest stays as it was.
        """
        return self._run(self._core.reconcile(bulk))

    def status(self, message: SendResult | str) -> MessageStatus:
        """Ask for the latest status of one message.

        Args:
            message: What `send` returned, or the message's id.

        Returns:
            The status.

        Raises:
            NotFound: The gateway knows no such message of this client, or does not know it yet.
            Unavailable: It gave no readable answer in time.
        """
        return self._run(self._core.status(message_id_of(message)))

    def statuses(self, bulk: BulkResult | str) -> Iterator[MessageStatus]:
        """Ask for the latest statuses of a bulk's messages, page by page.

        Args:
            bulk: What `send_bulk` returned, or the bulk's id. Of edition 2025-05-16, which answers one
                status, the rest is asked for one by one, and only the result knows their ids.

        Yields:
            The statuses, in the gateway's order, each message once.

        Raises:
            NotFound: The gateway knows no such bulk of this client, or does not know it yet.
            Unavailable: It gave no readable answer in time.
        """
        return self._iterate(self._core.statuses_of(bulk_ids_of(bulk)))

    def wait(self, sent: SendResult | BulkResult | str, timeout: float = 60.0) -> WaitResult:
        """Poll until every message is final, or the time is over.

        Args:
            sent: What `send` or `send_bulk` returned, or the id of one message.
            timeout: For how many seconds at most; 0 asks once.

        Returns:
            The latest statuses, and the ids of the messages that are not final.

        Raises:
            Refused: The gateway does not accept the credentials any more.
        """
        return self._run(self._core.wait(*waited_ids_of(sent, timeout)))

    def close(self) -> None:
        """Close the connections; the client can't be used afterwards."""
        if not self._close_unused():
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _send_split(
        self,
        bulk_id: str,
        requests: list[BulkSmsMessageRequest],
        resend: bool,  # noqa: FBT001
        concurrency: int,
    ) -> BulkResult:
        sends = later.BulkSends(iter(requests), self._sender(resend), concurrency, whole=True)
        told: list[BulkResult] = []
        try:
            for result in sends:
                told.append(result)  # noqa: PERF402 - what was told before a cut stays
        except BaseException as stop:
            self._leave_bulk(stop, requests, [*told, *sends.close()], bulk_id)
            raise
        return self._run(self._core.judge(later.joined(bulk_id, told)))

    def _sender(
        self,
        resend: bool,  # noqa: FBT001
    ) -> Callable[[BulkSmsMessageRequest], BulkResult]:
        return lambda request: self._run(self._core.send_bulk(request, resend_when_absent=resend))

    def _run(self, plan: Plan[T]) -> T:
        reply: Reply = None
        try:
            while True:
                reply = self._perform(plan.send(reply))
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

    def _iterate(self, plan: Plan[None]) -> Iterator[MessageStatus]:
        reply: Reply = None
        while True:
            try:
                step = plan.send(reply)
            except StopIteration:
                return
            if isinstance(step, Found):
                yield from step.statuses
            reply = self._perform(step)

    def _perform(self, step: Step) -> Reply:
        if isinstance(step, Call):
            try:
                return self._http.send(request_for(self._http, step, self._addresses))
            except Exception as failure:  # noqa: BLE001 - whatever ended it, the plan decides what it means
                return failure
        if isinstance(step, Pause):
            self._clock.sleep(step.seconds)
        return None
