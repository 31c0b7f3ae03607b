"""Messages: finding them, and everything of one."""

from typing import TYPE_CHECKING

from starlette.requests import Request

from blackkonnect_emulator.answers import Answer
from blackkonnect_emulator.control import writing
from blackkonnect_emulator.control.reading import Parameters, finish, not_there, read_fields, whole_number
from blackkonnect_emulator.operations.rebuilding import rebuilt
from blackkonnect_emulator.operator_receipt import take_receipt
from blackkonnect_emulator.views import MessageFilter, SeenMessage

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway

# The fields of a filter by the parameters that set them.
_FILTERS = {
    "tenant": "tenant",
    "destination": "destination",
    "sender": "source_address",
    "messageId": "message_id",
    "bulkId": "bulk_id",
    "correlationId": "correlation_id",
    "text": "text",
}
FILTERS = (*_FILTERS, "status")


def read_filter(gateway: "Gateway", parameters: Parameters, limit: int, cursor: int | None) -> MessageFilter:
    """Read which messages are wanted.

    Args:
        gateway: Whose statuses there are.
        parameters: What was given.
        limit: How many at most.
        cursor: Before which number.
    """
    named = {field: parameters.text(name) for name, field in _FILTERS.items()}
    status = parameters.one_of("status", gateway.document.statuses)
    return MessageFilter(**named, status=status, before=cursor, limit=limit)


async def list_messages(gateway: "Gateway", request: Request) -> Answer:
    """Lists messages, the newest first, by filters; `next` is the `cursor` of the following page.

    The filters are `tenant`, `destination`, `sender`, `status`, `messageId`, `bulkId`, `correlationId` and
    `text`, which is looked for in text, number, sender and ids whatever the case of its letters.
    """
    parameters = Parameters(request, (*FILTERS, "limit", "cursor"))
    limit = parameters.limit()
    # One more tells whether there is another page.
    wanted = read_filter(gateway, parameters, limit + 1, parameters.cursor())
    parameters.check()
    found = await gateway.queries.messages(wanted)
    return Answer.json(writing.page("messages", found, limit, writing.message))


async def show_message(gateway: "Gateway", request: Request) -> Answer:
    """Shows everything of one message: timeline, details, receipts, and the request that it came by.

    `exchange` is null where the journal holds it no longer. `rebuilt` has request and answer then, from what
    is stored: the bodies, but no headers, and nothing that a fault made of the answer.
    """
    Parameters(request, ()).check()
    return await _shown(gateway, await _found(gateway, request))


async def take_operator_receipt(gateway: "Gateway", request: Request) -> Answer:
    """Takes what the network operator tells of a message: `status`, and perhaps `at`, when it reached that.

    It moves the message as `handleDeliveryReceipt` does, in both editions: what is past or known, and any
    status after the final one, changes nothing, and a time is moved to between the message's latest status
    and now. The callback's receipts that come due so have gone out before this answers. It answers the
    message as it is then.
    """
    statuses = gateway.document.statuses
    given = await read_fields(request, ("status", "at"))
    status = given.one_of("status", statuses)
    if "status" not in given:
        given.wrong("status", f"is needed: one of {', '.join(statuses)}")
    at = given.time("at")
    seen = await _found(gateway, request)
    finish(given)
    tenant = gateway.tenants.get(seen.tenant)
    if tenant is None or status is None or not await take_receipt(gateway, tenant, seen.number, status, at):
        raise not_there("message")
    return await _shown(gateway, await _found(gateway, request))


async def _found(gateway: "Gateway", request: Request) -> SeenMessage:
    number = whole_number(request.path_params["number"])
    seen = None if number is None else await gateway.queries.message(number)
    if seen is None:
        raise not_there("message")
    return seen


async def _shown(gateway: "Gateway", seen: SeenMessage) -> Answer:
    exchange = gateway.journal.find(seen.correlation_id)
    behind = await rebuilt(gateway, seen.number) if exchange is None else None
    return Answer.json(
        {
            **writing.message_in_full(seen),
            "receipts": [writing.receipt(receipt) for receipt in await gateway.receipts.of(seen.number)],
            "exchange": None if exchange is None else writing.exchange(exchange),
            "rebuilt": None if behind is None else writing.rebuilt(behind),
        }
    )
