"""``blackkonnect demo``."""

from __future__ import annotations

import click

from blackkonnect_sms.cli.failures import needed_extra

__all__ = ["command"]


@click.command("demo")
@click.option("--edition", metavar="DATE", help="The edition of the vendor's pages to behave like.")
@click.pass_context
def command(context: click.Context, edition: str | None) -> None:
    """Send a bulk to a gateway on this machine and follow it to the phones.

    It starts the emulator on a free port of this machine, gets a token, sends two texts to five numbers,
    and shows each message on its way until all are final. Nothing leaves the machine. It ends with 0 only
    if every message reached its final status.
    """
    with needed_extra("emulator"):
        from blackkonnect_emulator import Settings, SettingsError, running  # noqa: PLC0415 - the extra
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
