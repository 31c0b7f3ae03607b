"""What becomes of a message, planned when it is accepted.

Nothing runs in the background: a message's status at any time follows from its plan, so it goes on over
a restart and can't go back.
"""

from collections.abc import Set as AbstractSet
from typing import NamedTuple

from blackkonnect_emulator.clock import MINUTE
from blackkonnect_emulator.delivery_window import DeliveryWindow
from blackkonnect_emulator.send_queue import SendQueue

QUEUED = "QUEUED"
SENT = "SENT"
DELIVERED = "DELIVERED"
EXPIRED = "EXPIRED"

_HIGHEST_PRIORITY = 9


class Pace(NamedTuple):
    """How fast messages go: milliseconds from when one may go to SENT, and to its final status."""

    to_sent: int
    to_final: int


class Plan(NamedTuple):
    """When a message reaches which status, in milliseconds.

    Attributes:
        queued_at: When it is accepted.
        sent_at: When it is handed to the operator, if ever.
        final_at: When it reaches its final status.
        final_status: Which one that is.
    """

    queued_at: int
    sent_at: int | None
    final_at: int
    final_status: str


class Reached(NamedTuple):
    """A status and since when."""

    status: str
    since: int


class Fate(NamedTuple):
    """What is forced on a message.

    Attributes:
        final_status: The status that it ends with.
        reaches_sent: Whether it goes to SENT before that.
        at_end_of_validity: Whether it ends when its validity does.
        extra: How many milliseconds later than usual it ends.
    """

    final_status: str = DELIVERED
    reaches_sent: bool = True
    at_end_of_validity: bool = False
    extra: int = 0


_USUAL = Fate()


def plan(  # noqa: PLR0913 - a plan depends on all of these
    accepted_at: int,
    pace: Pace,
    longest_validity_minutes: int,
    *,
    send_at: int | None = None,
    window: DeliveryWindow | None = None,
    validity_minutes: int | None = None,
    priority: int = 0,
    queue: SendQueue | None = None,
    fate: Fate = _USUAL,
) -> Plan:
    """Plan what becomes of a message.

    Args:
        accepted_at: When it is accepted.
        pace: How fast messages go.
        longest_validity_minutes: What a longer validity, or none, is cut to (Infobip: 48 hours).
        send_at: When to send it; a time that is past means at once.
        window: When in the week it may be sent.
        validity_minutes: For how long it is worth delivering, counted from when it is to be sent (3GPP TS
            23.040, clause 9.2.3.12, counts from when the centre takes it). One that can't be delivered by
            then is EXPIRED.
        priority: A higher one goes first: each step takes a twentieth off the way to SENT.
        queue: The queue before the operator, which takes a message at once where there is none.
        fate: What is forced on it.
    """
    due = accepted_at if send_at is None or send_at < accepted_at else send_at
    if not validity_minutes or validity_minutes > longest_validity_minutes:
        validity_minutes = longest_validity_minutes
    expires_at = due + validity_minutes * MINUTE
    if fate.at_end_of_validity and not fate.reaches_sent:
        return Plan(accepted_at, None, expires_at, fate.final_status)
    sent_at = due + pace.to_sent
    if priority:
        sent_at -= pace.to_sent * min(priority, _HIGHEST_PRIORITY) // 20
    if window is not None:
        sent_at = window.next_open(sent_at)
    if queue is not None and sent_at < expires_at:
        next_open = None if window is None else window.next_open
        turn = queue(sent_at, min(priority, _HIGHEST_PRIORITY), expires_at, next_open)
        sent_at = expires_at if turn is None else turn
    if sent_at >= expires_at:
        return Plan(accepted_at, None, expires_at, EXPIRED)
    if not fate.reaches_sent:
        return Plan(accepted_at, None, sent_at, fate.final_status)
    final_at = expires_at if fate.at_end_of_validity else sent_at + pace.to_final - pace.to_sent + fate.extra
    if final_at > expires_at:
        return Plan(accepted_at, sent_at, expires_at, EXPIRED)
    return Plan(accepted_at, sent_at, final_at, fate.final_status)


def timeline(plan: Plan, now: int) -> list[Reached]:
    """List the statuses that a message has reached, with their times.

    Args:
        plan: What becomes of it.
        now: The time.
    """
    return [reached for reached in whole(plan) if reached.since <= now]


def whole(plan: Plan) -> list[Reached]:
    """List the statuses that a message will have reached in the end, with their times."""
    sent = [] if plan.sent_at is None else [Reached(SENT, plan.sent_at)]
    return [Reached(QUEUED, plan.queued_at), *sent, Reached(plan.final_status, plan.final_at)]


def reached(plan: Plan, now: int) -> Reached:
    """Tell the status that a message has reached.

    Args:
        plan: What becomes of it.
        now: The time.
    """
    if now >= plan.final_at:
        return Reached(plan.final_status, plan.final_at)
    if plan.sent_at is not None and now >= plan.sent_at:
        return Reached(SENT, plan.sent_at)
    return Reached(QUEUED, plan.queued_at)


def with_receipt(plan: Plan, status: str, told_at: int | None, now: int, final: AbstractSet[str]) -> Plan:
    """Change a plan by what the network operator tells.

    Args:
        plan: What becomes of the message so far.
        status: The status that the receipt tells.
        told_at: When the message reached it, as the receipt has it; it is moved to between the message's
            latest status and now, so that time never goes back.
        now: The time.
        final: The statuses that are final. A message that has reached one stays there, and a receipt that
            tells what is known or past changes nothing.
    """
    latest = reached(plan, now)
    if latest.status in final or status in (latest.status, QUEUED):
        return plan
    at = now if told_at is None else min(max(told_at, latest.since), now)
    if status in final:
        sent_at = plan.sent_at if latest.status == SENT else None
        return Plan(plan.queued_at, sent_at, at, status)
    return Plan(plan.queued_at, at, plan.final_at, plan.final_status)
