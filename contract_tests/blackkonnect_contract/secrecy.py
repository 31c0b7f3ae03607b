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

_OK = 200
_LEAST_SECRET = 16
"""A shorter string of a token's answer is no secret, and may stand in a message as a word."""


class Secrets:
    """What may not be shown, and what stands in its place: a variable for a shell to fill in.

    Args:
        other: The credentials of the second client that the gate was given, if any.
    """

    def __init__(self, other: Credentials | None) -> None:
        self._other = other
        self._held: dict[str, tuple[Credentials, str]] = {}

    def add_client(self, client: Credentials) -> None:
        """Hide a client's secret, in every way that it is written in a request."""
        secret = client.client_secret
        basic = base64.b64encode(f"{client.client_id}:{secret}".encode()).decode()
        written = (base64.b64encode(secret.encode()).decode(), quote_plus(secret), quote(secret, safe=""))
        self._add(client, {basic: "BASIC", **dict.fromkeys((*written, secret), "CLIENT_SECRET")})

    def add_tokens(self, client: Credentials, tokens: Iterable[str]) -> None:
        """Hide tokens that a client was given."""
        self._add(client, dict.fromkeys(tokens, "TOKEN"))

    def hidden(self, text: str, client: Credentials) -> str:
        """Return what a client sent or was told, as it may be shown."""
        for secret, (owner, kind) in self._held.items():
            if secret in text:
                # Who repeats it has one client, or two; those that the gate made are no more.
                whose = "" if owner == client != self._other else "OTHER_"
                text = _replaced(text, secret, f"$BLACKKONNECT_{whose}{kind}")
        return text

    def hidden_bytes(self, body: bytes, client: Credentials) -> bytes:
        """Return a body as it may be shown."""
        return self.hidden(body.decode("latin-1"), client).encode("latin-1")

    def hidden_answer(self, answer: Answer, client: Credentials) -> Answer:
        """Return an answer as it may be shown."""
        headers = tuple((name, self.hidden(value, client)) for name, value in answer.headers)
        return replace(answer, headers=headers, body=self.hidden_bytes(answer.body, client))

    def _add(self, client: Credentials, kinds: dict[str, str]) -> None:
        new = {
            secret: (client, kind) for secret, kind in kinds.items() if secret and secret not in self._held
        }
        if new:
            # A longer one may hold a shorter one.
            self._held = dict(sorted((self._held | new).items(), key=lambda one: len(one[0]), reverse=True))


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
