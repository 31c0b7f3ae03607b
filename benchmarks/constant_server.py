"""The emulator's HTTP server with nothing behind it: it reads a request's body and answers a constant.

What it costs is what no emulator on this server can get below.
`python benchmarks/constant_server.py PORT SIZE SIZE [--uvicorn]`; with the last uvicorn reads HTTP by itself.
"""

from __future__ import annotations

import signal
import sys
from typing import Any

import uvicorn
from blackkonnect_emulator import Settings, running
from sends import BULK


def constant_app(single: int, bulk: int) -> Any:  # noqa: ANN401 - an ASGI application; it has no type of its own
    """Make an application that answers with 200 whatever is asked.

    Args:
        single: The size of the answer's body, in bytes.
        bulk: The same on the path of bulks.
    """
    bodies = {BULK: b"0" * bulk}
    other = b"0" * single

    async def app(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI
        while (await receive()).get("more_body", False):
            pass
        body = bodies.get(scope["path"], other)
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


def main() -> None:
    """Serve by the emulator's server, or with the same options by uvicorn as it comes."""
    port, single, bulk = (int(given) for given in sys.argv[1:4])
    app = constant_app(single, bulk)
    if "--uvicorn" not in sys.argv:
        with running(Settings(), port=port, _around=lambda emulator: _for_requests(app, emulator)):
            signal.pause()
    uvicorn.run(
        app,
        port=port,
        loop="uvloop",
        http="httptools",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        backlog=2048,
    )


def _for_requests(app: Any, emulator: Any) -> Any:  # noqa: ANN401 - ASGI applications
    async def either(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI
        await (app if scope["type"] == "http" else emulator)(scope, receive, send)

    return either


if __name__ == "__main__":
    main()
