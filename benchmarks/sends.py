"""The requests that the benchmarks send, ready for the wire, each with fresh ids."""

from __future__ import annotations

import itertools
import json
import secrets
import time
from collections.abc import Callable

SEND = "/api/sms/send-message/v1"
BULK = "/api/sms/send-bulk-messages/v1"
TOKEN = "/api/sms/authenticate/access-token/token/v1"  # noqa: S105 - a path
TEXT = "Your code is 482913. It is valid for 10 minutes."

Make = Callable[[], bytes]
_count = itertools.count()


def fresh_id() -> str:
    """Make an id as the client makes them: a UUID of version 7 (RFC 9562), so sortable by time."""
    milliseconds = time.time_ns() // 1_000_000
    # The count stands where version 7 has room for one, so that ids of one millisecond are sorted too.
    count = next(_count) & 0xFFF
    tail = secrets.randbits(62) | 0x8000_0000_0000_0000
    return (
        f"{milliseconds >> 16:08x}-{milliseconds & 0xFFFF:04x}-7{count:03x}-"
        f"{tail >> 48:04x}-{tail & 0xFFFF_FFFF_FFFF:012x}"
    )


def single(token: str, *, own_ids: bool = True) -> Make:
    """Return what makes a send of one message.

    Args:
        token: The bearer token.
        own_ids: Whether the client chooses the message's id.
    """

    def make() -> bytes:
        chosen = {"messageId": fresh_id()} if own_ids else {}
        body = {**chosen, "text": TEXT, "destination": "+233200000001", "sourceAddress": "ACME"}
        return post(SEND, body, token)

    return make


def bulk(token: str, destinations: int, *, own_ids: bool = True) -> Make:
    """Return what makes a bulk of one text.

    Args:
        token: The bearer token.
        destinations: How many, 1 and more.
        own_ids: Whether the client chooses the ids of the bulk and of the messages.
    """

    def make() -> bytes:
        listed = [
            {"destination": f"+23320{number:07}", **({"messageId": fresh_id()} if own_ids else {})}
            for number in range(destinations)
        ]
        chosen = {"bulkId": fresh_id()} if own_ids else {}
        return post(
            BULK,
            {**chosen, "sourceAddress": "ACME", "messages": [{"destinations": listed, "text": TEXT}]},
            token,
        )

    return make


def limited(make: Make, most: int) -> Callable[[], bytes | None]:
    """Return what makes requests until there were enough.

    Args:
        make: Makes one.
        most: How many.
    """
    left = iter(range(most))
    return lambda: None if next(left, None) is None else make()


def post(path: str, body: object, token: str) -> bytes:
    """Write a request with a JSON body for the wire.

    Args:
        path: Where to.
        body: The body.
        token: The bearer token.
    """
    content = json.dumps(body, separators=(",", ":")).encode()
    return _request(path, content, "application/json", f"Authorization: Bearer {token}\r\n")


def token_request(client: str, secret: str) -> bytes:
    """Write a request for a token.

    Args:
        client: The client's id.
        secret: Its secret.
    """
    form = f"grant_type=client_credentials&client_id={client}&client_secret={secret}&scope=sms"
    return _request(TOKEN, form.encode(), "application/x-www-form-urlencoded", "")


def _request(path: str, content: bytes, media_type: str, more: str) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: benchmark\r\nAccept: application/json\r\n"
        f"{more}Content-Type: {media_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content
