"""The control API for asynchronous programs."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self, TypeVar, Unpack

import httpx

from blackkonnect_emulator.control_client import calls
from blackkonnect_emulator.control_client.calls import (
    Call,
    FaultParameters,
    Fields,
    Filters,
    Page,
    TenantParameters,
)
from blackkonnect_emulator.control_client.connections import AsyncConnections
from blackkonnect_emulator.control_client.error import ControlError
from blackkonnect_emulator.control_client.replies import (
    ClockReading,
    Description,
    Exchange,
    Message,
    MessageInFull,
    Receipt,
    Rule,
    Seeded,
    TenantInfo,
)

T = TypeVar("T")
_AT_ONCE = 200


class AsyncEmulatorControl:
    """Controls an emulator.

        async with AsyncEmulatorControl("http://127.0.0.1:8025") as control:
            await control.of("acme").add_fault("rate-limited", count=3)
            await control.advance(60)
            message = await control.wait_for_message(destination="+233200000001", status="DELIVERED")

    Args:
        base_url: Where the emulator is.
        tenant: Whose messages, rules, requests and clock are meant; by default everybody's, and the
            emulator's clock.
        client: What to call with; by default one that is made and closed here.
    """

    def __init__(
        self, base_url: str, tenant: str | None = None, client: httpx.AsyncClient | None = None
    ) -> None:
        self.base_url = base_url
        self.tenant = tenant
        self._connections = AsyncConnections(client)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._connections.close()

    def of(self, tenant: str) -> "AsyncEmulatorControl":
        """Control what is one tenant's, through the same connections.

        Args:
            tenant: Its client id.
        """
        control = AsyncEmulatorControl(self.base_url, tenant)
        control._connections = self._connections
        return control

    async def _do(self, call: Call[T]) -> T:
        try:
            answer = await self._connections.client.request(
                call.method,
                f"{self.base_url}{call.path}",
                params=call.parameters,
                json=call.body,
                timeout=call.seconds,
            )
        except httpx.HTTPError as error:
            raise ControlError(None, "No answer", type(error).__name__) from error
        return call.answer(answer.status_code, answer.content)

    async def _pages(self, call: Callable[[str | None], Call[Page[T]]]) -> AsyncIterator[T]:
        page = await self._do(call(None))
        for entry in page.entries:
            yield entry
        while page.following is not None:
            page = await self._do(call(page.following))
            for entry in page.entries:
                yield entry

    async def describe(self) -> Description:
        """Ask what the emulator is: edition, limits, tenants, outcomes by number, kinds of faults."""
        return await self._do(calls.describe())

    async def reset(self) -> None:
        """Forget messages, rules and requests; tenants and clocks stay."""
        await self._do(calls.reset(self.tenant))

    async def seed(
        self,
        *,
        tenants: Sequence[Fields] = (),
        messages: Sequence[Fields] = (),
        outcomes: Sequence[Fields] = (),
        faults: Sequence[Fields] = (),
    ) -> Seeded:
        """Put data in, all or nothing.

        Args:
            tenants: Tenants to make, as `{"name": "acme"}`.
            messages: Messages, as `{"destination": "+233200000001", "text": "Hi", "status": "DELIVERED"}`; a
                message without a `tenant` is that of this control.
            outcomes: Rules for outcomes, as `{"pattern": "+23320*", "outcome": "failed"}`.
            faults: Rules for faults, as `{"kind": "rate-limited", "count": 3}`.
        """
        data = {"tenants": tenants, "messages": messages, "outcomes": outcomes, "faults": faults}
        return await self._do(calls.seed(self.tenant, data))

    async def clock(self) -> ClockReading:
        """Tell the time, how the clock goes, and when the next event is."""
        return await self._do(calls.clock(self.tenant))

    async def advance(self, by: float | timedelta) -> ClockReading:
        """Move the clock forward; what comes due on the way has happened when this returns.

        Args:
            by: Seconds, or a length of time.
        """
        return await self._do(calls.set_clock(self.tenant, advance=calls.seconds(by)))

    async def move_to(self, moment: datetime) -> ClockReading:
        """Move the clock forward to a moment, which must have its offset."""
        return await self._do(calls.set_clock(self.tenant, to=moment.isoformat()))

    async def advance_to_next_event(self) -> ClockReading:
        """Move the clock to when the next message reaches a status, or the next receipt is due."""
        return await self._do(calls.set_clock(self.tenant, to="next event"))

    async def set_clock(self, factor: float) -> ClockReading:
        """Let the clock go at another pace.

        Args:
            factor: 1 for the real one, 0 for one that stands until it is moved.
        """
        return await self._do(calls.set_clock(self.tenant, factor=factor))

    async def add_fault(self, kind: str, **parameters: Unpack[FaultParameters]) -> Rule:
        """Let requests fail.

        Args:
            kind: A kind of fault, as `rate-limited`.
            parameters: When, how often and how.
        """
        given = {"kind": kind, "tenant": self.tenant, **parameters}
        return await self._do(calls.add_rule("faults", given))

    async def faults(self) -> list[Rule]:
        """List the rules for faults."""
        return await self._do(calls.rules("faults", self.tenant))

    async def remove_fault(self, number: int) -> None:
        """End a rule for a fault."""
        await self._do(calls.remove_rule("faults", number))

    async def clear_faults(self) -> None:
        """End the rules for faults."""
        await self._do(calls.clear_rules("faults", self.tenant))

    async def add_outcome(self, pattern: str, outcome: str, probability: float | None = None) -> Rule:
        """Say what becomes of the messages to some numbers.

        Args:
            pattern: A number, the beginning of one and `*`, or `*`.
            outcome: An outcome, as `undelivered`.
            probability: With which chance, 0 to 1; by default always.
        """
        given = {
            "pattern": pattern,
            "outcome": outcome,
            "probability": probability,
            "tenant": self.tenant,
        }
        return await self._do(calls.add_rule("outcomes", given))

    async def outcomes(self) -> list[Rule]:
        """List the rules for outcomes."""
        return await self._do(calls.rules("outcomes", self.tenant))

    async def remove_outcome(self, number: int) -> None:
        """End a rule for an outcome."""
        await self._do(calls.remove_rule("outcomes", number))

    async def clear_outcomes(self) -> None:
        """End the rules for outcomes."""
        await self._do(calls.clear_rules("outcomes", self.tenant))

    def messages(self, **filters: Unpack[Filters]) -> AsyncIterator[Message]:
        """List messages, the newest first, page by page.

        Args:
            filters: Which; by default all.
        """
        named = calls.named_filters(self.tenant, filters)
        return self._pages(lambda cursor: calls.messages(named, cursor, _AT_ONCE))

    async def message(self, number: int) -> MessageInFull:
        """Show everything of a message: its receipts, and the request that it came by.

        Args:
            number: The emulator's number of it.
        """
        return await self._do(calls.message(number))

    async def tell_receipt(self, number: int, status: str, at: datetime | None = None) -> MessageInFull:
        """Tell of a message what the network operator would; receipts that this makes due have gone out then.

        Args:
            number: The emulator's number of it.
            status: A status of the document; one that is past, or comes after the final one, changes nothing.
            at: When the message reached it, with its offset; by default now.

        Returns:
            The message as it is then.
        """
        return await self._do(calls.tell_receipt(number, status, at))

    async def wait_for_message(
        self,
        *,
        timeout: float = 10.0,  # noqa: ASYNC109 - the emulator keeps it
        **filters: Unpack[Filters],
    ) -> MessageInFull:
        """Wait for a message, and with `status` until it has reached that.

        Args:
            timeout: For how many seconds of this machine, up to 300.
            filters: Which message: at least one of its ids, number, sender or text.

        Raises:
            ControlError: With status 408 it did not come in time; the words tell how far it is.
        """
        named = calls.named_filters(self.tenant, filters)
        return await self._do(calls.wait_for_message(named, timeout))

    def requests(self, operation: str | None = None) -> AsyncIterator[Exchange]:
        """List the latest requests with their answers, the newest first.

        Args:
            operation: By this operation of the document; by default by any.
        """
        return self._pages(lambda cursor: calls.requests(self.tenant, operation, cursor, _AT_ONCE))

    async def clear_requests(self) -> None:
        """Forget the requests; the messages stay."""
        await self._do(calls.clear_requests(self.tenant))

    def receipts(self, message_id: str | None = None, state: str | None = None) -> AsyncIterator[Receipt]:
        """List receipts with the attempts to deliver them, the newest first.

        Args:
            message_id: Of the message with this id; by default of all.
            state: `waiting`, `delivered`, `given up` or `dropped`.
        """
        return self._pages(lambda cursor: calls.receipts(self.tenant, message_id, state, cursor, _AT_ONCE))

    async def tenants(self) -> list[TenantInfo]:
        """List all tenants."""
        return await self._do(calls.tenants())

    async def make_tenant(self, name: str, **parameters: Unpack[TenantParameters]) -> TenantInfo:
        """Make a tenant, or change it; what is not given stays as it is.

        Args:
            name: Its client id.
            parameters: How it is set up.
        """
        return await self._do(calls.put_tenant(name, parameters))

    async def remove_tenant(self, name: str) -> None:
        """Remove a tenant with all that it sent."""
        await self._do(calls.remove_tenant(name))
