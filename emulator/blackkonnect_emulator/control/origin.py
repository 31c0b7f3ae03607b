"""Letting no other site change anything through somebody's browser."""

from starlette.requests import Request

from blackkonnect_emulator.problems import Problem

_READING = ("GET", "HEAD", "OPTIONS")


def check_own_origin(request: Request) -> None:
    """Refuse a change that another site may have made a browser ask for.

    Browsers tell by `Sec-Fetch-Site` (W3C Fetch Metadata, section 2.3) and by `Origin` (RFC 6454, section
    7), which must be the host that the request came to. Programs send neither.

    Args:
        request: The request; the host it names was checked before.

    Raises:
        Problem: It comes from another site; with status 403.
    """
    if request.method in _READING:
        return
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    own = f"{request.url.scheme}://{request.headers.get('host', '')}"
    if site in ("cross-site", "same-site") or (origin is not None and origin != own):
        raise Problem(
            403, "The control API takes changes from this machine's programs and its own pages alone."
        )
