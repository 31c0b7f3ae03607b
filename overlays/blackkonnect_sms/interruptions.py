"""What a send that was cut off in this process leaves behind: its ids, on the exception that cut it off."""

from __future__ import annotations

from blackkonnect_sms.errors import OutcomeUnknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["interrupted_send"]

_ATTRIBUTE = "blackkonnect_sms_send"
_MOST_IDS = 10


def interrupted_send(error: BaseException) -> OutcomeUnknown | None:
    """Return what is known of a send that a cancellation or a Ctrl-C cut off.

    It is found on the exception itself, and on those that it came from or groups: a ``TimeoutError`` of
    ``asyncio.timeout``, say, comes from the ``CancelledError`` that knows.

    Args:
        error: What was caught, as ``asyncio.CancelledError``, ``TimeoutError`` or ``KeyboardInterrupt``.

    Returns:
        The send's outcome with its ids and ``reconcile()``; None where no send was cut off.

    Example:
        >>> try:
        ...     async with asyncio.timeout(2):
        ...         await sms.send("+233200000001", "Your code is 482913")
        ... except TimeoutError as late:
        ...     unknown = interrupted_send(late)
        ...     sent = await unknown.reconcile()
    """
    for one in _all_of(error, set()):
        send = vars(one).get(_ATTRIBUTE)
        if isinstance(send, OutcomeUnknown):
            return send
    return None


def leave(error: BaseException, send: OutcomeUnknown) -> None:
    """Leave with an exception what is known of the send that it cuts off.

    Args:
        error: What cuts it off; its traceback tells the ids too.
        send: The send's outcome.
    """
    setattr(error, _ATTRIBUTE, send)
    ids = ", ".join(send.message_ids[:_MOST_IDS])
    more = len(send.message_ids) - _MOST_IDS
    error.add_note(
        "a send was cut off and may be taken; blackkonnect_sms.interrupted_send() of this exception tells: "
        + (f"bulk {send.bulk_id}, " if send.bulk_id else "")
        + f"messages {ids}"
        + (f" and {more} more" if more > 0 else "")
    )


def _all_of(error: BaseException | None, seen: set[int]) -> Iterator[BaseException]:
    if error is None or id(error) in seen:
        return
    seen.add(id(error))
    yield error
    yield from _all_of(error.__cause__, seen)
    yield from _all_of(error.__context__, seen)
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from _all_of(one, seen)
