"""The calls to the control API, without the calling: what to ask for, and how to read the answer."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, Literal, TypedDict, TypeVar
from urllib.parse import quote

from blackkonnect_emulator.control_client import readers
from blackkonnect_emulator.control_client.error import read_problem
from blackkonnect_emulator.control_client.replies import (
    ClockReading,
    Description,
    Exchange,
    Message,
    MessageInFull,
    Receipt,
    Rule,
    Seeded,
    TenantInfo,
)

T = TypeVar("T")

_BASE = "/_emulator/"
_SECONDS = 30.0
Kind = Literal["faults", "outcomes"]
Fields = Mapping[str, Any]

_FILTERS = {
    "destination": "destination",
    "sender": "sender",
    "status": "status",
    "text": "text",
    "message_id": "messageId",
    "bulk_id": "bulkId",
    "correlation_id": "correlationId",
}


class Filters(TypedDict, total=False):
    """Which messages are wanted.

    Attributes:
        destination: To this number, with or without the plus sign.
        sender: From this sender.
        status: In this status; where a message is waited for, that has reached it.
        text: Whose text, number, sender or ids hold this, whatever the case of its letters.
        message_id: With this id.
        bulk_id: Of this bulk.
        correlation_id: That came by this request.
    """

    destination: str
    sender: str
    status: str
    text: str
    message_id: str
    bulk_id: str
    correlation_id: str


class FaultParameters(TypedDict, total=False):
    """What a rule for a fault may say beside its kind; docs/emulator.md tells what each means.

    Attributes:
        operation: The operation that it is for, by its name in the document.
        probability: With which chance it fires, 0 to 1.
        count: How often it fires at most.
        skip: How many requests it lets pass first.
        seconds: How long, for `latency` and `status-lags`.
        retry_after: The seconds of Retry-After.
        taken: Whether the operation is done before it answers.
    """

    operation: str
    probability: float
    count: int
    skip: int
    seconds: float
    retry_after: int
    taken: bool


class TenantParameters(TypedDict, total=False):
    """How a tenant is set up.

    Attributes:
        secret: Its secret; a random one where a tenant is made without.
        callback: Where its receipts go; empty for nowhere.
        clock: `shared` for the emulator's, or one of its own: `real`, `manual` or a factor.
        start: The time that its own clock tells first.
    """

    secret: str
    callback: str
    clock: str | float
    start: datetime


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """A call.

    Attributes:
        method: Its HTTP method.
        path: Its path.
        read: Reads the answer's JSON.
        parameters: The parameters of its query.
        body: What to send as JSON, if anything.
        seconds: For how long to wait for the answer.
    """

    method: str
    path: str
    read: Callable[[Any], T]
    parameters: Mapping[str, str]
    body: Fields | None = None
    seconds: float = _SECONDS

    def answer(self, status: int, content: bytes) -> T:
        """Read an answer.

        Raises:
            ControlError: It says no.
        """
        try:
            given = json.loads(content)
        except ValueError:
            given = None
        if not 200 <= status < 300 or given is None:  # noqa: PLR2004 - the good ones
            raise read_problem(status, given)
        return self.read(given)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A page of a list, and the cursor of the following one."""

    entries: Sequence[T]
    following: str | None


def _call(  # noqa: PLR0913, PLR0917 - what a call is made of
    method: str,
    path: str,
    read: Callable[[Any], T],
    parameters: Fields | None = None,
    body: Fields | None = None,
    seconds: float = _SECONDS,
) -> Call[T]:
    given = {name: str(value) for name, value in (parameters or {}).items() if value is not None}
    held = None if body is None else {name: value for name, value in body.items() if value is not None}
    return Call(method, f"{_BASE}{path}", read, given, held, seconds)


def _page(name: str, read: Callable[[Any], T]) -> Callable[[Any], Page[T]]:
    return lambda given: Page([read(one) for one in given[name]], given["next"])


def _nothing(_: Any) -> None:  # noqa: ANN401 - JSON
    return None


def describe() -> Call[Description]:
    """Ask what the emulator is."""
    return _call("GET", "", readers.description)


def reset(tenant: str | None) -> Call[None]:
    """Forget what was sent and set."""
    return _call("POST", "reset", _nothing, body={"tenant": tenant})


def seed(tenant: str | None, given: Mapping[str, Sequence[Fields]]) -> Call[Seeded]:
    """Put data in; what names no tenant is the one's that is given."""
    own = {} if tenant is None else {"tenant": tenant}
    data = {
        name: [dict(entry) if name == "tenants" else {**own, **entry} for entry in entries]
        for name, entries in given.items()
    }
    return _call("POST", "seed", readers.seeded, body=data)


def clock(tenant: str | None) -> Call[ClockReading]:
    """Ask for the time."""
    return _call("GET", "clock", readers.clock, {"tenant": tenant})


def set_clock(tenant: str | None, **way: Any) -> Call[ClockReading]:  # noqa: ANN401 - JSON
    """Move the clock or change its pace."""
    return _call("POST", "clock", readers.clock, body={"tenant": tenant, **way})


def seconds(length: float | timedelta) -> float:
    """Tell how many seconds a length of time has."""
    return length.total_seconds() if isinstance(length, timedelta) else length


def rules(kind: Kind, tenant: str | None) -> Call[list[Rule]]:
    """List rules."""
    return _call("GET", kind, lambda given: [readers.rule(one) for one in given[kind]], {"tenant": tenant})


def add_rule(kind: Kind, given: Fields) -> Call[Rule]:
    """Add a rule."""
    return _call("POST", kind, readers.rule, body=given)


def remove_rule(kind: Kind, number: int) -> Call[None]:
    """End a rule."""
    return _call("DELETE", f"{kind}/{number}", _nothing)


def clear_rules(kind: Kind, tenant: str | None) -> Call[None]:
    """End rules."""
    return _call("DELETE", kind, _nothing, {"tenant": tenant})


def messages(filters: Fields, cursor: str | None, limit: int) -> Call[Page[Message]]:
    """List messages."""
    given = {**filters, "cursor": cursor, "limit": limit}
    return _call("GET", "messages", _page("messages", readers.message), given)


def message(number: int) -> Call[MessageInFull]:
    """Show a message."""
    return _call("GET", f"messages/{number}", readers.message_in_full)


def tell_receipt(number: int, status: str, at: datetime | None) -> Call[MessageInFull]:
    """Tell what the operator tells of a message."""
    body = {"status": status, "at": None if at is None else at.isoformat()}
    return _call("POST", f"messages/{number}/receipt", readers.message_in_full, body=body)


def wait_for_message(filters: Fields, longest: float) -> Call[MessageInFull]:
    """Wait for a message."""
    given = {**filters, "timeout": longest}
    return _call("GET", "messages/wait", readers.message_in_full, given, seconds=longest + _SECONDS)


def requests(
    tenant: str | None, operation: str | None, cursor: str | None, limit: int
) -> Call[Page[Exchange]]:
    """List requests."""
    given = {"tenant": tenant, "operation": operation, "cursor": cursor, "limit": limit}
    return _call("GET", "requests", _page("requests", readers.exchange), given)


def clear_requests(tenant: str | None) -> Call[None]:
    """Forget requests."""
    return _call("DELETE", "requests", _nothing, {"tenant": tenant})


def receipts(
    tenant: str | None, message_id: str | None, state: str | None, cursor: str | None, limit: int
) -> Call[Page[Receipt]]:
    """List receipts."""
    given = {
        "tenant": tenant,
        "messageId": message_id,
        "state": state,
        "cursor": cursor,
        "limit": limit,
    }
    return _call("GET", "receipts", _page("receipts", readers.receipt), given)


def tenants() -> Call[list[TenantInfo]]:
    """List tenants."""
    return _call("GET", "tenants", lambda given: [readers.tenant(one) for one in given["tenants"]])


def put_tenant(name: str, given: TenantParameters) -> Call[TenantInfo]:
    """Make a tenant, or change it."""
    body: dict[str, Any] = dict(given)
    if "start" in given:
        body["start"] = given["start"].isoformat()
    return _call("PUT", f"tenants/{quote(name, safe='')}", readers.tenant, body=body)


def remove_tenant(name: str) -> Call[None]:
    """Remove a tenant."""
    return _call("DELETE", f"tenants/{quote(name, safe='')}", _nothing)


def named_filters(tenant: str | None, filters: Filters) -> Fields:
    """Name filters as the control API does."""
    return {"tenant": tenant, **{_FILTERS[name]: value for name, value in filters.items()}}
