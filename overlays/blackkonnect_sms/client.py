"""The client for code that waits in its thread."""

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
    from collections.abc import Iterable, Iterator
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

__all__ = ["BlackkonnectSMS"]

T = TypeVar("T")


class BlackkonnectSMS(ClientBase[http.BaseTransport]):
    """Sends SMS through a Blackkonnect gateway and follows them; safe to use from many threads.

    A send ends in one of three ways: it returns (accepted), raises `Refused` or its kin (nothing was sent),
    or raises `OutcomeUnknown` (it may have been sent, and the gateway could not be brought to tell).

    The arguments are those of `ClientBase`.

    Example:
        >>> with BlackkonnectSMS.from_env() as sms:
        ...     sent = sms.send("+233200000001", "Your code is 482913", sender="ACME")
        ...     print(sms.status(sent).status)
    """

    def _open(self, arguments: dict[str, Any]) -> None:
        self._http = http.Client(**arguments)

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
        request = message_request(
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
    ) -> BulkResult:
        """Send a text to many numbers, or several texts each to its numbers, in one request.

        Args:
            destinations: The numbers; or messages of the generated package, each with a text of its own;
                or the whole request.
            text: What the phones show; not empty.
            sender: The sender that the phones show (edition 2026-02-25).
            send_at: When to send; it must know its time zone.
            validity: For how long the message is worth delivering; whole minutes, at least one.
            window: The days and times, in UTC, in which it may be delivered.
            priority: The messages' priority, 0 or above; a higher one goes first.
            callback_data: Handed back with the delivery receipts.
            bulk_id: The bulk's id, which every try carries; a new one by default.
            request_id: Your own id of the request, handed back as it came.
            resend_when_absent: As for the client, for this send alone.

        Returns:
            The bulk, with the fate of each destination in the order given. One that is refused does not
            make the others fail.

        Raises:
            InvalidArgument: An argument is wrong; nothing left the machine.
            Refused: The gateway, or the way to it, refused the whole; nothing was sent.
            OutcomeUnknown: It may have been sent; ask again with its ``reconcile()``.
        """
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
        return self._run(self._core.send_bulk(request, resend_when_absent=resend_when_absent))

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
        bulk_id, message_ids = bulk_ids_of(bulk)
        return self._iterate(self._core.statuses(bulk_id, message_ids))

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
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

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
                return self._http.send(request_for(self._http, step))
            except Exception as failure:  # noqa: BLE001 - whatever ended it, the plan decides what it means
                return failure
        if isinstance(step, Pause):
            self._clock.sleep(step.seconds)
        return None
