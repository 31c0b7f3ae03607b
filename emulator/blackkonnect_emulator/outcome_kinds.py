"""What can become of a message, each with the number that forces it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from blackkonnect_emulator.lifecycle import DELIVERED, EXPIRED

UNDELIVERED = "UNDELIVERED"
REJECTED = "REJECTED"
FAILED = "FAILED"

ReceiptOrder = Literal["in order", "twice", "out of order", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What becomes of a message.

    Attributes:
        name: Its name.
        description: What happens, in one sentence.
        number: The number that forces it, by ITU-T E.164 with the plus sign.
        final_status: The status that the message ends with.
        reaches_sent: Whether it goes to SENT before that.
        at_end_of_validity: Whether it ends when its validity does, and not at the usual time.
        extra_seconds: How much later than usual it ends.
        refused: Whether the gateway says no at once, within an answer of HTTP status 200, and keeps nothing.
        hidden_seconds: For how long after its acceptance its status is not found.
        receipts: How its receipts come: each once and in the order of the statuses, each twice, the final
            one before that of SENT, or not at all.
        shares: For one that is drawn from others: their names, and how many of a hundred messages each gets.
            `Outcomes` never gives such a one away, but the one that was drawn.
    """

    name: str
    description: str
    number: str
    final_status: str = DELIVERED
    reaches_sent: bool = True
    at_end_of_validity: bool = False
    extra_seconds: int = 0
    refused: bool = False
    hidden_seconds: int = 0
    receipts: ReceiptOrder = "in order"
    shares: tuple[tuple[str, int], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Write what a user of it needs to know."""
        return {"name": self.name, "number": self.number, "description": self.description}


# The North American Numbering Plan sets 555-0100 to 555-0199 of each area aside for fiction: they are no
# one's phones, and checkers of numbers take them for valid. 202 is the area of Washington, D.C.
_ALL = (
    Outcome(
        name="delivered",
        number="+12025550100",
        description="Goes the usual way: QUEUED, SENT, DELIVERED.",
    ),
    Outcome(
        name="undelivered",
        number="+12025550101",
        description="Ends as UNDELIVERED after SENT: the operator could not deliver it.",
        final_status=UNDELIVERED,
    ),
    Outcome(
        name="rejected",
        number="+12025550102",
        description="Is accepted and ends as REJECTED, never SENT.",
        final_status=REJECTED,
        reaches_sent=False,
    ),
    Outcome(
        name="failed",
        number="+12025550103",
        description="Is accepted and ends as FAILED, never SENT.",
        final_status=FAILED,
        reaches_sent=False,
    ),
    Outcome(
        name="expired",
        number="+12025550104",
        description="Stays SENT until its validity ends, then EXPIRED.",
        final_status=EXPIRED,
        at_end_of_validity=True,
    ),
    Outcome(
        name="stuck",
        number="+12025550105",
        description="Stays QUEUED until its validity ends, then EXPIRED; never SENT.",
        final_status=EXPIRED,
        reaches_sent=False,
        at_end_of_validity=True,
    ),
    Outcome(
        name="slow",
        number="+12025550106",
        description="Is DELIVERED 10 minutes later than usual.",
        extra_seconds=600,
    ),
    Outcome(
        name="refused",
        number="+12025550107",
        description="Is refused within HTTP 200: isSuccessful is false for a single send, the fate in a bulk"
        " is REJECTED; nothing is kept.",
        final_status=REJECTED,
        reaches_sent=False,
        refused=True,
        receipts="none",
    ),
    Outcome(
        name="hidden",
        number="+12025550108",
        description="Is DELIVERED, but its status is not found until 5 seconds after its acceptance.",
        hidden_seconds=5,
    ),
    Outcome(
        name="receipt-twice",
        number="+12025550110",
        description="Is DELIVERED, and each of its receipts comes twice.",
        receipts="twice",
    ),
    Outcome(
        name="receipt-out-of-order",
        number="+12025550111",
        description="Is DELIVERED, and the receipt of that comes before the one of SENT.",
        receipts="out of order",
    ),
    Outcome(
        name="receipt-none",
        number="+12025550112",
        description="Is DELIVERED, and no receipt tells.",
        receipts="none",
    ),
    Outcome(
        name="mixed",
        number="+12025550120",
        description="Is drawn: of 100 messages about 90 are delivered, 5 undelivered, 3 expired, 2 failed.",
        shares=(("delivered", 90), ("undelivered", 5), ("expired", 3), ("failed", 2)),
    ),
)

OUTCOMES: Mapping[str, Outcome] = MappingProxyType({outcome.name: outcome for outcome in _ALL})
