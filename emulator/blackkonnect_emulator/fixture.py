"""What a test gets from the fixture `blackkonnect_emulator`."""

import asyncio
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import Unpack

import httpx

from blackkonnect_emulator.asgi import App, Message, Receive, Scope, Send
from blackkonnect_emulator.control_client import (
    AsyncEmulatorControl,
    ClockReading,
    EmulatorControl,
    Exchange,
    MessageInFull,
    Receipt,
    Rule,
)
from blackkonnect_emulator.control_client import Message as SentMessage
from blackkonnect_emulator.control_client.calls import FaultParameters, Filters


class EmulatorFixture:
    """A gateway for one test, with a tenant that no other test has.

    In an asynchronous test whose own event loop answers receipts, use `asynchronous`: the other helpers
    hold that loop up until they have their answer.

        def test_sending(blackkonnect_emulator):
            emulator = blackkonnect_emulator
            emulator.add_fault("rate-limited", count=1)
            with BlackkonnectSMS.from_env(emulator.env) as sms:
                sms.send("+233200000001", "Your code is 482913")
            emulator.advance(60)
            assert emulator.wait_for_message(destination="+233200000001", status="DELIVERED")

    Args:
        control: Controls the tenant.
        secret: The tenant's secret.
        app: The emulator.
        loop: The event loop that it runs in.

    Attributes:
        base_url: Where the emulator is.
        client_id: The id of the test's tenant.
        client_secret: Its secret.
        control: All helpers, of which those below are the ones that tests need most.
        app: The emulator as an ASGI application, for asyncio and `httpx.ASGITransport`; it is the same that
            serves at `base_url`.
    """

    def __init__(
        self, control: EmulatorControl, secret: str, app: App, loop: asyncio.AbstractEventLoop
    ) -> None:
        self.base_url = control.base_url
        self.client_id = control.tenant or ""
        self.client_secret = secret
        self.control = control
        self.app: App = _Elsewhere(app, loop)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.client_id} at {self.base_url}>"

    @property
    def env(self) -> Mapping[str, str]:
        """The environment variables by which a client finds the emulator."""
        return {
            "BLACKKONNECT_BASE_URL": self.base_url,
            "BLACKKONNECT_CLIENT_ID": self.client_id,
            "BLACKKONNECT_CLIENT_SECRET": self.client_secret,
        }

    @cached_property
    def asynchronous(self) -> AsyncEmulatorControl:
        """All helpers to await, about the same tenant."""
        # A connection that is kept would be left over when the test's event loop ends.
        limits = httpx.Limits(max_keepalive_connections=0)
        client = httpx.AsyncClient(verify=False, trust_env=False, limits=limits)  # noqa: S501 - no TLS
        return AsyncEmulatorControl(self.base_url, self.client_id, client)

    def clock(self) -> ClockReading:
        """Tell the time of the tenant's clock."""
        return self.control.clock()

    def advance(self, by: float | timedelta) -> ClockReading:
        """Move the tenant's clock forward; what comes due on the way has happened when this returns.

        Args:
            by: Seconds, or a length of time.
        """
        return self.control.advance(by)

    def move_to(self, moment: datetime) -> ClockReading:
        """Move the tenant's clock forward to a moment, which must have its offset."""
        return self.control.move_to(moment)

    def advance_to_next_event(self) -> ClockReading:
        """Move the tenant's clock to when its next message reaches a status or its next receipt is due."""
        return self.control.advance_to_next_event()

    def messages(self, **filters: Unpack[Filters]) -> Iterator[SentMessage]:
        """List the test's messages, the newest first.

        Args:
            filters: Which; by default all.
        """
        return self.control.messages(**filters)

    def wait_for_message(self, *, timeout: float = 10.0, **filters: Unpack[Filters]) -> MessageInFull:
        """Wait for a message, and with `status` until it has reached that.

        Args:
            timeout: For how many seconds of this machine, up to 300.
            filters: Which message: at least one of its ids, number, sender or text.

        Raises:
            ControlError: With status 408 it did not come in time; the words tell how far it is.
        """
        return self.control.wait_for_message(timeout=timeout, **filters)

    def add_fault(self, kind: str, **parameters: Unpack[FaultParameters]) -> Rule:
        """Let requests of this test fail.

        Args:
            kind: A kind of fault, as `rate-limited`.
            parameters: When, how often and how.
        """
        return self.control.add_fault(kind, **parameters)

    def add_outcome(self, pattern: str, outcome: str, probability: float | None = None) -> Rule:
        """Say what becomes of the messages of this test to some numbers.

        Args:
            pattern: A number, the beginning of one and `*`, or `*`.
            outcome: An outcome, as `undelivered`.
            probability: With which chance, 0 to 1; by default always.
        """
        return self.control.add_outcome(pattern, outcome, probability)

    def force(self, number: str, outcome: str) -> Rule:
        """Say what becomes of this test's messages to a number.

        Args:
            number: The number.
            outcome: An outcome, as `undelivered`.
        """
        return self.control.add_outcome(number, outcome)

    def receipts(self, message_id: str | None = None, state: str | None = None) -> Iterator[Receipt]:
        """List the receipts of the test's messages, the newest first.

        Args:
            message_id: Of the message with this id; by default of all.
            state: `waiting`, `delivered`, `given up` or `dropped`.
        """
        return self.control.receipts(message_id, state)

    def requests(self, operation: str | None = None) -> Iterator[Exchange]:
        """List the requests of the test with their answers, the newest first.

        Args:
            operation: By this operation of the document; by default by any.
        """
        return self.control.requests(operation)

    def set_callback(self, url: str | None) -> None:
        """Let the receipts of the test's messages go to an address of this machine.

        Args:
            url: The address, or `None` for nowhere.
        """
        self.control.make_tenant(self.client_id, callback=url or "")

    def reset(self) -> None:
        """Forget the test's messages, rules and requests; the clock stays."""
        self.control.reset()


class _Elsewhere:
    """An application that runs in an event loop of another thread.

    Args:
        app: The application.
        loop: The event loop.
    """

    def __init__(self, app: App, loop: asyncio.AbstractEventLoop) -> None:
        self._app = app
        self._loop = loop

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        here = asyncio.get_running_loop()

        async def far_receive() -> Message:
            return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(_awaited(receive), here))

        async def far_send(message: Message) -> None:
            await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(_sent(send, message), here))

        answering = self._answer(scope, far_receive, far_send)
        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(answering, self._loop))

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)


async def _awaited(receive: Receive) -> Message:
    return await receive()


async def _sent(send: Send, message: Message) -> None:
    await send(message)
