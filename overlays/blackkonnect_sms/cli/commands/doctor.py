"""``blackkonnect doctor``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from blackkonnect_sms.cli.connection import connection_options
from blackkonnect_sms.cli.exit_codes import ExitCode
from blackkonnect_sms.cli.failures import Failure
from blackkonnect_sms.cli.output import Output, json_option

if TYPE_CHECKING:
    from blackkonnect_sms.cli.connection import Connection

__all__ = ["command"]


@click.command("doctor")
@connection_options
@json_option
def command(connection: Connection, *, as_json: bool) -> None:
    """Check the configuration, the way to the gateway, the clock and the credentials; nothing is sent.

    The gateway is asked for a token, and for the status of a message that does not exist.
    """
    from blackkonnect_sms.cli.checks import examine  # noqa: PLC0415 - not for --help

    output = Output(as_json=as_json)
    checks = []
    for check in examine(connection):
        checks.append(check)
        output.tell(f"{'ok    ' if check.ok else 'FAILED'}  {check.name}: {check.detail}")
    failed = [check for check in checks if not check.ok]
    output.write(
        {
            "ok": not failed,
            "checks": [{"name": one.name, "ok": one.ok, "detail": one.detail} for one in checks],
            "clockSkewSeconds": next((one.skew for one in checks if one.skew is not None), None),
        }
    )
    if failed:
        raise Failure(f"{failed[0].name}: {failed[0].detail}", failed[0].code or ExitCode.REFUSED)
