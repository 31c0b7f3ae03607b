"""What went wrong as one line on stderr, an exit code, and an object for programs."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from blackkonnect_sms.cli.exit_codes import ExitCode
from blackkonnect_sms.cli.output import plain
from blackkonnect_sms.errors import (
    AuthenticationError,
    BlackkonnectError,
    InvalidArgument,
    OutcomeUnknown,
    RateLimited,
    TokenUnavailable,
    Unavailable,
    Unreachable,
)
from blackkonnect_sms.interruptions import interrupted_send

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from blackkonnect_sms.cli.output import Output

__all__ = ["Failure", "error_facts", "exit_code_of", "failures", "needed_extra"]

_CODES: tuple[tuple[tuple[type[BlackkonnectError], ...], ExitCode], ...] = (
    ((InvalidArgument,), ExitCode.USAGE),
    ((OutcomeUnknown,), ExitCode.UNKNOWN),
    ((AuthenticationError,), ExitCode.AUTHENTICATION),
    ((TokenUnavailable, Unreachable, Unavailable, RateLimited), ExitCode.NOT_READY),
)
_MOST_IDS = 3


class Failure(click.ClickException):
    """Ends a command with a line on stderr.

    Args:
        message: The line, without the command's name.
        code: The exit code.
        at_once: Whether the process is to end without waiting for its threads.
    """

    def __init__(self, message: str, code: ExitCode, *, at_once: bool = False) -> None:
        super().__init__(plain(message))
        self.code = code
        self.at_once = at_once
        self.ctx = click.get_current_context(silent=True)


def exit_code_of(error: BlackkonnectError) -> ExitCode:
    """Return the exit code for an error of the client."""
    for kinds, code in _CODES:
        if isinstance(error, kinds):
            return code
    return ExitCode.REFUSED


def error_facts(error: BlackkonnectError, message: str | None = None) -> dict[str, Any]:
    """Return an error as an object for programs.

    Args:
        error: The error.
        message: What to say instead of the error's own words.
    """
    facts: dict[str, Any] = {
        "kind": type(error).__name__,
        "message": plain(message or error),
        "sent": error.sent,
        "statusCode": error.status_code,
        "retryAfter": error.retry_after,
    }
    if isinstance(error, OutcomeUnknown):
        facts |= {"messageIds": list(error.message_ids), "bulkId": error.bulk_id}
    return facts


@contextmanager
def failures(output: Output, names: Mapping[str, str]) -> Iterator[None]:
    """Turn the errors of the client into how a command ends.

    Args:
        output: The command's stdout.
        names: The options by the arguments of the client that they are given for.

    Raises:
        Failure: An error came, or Ctrl-C.
    """
    try:
        yield
    except BlackkonnectError as error:
        message, code = _words(error, names), exit_code_of(error)
        outcome = {ExitCode.REFUSED: "refused", ExitCode.UNKNOWN: "unknown"}.get(code, "failed")
        output.write({"outcome": outcome, "error": error_facts(error, message)})
        raise Failure(message, code) from None
    except KeyboardInterrupt as stop:
        left = interrupted_send(stop)
        if left is None:
            raise Failure("interrupted", ExitCode.INTERRUPTED) from None
        message = f"interrupted, and it may have been sent: {_how_to_ask(left)}"
        output.write({"outcome": "unknown", "error": error_facts(left, message)})
        raise Failure(message, ExitCode.INTERRUPTED) from None


@contextmanager
def needed_extra(name: str) -> Iterator[None]:
    """Say which extra to install where one of its packages is missing.

    Args:
        name: The extra.

    Raises:
        Failure: A package is missing.
    """
    try:
        yield
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.startswith("blackkonnect"):
            raise
        extra = "cli" if missing.name in {"click", "rich"} else name
        raise Failure(
            f"this command needs {missing.name}: pip install 'blackkonnect-sms[{extra}]'", ExitCode.USAGE
        ) from None


def _words(error: BlackkonnectError, names: Mapping[str, str]) -> str:
    if isinstance(error, InvalidArgument):
        return (
            f"{names.get(error.argument, error.argument)}: {str(error).removeprefix(f'{error.argument}: ')}"
        )
    if isinstance(error, OutcomeUnknown):
        return f"it may have been sent, so do not repeat it: {error}; {_how_to_ask(error)}"
    if isinstance(error, TokenUnavailable | Unreachable) and error.status_code is None:
        return f"{error}; check BLACKKONNECT_BASE_URL and that the gateway runs (blackkonnect doctor)"
    return str(error)


def _how_to_ask(error: OutcomeUnknown) -> str:
    shown = " ".join(error.message_ids[:_MOST_IDS])
    return f"ask later with: blackkonnect status {shown}"
