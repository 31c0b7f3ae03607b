"""What goes wrong with the control API."""

from collections.abc import Sequence
from typing import Any, NamedTuple


class Place(NamedTuple):
    """What is wrong where in a request.

    Attributes:
        detail: What is wrong, and what would be right.
        pointer: Where in the body, as a JSON Pointer in a fragment; `None` if it is not there.
        parameter: The name of the parameter; `None` if it is none.
    """

    detail: str
    pointer: str | None
    parameter: str | None


class ControlError(Exception):
    """The control API says no, or can't be reached.

    Attributes:
        status: The HTTP status: 408 where a wait was in vain; `None` where no answer came.
        title: The status in words.
        detail: What is wrong this time.
        errors: What is wrong where.
    """

    def __init__(self, status: int | None, title: str, detail: str, errors: Sequence[Place] = ()) -> None:
        places = "; ".join(f"{place.pointer or place.parameter}: {place.detail}" for place in errors)
        shown = f"{title}: {detail}" if status is None else f"{status} {title}: {detail}"
        super().__init__(f"{shown} ({places})" if places else shown)
        self.status = status
        self.title = title
        self.detail = detail
        self.errors = tuple(errors)


def read_problem(status: int, content: Any) -> ControlError:  # noqa: ANN401 - JSON
    """Read problem details (RFC 9457, section 3.1).

    Args:
        status: The HTTP status.
        content: The body as JSON has it, or whatever it was.
    """
    given = content if isinstance(content, dict) else {}
    errors = [
        Place(str(error.get("detail", "")), error.get("pointer"), error.get("parameter"))
        for error in given.get("errors", ())
    ]
    return ControlError(
        status, str(given.get("title", "Error")), str(given.get("detail", "no reason was given")), errors
    )
