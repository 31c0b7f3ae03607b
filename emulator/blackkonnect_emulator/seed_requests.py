"""From the messages of a seed to the requests that they would have come by."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import orjson

from blackkonnect_emulator import rules
from blackkonnect_emulator.clock import MINUTE
from blackkonnect_emulator.gateway import Call
from blackkonnect_emulator.ids import Block
from blackkonnect_emulator.journal import Entry
from blackkonnect_emulator.lifecycle import QUEUED, SENT, Plan
from blackkonnect_emulator.operations.accepting import plan_of
from blackkonnect_emulator.outcome_kinds import OUTCOMES
from blackkonnect_emulator.records import NewMessages, NewRequest
from blackkonnect_emulator.seeding import SeedMessage
from blackkonnect_emulator.segmentation import parts
from blackkonnect_emulator.store import FIRST_MESSAGE
from blackkonnect_emulator.tenants import Tenant
from blackkonnect_emulator.validation import BodyRules

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway

SINGLE, BULK = "sendMessage", "sendBulkMessages"

# The statuses that an outcome leads to without SENT.
_NEVER_SENT = frozenset(
    outcome.final_status
    for outcome in OUTCOMES.values()
    if not outcome.reaches_sent and not outcome.at_end_of_validity
)
_PREFIXES = ("#/messages/0/destinations/0/", "#/messages/0/", "#/")


class Bodies:
    """Writes messages as the document has them, and checks that they fit it.

    Args:
        gateway: Whose document.
    """

    def __init__(self, gateway: "Gateway") -> None:
        self._profile = gateway.profile
        self._rules: dict[str, BodyRules] = {}
        for operation in gateway.document.operations:
            if operation.operation_id in (SINGLE, BULK) and operation.body is not None:
                self._rules[operation.operation_id] = BodyRules(gateway.document, operation.body.schema)

    def check(self, message: SeedMessage, at: int) -> None:
        """Check a message by itself; what is wrong is noted where it was read from.

        Args:
            message: The message.
            at: When it was accepted.
        """
        given = message.given
        body = single(message) if message.bulk_id is None else bulk([message])
        kind = SINGLE if message.bulk_id is None else BULK
        places = self._rules[kind].places(body)
        for place in places:
            given.wrong(*_own_name(place["pointer"], place["detail"]))
        if places or not isinstance(message.text, str):
            return
        needed = parts(message.text)
        given.places += rules.text_short_enough(needed, given.path, self._profile)
        given.places += rules.send_at_in_reach(message.details, given.path, at, self._profile)
        given.places += rules.window_long_enough(message.details, given.path, self._profile)


def _own_name(pointer: str, detail: str) -> tuple[str, str]:
    """Tell which field of a seed's message is meant by a place in a request."""
    for prefix in _PREFIXES:
        if pointer.startswith(prefix):
            pointer = pointer.removeprefix(prefix)
            break
    name, _, inside = pointer.partition("/")
    name = {"sourceAddress": "sender", "destinations": "destination"}.get(name, name)
    return name, f"{inside}: {detail}" if inside else detail


def _destination(message: SeedMessage) -> dict[str, Any]:
    named = {
        "destination": message.destination,
        "messageId": message.message_id,
        "sourceAddress": message.sender,
    }
    return {name: value for name, value in named.items() if value is not None}


def single(message: SeedMessage) -> dict[str, Any]:
    """Write the body of a single message."""
    return {"text": message.text, **_destination(message), **message.details}


def bulk(messages: Sequence[SeedMessage]) -> dict[str, Any]:
    """Write the body of a bulk, each message being a text of its own."""
    items = [
        {"text": message.text, "destinations": [_destination(message)], **message.details}
        for message in messages
    ]
    return {"bulkId": messages[0].bulk_id, "messages": items}


def request_of(
    gateway: "Gateway", tenant: Tenant, messages: Sequence[SeedMessage], at: int
) -> NewRequest | None:
    """Make the request that some messages would have come by.

    Args:
        gateway: Where.
        tenant: Whose.
        messages: One message, or those of a bulk; they were checked.
        at: When they were accepted.

    Returns:
        The request; `None` where the outcomes of all of them are to be refused.
    """
    bulk_id = messages[0].bulk_id
    kind = SINGLE if bulk_id is None else BULK
    body = single(messages[0]) if bulk_id is None else bulk(messages)
    correlation_id = tenant.ids.new()
    block = Block(correlation_id)
    operation = next(known for known in gateway.document.operations if known.operation_id == kind)
    entry = Entry(kind, False, operation.method, operation.path.encode(), b"", (), tenant=tenant.name)
    call = Call(operation, tenant, {}, body, entry, at)
    new = [
        one
        for number, message in enumerate(messages)
        if (one := _message(gateway, call, message, number, block.id(FIRST_MESSAGE + len(messages) + number)))
    ]
    if not new:
        return None
    return NewRequest(
        tenant=tenant.number,
        operation=kind,
        correlation_id=correlation_id,
        bulk_id=None if bulk_id is None else str(bulk_id),
        accepted_at=at,
        content=orjson.dumps(body),
        messages=new,
        refuse_used=gateway.profile.duplicate_ids == "refuse",
    )


def _message(
    gateway: "Gateway", call: Call, message: SeedMessage, number: int, made_id: str
) -> NewMessages | None:
    outcome = None
    destination = str(message.destination)
    if message.status is None:
        outcome = gateway.outcomes.draw(call.tenant.name, destination)
        if outcome is not None and outcome.refused:
            return None
        plan = plan_of(gateway, call, message.details, outcome)
    else:
        plan = plan_at(gateway, message.status, call.now, call.tenant.clock.now())
    return NewMessages(
        number,
        [made_id if message.message_id is None else str(message.message_id)],
        [destination],
        None if message.sender is None else str(message.sender),
        parts(str(message.text)),
        plan,
        None if outcome is None else outcome.name,
    )


def plan_at(gateway: "Gateway", status: str, at: int, now: int) -> Plan:
    """Plan a message so that it is in a status now; one that isn't final goes on from now as usual.

    Args:
        gateway: Whose pace it goes by.
        status: The status.
        at: When it was accepted.
        now: The time.
    """
    pace = gateway.pace
    if status == QUEUED:
        # Even at no distance it is to be QUEUED now.
        sent_at = now + max(pace.to_sent, 1)
        return Plan(at, sent_at, sent_at + pace.to_final - pace.to_sent, "DELIVERED")
    sent_at = min(at + pace.to_sent, now)
    if status == SENT:
        return Plan(at, sent_at, now + max(pace.to_final - pace.to_sent, 1), "DELIVERED")
    if status in _NEVER_SENT:
        return Plan(at, None, sent_at, status)
    usual = at + pace.to_final
    if status == "EXPIRED":
        usual = at + gateway.profile.longest_validity_minutes * MINUTE
    return Plan(at, sent_at, min(usual, now), status)
