"""The panel that sends a test message."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import Response

from blackkonnect_emulator.inbox.forms import read_form
from blackkonnect_emulator.inbox.responses import html
from blackkonnect_emulator.inbox.view import View
from blackkonnect_emulator.outcome_kinds import OUTCOMES
from blackkonnect_emulator.problems import Problem
from blackkonnect_emulator.segmentation import encoding
from blackkonnect_emulator.trial import send_test

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway

_FIELDS = ("tenant", "destination", "sender", "text")
# How the document calls what the form asks for.
_NAMES = {"destination": "destination", "sourceAddress": "sender", "text": "text"}
_WRONG = 422


class SendPanel:
    """Sends test messages, by the same way as a client's.

    Args:
        gateway: What takes them.
        templates: What the form looks like.
    """

    def __init__(self, gateway: "Gateway", templates: Environment) -> None:
        self._gateway = gateway
        self._templates = templates

    async def show(self, request: Request) -> Response:
        """Show the form, filled with what the address says."""
        return self._panel(request.query_params)

    async def segments(self, request: Request) -> Response:
        """Tell how a text is split, while it is typed."""
        text = (await read_form(request, "text"))["text"]
        return html(self._templates.get_template("segments.html").render(text=_unix(text), encoding=encoding))

    async def send(self, request: Request) -> Response:
        """Send a message, and show what is wrong with it if it is not taken."""
        given = await read_form(request, *_FIELDS)
        given["text"] = _unix(given["text"])
        try:
            number = await self._send(given)
        except Problem as problem:
            return self._panel(given, _errors(problem))
        if number is None:
            return self._panel(given, {"form": "Its number forces the outcome refused: nothing was taken."})
        message = await self._gateway.queries.message(number)
        sent = "/" if message is None else View(to=message.destination, of=message.tenant).address()
        return self._panel(given, sent=sent)

    async def _send(self, given: Mapping[str, str]) -> int | None:
        tenant = self._gateway.tenants.get(given["tenant"])
        if tenant is None:
            raise Problem(400, "There is no such tenant any more.")
        sender = given["sender"].strip() or None
        return await send_test(self._gateway, tenant, given["destination"].strip(), sender, given["text"])

    def _panel(
        self, given: Mapping[str, str], errors: dict[str, str] | None = None, sent: str | None = None
    ) -> Response:
        context: dict[str, Any] = {
            "given": {name: given.get(name, "") for name in _FIELDS},
            "errors": errors or {},
            "sent": sent,
            "tenants": self._tenants(),
            "outcomes": OUTCOMES.values(),
            "encoding": encoding,
            "text": given.get("text", ""),
        }
        return html(self._templates.get_template("send.html").render(context), _WRONG if errors else 200)

    def _tenants(self) -> list[str]:
        names = sorted(tenant.name for tenant in self._gateway.tenants if tenant.name)
        operations = self._gateway.document.operations
        needs_token = next(one.needs_token for one in operations if one.operation_id == "sendMessage")
        return names if needs_token else [*names, ""]


def _unix(text: str) -> str:
    # HTML Living Standard, section 4.10.21.4: forms send line breaks as CR LF, whatever was typed.
    return text.replace("\r\n", "\n")


def _errors(problem: Problem) -> dict[str, str]:
    errors: dict[str, str] = {}
    for place in problem.places:
        name = place.get("pointer", "").removeprefix("#/").partition("/")[0]
        errors.setdefault(_NAMES.get(name, "form"), place["detail"])
    return errors or {"form": problem.detail}
