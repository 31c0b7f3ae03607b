"""What becomes of messages, as long as somebody waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blackkonnect_contract.breach import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from blackkonnect_contract.caller import Caller
    from blackkonnect_contract.document import Operation

__all__ = ["follow"]

_OK, _TOO_MANY = 200, 429
_STATUS = "/components/schemas/DeliveryStatus"
_EVERY = 5.0
_FOUND = Rule("taken-is-found", "What was taken is found by its id.", "/components/responses/NotFound")
_FORWARD = Rule(
    "statuses-go-forward", "A status never goes back, and a final one stays.", f"{_STATUS}/x-final-statuses"
)


def follow(
    caller: Caller,
    operation: Operation,
    ids: Sequence[str],
    *,
    wait: Callable[[float], None],
    patience: float,
) -> None:
    """Ask for the status of messages until each has a final one, and once more.

    Args:
        caller: Asks.
        operation: What tells a status.
        ids: The messages.
        wait: Waits for so many seconds.
        patience: For how many seconds to wait in all.
    """
    schema = caller.record.document.at(_STATUS)
    finals, order = set(schema["x-final-statuses"]), list(schema["x-extensible-enum"])
    last: dict[str, Any] = {}
    waited = 0.0
    while True:
        waiting = [name for name in ids if last.get(name) not in finals]
        # Those that were final already are looked at once more, at the end.
        for name in waiting or ids:
            status = _status(caller, operation, name)
            if status is None:
                return
            told = f"{last.get(name)!r} before, {status!r} now"
            right = name not in last or _goes_forward(last[name], status, finals, order)
            caller.record.check(right, _FORWARD, told, exchange=caller.last)
            last[name] = status
        if not waiting:
            return
        if all(last[name] in finals for name in ids):
            continue
        if waited >= patience:
            count = sum(last[name] not in finals for name in ids)
            why = f"{count} of {len(ids)} messages had none after {patience:.0f} s"
            caller.record.skip("final statuses", why)
            return
        wait(_EVERY)
        waited += _EVERY


def _status(caller: Caller, operation: Operation, name: str) -> str | None:
    answer = caller.call(operation.name, path={operation.path_names[0]: name})
    if answer is None:
        return None
    if answer.status == _TOO_MANY:
        caller.record.skip("final statuses", "the gateway asked to wait (429), and no request is repeated")
        return None
    told = f"answered {answer.status} for a message that was taken"
    if not caller.record.check(answer.status == _OK, _FOUND, told, exchange=caller.last):
        return None
    held = answer.json
    status = held.get("deliveryStatus") if isinstance(held, dict) else None
    return status if isinstance(status, str) else None


def _goes_forward(before: str, now: str, finals: set[str], order: list[str]) -> bool:
    if before in finals or now == before:
        return now == before
    return before not in order or now not in order or order.index(now) > order.index(before)
