"""What the network operator tells of a message, where it is said beside the document's operations."""

import sqlite3
from typing import TYPE_CHECKING

from blackkonnect_emulator.lifecycle import Plan, with_receipt
from blackkonnect_emulator.store import COLUMNS, FROM, read_message, save_plan

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway
    from blackkonnect_emulator.tenants import Tenant


async def take_receipt(
    gateway: "Gateway", tenant: "Tenant", number: int, status: str, told_at: int | None
) -> bool:
    """Move a message as `handleDeliveryReceipt` does, and deliver the tenant's receipts that this makes due.

    Args:
        gateway: Where.
        tenant: Whose message it is.
        number: The emulator's number of it.
        status: The status that the operator tells. What is past or known, and any after the final one,
            changes nothing.
        told_at: When the message reached it, in milliseconds; by default now.

    Returns:
        Whether there is such a message.
    """
    now = tenant.clock.now()

    def change(connection: sqlite3.Connection) -> Plan | None:
        where = "messages.id = ? AND messages.tenant = ?"
        row = connection.execute(f"SELECT {COLUMNS} {FROM} WHERE {where}", (number, tenant.number)).fetchone()
        if row is None:
            return None
        before = read_message(row).plan
        plan = with_receipt(before, status, told_at, now, gateway.document.final_statuses)
        if plan != before:
            save_plan(connection, number, plan)
            gateway.receipts.follow_plan(connection, tenant, number, before, plan)
        return plan

    plan = await gateway.store.write(change)
    if plan is None:
        return False
    tenant.agenda.add(plan[1:3], now)
    gateway.changes.bump()
    await gateway.receipts.deliver_due([tenant])
    # What is still to come may now come at another time.
    gateway.receipts.wake()
    return True
