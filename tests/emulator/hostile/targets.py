"""What there is to attack: every operation, the control API and the inbox, each with a right request."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.parse import urlencode

from tests.emulator.conftest import Gateway
from tests.emulator.hostile.attacked import CLIENTS, FORM, JSON, NUMBER, TEXT

SINGLE = {
    "text": TEXT,
    "destination": NUMBER,
    "sourceAddress": "ACME",
    "priority": 1,
    "referenceId1": "r",
    "requestId": "q",
}
MESSAGE = {
    "destinations": [{"destination": NUMBER}],
    "text": TEXT,
    "callbackData": "c",
    "sendAt": "2026-03-02T08:00:00Z",
    "validityPeriodMinutes": 240,
    "priority": 1,
    "deliveryTimeWindow": {
        "days": ["MONDAY", "FRIDAY"],
        "from": {"hour": 8, "minute": 0},
        "to": {"hour": 18, "minute": 30},
    },
}
BULK = {"requestId": "q", "messages": [MESSAGE]}
SEED = {
    "tenants": [{"name": "seeded", "secret": "seeded-SECRET-3", "clock": "manual"}],
    "messages": [{"destination": NUMBER, "text": TEXT, "minutesAgo": 5, "status": "DELIVERED"}],
    "outcomes": [{"pattern": "+12025550199", "outcome": "undelivered"}],
    "faults": [{"kind": "latency", "seconds": 0.001, "tenant": "seeded", "count": 1}],
}


class Target(NamedTuple):
    """Something that takes a body of JSON.

    Attributes:
        method: The method.
        path: The path.
        body: A body that is right.
        signed: Whether a token goes with it.
    """

    method: str
    path: str
    body: dict[str, Any]
    signed: bool = False


TAKES_JSON = {
    "sendMessage": Target("POST", Gateway.SINGLE, SINGLE, signed=True),
    "sendBulkMessages": Target("POST", Gateway.BULK, BULK, signed=True),
    "seed": Target("POST", "/_emulator/seed", SEED),
    "reset": Target("POST", "/_emulator/reset", {"tenant": "other"}),
    "advance": Target("POST", "/_emulator/clock", {"advance": 1}),
    "go": Target("POST", "/_emulator/clock", {"factor": 1}),
    "tenant": Target(
        "PUT",
        "/_emulator/tenants/made",
        {"clock": "manual", "start": "2099-03-02T08:00:00Z", "callback": "http://127.0.0.1:9/x"},
    ),
    "fault": Target(
        "POST",
        "/_emulator/faults",
        {"kind": "unavailable", "tenant": "other", "probability": 0.5, "count": 3, "retry_after": 1},
    ),
    "outcome": Target(
        "POST", "/_emulator/outcomes", {"pattern": "+12025550198", "outcome": "slow", "tenant": "other"}
    ),
}

_INBOX = "/_emulator/inbox/"
TAKES_FORMS: dict[str, tuple[str, dict[str, str]]] = {
    "retrieveAccessToken": (
        Gateway.TOKEN,
        {"grant_type": "client_credentials", "client_id": "acme", "client_secret": CLIENTS["acme"]},
    ),
    "send": (
        f"{_INBOX}send",
        {"tenant": "acme", "destination": NUMBER, "sender": "ACME", "text": TEXT},
    ),
    "segments": (f"{_INBOX}segments", {"text": TEXT}),
    "clock/advance": (f"{_INBOX}clock/advance", {"by": "minute"}),
    "clock/mode": (f"{_INBOX}clock/mode", {"mode": "scaled", "factor": "2"}),
    "faults/add": (
        f"{_INBOX}faults/add",
        {"kind": "latency", "seconds": "0.001", "tenant": "nobody", "probability": "0.5"},
    ),
    "faults/remove": (f"{_INBOX}faults/remove", {"number": "1"}),
    "reset": (f"{_INBOX}reset", {}),
}
AS_JSON, AS_FORM = f"Content-Type: {JSON}", f"Content-Type: {FORM}"
FROM_THE_PAGE = "Sec-Fetch-Site: same-origin"


def written(body: object) -> bytes:
    """Write a body as JSON."""
    return json.dumps(body).encode()


def form(fields: dict[str, str]) -> bytes:
    """Write a form."""
    return urlencode(fields).encode()


def with_raw(body: Any, raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Put bytes in the place of each value of a body, one after the other; each comes with its place."""
    for place, changed in _marked(body, ""):
        yield place, written(changed).replace(b'"\\u0001"', raw)


def _marked(node: Any, place: str) -> Iterator[tuple[str, Any]]:
    yield place, "\x01"
    if isinstance(node, dict):
        for name, value in node.items():
            for where, changed in _marked(value, f"{place}/{name}"):
                yield where, {**node, name: changed}
    elif isinstance(node, list):
        for index, value in enumerate(node):
            for where, changed in _marked(value, f"{place}/{index}"):
                yield where, [*node[:index], changed, *node[index + 1 :]]


@contextmanager
def trap(*names: object) -> Iterator[None]:
    """Name the trap where something fails."""
    try:
        yield
    except Exception as error:
        error.add_note(f"trap: {', '.join(map(str, names))}")
        raise
