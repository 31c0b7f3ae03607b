"""A request, and what came back."""

from __future__ import annotations

import base64
import gzip
import json
import re
import shlex
from dataclasses import dataclass
from typing import Any

__all__ = ["RAW", "Answer", "Exchange", "Request"]

RAW = "RAW"
"""The method of what is not sent as HTTP, or hardly."""

_LONGEST_BODY = 2000
_PLACE = r"\$BLACKKONNECT_(?:OTHER_)?(?:TOKEN|CLIENT_SECRET|BASIC)"
_END_OF_ID = "(?<={0}{{8}}-{0}{{4}}-{0}{{4}}-{0}{{4}}-{0}{{8}}){0}{{4}}(?!{0}|-)".format("[0-9a-f]")
_VARIABLE = re.compile(f"({_PLACE})")
_VARIABLE_OR_ID = re.compile(f"({_PLACE}|{_END_OF_ID})")


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

    def curl(self, *, anew: bool = False) -> str:
        """Return a command that repeats it, in a shell that has the variables that stand for secrets.

        Args:
            anew: Whether ids are to be others, since a gateway may take each but once; the variable
                ``AGAIN``, four hexadecimal digits, makes them others once more.

        Returns:
            It, in one line; empty where the request is nothing that curl could send.
        """
        if self.method == RAW:
            return ""
        feed, parts = "", ["curl", "-sS", "-i", "-g", "--path-as-is"]
        # With -X HEAD curl would wait for a body.
        parts += ["-I"] if self.method == "HEAD" else ["-X", shlex.quote(self.method)]
        parts.append(_quoted(self.url, anew=anew))
        for name, value in self.headers:
            parts += ["-H", _quoted(f"{name}: {value}" if value else f"{name};")]
        named = {name.lower() for name, _ in self.headers}
        if self.body and "content-type" not in named:
            parts += ["-H", "Content-Type:"]
        if self.body:
            text = self.body.decode("utf-8", "replace")
            shows = text.isprintable() and "\ufffd" not in text and len(self.body) <= _LONGEST_BODY
            if shows or "$BLACKKONNECT_" in text:
                parts += ["--data-raw", _quoted(text, anew=anew)]
            else:
                packed = base64.b64encode(gzip.compress(self.body, mtime=0)).decode()
                feed = f"echo {packed} | base64 -d | gunzip | "
                parts += ["--data-binary", "@-"]
        return feed + " ".join(parts)


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


def _quoted(text: str, *, anew: bool = False) -> str:
    """Quote for a shell, but let the variables that stand for secrets be filled in."""
    parts = (_VARIABLE_OR_ID if anew else _VARIABLE).split(text)
    return "".join(
        (f'"{part}"' if part.startswith("$") else '"${AGAIN:-0001}"')
        if number % 2
        else shlex.quote(part)
        if part or len(parts) == 1
        else ""
        for number, part in enumerate(parts)
    )
