"""The emulator as a gateway to test, in this process or served on this machine."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from blackkonnect_emulator import Settings, create_app, running

from blackkonnect_contract.asgi import AsgiTransport
from blackkonnect_contract.target import Credentials, Target

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, MutableMapping
    from typing import Any

    Scope = MutableMapping[str, Any]
    App = Callable[
        [Scope, Callable[[], Awaitable[Scope]], Callable[[Scope], Awaitable[None]]], Awaitable[None]
    ]

__all__ = ["opened"]

CLIENT_ID, CLIENT_SECRET = "acme-messaging", "an opaque string"
"""The credentials of the document's own example, which is answered with a token then."""

OTHER = Credentials("globex", "another opaque string")


@contextmanager
def opened(
    edition: str, wrap: Callable[[App], App] | None = None, *, over_http: bool = False
) -> Iterator[Target]:
    """Open an emulator, perhaps with a fault around it, which the gate is measured by.

    Args:
        edition: Its edition.
        wrap: Puts something around the application.
        over_http: Whether it is served on this machine, and not asked in this process.
    """
    settings = Settings(
        edition=edition, clients={CLIENT_ID: CLIENT_SECRET, OTHER.client_id: OTHER.client_secret}
    )
    if over_http:
        around = None if wrap is None else _but_lifespan(wrap)
        with running(settings, _around=around) as gateway:
            yield _target(gateway.base_url, edition, None)
        return
    app = create_app(settings)
    transport = AsgiTransport(app if wrap is None else wrap(app))
    try:
        yield _target("http://127.0.0.1", edition, transport)
    finally:
        transport.close()
        app.gateway.close()


def _target(base_url: str, edition: str, transport: AsgiTransport | None) -> Target:
    return Target(
        base_url=base_url,
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        edition=edition,
        other=OTHER,
        transport=transport,
    )


def _but_lifespan(wrap: Callable[[App], App]) -> Callable[[App], App]:
    """Keep the application's start and end from a fault, which is in its answers alone."""

    def around(app: App) -> App:
        faulty = wrap(app)

        async def both(scope, receive, send) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - ASGI
            await (faulty if scope["type"] == "http" else app)(scope, receive, send)

        return both

    return around
