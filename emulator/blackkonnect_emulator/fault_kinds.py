"""The kinds of faults, and what a rule for one may say."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

LATENCY = "latency"
RATE_LIMITED = "rate-limited"
INTERNAL_ERROR = "internal-error"
UNAVAILABLE = "unavailable"
CLOSED = "closed"
ANSWER_LOST = "answer-lost"
TRUNCATED = "truncated"
GARBLED = "garbled"
TOKEN_REFUSED = "token-refused"  # noqa: S105 - a kind of fault
STATUS_LAGS = "status-lags"

# The operations that tell a status, by their names in the document.
STATUS_OPERATIONS = frozenset({"getMessageStatus", "getBulkMessageStatus"})

MOST_SECONDS = 86_400
MOST_REQUESTS = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultKind:
    """A kind of fault.

    Attributes:
        name: Its name.
        description: What happens, in a sentence or two.
        takes: The parameters that it takes beside those that every kind takes.
        needs: Which of them must be given.
        status: The HTTP status of the answer that it gives instead of the right one, if it gives one.
        done: Whether the operation is done all the same, so that a message is taken.
    """

    name: str
    description: str
    takes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    status: int | None = None
    done: bool = False

    def to_json(self) -> dict[str, Any]:
        """Write what a user of it needs to know."""
        parameters = {name: PARAMETERS[name] for name in (*EVERY_KIND_TAKES, *self.takes)}
        return {
            "kind": self.name,
            "description": self.description,
            "needs": list(self.needs),
            "parameters": parameters,
        }


_ALL = (
    FaultKind(
        name=LATENCY,
        description="The request waits before anything is done. Several rules add up, and other faults come"
        " on top.",
        takes=("seconds",),
        needs=("seconds",),
    ),
    FaultKind(
        name=RATE_LIMITED,
        description="429 with Retry-After; nothing is done.",
        takes=("retry_after",),
        status=429,
    ),
    FaultKind(
        name=INTERNAL_ERROR,
        description="500; nothing is done, unless taken says so.",
        takes=("taken",),
        status=500,
    ),
    FaultKind(
        name=UNAVAILABLE,
        description="503; nothing is done, unless taken says so.",
        takes=("retry_after", "taken"),
        status=503,
    ),
    FaultKind(
        name=CLOSED,
        description="The connection is closed before anything is done.",
    ),
    FaultKind(
        name=ANSWER_LOST,
        description="The operation is done, then the connection is closed without an answer.",
        done=True,
    ),
    FaultKind(
        name=TRUNCATED,
        description="The operation is done, then the connection is closed after half of the answer.",
        done=True,
    ),
    FaultKind(
        name=GARBLED,
        description="The operation is done, then the answer's body is no JSON; its HTTP status is 200.",
        status=200,
        done=True,
    ),
    FaultKind(
        name=TOKEN_REFUSED,
        description="401, though token or credentials are right; nothing is done.",
        status=401,
    ),
    FaultKind(
        name=STATUS_LAGS,
        description="A status is told as it was so many seconds ago; what was taken since is not found."
        " Of several rules the longest counts, and other faults come on top.",
        takes=("seconds",),
        needs=("seconds",),
    ),
)

FAULTS: Mapping[str, FaultKind] = MappingProxyType({kind.name: kind for kind in _ALL})

EVERY_KIND_TAKES = ("operation", "tenant", "probability", "count", "skip")

PARAMETERS: Mapping[str, str] = MappingProxyType(
    {
        "operation": "The operationId that it is for; without one every operation.",
        "tenant": "The client id whose requests it is for; without one everybody's.",
        "probability": "With which chance it fires for a request, 0 to 1; without one 1.",
        "count": "How often it fires at most, at least 1; without one there is no end.",
        "skip": "How many matching requests it lets pass first; without one 0.",
        "seconds": f"How long, 0 to {MOST_SECONDS}; of latency in real time, of status-lags by the clock.",
        "retry_after": f"The whole seconds of Retry-After, 0 to {MOST_SECONDS}; without one 1 for"
        " rate-limited, and no such header for unavailable.",
        "taken": "Whether the operation is done before it answers, true or false; without one false.",
    }
)
