"""An answer on its way out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson

from blackkonnect_emulator.asgi import Receive, Scope, Send
from blackkonnect_emulator.exchange import ABORT, Exchange


class ConnectionClosedError(ConnectionError):
    """The connection was closed in the middle of an answer or before it, as a fault asks for.

    It is raised where the emulator runs without its own server, which would have closed the connection.
    """


@dataclass(slots=True)
class Answer:
    """Status, headers and body.

    Attributes:
        status: The HTTP status.
        body: The body.
        media_type: Its media type.
        headers: Headers beside those of the body.
        goes_out: How much of it does: all, the head and half of the body, or nothing; after less than all
            the connection is closed.
    """

    status: int
    body: bytes
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict)
    goes_out: Literal["all", "half", "nothing"] = "all"

    @classmethod
    def json(
        cls,
        content: Any,  # noqa: ANN401 - whatever JSON can hold
        status: int = 200,
        media_type: str = "application/json",
        headers: Mapping[str, str] | None = None,
    ) -> "Answer":
        """Write content as JSON."""
        return cls(status, orjson.dumps(content), media_type, headers or {})

    def raw_headers(self) -> list[tuple[bytes, bytes]]:
        """List the headers as ASGI wants them."""
        listed = [
            (b"content-type", self.media_type.encode("ascii")),
            (b"content-length", b"%d" % len(self.body)),
        ]
        for name, value in self.headers.items():
            listed.append((name.lower().encode("ascii"), value.encode("latin-1")))
        return listed

    def gone_out(self) -> bytes:
        """Tell what goes out of the body."""
        if self.goes_out == "all":
            return self.body
        return self.body[: len(self.body) // 2] if self.goes_out == "half" else b""

    def send_at_once(self, send: Send) -> bool:
        """Hand it to our own server, where nothing stands between that and the application.

        Args:
            send: Where to.

        Returns:
            Whether it was sent.
        """
        exchange = getattr(send, "__self__", None)
        if type(exchange) is not Exchange or self.headers or self.goes_out != "all":
            return False
        return exchange.answer(self.status, self.media_type, self.body)

    def go(self, exchange: Exchange) -> None:
        """Hand it to our own server, at once where that can be.

        Args:
            exchange: What it answers.
        """
        if not self.send_at_once(exchange.send):
            exchange.run(self)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI
        """Send it, as an application that answers nothing else."""
        await self.send(scope, send)

    async def send(self, scope: Scope, send: Send) -> None:
        """Send it.

        Args:
            scope: The request's.
            send: Where to.

        Raises:
            ConnectionClosedError: Not all of it goes out, and no server of ours is there to close it after.
        """
        if self.goes_out != "nothing":
            await send({"type": "http.response.start", "status": self.status, "headers": self.raw_headers()})
            if self.goes_out == "all":
                await send({"type": "http.response.body", "body": self.body})
                return
            await send({"type": "http.response.body", "body": self.gone_out(), "more_body": True})
        abort = scope.get("extensions", {}).get(ABORT)
        if abort is None:
            raise ConnectionClosedError("the connection was closed, as a fault of the emulator asks for")
        abort()
