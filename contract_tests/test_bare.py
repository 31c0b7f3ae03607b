"""Schemathesis without the gate's configuration says what it says by itself, and what that costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from blackkonnect_contract.bare import run_bare
from blackkonnect_contract.good_requests import STATUS
from mutants.faults import LATEST

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping
    from contextlib import AbstractContextManager

    from blackkonnect_contract.target import Target

    Serve = Callable[..., AbstractContextManager[Target]]

NARROW = ("--phases", "examples", "--include-operation-id", STATUS)


def failing(status: int) -> Callable[[Any], Any]:
    """Have a gateway answer questions for a status with an HTTP status, whatever it is."""

    def wrap(app: Any) -> Any:
        async def wrapped(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
            async def changed(message: MutableMapping[str, Any]) -> None:
                starts = message["type"] == "http.response.start"
                await send({**message, "status": status} if starts else message)

            await app(scope, receive, changed if "/status/" in scope["path"] else send)

        return wrapped

    return wrap


@pytest.mark.parametrize(("wrap", "failed"), [(failing(500), True), (None, False)], ids=["500", "right"])
def test_it_tells_a_failing_gateway_from_a_right_one(
    wrap: Callable[[Any], Any] | None,
    failed: bool,  # noqa: FBT001 - a parameter of pytest
    serve: Serve,
) -> None:
    with serve(LATEST, wrap) as target:
        report = run_bare(target, seed=1, arguments=NARROW)
    assert report.failed is failed
    assert report.cpu_seconds > 0
