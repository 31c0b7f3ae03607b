"""What a client does, without doing it: plans that yield steps and are told how they went.

A plan is a generator. It yields a `Call` and is sent the response, or the exception that ended it; it yields
a `Pause` and is resumed after it; it yields `Found` to hand out items as they come. The synchronous and the
asynchronous client differ in the few lines that carry steps out.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import field, frozen

from blackkonnect_sms._http import http

if TYPE_CHECKING:
    from blackkonnect_sms.statuses import MessageStatus

__all__ = ["Call", "Found", "Pause", "Plan", "Reply", "Step", "collected"]

T = TypeVar("T")


@frozen
class Call:
    """A request to send: its arguments for httpx, and for how many seconds it may wait for the network."""

    arguments: dict[str, Any] = field(repr=False)
    timeout: float


@frozen
class Pause:
    """A time to wait, in seconds."""

    seconds: float


@frozen
class Found:
    """Statuses to hand out now."""

    statuses: tuple[MessageStatus, ...]


Step = Call | Pause | Found
Reply = http.Response | Exception | None
Plan = Generator[Step, Reply, T]


def collected(plan: Plan[None], found: list[MessageStatus]) -> Plan[None]:
    """Carry a plan on and keep what it hands out, also where it fails later."""
    reply: Reply = None
    while True:
        try:
            step = plan.send(reply)
        except StopIteration:
            return
        if isinstance(step, Found):
            found.extend(step.statuses)
            reply = None
        else:
            reply = yield step
