"""Requests as JSON, or what is wrong with them before any byte of them leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blackkonnect_sms.errors import InvalidArgument

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

__all__ = ["UNWRITABLE", "no_json", "written"]

UNWRITABLE = (AttributeError, RecursionError, TypeError, ValueError)
"""What writing a request can raise."""


def written(operation: ModuleType, request: object, headers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a request for httpx, its body written.

    Args:
        operation: The generated module of the operation.
        request: The body, a model.
        headers: The headers that the operation takes, by their arguments.

    Raises:
        InvalidArgument: It holds a value of the caller's that is no JSON.
    """
    try:
        arguments: dict[str, Any] = operation.request_kwargs(body=request, **headers)
    except UNWRITABLE as error:
        raise no_json() from error
    return arguments


def no_json() -> InvalidArgument:
    """Return the error that says what is wrong, and nothing of the value."""
    return InvalidArgument("request", "holds a value that can't be written as JSON")
