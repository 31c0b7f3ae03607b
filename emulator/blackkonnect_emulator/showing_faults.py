"""How a fault shows in the answer to a request."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from blackkonnect_emulator.answers import Answer
from blackkonnect_emulator.fault_kinds import ANSWER_LOST, CLOSED, GARBLED, TOKEN_REFUSED, TRUNCATED
from blackkonnect_emulator.fault_rules import FaultRule
from blackkonnect_emulator.faults import Drawn
from blackkonnect_emulator.gateway import Call, Gateway
from blackkonnect_emulator.problems import Problem

_NOTHING = Answer(200, b"", "application/json", goes_out="nothing")
_DETAILS = {
    429: "The client asks faster than it may; nothing was done.",
    500: "The gateway failed.",
    503: "The gateway can't be reached just now.",
    401: "The token or the credentials were refused.",
}


async def answer_with_faults(
    drawn: Drawn, handler: Callable[[Gateway, Call], Awaitable[Answer]], gateway: Gateway, call: Call
) -> Answer:
    """Answer a request, after the faults that it meets.

    Args:
        drawn: Which ones.
        handler: Answers it where nothing goes wrong.
        gateway: Gets it.
        call: The request.
    """
    if drawn.latency:
        call.entry.fault = "latency"
        await asyncio.sleep(drawn.latency)
    if drawn.lag:
        call.entry.fault = "status-lags"
    if drawn.latency or drawn.lag:
        call = replace(call, now=call.tenant.clock.now() - drawn.lag)
    if drawn.rule is None:
        return await handler(gateway, call)
    call.entry.fault = drawn.rule.kind
    if not drawn.rule.done:
        return _instead(drawn.rule)
    # What is refused is refused: a fault comes about for what was done alone.
    return _after(drawn.rule, await handler(gateway, call))


def _instead(rule: FaultRule) -> Answer:
    return _NOTHING if rule.kind == CLOSED else _problem(rule)


def _after(rule: FaultRule, answer: Answer) -> Answer:
    if rule.kind == ANSWER_LOST:
        return _NOTHING
    if rule.kind == TRUNCATED:
        return replace(answer, goes_out="half")
    if rule.kind == GARBLED:
        return replace(answer, body=_garbled(answer.body))
    return _problem(rule)


def _problem(rule: FaultRule) -> Answer:
    status = rule.status or 500
    headers = {} if rule.retry_after is None else {"Retry-After": str(rule.retry_after)}
    if rule.kind == TOKEN_REFUSED:
        headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    return Problem(status, _DETAILS[status], headers=headers).answer()


def _garbled(body: bytes) -> bytes:
    """Spoil a body, with the same length: its second half is no UTF-8, and no bracket closes."""
    half = len(body) // 2
    return body[:half] + bytes(255 - byte if byte < 128 else byte for byte in body[half:])  # noqa: PLR2004 - ASCII's end
