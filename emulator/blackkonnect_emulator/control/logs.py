"""The requests that came in, and the receipts that went out."""

from collections.abc import AsyncIterator
from itertools import chain
from typing import TYPE_CHECKING

from starlette.requests import Request

from blackkonnect_emulator.answers import Answer
from blackkonnect_emulator.control import writing
from blackkonnect_emulator.control.reading import Parameters
from blackkonnect_emulator.receipts.seen import SeenReceipt
from blackkonnect_emulator.views import MOST_AT_ONCE, MessageFilter

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway

_AT_ONCE = 200
_STATES = ("waiting", "delivered", "given up", "dropped")


async def list_requests(gateway: "Gateway", request: Request) -> Answer:
    """Lists the latest requests and their answers, the newest first, by `tenant` and `operation`.

    Secrets and tokens are left out.
    """
    parameters = Parameters(request, ("tenant", "operation", "limit", "cursor"))
    tenant = parameters.text("tenant")
    known = [operation.operation_id for operation in gateway.document.operations]
    operation = parameters.one_of("operation", known)
    limit, cursor = parameters.limit(), parameters.cursor()
    parameters.check()
    found = gateway.journal.latest(tenant, cursor, limit + 1, operation)
    return Answer.json(writing.page("requests", found, limit, writing.exchange))


async def clear_requests(gateway: "Gateway", request: Request) -> Answer:
    """Forgets the requests, or one tenant's with `tenant`; the messages stay."""
    parameters = Parameters(request, ("tenant",))
    tenant = parameters.text("tenant")
    parameters.check()
    gateway.journal.clear(tenant)
    gateway.changes.bump()
    return Answer.json({})


async def list_receipts(gateway: "Gateway", request: Request) -> Answer:
    """Lists receipts with the attempts to deliver them, by `tenant`, `messageId` and `state`."""
    parameters = Parameters(request, ("tenant", "messageId", "state", "limit", "cursor"))
    tenant, message_id = parameters.text("tenant"), parameters.text("messageId")
    state = parameters.one_of("state", _STATES)
    limit, cursor = parameters.limit(), parameters.cursor()
    parameters.check()
    found: list[SeenReceipt] = []
    async for receipt in _receipts(gateway, tenant, message_id, cursor):
        if state in (None, receipt.state):
            found.append(receipt)
        if len(found) > limit:
            break
    return Answer.json(writing.page("receipts", found, limit, writing.receipt))


async def _receipts(
    gateway: "Gateway", tenant: str | None, message_id: str | None, before: int | None
) -> AsyncIterator[SeenReceipt]:
    """List receipts, the newest first."""
    if message_id is not None:
        wanted = MessageFilter(tenant=tenant, message_id=message_id, limit=MOST_AT_ONCE)
        messages = await gateway.queries.messages(wanted)
        of_each = [await gateway.receipts.of(message.number) for message in messages]
        found = sorted(chain.from_iterable(of_each), key=lambda receipt: receipt.number, reverse=True)
        for receipt in found:
            if before is None or receipt.number < before:
                yield receipt
        return
    known = None if tenant is None else gateway.tenants.get(tenant)
    if tenant is not None and known is None:
        return
    number = None if known is None else known.number
    while some := await gateway.receipts.log(number, before=before, limit=_AT_ONCE):
        for receipt in some:
            yield receipt
        before = some[-1].number
