"""From the control API's JSON to what it means."""

from datetime import datetime
from typing import Any

from blackkonnect_emulator.control_client.replies import (
    Attempt,
    ClockReading,
    Description,
    Exchange,
    Half,
    Message,
    MessageInFull,
    Receipt,
    Rule,
    Seeded,
    StatusAt,
    TenantInfo,
)

Json = Any


def time(text: str) -> datetime:
    """Read a time of RFC 3339."""
    return datetime.fromisoformat(text)


def _maybe(text: str | None) -> datetime | None:
    return None if text is None else time(text)


def clock(given: Json) -> ClockReading:
    """Read how a clock goes."""
    return ClockReading(
        mode=given["mode"],
        factor=given["factor"],
        now=time(given["now"]),
        next_event=_maybe(given.get("nextEvent")),
    )


def _message(given: Json) -> dict[str, Any]:
    return {
        "number": given["number"],
        "tenant": given["tenant"],
        "message_id": given["messageId"],
        "uuid": given["uuid"],
        "bulk_id": given["bulkId"],
        "correlation_id": given["correlationId"],
        "conversation_id": given["conversationId"],
        "operation": given["operation"],
        "destination": given["destination"],
        "sender": given["sender"],
        "text": given["text"],
        "encoding": given["encoding"],
        "parts": given["parts"],
        "outcome": given["outcome"],
        "status": given["status"],
        "since": time(given["since"]),
        "accepted_at": time(given["acceptedAt"]),
        "final": given["final"],
    }


def message(given: Json) -> Message:
    """Read a message."""
    return Message(**_message(given))


def message_in_full(given: Json) -> MessageInFull:
    """Read a message with everything that is told of it."""
    held = given.get("exchange")
    return MessageInFull(
        **_message(given),
        details=given["details"],
        timeline=_statuses(given["timeline"]),
        ahead=_statuses(given["ahead"]),
        receipts=tuple(receipt(one) for one in given.get("receipts", ())),
        exchange=None if held is None else exchange(held),
    )


def _statuses(given: Json) -> tuple[StatusAt, ...]:
    return tuple(StatusAt(one["status"], time(one["at"])) for one in given)


def receipt(given: Json) -> Receipt:
    """Read a receipt."""
    return Receipt(
        number=given["number"],
        receipt_id=given["receiptId"],
        message=given["message"],
        message_id=given["messageId"],
        status=given["status"],
        since=time(given["since"]),
        state=given["state"],
        due_at=_maybe(given["dueAt"]),
        attempts=tuple(
            Attempt(time(one["at"]), one["address"], one["outcome"], one["milliseconds"])
            for one in given["attempts"]
        ),
    )


def exchange(given: Json) -> Exchange:
    """Read a request with its answer."""
    request, answer = given["request"], given["answer"]
    return Exchange(
        number=given["number"],
        at=time(given["at"]),
        tenant=given["tenant"],
        operation=given["operation"],
        correlation_id=given["correlationId"],
        fault=given["fault"],
        method=request["method"],
        path=request["path"],
        request=_half(request),
        status=None if answer is None else answer["status"],
        answer=None if answer is None else _half(answer),
    )


def _half(given: Json) -> Half:
    return Half(tuple((name, value) for name, value in given["headers"]), given["body"])


def rule(given: Json) -> Rule:
    """Read a rule for an outcome or a fault."""
    parameters = {name: value for name, value in given.items() if name not in ("number", "fired")}
    kind = given["kind"] if "kind" in given else given["outcome"]
    return Rule(given["number"], kind, given.get("tenant"), given["fired"], parameters)


def tenant(given: Json) -> TenantInfo:
    """Read a tenant."""
    return TenantInfo(
        given["name"], clock(given["clock"]), given["ownClock"], given["callback"], given.get("secret")
    )


def seeded(given: Json) -> Seeded:
    """Read what a seed put in."""
    return Seeded(**given)


def description(given: Json) -> Description:
    """Read what an emulator is."""
    return Description(
        edition=given["edition"],
        seed=given["seed"],
        profile=given["profile"],
        clock=clock(given["clock"]),
        tenants=tuple(tenant(one) for one in given["tenants"]),
        outcomes_by_number={one["name"]: one["number"] for one in given["outcomesByNumber"]},
        fault_kinds={one["kind"]: one["description"] for one in given["faultKinds"]},
        messages=given["counts"]["messages"],
        everything=given,
    )
