"""Waiting for a message, by what it is and never by how many there are."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.requests import Request

from blackkonnect_emulator.answers import Answer
from blackkonnect_emulator.body import ClientGone
from blackkonnect_emulator.control import writing
from blackkonnect_emulator.control.messages import FILTERS, read_filter
from blackkonnect_emulator.control.reading import Parameters
from blackkonnect_emulator.lifecycle import Reached, whole
from blackkonnect_emulator.problems import Problem, in_parameter, rules_broken
from blackkonnect_emulator.timestamps import rfc3339
from blackkonnect_emulator.views import MessageFilter, SeenMessage

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway

_IDENTITY = ("messageId", "destination", "text", "sender", "bulkId", "correlationId")
_USUAL_SECONDS = 10.0
_MOST_SECONDS = 300.0
_MOST_LOOKED_AT = 100


async def wait_for_message(gateway: "Gateway", request: Request) -> Answer:
    """Waits for a message by what it is, and with `status` until it has reached that; `timeout` in seconds.

    The message is named by `messageId`, `destination`, `text`, `sender`, `bulkId` or `correlationId`, alone
    or together; of several the newest counts. One that is there already is answered at once. After the
    timeout the answer is 408 and says how far the message is.
    """
    parameters = Parameters(request, (*FILTERS, "timeout"))
    wanted = read_filter(gateway, parameters, _MOST_LOOKED_AT, None)
    timeout = parameters.seconds("timeout", _USUAL_SECONDS, _MOST_SECONDS)
    parameters.check()
    if not any(name in parameters for name in _IDENTITY):
        told = f"one of {', '.join(_IDENTITY)} is needed: a message is waited for by what it is"
        raise rules_broken([in_parameter("messageId", told)])
    wait = asyncio.ensure_future(_wait(gateway, wanted, timeout))
    gone = asyncio.ensure_future(_client_gone(request))
    try:
        await asyncio.wait((wait, gone), return_when=asyncio.FIRST_COMPLETED)
        if not wait.done():
            raise ClientGone
        return Answer.json(writing.message_in_full(wait.result()))
    finally:
        wait.cancel()
        gone.cancel()


async def _client_gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _wait(gateway: "Gateway", wanted: MessageFilter, seconds: float) -> SeenMessage:
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    status = wanted.status
    # A status that was passed counts too, so it is looked for in the timeline.
    filters = replace(wanted, status=None)
    while True:
        version = gateway.changes.version
        found = await gateway.queries.messages(filters)
        for message in found:
            if status is None or any(reached.status == status for reached in message.timeline()):
                return message
        left = end - loop.time()
        if left <= 0:
            raise Problem(408, _how_far(gateway, found, status))
        await gateway.changes.wait(version, min(left, _seconds_to_status(gateway, found, status, left)))


def _seconds_to_status(
    gateway: "Gateway", found: Sequence[SeenMessage], status: str | None, most: float
) -> float:
    """Tell how long it takes until one of the messages reaches a status by itself."""
    waits: list[float] = []
    for message in found:
        ahead = _ahead(message, status)
        tenant = gateway.tenants.get(message.tenant)
        if ahead is not None and tenant is not None:
            seconds = tenant.clock.seconds_until(ahead.since)
            waits.append(most if seconds is None else seconds)
    return min(waits, default=most)


def _ahead(message: SeenMessage, status: str | None) -> Reached | None:
    return next((reached for reached in whole(message.plan) if reached.status == status), None)


def _how_far(gateway: "Gateway", found: Sequence[SeenMessage], status: str | None) -> str:
    if not found:
        return "No such message came in time."
    newest = found[0]
    is_at = f"The message is {newest.reached.status} and not {status}."
    ahead = _ahead(newest, status)
    if ahead is None:
        end = "It will not be" if newest.now < newest.plan.final_at else "It is final and will never be"
        return f"{is_at} {end} {status}: it ends as {newest.plan.final_status}."
    tenant = gateway.tenants.get(newest.tenant)
    if tenant is not None and tenant.clock.mode == "manual":
        stands = f"Its clock is manual and stands at {rfc3339(newest.now)}"
        return f"{is_at} {stands}; move it to {rfc3339(ahead.since)}."
    return f"{is_at} It will be at {rfc3339(ahead.since)} of its clock."
