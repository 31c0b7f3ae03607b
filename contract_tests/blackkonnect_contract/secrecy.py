"""Requests and answers without the secrets that they hold, as they may be shown."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blackkonnect_contract.exchange import Answer
    from blackkonnect_contract.target import Credentials

__all__ = ["PLACE", "Secrets", "tokenless"]

PLACE = "$BLACKKONNECT_TOKEN"
"""Stands where a token stood."""

_OTHERS_PLACE = "$BLACKKONNECT_OTHER_TOKEN"
_OK = 200
_LEAST_SECRET = 16
"""A shorter string of a token's answer is no secret, and may stand in a message as a word."""


class Secrets:
    """What may not be shown, and what stands in its place: a variable for a shell to fill in.

    Args:
        first: The credentials of the client that the gate is mainly run with.
    """

    def __init__(self, first: Credentials) -> None:
        self._first = first
        self._places: dict[str, str] = {}

    def add_client(self, client: Credentials) -> None:
        """Hide a client's secret, in every way that it is written in a request."""
        whose = "" if client == self._first else "OTHER_"
        secret, place = client.client_secret, f"$BLACKKONNECT_{whose}CLIENT_SECRET"
        basic = base64.b64encode(f"{client.client_id}:{secret}".encode()).decode()
        told = {basic: f"$BLACKKONNECT_{whose}BASIC", base64.b64encode(secret.encode()).decode(): place}
        self._add(told | {quote_plus(secret): place, quote(secret, safe=""): place, secret: place})

    def add_tokens(self, client: Credentials, tokens: Iterable[str]) -> None:
        """Hide tokens that a client was given."""
        self._add(dict.fromkeys(tokens, PLACE if client == self._first else _OTHERS_PLACE))

    def hidden(self, text: str) -> str:
        """Return a text as it may be shown."""
        for secret, place in self._places.items():
            if secret in text:
                text = _replaced(text, secret, place)
        return text

    def hidden_bytes(self, body: bytes) -> bytes:
        """Return a body as it may be shown."""
        return self.hidden(body.decode("latin-1")).encode("latin-1")

    def hidden_answer(self, answer: Answer) -> Answer:
        """Return an answer as it may be shown."""
        headers = tuple((name, self.hidden(value)) for name, value in answer.headers)
        return replace(answer, headers=headers, body=self.hidden_bytes(answer.body))

    def _add(self, places: dict[str, str]) -> None:
        new = {secret: place for secret, place in places.items() if secret and secret not in self._places}
        if new:
            # A longer one may hold a shorter one.
            longest = sorted((self._places | new).items(), key=lambda one: len(one[0]), reverse=True)
            self._places = dict(longest)


def _replaced(text: str, secret: str, place: str) -> str:
    """Put something in a secret's place; a short one may be a part of a word that is none."""
    if len(secret) >= _LEAST_SECRET:
        return text.replace(secret, place)
    return re.sub(rf"(?<![\w-]){re.escape(secret)}(?![\w-])", place, text)


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
