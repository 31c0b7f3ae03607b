"""Reading the forms of the page."""

from starlette.requests import Request

from blackkonnect_emulator import body, form_body
from blackkonnect_emulator.inbox.same_origin import check_same_origin

_MOST_BYTES = 1024 * 1024


async def read_form(request: Request, *known: str) -> dict[str, str]:
    """Read a form that changes something, if it comes from the page.

    Args:
        request: The request.
        known: The names of its fields.

    Returns:
        The value of each field, without blanks around it; empty where the field is missing.

    Raises:
        Problem: It comes from elsewhere, is too large, or no form.
        ClientGone: The browser hung up.
    """
    check_same_origin(request)
    lengths = [value for name, value in request.headers.raw if name == b"content-length"]
    content = await body.read(request.receive, lengths, _MOST_BYTES)
    given = form_body.read(content, known)
    return {name: given.get(name, "") for name in known}
