"""The commands, each in a module of its own that is imported when it is asked for."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import Any

import click

from blackkonnect_sms._version import __version__
from blackkonnect_sms.cli.exit_codes import MEANINGS, ExitCode
from blackkonnect_sms.cli.failures import Failure

__all__ = ["COMMANDS", "blackkonnect"]

COMMANDS = {
    "send": "Send one message.",
    "bulk": "Send to the numbers of a CSV file.",
    "status": "Tell what became of messages.",
    "segments": "Tell how a text goes over the air.",
    "receipts": "Take delivery receipts on this machine.",
    "doctor": "Check the configuration and the gateway, without sending.",
    "emulator": "Serve a gateway on this machine.",
    "demo": "Send a bulk to a gateway on this machine and follow it.",
    "contract": "Prove a gateway against the document.",
    "diff": "Tell what changed between two revisions of the document.",
}
"""The commands with what each does."""


class Commands(click.Group):
    """A group that imports a command when it is asked for, and ends each mistake with one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """List the names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the exit codes."""
        with formatter.section("Exit codes"):
            formatter.write_dl([(str(int(code)), words) for code, words in MEANINGS.items()])

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001, FBT002 - click's signature
        **extra: Any,  # noqa: ANN401 - the same
    ) -> Any:  # noqa: ANN401 - the same
        """Run a command and end the process with its code."""
        run = partial(super().main, args, prog_name, complete_var, standalone_mode=False, **extra)
        if not standalone_mode:
            return run()
        try:
            code: Any = run()
        except click.Abort:
            _say("blackkonnect", "interrupted")
            sys.exit(ExitCode.INTERRUPTED)
        except click.ClickException as error:
            context = getattr(error, "ctx", None)
            _say(context.command_path if context else "blackkonnect", error.format_message())
            if isinstance(error, Failure):
                if error.at_once:
                    sys.stdout.flush()
                    os._exit(error.code)
                sys.exit(error.code)
            sys.exit(error.exit_code)
        sys.exit(code if isinstance(code, int) else 0)


def _say(who: str, what: str) -> None:
    click.echo(f"{who}: {' '.join(what.split())}", err=True)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
)
@click.version_option(__version__, prog_name="blackkonnect")
@click.pass_context
def blackkonnect(context: click.Context) -> None:
    """Send SMS through a Blackkonnect gateway, or run one on this machine.

    BLACKKONNECT_BASE_URL, BLACKKONNECT_CLIENT_ID and BLACKKONNECT_CLIENT_SECRET say which gateway and who
    asks; a terminal is asked for a secret that is missing.
    """
    # What the client logs is for programs that ask for it; a command says what matters itself.
    logging.getLogger("blackkonnect_sms").addHandler(logging.NullHandler())
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        context.exit(ExitCode.USAGE)
