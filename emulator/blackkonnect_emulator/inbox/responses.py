"""Answers of the inbox, which browsers are told to be strict with."""

from collections.abc import Mapping

from starlette.responses import Response

# CSP Level 3: nothing but our own files, and nothing inline. Pico CSS has its icons as data: images.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
STRICT: Mapping[str, str] = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""The headers that every answer of the inbox has."""


def html(text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Answer with a page or a piece of one, which nobody may keep: messages are private.

    Args:
        text: The HTML.
        status: The HTTP status.
        headers: Further headers.
    """
    given = {**STRICT, "Cache-Control": "no-store", "Vary": "HX-Request, HX-Target", **(headers or {})}
    return Response(text.encode("utf-8", "replace"), status, given, "text/html")
