"""The inbox: a page that shows the messages that the gateway took, as phones would."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from blackkonnect_emulator.body import ClientGone
from blackkonnect_emulator.inbox.assets import PREFIX, serve_asset
from blackkonnect_emulator.inbox.clock_panel import ClockPanel
from blackkonnect_emulator.inbox.events import Events
from blackkonnect_emulator.inbox.fault_panel import FaultPanel
from blackkonnect_emulator.inbox.pages import Pages
from blackkonnect_emulator.inbox.panels import Panels
from blackkonnect_emulator.inbox.responses import STRICT
from blackkonnect_emulator.inbox.send_panel import SendPanel
from blackkonnect_emulator.inbox.templating import environment
from blackkonnect_emulator.problems import Problem

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway

__all__ = ["routes"]

_BASE = "/_emulator/inbox/"
_Handler = Callable[[Request], Awaitable[Response]]


def routes(gateway: "Gateway") -> list[BaseRoute]:
    """List the routes of the page at `/`, and of what it needs below `/_emulator/inbox/`.

    Args:
        gateway: Whose messages to show.
    """
    templates = environment()
    pages, panels = Pages(gateway, templates), Panels(gateway, templates)
    clock, faults = ClockPanel(gateway, templates), FaultPanel(gateway, templates)
    sending = SendPanel(gateway, templates)
    shown: dict[str, _Handler] = {
        "": pages.page,
        f"{_BASE}phones": pages.phones,
        f"{_BASE}messages": pages.messages,
        f"{_BASE}bar": pages.bar,
        f"{_BASE}welcome": pages.welcome,
        f"{_BASE}events": Events(gateway).stream,
        f"{_BASE}panels/send": sending.show,
        f"{_BASE}panels/clock": clock.show,
        f"{_BASE}panels/faults": faults.show,
        f"{_BASE}panels/numbers": panels.numbers,
        f"{_BASE}panels/keys": panels.keys,
        f"{_BASE}panels/reset": panels.reset,
        f"{PREFIX}{{name:path}}": serve_asset,
    }
    changing: dict[str, _Handler] = {
        f"{_BASE}send": sending.send,
        f"{_BASE}segments": sending.segments,
        f"{_BASE}clock/advance": clock.advance,
        f"{_BASE}clock/mode": clock.mode,
        f"{_BASE}faults/add": faults.add,
        f"{_BASE}faults/remove": faults.remove,
        f"{_BASE}reset": panels.empty,
    }
    return [
        *(Route(path or "/", _guarded(handler), methods=["GET"]) for path, handler in shown.items()),
        *(Route(path, _guarded(handler), methods=["POST"]) for path, handler in changing.items()),
    ]


def _guarded(handler: _Handler) -> _Handler:
    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except Problem as problem:
            written = problem.answer()
            return Response(written.body, written.status, {**STRICT, **written.headers}, written.media_type)
        except ClientGone:
            return Response(None, 400, dict(STRICT))

    return answer
