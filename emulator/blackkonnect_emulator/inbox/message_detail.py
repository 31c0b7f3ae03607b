"""Everything that is known of one message."""

from typing import TYPE_CHECKING, Any

import orjson

from blackkonnect_emulator.inbox.view import View
from blackkonnect_emulator.operations.rebuilding import rebuilt
from blackkonnect_emulator.views import SeenMessage

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway

# What stands elsewhere among the details already.
_SHOWN = frozenset({"text", "destination", "sourceAddress", "messageId", "bulkId"})


async def detail(gateway: "Gateway", view: View) -> dict[str, Any]:
    """Collect what the pane with the details shows.

    Args:
        gateway: Whose message.
        view: Which message, if any.
    """
    message = None if view.message is None else await gateway.queries.message(view.message)
    if message is None:
        return {"message": None}
    exchange = gateway.journal.find(message.correlation_id)
    return {
        "message": message,
        "final": message.now >= message.plan.final_at,
        "next_change": _next_change(message),
        "receipts": await gateway.receipts.of(message.number),
        "exchange": exchange,
        "rebuilt": await rebuilt(gateway, message.number) if exchange is None else None,
        "details": [(name, _written(value)) for name, value in message.details.items() if name not in _SHOWN],
        "ids": [(name, value) for name, value in _ids(message) if value],
    }


def _next_change(message: SeenMessage) -> int | None:
    plan = message.plan
    times = [time for time in (plan.sent_at, plan.final_at) if time is not None and time > message.now]
    return min(times, default=None)


def _ids(message: SeenMessage) -> list[tuple[str, str | None]]:
    return [
        ("messageId", message.message_id),
        ("bulkId", message.bulk_id),
        ("correlationId", message.correlation_id),
        ("conversationId", message.conversation_id),
        ("uuid", message.uuid),
    ]


def _written(value: Any) -> str:  # noqa: ANN401 - JSON
    return value if isinstance(value, str) else orjson.dumps(value).decode()
