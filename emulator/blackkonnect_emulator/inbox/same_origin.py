"""Letting nobody but the inbox itself change anything through it."""

from starlette.requests import Request

from blackkonnect_emulator.problems import Problem


def check_same_origin(request: Request) -> None:
    """Refuse a request that another site may have made a browser send.

    Browsers tell by `Sec-Fetch-Site` (W3C Fetch Metadata, section 2.3), older ones by `Origin` (RFC 6454,
    section 7), which must then be the host that the request came to. What tells neither is no browser, and
    has the control API to use.

    Args:
        request: The request; the host it names was checked before.

    Raises:
        Problem: It is not from the inbox; with status 403.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    host = request.headers.get("host", "")
    if site not in (None, "same-origin") or (
        origin is not None and origin != f"{request.url.scheme}://{host}"
    ):
        raise Problem(403, "The inbox takes this from its own page alone.")
    if site is None and origin is None:
        raise Problem(403, "The inbox takes this from a browser alone; programs use the control API.")
