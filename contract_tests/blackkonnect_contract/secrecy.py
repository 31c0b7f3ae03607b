"""Answers without the tokens that they hold, as they may be shown."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blackkonnect_contract.exchange import Answer

__all__ = ["PLACE", "tokenless"]

PLACE = "$BLACKKONNECT_TOKEN"
"""Stands where a token stood."""

_OK = 200
_LEAST_SECRET = 16
"""A shorter string of a token's answer is no secret, and may stand in a message as a word."""


def tokenless(answer: Answer) -> tuple[Answer, frozenset[str]]:
    """Leave the token out of the answer to a request for one, wherever a faulty gateway puts it.

    Args:
        answer: The answer.

    Returns:
        What may be shown of it, and what may not.
    """
    if answer.status != _OK:
        return answer, frozenset()
    secrets = frozenset(_long_strings(answer.json))
    body = answer.body
    for secret in secrets:
        body = body.replace(json.dumps(secret)[1:-1].encode(), PLACE.encode())
    return replace(answer, body=body), secrets


def _long_strings(held: object) -> Iterator[str]:
    if isinstance(held, dict):
        held = list(held.values())
    if isinstance(held, list):
        for one in held:
            yield from _long_strings(one)
    elif isinstance(held, str) and len(held) >= _LEAST_SECRET:
        yield held
