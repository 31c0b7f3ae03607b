"""What the emulator has beside the vendor's paths: the control API and the inbox."""

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Router
from starlette.types import Receive, Scope, Send

from blackkonnect_emulator import control
from blackkonnect_emulator.control.answering import as_response
from blackkonnect_emulator.problems import Problem

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway


def side_app(gateway: "Gateway") -> Starlette:
    """Make the application.

    Args:
        gateway: What it shows and controls.
    """
    app = Starlette(
        routes=[*control.routes(gateway), Mount("", app=_Inbox(gateway))],
        exception_handlers={HTTPException: _refused},
    )
    app.router.redirect_slashes = False
    return app


class _Inbox:
    """The inbox, imported when a page is asked for: most tests use the control API alone.

    Args:
        gateway: What it shows.
    """

    def __init__(self, gateway: "Gateway") -> None:
        self._gateway = gateway
        self._router: Router | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        if self._router is None:
            from blackkonnect_emulator import inbox  # noqa: PLC0415 - the reason above

            self._router = Router(inbox.routes(self._gateway), redirect_slashes=False)
        await self._router(scope, receive, send)


async def _refused(_: Request, error: Exception) -> Response:
    """Answer where no route does."""
    headers = dict(getattr(error, "headers", None) or {})
    if "Allow" in headers:
        told = f"This path takes {headers['Allow']} alone."
        return as_response(Problem(405, told, headers={"Allow": headers["Allow"]}).answer())
    told = f"The emulator has no such path; GET {control.BASE} lists those that it has."
    return as_response(Problem(404, told).answer())
