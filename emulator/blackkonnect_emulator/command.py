"""The emulator's command line."""

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from blackkonnect_emulator import options
from blackkonnect_emulator.document import DocumentError
from blackkonnect_emulator.rule_fields import RuleError
from blackkonnect_emulator.settings import Settings, SettingsError

if TYPE_CHECKING:
    from blackkonnect_emulator.seeding import Seed
    from blackkonnect_emulator.server import Running

_USAGE_ERROR = 2


def run(argv: Sequence[str] | None = None, prog: str = "python -m blackkonnect_emulator") -> int:
    """Serve the emulator until it is stopped.

    Args:
        argv: The arguments; by default those of this process.
        prog: The command's name in its help.

    Returns:
        The exit code: 0 after Ctrl-C, 2 where it can't start.
    """
    try:
        given = options.parser(prog).parse_args(argv)
    except DocumentError as error:
        return _refuse(error)
    try:
        settings = options.settings(given)
        seed = None if given.seed_file is None else _read_seed(given.seed_file)
        # Only now the server is needed, which takes its time to import.
        from blackkonnect_emulator.database import DatabaseError  # noqa: PLC0415 - the reason above
        from blackkonnect_emulator.server import ListenError, serve  # noqa: PLC0415 - the same
    except SettingsError as error:
        return _refuse(error)
    try:
        serve(settings, port=given.port, announce=_announcer(settings), seed=seed)
    except (SettingsError, DatabaseError, DocumentError, ListenError, RuleError) as error:
        return _refuse(error)
    except KeyboardInterrupt:
        pass
    sys.stdout.write("Stopped.\n")
    return 0


def _read_seed(path: str) -> "Seed":
    from blackkonnect_emulator.seeding import SeedError, read_seed_file  # noqa: PLC0415 - seldom needed

    try:
        return read_seed_file(path)
    except SeedError as error:
        raise SettingsError("seed-file", str(error)) from None


def _announcer(settings: Settings) -> Callable[["Running"], None]:
    def announce(running: "Running") -> None:
        lines = [f"Blackkonnect emulator, edition {settings.edition}, at {running.base_url}", ""]
        lines.append(f"  BLACKKONNECT_BASE_URL={running.base_url}")
        for client, secret in {**settings.clients, **running.secrets}.items():
            lines.append(f"  BLACKKONNECT_CLIENT_ID={client}")
            lines.append(f"  BLACKKONNECT_CLIENT_SECRET={secret}")
        lines += [
            "",
            f"Inbox: {running.base_url}/   Control: {running.base_url}/_emulator/",
            "Ctrl-C stops it.",
        ]
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()

    return announce


def _refuse(error: Exception) -> int:
    sys.stderr.write(f"error: {error}\n")
    return _USAGE_ERROR
