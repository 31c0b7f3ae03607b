"""The commands, each of which imports what it starts only when it is started."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from blackkonnect_sms._version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["blackkonnect"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="blackkonnect")
def blackkonnect() -> None:
    """Send SMS through a Blackkonnect gateway, or run one on this machine."""


@blackkonnect.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def emulator(context: click.Context, arguments: tuple[str, ...]) -> None:
    """Serve the gateway on this machine until Ctrl-C; `emulator --help` lists its options."""
    with _extra("emulator"):
        from blackkonnect_emulator.command import run  # noqa: PLC0415 - only this command needs the extra
    context.exit(run(list(arguments), prog="blackkonnect emulator"))


@blackkonnect.command()
@click.option("--edition", metavar="DATE", help="The edition of the vendor's pages to behave like.")
@click.pass_context
def demo(context: click.Context, edition: str | None) -> None:
    """Send a bulk to a gateway on this machine and follow it to the phones.

    It starts the emulator on a free port of this machine, gets a token, sends two texts to five numbers,
    and shows each message on its way until all are final. Nothing leaves the machine. It ends with 0 only
    if every message reached its final status.
    """
    with _extra("emulator"):
        from blackkonnect_emulator import Settings, SettingsError, running  # noqa: PLC0415 - as above
    with _extra("cli"):
        from rich.console import Console  # noqa: PLC0415 - slow to import, and other commands do without

        from blackkonnect_sms.cli.demo import run_demo  # noqa: PLC0415 - the same
    try:
        settings = Settings() if edition is None else Settings(edition=edition)
    except SettingsError as error:
        raise click.UsageError(str(error)) from None
    console = Console()
    with running(settings) as gateway:
        console.print(f"A gateway of edition {settings.edition} listens on {gateway.base_url}.")
        complete = run_demo(
            console,
            base_url=gateway.base_url,
            client_id=gateway.client_id,
            client_secret=gateway.client_secret,
        )
    context.exit(0 if complete else 1)


@contextmanager
def _extra(name: str) -> Iterator[None]:
    """Say which extra to install where one of its packages is missing."""
    try:
        yield
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.startswith("blackkonnect"):
            raise
        raise click.ClickException(
            f"this command needs {missing.name}: pip install 'blackkonnect-sms[{name}]'"
        ) from None
