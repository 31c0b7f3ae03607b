"""``blackkonnect receipts``."""

from __future__ import annotations

import secrets
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from blackkonnect_sms.cli.output import Output, json_option, plain

if TYPE_CHECKING:
    from blackkonnect_sms.receipts import Receipt

__all__ = ["command"]


@click.group("receipts")
def command() -> None:
    """Take delivery receipts on this machine."""


@command.command("listen")
@click.option("--port", type=click.IntRange(0, 65_535), default=0, help="By default a free one.")
@click.option("--count", type=click.IntRange(min=1), metavar="N", help="End after so many receipts.")
@json_option
def listen(*, port: int, count: int | None, as_json: bool) -> None:
    """Print the receipts that come to a secret address on 127.0.0.1, until Ctrl-C."""
    from blackkonnect_sms.cli.receipts_server import ListenError, ReceiptsServer  # noqa: PLC0415 - not for --help
    from blackkonnect_sms.receipts import ReceiptsWSGI  # noqa: PLC0415 - the same

    output = Output(as_json=as_json)
    lock = threading.Lock()
    secret = secrets.token_urlsafe(32)
    told = 0

    def take(receipt: Receipt) -> None:
        nonlocal told
        with lock:
            if count is not None and told >= count:
                raise ListenError("it has ended")
            try:
                output.tell(_line(receipt), _facts(receipt))
            except OSError:  # nobody reads it any more
                server.stop()
                raise
            told += 1
            if told == count:
                server.stop()

    with suppress(KeyboardInterrupt):
        try:
            server = ReceiptsServer(port, ReceiptsWSGI(take, secret=secret))
        except ListenError as error:
            raise click.UsageError(f"--port: {error}") from None
        address = f"http://127.0.0.1:{server.port}/{secret}"
        output.tell(f"Receipts to: {address}", {"type": "listening", "address": address})
        output.tell("Ctrl-C ends it.")
        server.serve()


def _line(receipt: Receipt) -> str:
    parts = (
        receipt.timestamp.isoformat() if receipt.timestamp else None,
        receipt.message_id,
        receipt.status,
        receipt.destination,
        receipt.callback_data,
    )
    return "  ".join(plain(part) for part in parts if part)


def _facts(receipt: Receipt) -> dict[str, Any]:
    return {
        "type": "receipt",
        "messageId": receipt.message_id,
        "status": receipt.status,
        "final": receipt.is_final,
        "timestamp": receipt.timestamp.isoformat() if receipt.timestamp else None,
        "bulkId": receipt.bulk_id,
        "receiptId": receipt.receipt_id,
        "destination": receipt.destination,
        "sender": receipt.sender,
        "callbackData": receipt.callback_data,
    }
