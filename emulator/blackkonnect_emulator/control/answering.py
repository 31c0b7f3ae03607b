"""From a request to the control API to its answer."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from blackkonnect_emulator.answers import Answer
from blackkonnect_emulator.body import ClientGone
from blackkonnect_emulator.control.origin import check_own_origin
from blackkonnect_emulator.failures import log_failure
from blackkonnect_emulator.problems import Problem

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway


Handler = Callable[["Gateway", Request], Awaitable[Answer | Response]]

# Nobody may keep messages, nor read them from another site.
HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class ControlEndpoint:
    """A method of a path of the control API.

    Attributes:
        method: The HTTP method.
        path: The path, with parameters in braces.
        handler: What answers; the first line of its docstring describes it.
    """

    method: str
    path: str
    handler: Handler

    def to_json(self) -> dict[str, str]:
        """Write what a user of it needs to know."""
        description = (self.handler.__doc__ or "").partition("\n")[0]
        return {"method": self.method, "path": self.path.replace(":path", ""), "description": description}


def route(gateway: "Gateway", path: str, handlers: Mapping[str, Handler]) -> Route:
    """Make the route of a path.

    Args:
        gateway: What the path is of.
        path: The path.
        handlers: What answers which method.
    """
    allowed = ", ".join(handlers)

    async def refuse(_: "Gateway", __: Request) -> Answer:
        raise Problem(405, f"This path takes {allowed} alone.", headers={"Allow": allowed})

    async def endpoint(request: Request) -> Response:
        try:
            check_own_origin(request)
            answer = await handlers.get(_method(request), refuse)(gateway, request)
        except Problem as problem:
            answer = problem.answer()
        except ClientGone:
            return Response(None, 400)
        except Exception as error:  # noqa: BLE001 - the last resort
            log_failure(error)
            answer = Problem(500, "The control API failed.").answer()
        return as_response(answer) if isinstance(answer, Answer) else answer

    # Every method comes here, for the answer to name those that there are.
    made = Route(path, endpoint)
    made.methods = None
    return made


def _method(request: Request) -> str:
    return "GET" if request.method == "HEAD" else request.method


def as_response(answer: Answer) -> Response:
    """Turn an answer into Starlette's form."""
    headers = {**HEADERS, **answer.headers}
    return Response(answer.body, answer.status, headers, answer.media_type)
