"""A request, and what came back."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from typing import Any

__all__ = ["Answer", "Exchange", "Request"]

_LONGEST_BODY = 2000


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it went out.

    Attributes:
        method: Its method.
        url: Its whole address.
        headers: Its headers in their order, secrets left out: a token stands as ``$BLACKKONNECT_TOKEN``.
        body: Its body; a secret stands as ``$BLACKKONNECT_CLIENT_SECRET``.
    """

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def curl(self) -> str:
        """Return a command that repeats it, in a shell that has the variables that stand for secrets."""
        parts = ["curl", "-sS", "-i", "-X", self.method, shlex.quote(self.url)]
        for name, value in self.headers:
            parts += ["-H", _quoted(f"{name}: {value}")]
        if len(self.body) > _LONGEST_BODY:
            parts += ["--data-binary", f"@body-of-{len(self.body)}-bytes"]
        elif self.body:
            parts += ["--data-binary", _quoted(self.body.decode("utf-8", "backslashreplace"))]
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Attributes:
        status: The status line's.
        headers: The headers in their order, names in small letters.
        body: The body.
        seconds: How long it took.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    seconds: float

    def header(self, name: str) -> str | None:
        """Return a header's first value, or none."""
        return next((value for held, value in self.headers if held == name.lower()), None)

    @property
    def media_type(self) -> str:
        """Its media type without parameters, in small letters; empty where there is none."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower()

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON is anything
        """Its body as JSON; none where it can't be read, which a check of its own tells."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer.

    Attributes:
        operation: The operationId; none where the request is for no operation.
        request: The request.
        answer: The answer; none where none came.
        error: Why none came.
    """

    operation: str | None
    request: Request
    answer: Answer | None
    error: str = ""


def _quoted(text: str) -> str:
    """Quote for a shell, but let the variables that stand for secrets be filled in."""
    parts = text.split("$BLACKKONNECT_")
    quoted = shlex.quote(parts[0])
    for part in parts[1:]:
        name = part[: len(part) - len(part.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ_"))]
        rest = part[len(name) :]
        quoted += f'"$BLACKKONNECT_{name}"' + (shlex.quote(rest) if rest else "")
    return quoted
