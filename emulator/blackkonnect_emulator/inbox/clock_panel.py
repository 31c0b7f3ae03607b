"""The panel that shows and moves the clock."""

import math
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import Response

from blackkonnect_emulator.clock import FASTEST
from blackkonnect_emulator.inbox.forms import read_form
from blackkonnect_emulator.inbox.responses import html

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway

_STEPS = {"minute": 60_000, "hour": 3_600_000, "day": 86_400_000}
_PACES = {"real": 1.0, "manual": 0.0}
_WRONG = 422


class ClockPanel:
    """Shows and moves the emulator's clock.

    Args:
        gateway: Whose clock.
        templates: What it looks like.
    """

    def __init__(self, gateway: "Gateway", templates: Environment) -> None:
        self._gateway = gateway
        self._templates = templates

    async def show(self, _: Request) -> Response:
        """Show the clock."""
        return await self._panel()

    async def advance(self, request: Request) -> Response:
        """Move the clock forward: by a `minute`, an `hour`, a `day`, or to the `next` event."""
        by = (await read_form(request, "by"))["by"]
        if by in _STEPS:
            milliseconds: int | None = _STEPS[by]
        elif by == "next":
            due = await self._gateway.time.next_event()
            milliseconds = None if due is None else max(0, due - self._gateway.clock.now())
        else:
            return await self._panel({"by": "must be minute, hour, day or next"})
        if milliseconds is None:
            return await self._panel({"by": "Nothing is to come: every message has its final status."})
        try:
            await self._gateway.time.advance(milliseconds)
        except ValueError as error:
            return await self._panel({"by": str(error)})
        return await self._panel()

    async def mode(self, request: Request) -> Response:
        """Let the clock go as the machine's, by a factor, or only when it is moved."""
        given = await read_form(request, "mode", "factor")
        factor = _PACES.get(given["mode"])
        if factor is None:
            factor = _factor(given["factor"]) if given["mode"] == "scaled" else None
        if factor is None:
            return await self._panel({"factor": f"must be a number above 0, up to {FASTEST:,.0f}"})
        await self._gateway.time.go(factor)
        return await self._panel()

    async def _panel(self, errors: dict[str, str] | None = None) -> Response:
        clock = self._gateway.clock
        context: dict[str, Any] = {
            "now": clock.now(),
            "mode": clock.mode,
            "factor": clock.factor,
            "next_event": await self._gateway.time.next_event(),
            "errors": errors or {},
        }
        status = _WRONG if errors else 200
        return html(self._templates.get_template("clock.html").render(context), status)


def _factor(text: str) -> float | None:
    try:
        factor = float(text)
    except ValueError:
        return None
    return factor if math.isfinite(factor) and 0 < factor <= FASTEST else None
