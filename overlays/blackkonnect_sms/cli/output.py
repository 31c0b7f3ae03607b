"""What commands write: lines for people, JSON for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

__all__ = ["Output", "json_option", "plain", "table_console"]


def plain(text: object) -> str:
    """Return a text as one line without anything that a terminal would obey.

    Args:
        text: What came from outside, as from a gateway.
    """
    return "".join(
        character if character.isprintable() else " " if character.isspace() else f"\\x{ord(character):02x}"
        for character in str(text)
    )


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Write JSON, and nothing else, on stdout.")(
        command
    )


class Output:
    """The stdout of a command.

    Args:
        as_json: Whether it is for a program.
    """

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json

    def tell(self, line: str, facts: dict[str, Any] | None = None) -> None:
        """Write a line for people, or the same as an object for programs.

        Args:
            line: The line.
            facts: The object; without one a program is told nothing.
        """
        if not self.as_json:
            click.echo(plain(line))
        elif facts is not None:
            self.write(facts)

    def write(self, facts: dict[str, Any]) -> None:
        """Write an object if this is for a program."""
        if self.as_json:
            click.echo(json.dumps(facts))


def table_console() -> Console:
    """Return the console for tables on stdout; where it is no terminal, nothing is cut to a width."""
    from rich.console import Console  # noqa: PLC0415 - slow to import, and most commands do without

    console = Console(highlight=False, markup=False, emoji=False)
    return console if console.is_terminal else Console(width=200, highlight=False, markup=False, emoji=False)
