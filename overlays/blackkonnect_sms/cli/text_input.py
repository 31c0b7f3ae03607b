"""A text from an argument, or from stdin."""

from __future__ import annotations

import sys

import click

__all__ = ["text_from"]

_LONGEST = 1_000_000


def text_from(given: str | None, name: str) -> str:
    """Return the text, which is read from stdin where it is ``-`` or not given.

    Args:
        given: The argument.
        name: Its name, for errors.

    Returns:
        The text; of stdin without the line's end that closes it.

    Raises:
        click.UsageError: There is none, or it can't be read.
    """
    if given is not None and given != "-":
        return given
    if given is None and sys.stdin.isatty():
        raise click.UsageError(f"{name}: must be given, or piped in")
    octets: bytes = sys.stdin.buffer.read(_LONGEST + 1)
    if len(octets) > _LONGEST:
        raise click.UsageError(f"{name}: must have at most {_LONGEST:,} bytes on stdin")
    try:
        text = octets.decode()
    except UnicodeDecodeError:
        raise click.UsageError(f"{name}: must be UTF-8 on stdin") from None
    return text.removesuffix("\n").removesuffix("\r")
