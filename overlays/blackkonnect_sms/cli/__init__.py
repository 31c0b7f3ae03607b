"""The command line, ``blackkonnect``; it needs the ``cli`` extra."""

from __future__ import annotations

import io
import sys

__all__ = ["main"]

_EXTRA = frozenset({"click", "rich"})


def main() -> None:
    """Run the command line, and say in one line what is missing where it can't.

    Raises:
        SystemExit: Always, with one of the codes of `blackkonnect_sms.cli.exit_codes`.
    """
    try:
        from blackkonnect_sms.cli.commands import blackkonnect  # noqa: PLC0415 - the extra may be missing
    except ModuleNotFoundError as missing:
        if missing.name not in _EXTRA:
            raise
        sys.stderr.write("blackkonnect: the command line needs: pip install 'blackkonnect-sms[cli]'\n")
        sys.exit(2)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What a terminal can't show is shown as a question mark rather than ends the command.
            stream.reconfigure(errors="replace")
    sys.exit(blackkonnect(prog_name="blackkonnect"))
