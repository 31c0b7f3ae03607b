"""What single and bulk sends have in common."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from blackkonnect_emulator.answers import Answer
from blackkonnect_emulator.clock import SECOND
from blackkonnect_emulator.delivery_window import DeliveryWindow
from blackkonnect_emulator.gateway import Call, Gateway
from blackkonnect_emulator.lifecycle import Fate, Pace, Plan, plan
from blackkonnect_emulator.outcome_kinds import Outcome
from blackkonnect_emulator.problems import Place, Problem, in_body
from blackkonnect_emulator.records import IdsUsedError, NewRequest
from blackkonnect_emulator.timestamps import milliseconds

Path = tuple[str | int, ...]
# The fields that a plan depends on.
_SAYS_WHEN = frozenset({"sendAt", "deliveryTimeWindow", "validityPeriodMinutes", "priority"})
ChosenIds = Iterable[tuple[str, Path]]


class Sending(NamedTuple):
    """A send that was understood.

    Attributes:
        request: What is to be stored; `None` where nothing was taken.
        answer: What is answered once it is.
        chosen: Lists the ids of messages that the sender chose, with their places.
    """

    request: NewRequest | None
    answer: Answer
    chosen: Callable[[], ChosenIds]


async def carry_out(gateway: Gateway, call: Call, sending: Sending) -> Answer:
    """Store what was accepted, and answer.

    Args:
        gateway: Where.
        call: The request as it came.
        sending: What is to be done.

    Raises:
        Problem: 409: an id was used before; nothing was stored.
    """
    if sending.request is not None:
        call.entry.correlation_id = sending.request.correlation_id
        try:
            await gateway.store.add(sending.request)
        except IdsUsedError as error:
            raise already_used(error, sending) from None
        stored(gateway, call, sending.request)
    return sending.answer


def stored(gateway: Gateway, call: Call, request: NewRequest) -> None:
    """Tell those who watch that a request was stored."""
    for messages in request.messages:
        call.tenant.agenda.add(messages.plan[1:3], call.now)
    if call.tenant.callback is not None:
        gateway.receipts.expect(call.tenant, [messages.plan for messages in request.messages])
    gateway.changes.bump()


def already_used(error: IdsUsedError, sending: Sending) -> Problem:
    """Tell which ids were used before."""
    places: list[Place] = [in_body(("bulkId",), "was used before")] if error.bulk_id else []
    places.extend(
        in_body(path, "was used before") for used, path in sending.chosen() if used in error.message_ids
    )
    kind = "bulk with this bulkId" if error.bulk_id else "message with this messageId"
    return Problem(409, f"A {kind} was taken before; nothing was sent now.", places)


def plan_of(gateway: Gateway, call: Call, item: Mapping[str, Any], outcome: Outcome | None) -> Plan:
    """Plan what becomes of a message.

    Args:
        gateway: Where.
        call: The request that it came by.
        item: Its fields, by their names in the document.
        outcome: What its number forces on it, if anything.
    """
    longest = gateway.profile.longest_validity_minutes
    if outcome is None and call.tenant.queue is None and _SAYS_WHEN.isdisjoint(item):
        return _usual(call.now, gateway.pace, longest)
    window, validity = item.get("deliveryTimeWindow"), item.get("validityPeriodMinutes")
    return plan(
        call.now,
        gateway.pace,
        longest,
        send_at=milliseconds(item["sendAt"]) if "sendAt" in item else None,
        window=None if window is None else DeliveryWindow.read(window),
        validity_minutes=None if validity is None else int(validity),
        priority=int(item.get("priority", 0)),
        queue=call.tenant.queue,
        fate=Fate() if outcome is None else _fate(outcome),
    )


@lru_cache(maxsize=1)
def _usual(accepted_at: int, pace: Pace, longest_validity_minutes: int) -> Plan:
    """Plan what becomes of messages of which nothing is said; many come in the same millisecond."""
    return plan(accepted_at, pace, longest_validity_minutes)


def _fate(outcome: Outcome) -> Fate:
    return Fate(
        outcome.final_status,
        outcome.reaches_sent,
        outcome.at_end_of_validity,
        outcome.extra_seconds * SECOND,
    )


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
