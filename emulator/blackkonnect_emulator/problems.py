"""What is wrong with a request, as problem details of RFC 9457."""

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

from blackkonnect_emulator.answers import Answer

MOST_PLACES = 20
_LONGEST_POINTER = 500
# RFC 3986, section 3.5, save for the slash, which stands between names.
_PLAIN_IN_FRAGMENT = "!$&'()*+,;=:@~"
# The titles of RFC 9110, section 15.5, whatever this Python calls them.
_TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    408: "Request Timeout",
    409: "Conflict",
    413: "Content Too Large",
    415: "Unsupported Media Type",
    421: "Misdirected Request",
    429: "Too Many Requests",
    431: "Request Header Fields Too Large",
    500: "Internal Server Error",
    503: "Service Unavailable",
}

Place = Mapping[str, str]


class Problem(Exception):
    """A request is answered with problem details.

    Args:
        status: The HTTP status.
        detail: What is wrong this time, without anything secret from the request.
        places: Where in the request, made by `in_body` or `in_parameter`.
        headers: Headers that the status asks for.
    """

    def __init__(
        self, status: int, detail: str, places: Sequence[Place] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.places = places
        self.headers = headers or {}

    def answer(self) -> Answer:
        """Write it down (RFC 9457, section 3)."""
        content: dict[str, object] = {
            "type": "about:blank",
            "title": _TITLES[self.status],
            "status": self.status,
            "detail": self.detail,
        }
        if self.places:
            content["errors"] = self.places[:MOST_PLACES]
        return Answer.json(content, self.status, "application/problem+json", self.headers)


def rules_broken(places: Sequence[Place]) -> Problem:
    """Make the problem of a request that breaks rules of the document or of the gateway."""
    if len(places) >= MOST_PLACES:
        return Problem(400, f"The request breaks at least {MOST_PLACES} rules.", places)
    return Problem(400, f"The request breaks {len(places)} rule{'s' if len(places) > 1 else ''}.", places)


def in_body(path: Iterable[str | int], detail: str) -> Place:
    """Name a place in the body."""
    return {"detail": detail, "pointer": pointer(path)}


def in_parameter(name: str, detail: str) -> Place:
    """Name a parameter."""
    return {"detail": detail, "parameter": name}


def pointer(path: Iterable[str | int]) -> str:
    """Write a place in the body as a JSON Pointer in a URI fragment (RFC 6901, section 6).

    Args:
        path: The names and indexes that lead to the place. A pointer that grows too long, by a name
            made for that, stops before it.
    """
    written = "#"
    for part in path:
        name = str(part)
        # Escaping multiplies the length, so a long name is not even tried.
        grown = f"{written}/{_escaped(name)}" if len(name) <= _LONGEST_POINTER else ""
        if not 0 < len(grown) <= _LONGEST_POINTER:
            break
        written = grown
    return written


def _escaped(name: str) -> str:
    return quote(name.replace("~", "~0").replace("/", "~1"), safe=_PLAIN_IN_FRAGMENT)
