"""The heads of requests that were found right: a client sends the same one again and again."""

from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from blackkonnect_emulator.asgi import Scope
from blackkonnect_emulator.parameters import Values

if TYPE_CHECKING:
    from blackkonnect_emulator.endpoint import Endpoint
    from blackkonnect_emulator.journal import Headers

_MOST = 256
_LONGEST = 4096
_TARGET = itemgetter("method", "raw_path", "path", "query_string", "root_path")


class Head(NamedTuple):
    """What a head says, found right but for its token, which has to be looked at each time.

    Attributes:
        endpoint: What it asks for.
        token: The bearer token; `None` where there is none and none is needed.
        parameters: The parameters, those of headers in lower case.
        headers: The headers as the journal keeps them, without secrets.
    """

    endpoint: "Endpoint"
    token: str | None
    parameters: Values
    headers: "Headers"


class Heads:
    """Remembers heads: at most 256, none of more than 4 KiB."""

    def __init__(self) -> None:
        self._known: dict[Any, Head] = {}

    def get(self, scope: Scope) -> Head | None:
        """Find a head that was kept.

        Args:
            scope: The request, as ASGI has it.
        """
        try:
            return self._known.get((_TARGET(scope), tuple(scope["headers"])))
        except (KeyError, TypeError):
            # ASGI lets a server leave the raw path out, and a header be a list, which can't be looked for.
            return None

    def keep(self, scope: Scope, head: Head) -> None:
        """Keep a head for the next request that has the same one.

        Args:
            scope: The request.
            head: What its head says.
        """
        size = len(scope["path"]) + len(scope["query_string"])
        if size + sum(len(name) + len(value) for name, value in scope["headers"]) > _LONGEST:
            return
        if len(self._known) >= _MOST:
            self._known.clear()
        try:
            self._known[_TARGET(scope), tuple(scope["headers"])] = head
        except (KeyError, TypeError):
            return
