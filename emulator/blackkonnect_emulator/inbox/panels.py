"""The small panels: the numbers, the keys, and emptying the inbox."""

from typing import TYPE_CHECKING

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import Response

from blackkonnect_emulator.inbox.forms import read_form
from blackkonnect_emulator.inbox.responses import html
from blackkonnect_emulator.outcome_kinds import OUTCOMES

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway


class Panels:
    """Shows panels that hold next to nothing that changes.

    Args:
        gateway: What to empty.
        templates: What they look like.
    """

    def __init__(self, gateway: "Gateway", templates: Environment) -> None:
        self._gateway = gateway
        self._templates = templates

    async def numbers(self, _: Request) -> Response:
        """Show the numbers that force an outcome."""
        return html(self._templates.get_template("numbers.html").render(outcomes=OUTCOMES.values()))

    async def keys(self, _: Request) -> Response:
        """Show what the keys do."""
        return html(self._templates.get_template("keys.html").render())

    async def reset(self, _: Request) -> Response:
        """Ask whether the inbox is to be emptied."""
        counts = await self._gateway.queries.counts()
        return html(self._templates.get_template("reset.html").render(counts=counts))

    async def empty(self, request: Request) -> Response:
        """Forget all messages, and the faults and outcomes that were set."""
        await read_form(request)
        for tenant in self._gateway.tenants:
            await self._gateway.reset(tenant)
        self._gateway.faults.clear()
        self._gateway.outcomes.clear()
        self._gateway.changes.bump()
        return html("", headers={"HX-Redirect": "/"})
