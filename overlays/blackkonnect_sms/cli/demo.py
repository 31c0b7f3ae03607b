"""The first bulk message, end to end: sent, followed, delivered."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from blackkonnect_sms_api.facts import WEEKDAYS
from blackkonnect_sms_api.models import (
    BulkSmsMessageRequest,
    DeliveryTime,
    DeliveryWindow,
    MessageDestination,
    SmsMessage,
)
from rich.live import Live
from rich.table import Table

from blackkonnect_sms.client import BlackkonnectSMS
from blackkonnect_sms.clock import Clock
from blackkonnect_sms.errors import BlackkonnectError
from blackkonnect_sms.ids import new_id

if TYPE_CHECKING:
    from rich.console import Console

    from blackkonnect_sms.results import BulkResult
    from blackkonnect_sms.statuses import MessageStatus

__all__ = ["bulk_example", "run_demo"]

_LONGEST = 8.0
_POLL = 0.1
_COLOURS = {"QUEUED": "yellow", "SENT": "cyan", "DELIVERED": "green"}


def bulk_example(now: dt.datetime) -> BulkSmsMessageRequest:
    """Return the vendor's own example of a bulk, with values as in real life.

    Args:
        now: The time now, in UTC; the messages go a second later, within a window around it.

    Returns:
        Two messages with every field of the vendor's example set, the first to three numbers and the
        second to two (edition 2025-05-16, page "Send bulk SMS messages").
    """
    opens, closes = now - dt.timedelta(hours=1), now + dt.timedelta(hours=6)

    def message(text: str, numbers: list[str], validity: int, priority: int) -> SmsMessage:
        return SmsMessage(
            destinations=[MessageDestination(destination=number, message_id=new_id()) for number in numbers],
            callback_data="campaign=opening",
            delivery_time_window=DeliveryWindow(
                days=list(WEEKDAYS),
                from_=DeliveryTime(hour=opens.hour, minute=opens.minute),
                to=DeliveryTime(hour=closes.hour, minute=closes.minute),
            ),
            text=text,
            entity_id="1101456324",
            send_at=now + dt.timedelta(seconds=1),
            validity_period_minutes=validity,
            priority=priority,
        )

    return BulkSmsMessageRequest(
        message_id=new_id(),
        reference_id_1="campaign-opening",
        reference_id_2="branch-accra",
        service_id="marketing",
        request_id="demo-1",
        initiator_id="blackkonnect demo",
        bulk_id=new_id(),
        messages=[
            message(
                "We open at 9 tomorrow. Come and see what is new.",
                ["+233200000001", "+233200000002", "+233200000003"],
                validity=240,
                priority=1,
            ),
            message(
                "Akwaaba! Tomorrow our doors open for you an hour early, at 8. 🎉 "
                "Show this message at the entrance.",
                ["+233200000004", "+233200000005"],
                validity=60,
                priority=5,
            ),
        ],
    )


def run_demo(
    console: Console, *, base_url: str, client_id: str, client_secret: str, clock: Clock | None = None
) -> bool:
    """Send the example and follow it, telling the console what is done.

    Args:
        console: Where to tell it.
        base_url: The gateway's address.
        client_id: The client's id.
        client_secret: The client's secret.
        clock: The time to live by, for tests.

    Returns:
        Whether every message reached its final status within 8 seconds.
    """
    clock = clock or Clock()
    begun = clock.monotonic()
    request = bulk_example(dt.datetime.fromtimestamp(clock.time(), dt.UTC))
    with BlackkonnectSMS(
        base_url=base_url, client_id=client_id, client_secret=client_secret, clock=clock
    ) as sms:
        try:
            bulk = sms.send_bulk(request)
            console.print(
                f"Got a token as {client_id} and sent 2 texts to {len(bulk)} numbers: "
                f"{len(bulk.accepted)} taken, {len(bulk.refused)} refused. They go in a second."
            )
            latest = _follow(console, sms, bulk, clock, begun + _LONGEST)
        except BlackkonnectError as error:
            console.print(f"[red]It failed:[/red] {error}", markup=True)
            return False
    final = [status for status in latest.values() if status.is_final]
    counts: dict[str, int] = {}
    for status in final:
        counts[str(status.status)] = counts.get(str(status.status), 0) + 1
    told = ", ".join(f"{count} {name}" for name, count in sorted(counts.items())) or "none"
    seconds = clock.monotonic() - begun
    console.print(f"{len(final)} of {len(bulk)} messages are final after {seconds:.1f} seconds: {told}.")
    return len(final) == len(bulk)


def _follow(
    console: Console, sms: BlackkonnectSMS, bulk: BulkResult, clock: Clock, until: float
) -> dict[str, MessageStatus]:
    latest: dict[str, MessageStatus] = {}
    with Live(_table(bulk, latest), console=console, auto_refresh=False, transient=True) as live:
        while clock.monotonic() < until:
            latest.update({status.message_id: status for status in sms.statuses(bulk) if status.message_id})
            live.update(_table(bulk, latest), refresh=console.is_terminal)
            if len(latest) == len(bulk) and all(status.is_final for status in latest.values()):
                break
            clock.sleep(_POLL)
    console.print(_table(bulk, latest))
    return latest


def _table(bulk: BulkResult, latest: dict[str, MessageStatus]) -> Table:
    table = Table("Number", "Message id", "Parts", "Status", "Since (UTC)", title=f"Bulk {bulk.bulk_id}")
    for fate in bulk:
        known = latest.get(fate.message_id)
        status = (known.status if known else fate.status) or "?"
        colour = _COLOURS.get(status, "red")
        since = known.timestamp.strftime("%H:%M:%S.%f")[:-3] if known and known.timestamp else ""
        parts = "" if fate.sms_count is None else str(fate.sms_count)
        table.add_row(
            fate.destination, f"..{fate.message_id[-12:]}", parts, f"[{colour}]{status}[/{colour}]", since
        )
    return table
