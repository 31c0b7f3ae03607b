"""``blackkonnect send``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from blackkonnect_sms.cli.connection import connection_options
from blackkonnect_sms.cli.failures import failures
from blackkonnect_sms.cli.output import Output, json_option
from blackkonnect_sms.cli.text_input import text_from

if TYPE_CHECKING:
    from blackkonnect_sms.cli.connection import Connection

__all__ = ["command"]

_NAMES = {
    "destination": "TO",
    "text": "TEXT",
    "sender": "--sender",
    "priority": "--priority",
    "message_id": "--message-id",
    "request_id": "--request-id",
}


@click.command("send")
@click.argument("to")
@click.argument("text", required=False)
@click.option("--sender", metavar="NAME", help="The sender that the phone shows.")
@click.option("--priority", metavar="N", type=int, help="0 or above; a higher one goes first.")
@click.option("--message-id", metavar="ID", help="The message's id; a new one by default.")
@click.option("--request-id", metavar="ID", help="Your own id of the request.")
@connection_options
@json_option
def command(  # noqa: PLR0913 - each is an option
    connection: Connection,
    *,
    to: str,
    text: str | None,
    sender: str | None,
    priority: int | None,
    message_id: str | None,
    request_id: str | None,
    as_json: bool,
) -> None:
    """Send TEXT to the number TO, as +233200000001; without TEXT, or with -, it is read from stdin."""
    output = Output(as_json=as_json)
    words = text_from(text, "TEXT")
    with failures(output, {**_NAMES, **connection.names}), connection.open() as sms:
        sent = sms.send(
            to,
            words,
            sender=sender,
            priority=priority,
            message_id=message_id,
            request_id=request_id,
        )
    how = " (the answer was lost; its status told that it was taken)" if sent.reconciled else ""
    output.tell(
        f"Accepted for {sent.destination}: message {sent.message_id}, {sent.status or 'no status yet'}{how}",
        {
            "outcome": "accepted",
            "messageId": sent.message_id,
            "destination": sent.destination,
            "status": sent.status,
            "correlationId": sent.correlation_id,
            "requestId": sent.request_id,
            "reconciled": sent.reconciled,
        },
    )
