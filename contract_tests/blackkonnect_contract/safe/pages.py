"""The pages of a bulk: each destination is on one, and on no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blackkonnect_contract.breach import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blackkonnect_contract.caller import Caller
    from blackkonnect_contract.document import Operation

__all__ = ["read_pages"]

_OK = 200
_SIZES = (1, 2)


def read_pages(caller: Caller, operation: Operation, bulk_id: str, ids: Sequence[str]) -> None:
    """Read a bulk page by page, with pages of several sizes.

    Args:
        caller: Asks.
        operation: What tells a page.
        bulk_id: The bulk.
        ids: The ids of its messages.
    """
    rule = Rule("pages-part-the-bulk", "The pages hold each message of the bulk once.", operation.pointer)
    for size in _SIZES:
        found: list[str] = []
        for page in range(len(ids) // size + 1):
            answer = caller.call(
                operation.name,
                path={operation.path_names[0]: bulk_id},
                query=[("page", str(page)), ("size", str(size))],
            )
            if answer is None or answer.status != _OK or not isinstance(answer.json, list):
                told = "no page was told"
                caller.record.check(answer is None, rule, told, exchange=caller.last)
                return
            found += [str(one.get("messageId")) for one in answer.json if isinstance(one, dict)]
            told = f"{len(answer.json)} messages on page {page} of size {size}, of {len(ids)} in all"
            right = len(answer.json) == max(0, min(size, len(ids) - page * size))
            caller.record.check(right, rule, told, exchange=caller.last)
        told = f"pages of size {size} hold {len(found)} ids, {len(set(found))} of them different"
        caller.record.check(sorted(found) == sorted(ids), rule, told, exchange=caller.last)
