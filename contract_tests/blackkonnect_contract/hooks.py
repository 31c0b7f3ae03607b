"""What schemathesis needs to know of the API beyond its document: a token, and data that can be sent."""

from __future__ import annotations

import datetime as dt
import os
import re
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import requests
import schemathesis

if TYPE_CHECKING:
    from schemathesis import AuthContext, Case, HookContext

__all__ = ["BearerToken", "sendable"]

_SECONDS = 10.0
_SOON = dt.timedelta(days=1)
_HALF_A_DAY = 12
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@schemathesis.auth()
class BearerToken:
    """The token of the run's credentials, by the operation that the document names for it."""

    def get(self, case: Case[Any], context: AuthContext) -> str:  # noqa: ARG002 - the protocol's arguments
        """Return a token.

        Args:
            case: The case that it is for.
            context: Where the case comes from.

        Raises:
            requests.HTTPError: The gateway refuses the credentials.
        """
        operation = context.operation.schema.find_operation_by_id("retrieveAccessToken")
        answer = requests.post(
            f"{os.environ['BLACKKONNECT_BASE_URL']}{operation.path}",
            data={
                "grant_type": "client_credentials",
                "client_id": os.environ["BLACKKONNECT_CLIENT_ID"],
                "client_secret": os.environ["BLACKKONNECT_CLIENT_SECRET"],
            },
            timeout=_SECONDS,
        )
        answer.raise_for_status()
        return str(answer.json()["token"])

    def set(self, case: Case[Any], data: str, context: AuthContext) -> None:  # noqa: ARG002 - as above
        """Put the token on a case.

        Args:
            case: The case.
            data: The token.
            context: Where the case comes from.
        """
        case.headers["Authorization"] = f"Bearer {data}"


def sendable(context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:  # noqa: ARG001 - a hook's
    """Bring good data to where any gateway takes it; bad data gets ids of its own, where it has right ones.

    How far ahead a ``sendAt`` may lie, how long a delivery window must last, and that an id is used once, no
    schema can say. Data by the schema alone breaks these nearly always; nothing would ever be seen to work.
    And whether what was refused is stored can be asked only by an id that nothing else was sent with.

    Args:
        context: Where the case comes from.
        case: The case.
        kwargs: What it is sent with.
    """
    body: Any = case.body
    if case.meta is None or not isinstance(body, dict):
        return
    if not case.meta.generation.mode.is_positive:
        new = {name: str(uuid4()) for name in ("messageId", "bulkId") if _is_right(body.get(name))}
        if new:
            case.body = {**body, **new}
        return
    # The first two phases try the forms of ids; the later ones ask for what was sent, by ids of their own.
    fresh = case.meta.phase.name in {"fuzzing", "stateful"}
    if fresh:
        body.update({name: str(uuid4()) for name in ("messageId", "bulkId") if name in body})
    latest = dt.datetime.now(dt.UTC) + _SOON
    seen: set[str] = set()
    for message in body.get("messages", ()):
        for destination in message["destinations"]:
            if destination.get("messageId") in seen or fresh:
                destination.pop("messageId", None)
            seen.add(destination.get("messageId", ""))
        if "sendAt" in message and _moment(message["sendAt"]) > latest:
            message["sendAt"] = latest.isoformat()
        window = message.get("deliveryTimeWindow", {})
        if "from" in window:
            window["to"] = {**window["from"], "hour": (window["from"]["hour"] + _HALF_A_DAY) % 24}


def _is_right(name: object) -> bool:
    """Tell whether an id is one, and not what makes bad data bad."""
    return isinstance(name, str) and _ID.fullmatch(name) is not None


def _moment(value: str) -> dt.datetime:
    """Read a date-time; one that Python can't hold, as a leap second, counts as late."""
    try:
        return dt.datetime.fromisoformat(value.upper()).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return dt.datetime.max.replace(tzinfo=dt.UTC)


# schemathesis tells no type checker what its decorators return.
_before_call: Any = schemathesis.hook("before_call")
_before_call.apply_to(operation_id=["sendMessage", "sendBulkMessages"])(sendable)
