"""The options and the environment that a command finds its gateway by."""

from __future__ import annotations

import functools
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from blackkonnect_sms.config import Config

if TYPE_CHECKING:
    from collections.abc import Callable

    from blackkonnect_sms import BlackkonnectSMS

__all__ = ["Connection", "connection_options"]

_SECRET = "BLACKKONNECT_CLIENT_SECRET"  # noqa: S105 - the variable's name
_LONGEST = 3600.0


@dataclass(frozen=True, kw_only=True)
class Connection:
    """What the options say; the environment says the rest.

    Attributes:
        base_url: The gateway's address.
        client_id: The client's id.
        deadline: For how many seconds a call may take, with all its repeats.
    """

    base_url: str | None
    client_id: str | None
    deadline: float

    @property
    def names(self) -> dict[str, str]:
        """The options by what the client would name in an error."""
        given = {"BLACKKONNECT_BASE_URL": self.base_url, "BLACKKONNECT_CLIENT_ID": self.client_id}
        return {variable: _OPTIONS[variable] for variable, value in given.items() if value is not None}

    def settings(self) -> dict[str, Any]:
        """Return the client's settings; on a terminal it asks for a secret that is missing.

        Raises:
            ConfigurationError: A variable is missing or wrong; the error names it.
        """
        variables = dict(os.environ)
        if self.base_url is not None:
            variables["BLACKKONNECT_BASE_URL"] = self.base_url
        if self.client_id is not None:
            variables["BLACKKONNECT_CLIENT_ID"] = self.client_id
        if not variables.get(_SECRET) and sys.stdin.isatty() and all(map(variables.get, _OPTIONS)):
            variables[_SECRET] = click.prompt(_SECRET, hide_input=True, err=True, type=str)
        return {**Config.settings_from(variables, {}), "deadline": self.deadline}

    def open(self) -> BlackkonnectSMS:
        """Return a client.

        Raises:
            ConfigurationError: It can't be made.
        """
        from blackkonnect_sms import BlackkonnectSMS  # noqa: PLC0415 - not for --help

        return BlackkonnectSMS(**self.settings())


_OPTIONS = {"BLACKKONNECT_BASE_URL": "--base-url", "BLACKKONNECT_CLIENT_ID": "--client-id"}


def connection_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a `Connection`, which it gets as ``connection``."""

    @click.option("--base-url", metavar="URL", help="The gateway's address.  [env: BLACKKONNECT_BASE_URL]")
    @click.option("--client-id", metavar="ID", help="The client's id.  [env: BLACKKONNECT_CLIENT_ID]")
    @click.option("--client-secret", hidden=True, expose_value=False, callback=_refuse_secret)
    @click.option(
        "--deadline",
        metavar="SECONDS",
        type=click.FloatRange(0, _LONGEST, min_open=True),
        default=60.0,
        show_default=True,
        help="For how long a request may take, with all its repeats.",
    )
    @functools.wraps(command)
    def connected(base_url: str | None, client_id: str | None, deadline: float, **others: Any) -> Any:  # noqa: ANN401
        connection = Connection(base_url=base_url, client_id=client_id, deadline=deadline)
        return command(connection=connection, **others)

    return connected


def _refuse_secret(_context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        raise click.UsageError(
            f"--client-secret: a secret is no argument, which others can see; set {_SECRET}, or be asked"
        )
