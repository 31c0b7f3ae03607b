"""The panel that shows, adds and removes faults."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import Response

from blackkonnect_emulator.fault_kinds import EVERY_KIND_TAKES, FAULTS, PARAMETERS
from blackkonnect_emulator.fault_rules import FaultError, FaultRule
from blackkonnect_emulator.inbox.forms import read_form
from blackkonnect_emulator.inbox.responses import html
from blackkonnect_emulator.inbox.view import whole_number

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway

_FIRST = "rate-limited"
_WRONG = 422


class FaultPanel:
    """Shows, adds and removes faults.

    Args:
        gateway: Whose faults.
        templates: What it looks like.
    """

    def __init__(self, gateway: "Gateway", templates: Environment) -> None:
        self._gateway = gateway
        self._templates = templates

    async def show(self, request: Request) -> Response:
        """Show the faults that are set, and the form for another one of the kind that is asked for."""
        return self._panel(request.query_params)

    async def add(self, request: Request) -> Response:
        """Add a fault."""
        given = await read_form(request, "kind", *PARAMETERS)
        kind = FAULTS.get(given["kind"])
        if kind is None:
            return self._panel(given, {"kind": f"must be one of {', '.join(FAULTS)}"})
        takes = (*EVERY_KIND_TAKES, *kind.takes)
        parts = [f"{name}={_escaped(value)}" for name, value in given.items() if name in takes and value]
        try:
            rule = FaultRule.parse(f"{kind.name}:{','.join(parts)}" if parts else kind.name)
            self._gateway.faults.add(rule)
        except FaultError as error:
            return self._panel(given, {error.field: str(error).partition(": ")[2]})
        self._gateway.changes.bump()
        return self._panel({})

    async def remove(self, request: Request) -> Response:
        """Remove a fault; one that is gone already is no error."""
        number = whole_number((await read_form(request, "number"))["number"])
        if number is not None and self._gateway.faults.remove(number):
            self._gateway.changes.bump()
        return self._panel({})

    def _panel(self, given: Mapping[str, str], errors: dict[str, str] | None = None) -> Response:
        kind = FAULTS.get(given.get("kind", ""), FAULTS[_FIRST])
        context: dict[str, Any] = {
            "rules": self._gateway.faults.rules(),
            "kinds": FAULTS.values(),
            "kind": kind,
            "parameters": PARAMETERS,
            "takes": (*EVERY_KIND_TAKES, *kind.takes),
            "given": given,
            "operations": [operation.operation_id for operation in self._gateway.document.operations],
            "tenants": sorted(tenant.name for tenant in self._gateway.tenants if tenant.name),
            "errors": errors or {},
        }
        status = _WRONG if errors else 200
        return html(self._templates.get_template("faults.html").render(context), status)


def _escaped(value: str) -> str:
    return value.replace("%", "%25").replace(",", "%2C")
