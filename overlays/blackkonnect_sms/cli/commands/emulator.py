"""``blackkonnect emulator``."""

from __future__ import annotations

import click

from blackkonnect_sms.cli.failures import needed_extra

__all__ = ["command"]


@click.command(
    "emulator",
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def command(context: click.Context, arguments: tuple[str, ...]) -> None:
    """Serve the gateway on this machine until Ctrl-C; `emulator --help` lists its options."""
    with needed_extra("emulator"):
        from blackkonnect_emulator.command import run  # noqa: PLC0415 - only this command needs the extra
    context.exit(run(list(arguments), prog="blackkonnect emulator"))
