"""Sending a message to try things out, by the way that every message goes."""

from typing import Any

import orjson

from blackkonnect_emulator.endpoint import Endpoint
from blackkonnect_emulator.gateway import Call, Gateway
from blackkonnect_emulator.heads import Heads
from blackkonnect_emulator.journal import Entry
from blackkonnect_emulator.operations import HANDLERS
from blackkonnect_emulator.problems import Problem
from blackkonnect_emulator.tenants import Tenant

_OPERATION = "sendMessage"


async def send_test(
    gateway: Gateway, tenant: Tenant, destination: str, sender: str | None, text: str
) -> int | None:
    """Send a message, checked against the document as any other; no fault is shown.

    Args:
        gateway: Where.
        tenant: Whose message it is to be.
        destination: Where it goes, by ITU-T E.164.
        sender: Who it is from: a name of at most 11 characters or a number; nobody by default.
        text: What it says.

    Returns:
        The message's number; `None` where its outcome is to be refused.

    Raises:
        Problem: A field breaks a rule, and which.
    """
    operation = next(known for known in gateway.document.operations if known.operation_id == _OPERATION)
    body: dict[str, Any] = {"text": text, "destination": destination}
    if sender:
        body["sourceAddress"] = sender
    try:
        content = orjson.dumps(body)
    except orjson.JSONEncodeError:
        raise Problem(400, "The text holds what is no text: half of a surrogate pair.") from None
    Endpoint(gateway, operation, Heads()).check(body)
    entry = Entry(
        _OPERATION,
        False,
        operation.method,
        operation.path.encode(),
        b"",
        (),
        tenant=tenant.name,
        body=content,
    )
    entry.at = tenant.clock.now()
    answer = await HANDLERS[_OPERATION](gateway, Call(operation, tenant, {}, body, entry, entry.at))
    gateway.journal.add(entry, answer)
    message = await gateway.store.message(tenant.number, orjson.loads(answer.body)["data"]["messageId"])
    return None if message is None else message.number
