"""The caller's event hooks of httpx beside the client's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any

from blackkonnect_sms.errors import ConfigurationError, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from blackkonnect_sms._limits import Hooks

__all__ = ["beside", "beside_async", "checked_hooks"]

_EVENTS = ("request", "response")


def checked_hooks(given: object, *, awaited: bool) -> Hooks:
    """Return the caller's hooks by event, or say what is wrong with them.

    Args:
        given: What the caller gave.
        awaited: Whether the client awaits them.

    Returns:
        Lists of their own, so that what the caller does with his later changes no client.

    Raises:
        ConfigurationError: They are no lists of functions by event, or of the wrong kind.
    """
    if not isinstance(given, Mapping):
        raise ConfigurationError("event_hooks", 'must be lists of functions by "request" and "response"')
    hooks: Hooks = {event: [] for event in _EVENTS}
    for event, functions in given.items():
        if event not in hooks:
            raise ConfigurationError("event_hooks", 'knows the events "request" and "response" alone')
        if not isinstance(functions, Iterable) or isinstance(functions, str | bytes):
            raise ConfigurationError(f"event_hooks[{event!r}]", "must be a list of functions")
        for index, function in enumerate(functions):
            place = f"event_hooks[{event!r}][{index}]"
            if not callable(function):
                raise ConfigurationError(place, "must be a function")
            # A coroutine that nobody awaits does nothing; what is no coroutine can't be awaited.
            if _is_awaited(function) != awaited:
                kind = "an async function" if awaited else "a plain function"
                raise ConfigurationError(place, f"must be {kind}, as this client calls it")
            hooks[event].append(function)
    return hooks


def _is_awaited(function: object) -> bool:
    return iscoroutinefunction(function) or iscoroutinefunction(getattr(type(function), "__call__", None))  # noqa: B004


def beside(ours: Hooks, theirs: Hooks | None) -> Hooks:
    """Return the hooks of a client: its own and then the caller's.

    Args:
        ours: The client's own, which bound an answer before anybody reads it.
        theirs: The caller's, checked; None without any.
    """
    if theirs is None:
        return ours

    def guarded(hook: Callable[[Any], Any]) -> Callable[[Any], None]:
        def call(request: Any) -> None:  # noqa: ANN401 - of the HTTP library
            try:
                hook(request)
            except Exception as error:
                raise _stopped(error) from error

        return call

    return _joined(ours, theirs, guarded)


def beside_async(ours: Hooks, theirs: Hooks | None) -> Hooks:
    """Return the hooks of an asynchronous client, as `beside` does.

    Args:
        ours: The client's own.
        theirs: The caller's, checked; None without any.
    """
    if theirs is None:
        return ours

    def guarded(hook: Callable[[Any], Any]) -> Callable[[Any], Any]:
        async def call(request: Any) -> None:  # noqa: ANN401 - of the HTTP library
            try:
                await hook(request)
            except Exception as error:
                raise _stopped(error) from error

        return call

    return _joined(ours, theirs, guarded)


def _joined(
    ours: Hooks, theirs: Hooks, guarded: Callable[[Callable[[Any], Any]], Callable[..., Any]]
) -> Hooks:
    requests = [*ours.get("request", ()), *map(guarded, theirs["request"])]
    return {"request": requests, "response": [*ours.get("response", ()), *theirs["response"]]}


def _stopped(error: Exception) -> Refused:
    # Without this a send that never left would be asked for as if its answer had been lost.
    return Refused(f"an event hook stopped the request ({type(error).__name__}); nothing was sent")
