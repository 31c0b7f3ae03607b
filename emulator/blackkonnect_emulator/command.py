"""The emulator's command line."""

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from blackkonnect_emulator.document import DocumentError, editions
from blackkonnect_emulator.settings import MEMORY, Settings, SettingsError

if TYPE_CHECKING:
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
        given = _parser(prog).parse_args(argv)
    except DocumentError as error:
        return _refuse(error)
    try:
        settings = _settings(given)
        # Only now the server is needed, which takes its time to import.
        from blackkonnect_emulator.database import DatabaseError  # noqa: PLC0415 - the reason above
        from blackkonnect_emulator.server import ListenError, serve  # noqa: PLC0415 - the same
    except SettingsError as error:
        return _refuse(error)
    try:
        serve(settings, port=given.port, announce=_announcer(settings))
    except (SettingsError, DatabaseError, DocumentError, ListenError) as error:
        return _refuse(error)
    except KeyboardInterrupt:
        sys.stdout.write("Stopped.\n")
    return 0


def _parser(prog: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=prog, description="The Blackkonnect SMS gateway on this machine.")
    parser.add_argument(
        "--port", type=int, default=8025, help="where to listen; 0 for a free port (%(default)s)"
    )
    parser.add_argument(
        "--database", default="memory", metavar="FILE", help="what keeps the messages (%(default)s)"
    )
    known = ", ".join(editions())
    parser.add_argument(
        "--edition", default=Settings().edition, help=f"the edition to behave like, of {known} (%(default)s)"
    )
    parser.add_argument("--seed", type=int, help="makes the ids repeatable")
    parser.add_argument(
        "--client",
        action="append",
        default=[],
        metavar="ID:SECRET",
        help="a client that may ask for tokens; may be given more than once (demo, with a random secret)",
    )
    return parser


def _settings(given: argparse.Namespace) -> Settings:
    clients: dict[str, str] = {}
    for client in given.client:
        client_id, colon, secret = client.partition(":")
        if not colon:
            raise SettingsError("client", "must be an id and a secret with a colon between")
        clients[client_id] = secret
    database = MEMORY if given.database == "memory" else given.database
    named = {"edition": given.edition, "database": database, "seed": given.seed}
    return Settings(**named, clients=clients) if clients else Settings(**named)


def _announcer(settings: Settings) -> Callable[["Running"], None]:
    def announce(running: "Running") -> None:
        lines = [f"Blackkonnect emulator, edition {settings.edition}, at {running.base_url}", ""]
        lines.append(f"  BLACKKONNECT_BASE_URL={running.base_url}")
        for client, secret in settings.clients.items():
            lines.append(f"  BLACKKONNECT_CLIENT_ID={client}")
            lines.append(f"  BLACKKONNECT_CLIENT_SECRET={secret}")
        lines += ["", "Ctrl-C stops it."]
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()

    return announce


def _refuse(error: Exception) -> int:
    sys.stderr.write(f"error: {error}\n")
    return _USAGE_ERROR
