"""``blackkonnect status``."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from blackkonnect_sms.cli.connection import connection_options
from blackkonnect_sms.cli.exit_codes import ExitCode
from blackkonnect_sms.cli.failures import Failure, failures, needed_extra
from blackkonnect_sms.cli.output import Output, json_option, plain, table_console
from blackkonnect_sms.errors import NotFound

if TYPE_CHECKING:
    from blackkonnect_sms import BlackkonnectSMS, MessageStatus
    from blackkonnect_sms.cli.connection import Connection

__all__ = ["command"]

_LONGEST = 7 * 86_400.0
_NAMES = {"message": "ID", "bulk": "--bulk", "timeout": "--wait"}
# What is found out: a status by the message's id, None where the gateway knows none.
Found = dict[str, "MessageStatus | None"]


@click.command("status")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--bulk", "bulks", multiple=True, metavar="ID", help="All messages of a bulk; may be repeated.")
@click.option(
    "--wait",
    metavar="SECONDS",
    type=click.FloatRange(0, _LONGEST),
    help="Ask again until all are final, for so long at most.",
)
@connection_options
@json_option
def command(
    connection: Connection,
    *,
    ids: tuple[str, ...],
    bulks: tuple[str, ...],
    wait: float | None,
    as_json: bool,
) -> None:
    """Tell what became of messages, by their ids or by their bulk's.

    It ends with 0 where the gateway knows all of them, and with --wait where all are final, whatever their
    end; else with 1.
    """
    if not ids and not bulks:
        raise click.UsageError("ID: must be given, the id of a message, or --bulk with that of a bulk")
    output = Output(as_json=as_json)
    with failures(output, {**_NAMES, **connection.names}), connection.open() as sms:
        found, missing = _ask(sms, ids, bulks, wait)
    complete = not missing and all(status is not None and status.is_final for status in found.values())
    output.write(
        {
            "messages": [_facts(name, status) for name, status in found.items()],
            "missingBulks": missing,
            "complete": complete,
        }
    )
    if not as_json:
        _show(found)
    unknown = [name for name, status in found.items() if status is None]
    if unknown or missing:
        what = [f"message {name}" for name in unknown] + [f"bulk {name}" for name in missing]
        raise Failure(
            f"the gateway knows nothing of this client's, or nothing yet, by: {', '.join(what[:3])}"
            + (f" and {len(what) - 3} more" if len(what) > 3 else ""),  # noqa: PLR2004 - as shown
            ExitCode.REFUSED,
        )
    if wait is not None and not complete:
        raise Failure(f"--wait: not all messages were final within {wait:g} seconds", ExitCode.REFUSED)


def _ask(
    sms: BlackkonnectSMS, ids: tuple[str, ...], bulks: tuple[str, ...], wait: float | None
) -> tuple[Found, list[str]]:
    until = None if wait is None else monotonic() + wait
    found: Found = {}
    missing: list[str] = []
    for name in ids:
        if until is None:
            try:
                found[name] = sms.status(name)
            except NotFound:
                found[name] = None
        else:
            found[name] = sms.wait(name, max(0.0, until - monotonic())).statuses.get(name)
    for name in bulks:
        try:
            told = {one.message_id: one for one in sms.statuses(name) if one.message_id}
        except NotFound:
            missing.append(name)
            continue
        found.update(told)
        if until is not None and not all(one.is_final for one in told.values()):
            found.update(_wait_for(sms, name, list(told.values()), max(0.0, until - monotonic())))
    return found, missing


def _wait_for(
    sms: BlackkonnectSMS, bulk_id: str, told: list[MessageStatus], seconds: float
) -> dict[str, MessageStatus]:
    from blackkonnect_sms import BulkResult, Fate  # noqa: PLC0415 - not for --help

    fates = (Fate(one.destination or "", str(one.message_id), "accepted") for one in told)
    return sms.wait(BulkResult(bulk_id, tuple(fates)), seconds).statuses


def _facts(name: str, status: MessageStatus | None) -> dict[str, Any]:
    if status is None:
        return {"messageId": name, "found": False}
    return {
        "messageId": name,
        "found": True,
        "status": status.status,
        "final": status.is_final,
        "destination": status.destination,
        "timestamp": status.timestamp.isoformat() if status.timestamp else None,
        "bulkId": status.bulk_id,
    }


def _show(found: Found) -> None:
    with needed_extra("cli"):
        from rich.table import Table  # noqa: PLC0415 - slow to import
        from rich.text import Text  # noqa: PLC0415 - the same

        console = table_console()
    table = Table()
    for title in ("Message", "Number", "Status", "Since"):
        table.add_column(title, overflow="fold")
    for name, status in found.items():
        told = "not found" if status is None else status.status or "?"
        colour = "red"
        if status is not None:
            colour = "green" if status.status == "DELIVERED" else "red" if status.is_final else "yellow"
        since = status.timestamp.isoformat(timespec="seconds") if status and status.timestamp else ""
        number = (status.destination if status else None) or ""
        table.add_row(plain(name), plain(number), Text(plain(told), style=colour), since)
    console.print(table)
