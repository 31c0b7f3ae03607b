"""An answer on its way out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from starlette.types import Send


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and body, sent in one go."""

    status: int
    body: bytes
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict)

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
            (b"content-length", str(len(self.body)).encode("ascii")),
        ]
        listed.extend(
            (name.lower().encode("ascii"), value.encode("latin-1")) for name, value in self.headers.items()
        )
        return listed

    async def send(self, send: Send) -> None:
        """Send it."""
        await send({"type": "http.response.start", "status": self.status, "headers": self.raw_headers()})
        await send({"type": "http.response.body", "body": self.body})
