"""The statuses in words, and the groups that they belong to."""

from typing import NamedTuple

from blackkonnect_emulator.document import Document, DocumentError


class Group(NamedTuple):
    """What a `MessageGroupStatus` says beside the status."""

    name: str
    description: str
    action: str


# No page shows a value of statusGroupName or action. The groups are those that Infobip publishes for an
# API of the same shape; NONE is what there is to do about a message on its way.
_GROUPS = {
    "QUEUED": Group("PENDING", "The message is queued.", "NONE"),
    "SENT": Group("PENDING", "The message is with the operator.", "NONE"),
    "DELIVERED": Group("DELIVERED", "The phone has the message.", "NONE"),
    "UNDELIVERED": Group("UNDELIVERABLE", "The operator could not deliver the message.", "NONE"),
    "EXPIRED": Group("EXPIRED", "The message's validity ended before it was delivered.", "NONE"),
    "REJECTED": Group("REJECTED", "The message was refused.", "NONE"),
    "FAILED": Group("UNDELIVERABLE", "The message failed.", "NONE"),
}


def check(document: Document) -> None:
    """Make sure that the document and this table know the same statuses."""
    if set(document.statuses) != set(_GROUPS):
        raise DocumentError(f"the statuses of the document are not {', '.join(_GROUPS)}")


def group(status: str) -> dict[str, str]:
    """Write a `MessageGroupStatus`."""
    belongs = _GROUPS[status]
    return {
        "statusGroupName": belongs.name,
        "deliveryStatus": status,
        "statusDescription": belongs.description,
        "action": belongs.action,
    }
