"""The page, and the pieces of it that are fetched anew."""

from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import Response

from blackkonnect_emulator.inbox.chunks import Chunk, Span, read_chunk
from blackkonnect_emulator.inbox.message_detail import detail
from blackkonnect_emulator.inbox.responses import html
from blackkonnect_emulator.inbox.samples import samples
from blackkonnect_emulator.inbox.view import View
from blackkonnect_emulator.views import Phone, SeenMessage

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway

# The element that htmx says it will put the answer into, and what belongs there.
_PIECES = {
    "phones": "phones_and_rest.html",
    "workspace": "workspace.html",
    "detail": "detail.html",
}


class Pages:
    """Shows the page and its pieces.

    Args:
        gateway: Whose messages.
        templates: What they look like.
    """

    def __init__(self, gateway: "Gateway", templates: Environment) -> None:
        self._gateway = gateway
        self._templates = templates

    async def page(self, request: Request) -> Response:
        """Show the whole page, or the piece of it that htmx asks for."""
        version = self._gateway.changes.version
        view = View.read(request.query_params)
        wanted = None
        if request.headers.get("hx-request") == "true":
            wanted = _PIECES.get(request.headers.get("hx-target", ""))
        context = {"version": version, **await self._context(request, view)}
        if wanted != "detail.html":
            context["phones"] = await self._phones(view, Span())
            context["messages"] = await self._messages(view, Span()) if view.to else None
        context.update(await detail(self._gateway, view))
        missing = view.message is not None and context["message"] is None
        # Choosing filters is a step to go back from; what fetches the same again by itself is none.
        chosen = wanted == "phones_and_rest.html" and request.headers.get("hx-trigger") == "filters"
        headers = {"HX-Push-Url": view.address()} if chosen else {}
        context["oob"] = chosen
        status = 404 if missing and not wanted else 200
        return self._html(wanted or "page.html", version, context, status, headers)

    async def phones(self, request: Request) -> Response:
        """Show a chunk of the phones."""
        version = self._gateway.changes.version
        view = View.read(request.query_params)
        chunk = await self._phones(view, Span.read(request.query_params))
        return self._html(
            "phone_chunk.html", version, {"view": view, "phones": chunk, "tenants": self._tenants()}
        )

    async def messages(self, request: Request) -> Response:
        """Show a chunk of a thread."""
        version = self._gateway.changes.version
        view = View.read(request.query_params)
        chunk = await self._messages(view, Span.read(request.query_params))
        return self._html("message_chunk.html", version, {"view": view, "messages": chunk})

    async def bar(self, _: Request) -> Response:
        """Show the counts, the clock and the faults."""
        version = self._gateway.changes.version
        return self._html("bar.html", version, await self._bar())

    async def welcome(self, request: Request) -> Response:
        """Show what stands where no thread is open."""
        version = self._gateway.changes.version
        return self._html("welcome.html", version, await self._context(request, View()))

    async def _context(self, request: Request, view: View) -> dict[str, Any]:
        base_url = f"{request.url.scheme}://{request.url.netloc}"
        return {
            "view": view,
            "tenants": self._tenants(),
            "statuses": self._gateway.document.statuses,
            "base_url": base_url,
            **samples(self._gateway.document, base_url)._asdict(),
            **await self._bar(),
        }

    async def _bar(self) -> dict[str, Any]:
        clock = self._gateway.clock
        return {
            "counts": await self._gateway.queries.counts(),
            "now": clock.now(),
            "mode": clock.mode,
            "factor": clock.factor,
            "faults": len(self._gateway.faults.rules()),
        }

    def _tenants(self) -> list[str]:
        return sorted(tenant.name for tenant in self._gateway.tenants if tenant.name)

    async def _phones(self, view: View, span: Span) -> Chunk[Phone]:
        async def fetch(before: int | None, limit: int) -> list[Phone]:
            return await self._gateway.queries.phones(view.phones_wanted(before, limit))

        return await read_chunk(fetch, span, _latest_of)

    async def _messages(self, view: View, span: Span) -> Chunk[SeenMessage]:
        async def fetch(before: int | None, limit: int) -> list[SeenMessage]:
            return await self._gateway.queries.messages(view.messages_wanted(before, limit))

        return await read_chunk(fetch, span, _number_of)

    def _html(
        self,
        template: str,
        version: int,
        context: dict[str, Any],
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> Response:
        # The version from before anything was read: the page asks again for what is older than it knows.
        given = {"Inbox-Version": str(version), **(headers or {})}
        return html(self._templates.get_template(template).render(context), status, given)


def _latest_of(phone: Phone) -> int:
    return phone.latest.number


def _number_of(message: SeenMessage) -> int:
    return message.number
