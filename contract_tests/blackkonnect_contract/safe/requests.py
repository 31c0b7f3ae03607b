"""Requests for a real gateway: to listed numbers alone, with texts that say what they are."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from blackkonnect_contract.safe.bodies import read_body
from blackkonnect_contract.safe.kinds import Kinds
from blackkonnect_contract.safe.refusals import GuardError
from blackkonnect_contract.sample_requests import sample
from blackkonnect_contract.variants import Variant, changed, variants

if TYPE_CHECKING:
    from blackkonnect_contract.document import Document, Operation, SchemaError

__all__ = ["TEXT", "WrongRequest", "bad_tokens", "is_bulk", "whole", "wrong_requests"]

TEXT: Final = "This is a check of a gateway for texts. Please pay no heed to it."
"""What the phones show: one part, and of one kind in all requests."""

_SECONDS_OF = "sendAt"
_MESSAGES, _DESTINATIONS = "messages", "destinations"
_FEWEST_DIGITS = 7
_MOST_SENDS = 2
"""To how many destinations a request that has to be refused could send."""
_WRONG_TOKEN = "a.b.c"  # noqa: S105 - it opens nothing


@dataclass(frozen=True, slots=True)
class WrongRequest:
    """A request that a gateway has to refuse.

    Attributes:
        variant: What is wrong in it.
        error: The rule of the document that it breaks.
        sends: To how many destinations a gateway that takes it could send.
    """

    variant: Variant
    error: SchemaError
    sends: int


def bad_tokens(operation: Operation) -> dict[str, str | None]:
    """Return the tokens with which an operation is not to be done, by what is wrong; each is tried once.

    Args:
        operation: The operation.
    """
    missing: dict[str, str | None] = {"no token": None} if operation.needs_token else {}
    return missing | ({"a wrong token": _WRONG_TOKEN} if operation.takes_token else {})


def is_bulk(document: Document, operation: Operation) -> bool:
    """Tell whether a send has more than one destination."""
    return _MESSAGES in Kinds(document).fields(operation).names


def whole(document: Document, operation: Operation, numbers: list[str]) -> dict[str, Any]:
    """Return the body of a send with every optional field, and new ids.

    Args:
        document: The edition's document.
        operation: The send.
        numbers: To whom; a single send takes the first alone.
    """
    body: dict[str, Any] = _plain(
        sample(document, operation, message_id=str(uuid4()), bulk_id=str(uuid4()), least=False).body
    )
    if _MESSAGES not in body:
        return {**body, "text": TEXT, "destination": numbers[0]}
    message = body[_MESSAGES][0]
    message["text"] = TEXT
    if "deliveryTimeWindow" in message:
        # Every hour of every day: what is sent is to arrive while somebody looks.
        days = document.at("/components/schemas/Weekday/enum")
        window = {"days": days, "from": {"hour": 0, "minute": 0}, "to": {"hour": 23, "minute": 59}}
        message["deliveryTimeWindow"] = window
    first = message[_DESTINATIONS][0]
    message[_DESTINATIONS] = [
        {**first, "destination": number, "messageId": str(uuid4())} for number in numbers
    ]
    return body


@lru_cache(maxsize=8)
def wrong_requests(
    document: Document, name: str, numbers: tuple[str, ...]
) -> tuple[tuple[WrongRequest, ...], int]:
    """List what a gateway has to refuse, one change of a good request for each place and rule.

    Args:
        document: The edition's document.
        name: The send.
        numbers: The numbers that the user listed.

    Returns:
        The changes that are safe to try, and how many others there are.
    """
    operation = document.operations[name]
    if operation.body is None:
        return (), 0
    good = whole(document, operation, [numbers[0]])
    fields = Kinds(document).fields(operation)
    found: dict[tuple[str, str], WrongRequest] = {}
    unsafe: set[tuple[str, str]] = set()
    for variant in variants(document, operation.body, good):
        body = changed(good, variant)
        errors = document.errors(operation.body, body, most=1)
        if not errors:
            continue
        key = (variant.pointer, errors[0].pointer)
        if key in found:
            continue
        try:
            read = read_body(json.dumps(body).encode(), numbers, fields)
        except GuardError:
            unsafe.add(key)
            continue
        if len(read.destinations) > _MOST_SENDS:
            unsafe.add(key)
        else:
            found[key] = WrongRequest(variant, errors[0], len(read.destinations))
    return tuple(_spread(list(found.values()))), len(unsafe - found.keys())


def _spread(held: list[WrongRequest]) -> list[WrongRequest]:
    """Put them so that the first few are in as many places as can be."""
    turns: dict[str, int] = {}
    order = []
    for one in held:
        turn = turns.get(one.variant.pointer, 0)
        turns[one.variant.pointer] = turn + 1
        order.append((turn, one))
    return [one for _, one in sorted(order, key=lambda pair: pair[0])]


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Make of examples that look like numbers of phones ones that do not."""
    if isinstance(value, dict):
        return {name: _plain(held) for name, held in value.items() if name != _SECONDS_OF}
    if isinstance(value, list):
        return [_plain(held) for held in value]
    if isinstance(value, str) and value.isdigit() and len(value) >= _FEWEST_DIGITS:
        return f"check-{value[:3]}"
    return copy.copy(value)
