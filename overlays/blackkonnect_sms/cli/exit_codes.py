"""The exit codes of all commands; ``docs/command-line.md`` has the same table."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["MEANINGS", "ExitCode"]


class ExitCode(IntEnum):
    """How a command ended."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    UNKNOWN = 3
    AUTHENTICATION = 4
    NOT_READY = 5
    INTERRUPTED = 130


MEANINGS = {
    ExitCode.DONE: "accepted, or done",
    ExitCode.REFUSED: "refused, not found, not final within --wait, or the contract is broken",
    ExitCode.USAGE: "wrong usage or configuration; nothing was sent",
    ExitCode.UNKNOWN: "outcome unknown: it may have been sent, so never repeat it blindly",
    ExitCode.AUTHENTICATION: "the gateway refused the credentials",
    ExitCode.NOT_READY: "the gateway can't be reached, or is not ready",
    ExitCode.INTERRUPTED: "Ctrl-C",
}
"""The codes in words."""
