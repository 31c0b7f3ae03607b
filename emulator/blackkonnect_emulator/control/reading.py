"""Reading what requests to the control API hold."""

from collections.abc import Collection

from starlette.requests import Request

from blackkonnect_emulator import body, json_body, media_type
from blackkonnect_emulator.given_fields import Given
from blackkonnect_emulator.headers import Headers
from blackkonnect_emulator.problems import Place, Problem, in_body, in_parameter, rules_broken

MOST_BYTES = 4 * 1024 * 1024
LARGEST_NUMBER = 2**63 - 1
_MOST_LIMIT = 1000
_LONGEST_VALUE = 1000


async def read_body(request: Request) -> object:
    """Read a body of JSON; a missing one is an empty object.

    What such a request says, it says in its body: a parameter of the query would be lost, so none is taken.

    Args:
        request: The request.

    Raises:
        Problem: It is too large, of another media type, or no JSON; or there is a query.
        ClientGone: The client hung up.
    """
    Parameters(request, ()).check()
    given = Headers(request.scope["headers"])
    content = await body.read(request.receive, given.values(b"content-length"), MOST_BYTES)
    if not content:
        return {}
    media_type.check("application/json", given.values(b"content-type"), given.values(b"content-encoding"))
    return json_body.read(content)


async def read_fields(request: Request, known: Collection[str]) -> Given:
    """Read a body that is an object.

    Args:
        request: The request.
        known: The fields that there are.
    """
    return Given(await read_body(request), known)


def finish(given: Given) -> None:
    """Refuse a body of which anything is wrong.

    Raises:
        Problem: 400, with the places.
    """
    if given.places:
        raise rules_broken(given.places)


class Parameters:
    """The parameters of a request's query, taken one by one.

    Args:
        request: The request.
        known: The parameters that there are; others are refused.
    """

    def __init__(self, request: Request, known: Collection[str]) -> None:
        self._values: dict[str, str] = {}
        self._places: list[Place] = []
        for name, value in request.query_params.multi_items():
            if name not in known:
                # A name that is unknown may be anything, and is not repeated at length.
                self._wrong(name[:100], f"there is no such parameter; there is {', '.join(known) or 'none'}")
            elif name in self._values:
                self._wrong(name, "must not be given twice")
            else:
                self._values[name] = value

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def _wrong(self, name: str, detail: str) -> None:
        self._places.append(in_parameter(name, detail))

    def text(self, name: str) -> str | None:
        """Take a text, of at most 1,000 characters."""
        value = self._values.get(name)
        if value is not None and len(value) > _LONGEST_VALUE:
            self._wrong(name, f"must have at most {_LONGEST_VALUE} characters")
        return value

    def one_of(self, name: str, known: Collection[str]) -> str | None:
        """Take one of several words."""
        value = self._values.get(name)
        if value is not None and value not in known:
            self._wrong(name, f"must be one of {', '.join(known)}")
        return value

    def seconds(self, name: str, usual: float, most: float) -> float:
        """Take a number of seconds, 0 or more."""
        value = self._values.get(name)
        if value is None:
            return usual
        try:
            seconds = float(value)
        except ValueError:
            seconds = -1.0
        if not 0 <= seconds <= most:
            self._wrong(name, f"must be a number from 0 to {most:g}")
            return usual
        return seconds

    def limit(self, usual: int = 50) -> int:
        """Take how many there are to be at most, from `limit`."""
        return self._whole("limit", _MOST_LIMIT) or usual

    def cursor(self) -> int | None:
        """Take where to go on, from `cursor`."""
        return self._whole("cursor", LARGEST_NUMBER)

    def _whole(self, name: str, most: int) -> int | None:
        value = self._values.get(name)
        if value is None:
            return None
        number = whole_number(value)
        if number is None or not 1 <= number <= most:
            told = f"from 1 to {most}" if name == "limit" else "that an answer told as next"
            self._wrong(name, f"must be a number {told}")
            return None
        return number

    def check(self) -> None:
        """Refuse the request if any parameter is wrong.

        Raises:
            Problem: 400, with the parameters' names.
        """
        if self._places:
            raise rules_broken(self._places)


def whole_number(text: str) -> int | None:
    """Read a number of something; `None` where it can't be one."""
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_NUMBER))):
        return None
    number = int(text)
    return number if number <= LARGEST_NUMBER else None


def not_there(kind: str) -> Problem:
    """Make the problem of something that there is not."""
    return Problem(404, f"There is no such {kind}.")


def body_problem(name: str, detail: str) -> Problem:
    """Make the problem of one field."""
    return rules_broken([in_body((name,), detail)])
