"""What single and bulk sends have in common."""

from collections.abc import Mapping, Sequence
from typing import Any

from blackkonnect_emulator.problems import Place, Problem, in_body
from blackkonnect_emulator.records import IdsUsedError

Path = tuple[str | int, ...]
ChosenIds = Sequence[tuple[str, Path]]


def already_used(error: IdsUsedError, chosen: ChosenIds) -> Problem:
    """Make the problem of ids that were used before.

    Args:
        error: Which ones.
        chosen: All ids of messages that the sender chose, with their places.
    """
    places: list[Place] = [in_body(("bulkId",), "was used before")] if error.bulk_id else []
    places.extend(in_body(path, "was used before") for used, path in chosen if used in error.message_ids)
    kind = "bulk with this bulkId" if error.bulk_id else "message with this messageId"
    return Problem(409, f"A {kind} was taken before; nothing was sent now.", places)


def envelope(
    items: Sequence[Any],
    *,
    no_words: Mapping[str, Any] | None,
    correlation_id: str,
    conversation_id: str,
    request_id: str,
) -> dict[str, Any]:
    """Write what the answers to both sends share: the items that were taken, all on one page."""
    return {
        "code": 0,
        "message": no_words,
        "data": items[0],
        "correlationId": correlation_id,
        "conversationId": conversation_id,
        "requestId": request_id,
        "items": items,
        "itemPagination": {
            "totalElements": len(items),
            "pageSize": len(items),
            "totalPages": 1,
            "pageNumber": 0,
            "offSet": 0,
        },
        "isSuccessful": True,
    }
