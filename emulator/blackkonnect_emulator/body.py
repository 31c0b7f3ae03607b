"""Reading the bytes of a body, and no more of them than are wanted."""

from collections.abc import Sequence

from blackkonnect_emulator.asgi import Receive
from blackkonnect_emulator.problems import Problem


class ClientGone(Exception):
    """The client hung up before its request was whole."""


def check_length(content_lengths: Sequence[bytes], most: int) -> None:
    """Refuse a body that is announced to be too large (RFC 9110, section 15.5.14).

    Args:
        content_lengths: The values of the request's Content-Length headers.
        most: How many bytes it may have.
    """
    for length in content_lengths:
        if length.isdigit() and int(length[:20]) > most:
            raise _too_large(most)


async def read(receive: Receive, content_lengths: Sequence[bytes], most: int) -> bytes:
    """Read a body, and stop as soon as it is known to be too large.

    Args:
        receive: Where it comes from.
        content_lengths: The values of the request's Content-Length headers.
        most: How many bytes it may have.
    """
    check_length(content_lengths, most)
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > most:
            raise _too_large(most)
        chunks.append(chunk)
        if not message.get("more_body", False):
            return b"".join(chunks)


def _too_large(most: int) -> Problem:
    return Problem(413, f"The body may hold at most {most} bytes.")
