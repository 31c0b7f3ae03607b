"""Asks a gateway as one of its clients, and checks every answer by the document."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import httpx

from blackkonnect_contract.breach import Rule
from blackkonnect_contract.conformance import broken_rules
from blackkonnect_contract.exchange import Answer, Exchange, Request
from blackkonnect_contract.secrecy import PLACE, Secrets, tokenless

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from blackkonnect_contract.record import Record
    from blackkonnect_contract.target import Credentials, Target

__all__ = ["OWN", "Caller", "NoTokenError"]

OWN: Final = PLACE
"""The caller's own token, which is asked for when it is needed first."""

_TOKEN_OPERATION = "retrieveAccessToken"  # noqa: S105 - an operation
_SECONDS = 15.0
_ALWAYS = ((b"accept", b"*/*"), (b"user-agent", b"blackkonnect-contract"))
_OK = 200
_ANSWERS = Rule("answers-at-all", "A request that can be read is answered.")
_IN_TIME = Rule("answers-in-time", "A request is answered within seconds.")


class NoTokenError(Exception):
    """The gateway gave no token for right credentials, so nothing else can be asked."""


class Caller:
    """One client of a gateway.

    Args:
        target: The gateway.
        record: Notes what is asked and what is broken.
        credentials: The client's; by default the target's first.

    Attributes:
        record: The record.
        last: The exchange before.
    """

    def __init__(self, target: Target, record: Record, credentials: Credentials | None = None) -> None:
        self.record = record
        self.credentials = credentials or target.credentials
        self.last: Exchange | None = None
        self._token: str | None = None
        if record.secrets is None:
            record.secrets = Secrets(target.other)
        self._secrets = record.secrets
        self._secrets.add_client(self.credentials)
        # No client of httpx stands between: what one adds to a request, and does with an answer, is as long
        # as the rest together, and the gate asks thousands of times.
        self._base = target.base_url.rstrip("/")
        self._shares = target.transport is not None
        self._transport = target.transport or httpx.HTTPTransport(trust_env=False)

    def close(self) -> None:
        """Close the connections; a target's own transport stays open."""
        if not self._shares:
            self._transport.close()

    def token(self) -> str:
        """Return the client's token, asked for once.

        Raises:
            NoTokenError: There is none.
        """
        if self._token is None:
            self._token = self.new_token()
        return self._token

    def forget_token(self) -> None:
        """Ask for another token when one is needed next."""
        self._token = None

    def new_token(self) -> str:
        """Ask for a token.

        Raises:
            NoTokenError: There is none.
        """
        answer = self.call(
            _TOKEN_OPERATION,
            form={
                "grant_type": "client_credentials",
                "client_id": self.credentials.client_id,
                "client_secret": self.credentials.client_secret,
            },
            token=None,
        )
        told = answer.json if answer is not None and answer.status == _OK else None
        token = told.get("token") if isinstance(told, dict) else None
        if not isinstance(token, str):
            raise NoTokenError("the gateway gave no token for the credentials that it was given")
        return token

    def call(  # noqa: PLR0913 - each is a part of a request
        self,
        operation: str,
        *,
        path: Mapping[str, str] | None = None,
        query: Sequence[tuple[str, str]] = (),
        json_body: object = None,
        form: Mapping[str, str] | None = None,
        content: bytes | None = None,
        media_type: str | None = None,
        headers: Sequence[tuple[str, str]] = (),
        token: str | None = OWN,
        method: str | None = None,
        expect: Collection[int] = (),
        rule: Rule | None = None,
        seconds: float = _SECONDS,
    ) -> Answer | None:
        """Ask for an operation.

        Args:
            operation: Its operationId.
            path: What stands for the names in its path, percent-encoded already.
            query: Its query's parameters in their order.
            json_body: Its body, written as JSON; none for no body.
            form: Its body, written as a form.
            content: Its body as it stands, instead of the other two.
            media_type: Its Content-Type; by default what belongs to the body. Empty for none at all.
            headers: More headers; one named Authorization goes in the token's place.
            token: The token; the caller's own by default, none for none.
            method: Another method than the operation's.
            expect: The statuses that are right; any that is described by default.
            rule: What demands these.
            seconds: Within how many seconds the answer must be there.

        Returns:
            The answer; none where none came, which is a breach that is noted.

        Raises:
            NoTokenError: The caller's own token is needed, and there is none.
        """
        known = self.record.document.operations[operation]
        shown: object = None
        if content is None and json_body is not None:
            content = json.dumps(json_body).encode()
            shown = json_body
            media_type = "application/json" if media_type is None else media_type
        elif content is None and form is not None:
            content = urlencode(form).encode()
            media_type = "application/x-www-form-urlencoded" if media_type is None else media_type
        elif content is not None and media_type is None:
            media_type = known.media_type
        sent = list(headers)
        if media_type:
            sent.append(("Content-Type", media_type))
        used = self.token() if token == OWN and known.takes_token else token
        if (used is not None and token != OWN) or (token == OWN and known.takes_token):
            sent.append(("Authorization", f"Bearer {used}"))
        where = known.filled(**(path or {})) + (f"?{urlencode(query)}" if query else "")
        asked_with = method or known.method
        answer, exchange = self._ask(known.name, asked_with, where, sent, content or b"", seconds)
        if answer is None:
            slow = exchange.error.startswith("no answer in time")
            self.record.broken(_IN_TIME if slow else _ANSWERS, exchange.error, exchange=exchange)
            return None
        body = shown if shown is not None else _readable(content, media_type)
        for broken, message in broken_rules(
            self.record.document, known, answer, method=asked_with, body=body
        ):
            self.record.broken(broken, self._secrets.hidden(message, self.credentials), exchange=exchange)
        if expect:
            wanted = rule or Rule("expected-status", "The document tells how this request is answered.")
            told = f"answered {answer.status} instead of {' or '.join(map(str, sorted(expect)))}"
            self.record.check(answer.status in expect, wanted, told, exchange=exchange)
        return answer

    def _ask(  # noqa: PLR0913, PLR0917 - as above
        self,
        operation: str,
        method: str,
        where: str,
        headers: list[tuple[str, str]],
        body: bytes,
        seconds: float,
    ) -> tuple[Answer | None, Exchange]:
        raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        named = {name.lower() for name, _ in raw}
        raw = [*(one for one in _ALWAYS if one[0] not in named), *raw]
        limits = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
        began = time.perf_counter()
        answer, error = None, ""
        try:
            asked = httpx.Request(
                method,
                self._base + where,
                headers=raw,
                content=body or None,
                extensions={"timeout": limits},
            )
            told = self._transport.handle_request(asked)
            try:
                told.read()
            finally:
                told.close()
            answer = Answer(
                told.status_code,
                tuple((name.lower(), value) for name, value in told.headers.multi_items()),
                told.content,
                time.perf_counter() - began,
            )
        except httpx.TimeoutException:
            error = f"no answer in time: {seconds:.0f} s"
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            error = f"no answer: {type(problem).__name__}"
        shown = self._shown(method, self._base + where, headers, body)
        exchange = Exchange(operation, shown, self._told(operation, answer), error)
        self.last = exchange
        self.record.note(exchange)
        return answer, exchange

    def _told(self, operation: str, answer: Answer | None) -> Answer | None:
        """Leave secrets out of what may be shown."""
        if answer is None:
            return None
        if operation == _TOKEN_OPERATION:
            answer, tokens = tokenless(answer)
            self._secrets.add_tokens(self.credentials, tokens)
        return self._secrets.hidden_answer(answer, self.credentials)

    def _shown(self, method: str, url: str, headers: list[tuple[str, str]], body: bytes) -> Request:
        """Leave secrets out of what may be shown."""
        secrets, client = self._secrets, self.credentials
        kept = tuple((name, secrets.hidden(value, client)) for name, value in headers)
        return Request(method, secrets.hidden(url, client), kept, secrets.hidden_bytes(body, client))


def _readable(content: bytes | None, media_type: str | None) -> object:
    if content is None or media_type is None or not media_type.startswith("application/json"):
        return None
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None
