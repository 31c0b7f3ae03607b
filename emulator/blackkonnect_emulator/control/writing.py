"""How the control API writes what there is."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from blackkonnect_emulator.journal import Exchange
from blackkonnect_emulator.lifecycle import Reached, whole
from blackkonnect_emulator.operations.rebuilding import Rebuilt
from blackkonnect_emulator.receipts.address import read_address
from blackkonnect_emulator.receipts.seen import SeenReceipt
from blackkonnect_emulator.rule_book import Held
from blackkonnect_emulator.tenants import Tenant
from blackkonnect_emulator.timestamps import rfc3339
from blackkonnect_emulator.views import SeenMessage

if TYPE_CHECKING:
    from blackkonnect_emulator.clock import Clock
    from blackkonnect_emulator.gateway import Gateway


class Numbered(Protocol):
    """What has a number, a later one a higher one."""

    @property
    def number(self) -> int:
        """The number."""
        ...


N = TypeVar("N", bound=Numbered)


def page(name: str, found: Sequence[N], limit: int, write: Callable[[N], Any]) -> dict[str, Any]:
    """Write a page of a list.

    Args:
        name: What the list is called.
        found: What was found, the newest first; one more than the page has where there is more.
        limit: How many the page has at most.
        write: Writes an entry.
    """
    following = str(found[limit - 1].number) if len(found) > limit else None
    return {name: [write(one) for one in found[:limit]], "next": following}


def message(seen: SeenMessage) -> dict[str, Any]:
    """Write a message."""
    return {
        "number": seen.number,
        "tenant": seen.tenant,
        "messageId": seen.message_id,
        "uuid": seen.uuid,
        "bulkId": seen.bulk_id,
        "correlationId": seen.correlation_id,
        "conversationId": seen.conversation_id,
        "operation": seen.operation,
        "destination": seen.destination,
        "sender": seen.source_address,
        "text": seen.text,
        "encoding": seen.encoding,
        "parts": seen.parts,
        "outcome": seen.outcome,
        "status": seen.reached.status,
        "since": rfc3339(seen.reached.since),
        "acceptedAt": rfc3339(seen.plan.queued_at),
        "final": seen.now >= seen.plan.final_at,
    }


def message_in_full(seen: SeenMessage) -> dict[str, Any]:
    """Write a message with its details, and the statuses that it has reached and is to reach."""
    ahead = [reached for reached in whole(seen.plan) if reached.since > seen.now]
    return {
        **message(seen),
        "details": dict(seen.details),
        "timeline": _reached(seen.timeline()),
        "ahead": _reached(ahead),
    }


def _reached(statuses: Iterable[Reached]) -> list[dict[str, Any]]:
    return [{"status": reached.status, "at": rfc3339(reached.since)} for reached in statuses]


def receipt(seen: SeenReceipt) -> dict[str, Any]:
    """Write a receipt with its attempts."""
    return {
        "number": seen.number,
        "receiptId": seen.receipt_id,
        "tenant": seen.tenant,
        "message": seen.message,
        "messageId": seen.message_id,
        "destination": seen.destination,
        "status": seen.status,
        "since": rfc3339(seen.since),
        "state": seen.state,
        "dueAt": None if seen.due_at is None else rfc3339(seen.due_at),
        "attempts": [
            {
                "at": rfc3339(attempt.at),
                "address": attempt.address,
                "outcome": attempt.outcome,
                "milliseconds": attempt.milliseconds,
            }
            for attempt in seen.attempts
        ],
    }


def exchange(seen: Exchange) -> dict[str, Any]:
    """Write a request with its answer; bytes that are no UTF-8 are replaced."""
    return {
        "number": seen.number,
        "at": rfc3339(seen.at),
        "tenant": seen.tenant,
        "operation": seen.operation,
        "correlationId": seen.correlation_id,
        "fault": seen.fault,
        "request": {
            "method": seen.method,
            "path": seen.path,
            "headers": _headers(seen.request_headers),
            "body": _body(seen.request_body),
        },
        "answer": None
        if seen.status is None
        else {
            "status": seen.status,
            "headers": _headers(seen.answer_headers),
            "body": _body(seen.answer_body),
        },
    }


def rebuilt(behind: Rebuilt) -> dict[str, Any]:
    """Write a request with its answer, as far as they are stored; bytes that are no UTF-8 are replaced."""
    return {
        "operation": behind.operation,
        "request": _body(behind.request_body),
        "answer": None if behind.answer_body is None else _body(behind.answer_body),
    }


def _headers(headers: Iterable[tuple[str, str]]) -> list[list[str]]:
    return [list(header) for header in headers]


def _body(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def clock(told: "Clock") -> dict[str, Any]:
    """Write how a clock goes, and the time that it tells."""
    return {"mode": told.mode, "factor": told.factor, "now": rfc3339(told.now())}


def tenant(gateway: "Gateway", seen: Tenant) -> dict[str, Any]:
    """Write a tenant; its secret is not told, and of its callback what may be one neither.

    Args:
        gateway: Whose tenant.
        seen: The tenant.
    """
    return {
        "name": seen.name,
        "anonymous": not seen.name,
        "configured": not seen.name or seen.name in gateway.settings.clients,
        "callback": _shown(seen.callback, gateway),
        "ownClock": seen.own_clock,
        "clock": clock(seen.clock),
    }


def _shown(callback: str | None, gateway: "Gateway") -> str | None:
    return None if callback is None else read_address(callback, gateway.settings.callback_hosts).shown


def held(rule: Held[Any]) -> dict[str, Any]:
    """Write a rule for outcomes or faults, with its number and how often it has come about."""
    return {"number": rule.number, **rule.rule.to_json(), "fired": rule.fired}
