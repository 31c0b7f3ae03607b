"""What people and tests see of receipts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

State = Literal["waiting", "delivered", "given up", "dropped"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """A try to deliver a receipt.

    Attributes:
        at: When it began, in milliseconds of the tenant's clock.
        address: What was called, without the path and query of the callback, which may hold a secret, and
            with the receipt's parameters; the end of a long one is left out.
        outcome: The status code of the answer, or in a few words why there was none that counts.
        milliseconds: How long it took on this machine.
    """

    at: int
    address: str = field(repr=False)
    outcome: str
    milliseconds: int


@dataclass(frozen=True, slots=True)
class SeenReceipt:
    """A receipt as the inbox and the control API show it.

    Attributes:
        number: The emulator's own number of it.
        receipt_id: The id that it is delivered with.
        tenant: Whose message it tells of; empty for the anonymous tenant.
        message: The number of the message.
        message_id: The id of the message.
        destination: Where the message went.
        status: The status that it tells.
        since: When the message reaches that, in milliseconds.
        state: `waiting`, `delivered`, `given up` after the last retry, or `dropped` with the address.
        due_at: When the next attempt is due; `None` where there is none to come, and where a receipt of an
            earlier status has to be delivered first.
        attempts: The attempts so far, oldest first.
    """

    number: int
    receipt_id: str
    tenant: str
    message: int
    message_id: str
    destination: str
    status: str
    since: int
    state: State
    due_at: int | None
    attempts: Sequence[Attempt]
