"""What a client does, without doing it: plans that yield steps and are told how they went.

A plan is a generator. It yields a `Call` and is sent the response, or the exception that ended it; it yields
a `Pause` and is resumed after it; it yields `Found` to hand out items as they come. The synchronous and the
asynchronous client differ in the few lines that carry steps out.
"""

from __future__ import annotations

from blackkonnect_sms_api.records import field, frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator
    from typing import Any, TypeAlias, TypeVar

    from blackkonnect_sms._fast import Told
    from blackkonnect_sms._http import http
    from blackkonnect_sms.statuses import MessageStatus

    T = TypeVar("T")

__all__ = ["Call", "Found", "Pause", "collected"]


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


if TYPE_CHECKING:
    Step: TypeAlias = Call | Pause | Found
    Reply: TypeAlias = http.Response | Told | Exception | None
    Plan: TypeAlias = Generator[Step, Reply, T]


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
