"""The emulator as an ASGI application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from blackkonnect_emulator.endpoint import DocumentRoute
from blackkonnect_emulator.gateway import Gateway
from blackkonnect_emulator.problems import Problem
from blackkonnect_emulator.settings import Settings


def create_app(settings: Settings | None = None) -> Starlette:
    """Make the emulator.

    The application's `state.gateway` is its inside: `settings.clients` holds the credentials to use, and
    `close()` closes the database where no server does so at the end of the application's lifespan.

    Args:
        settings: How it is set up; by default in memory, with one client and a random secret.

    Raises:
        DatabaseError: The database can't be opened.
    """
    gateway = Gateway(settings or Settings())

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            gateway.close()

    app = Starlette(
        routes=[DocumentRoute(gateway)],
        lifespan=lifespan,
        exception_handlers={HTTPException: _unknown_path},
    )
    app.router.redirect_slashes = False
    app.state.gateway = gateway
    return app


async def _unknown_path(_: Request, __: Exception) -> Response:
    """Answer a path that nothing is at, the one thing that can go wrong outside the document."""
    answer = Problem(404, "The gateway has no such path.").answer()
    return Response(answer.body, answer.status, media_type=answer.media_type)
