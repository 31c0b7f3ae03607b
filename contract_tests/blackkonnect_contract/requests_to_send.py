"""Right requests of many kinds, drawn by a seed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from blackkonnect_contract.tenant import new_id

if TYPE_CHECKING:
    import random

__all__ = ["DAYS", "TEXTS", "entry", "number", "window"]

DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")

TEXTS = tuple(
    letter * count
    for letter, counts in (
        ("a", (1, 159, 160, 161, 305, 306, 307, 459, 460)),
        ("\u4e16", (1, 69, 70, 71, 133, 134, 135, 201, 202)),
    )
    for count in counts
)
TEXTS += (" Blanks around ", "Two\nlines\n")
"""Texts of one part and of more, on both sides of each bound."""


def number(draw: random.Random) -> str:
    """Return a number, one of few so that some come again."""
    return f"+2332000000{draw.randrange(40):02}"


def entry(draw: random.Random, count: int, now: datetime | None) -> dict[str, Any]:
    """Return a message of a bulk.

    Args:
        draw: Where chance comes from.
        count: To how many destinations it goes.
        now: The gateway's time; none leaves out what depends on time.
    """
    made: dict[str, Any] = {
        "text": draw.choice(TEXTS),
        "destinations": [
            {"destination": number(draw), **({"messageId": new_id()} if draw.random() < 0.5 else {})}  # noqa: PLR2004
            for _ in range(count)
        ],
    }
    if draw.random() < 0.3:  # noqa: PLR2004
        made["priority"] = draw.randrange(10)
    if draw.random() < 0.2:  # noqa: PLR2004
        made["callbackData"] = "campaign=spring"
    if now is not None:
        if draw.random() < 0.4:  # noqa: PLR2004
            zone = draw.choice(
                (UTC, timezone(timedelta(hours=2)), timezone(timedelta(hours=-5, minutes=-30)))
            )
            minutes = draw.choice((1, 59, 300, 1440, 4000))
            made["sendAt"] = (now + timedelta(minutes=minutes)).astimezone(zone).isoformat()
        if draw.random() < 0.4:  # noqa: PLR2004
            made["deliveryTimeWindow"] = window(draw)
        if draw.random() < 0.4:  # noqa: PLR2004
            made["validityPeriodMinutes"] = draw.choice((1, 30, 90, 600, 2879, 2880))
    return made


def window(draw: random.Random) -> dict[str, Any]:
    """Return a window: whole days, a part of them, or past midnight."""
    made: dict[str, Any] = {"days": draw.sample(DAYS, draw.choice((1, 1, 2, 5)))}
    spans = (None, ((8, 0), (17, 30)), ((12, 15), (13, 15)), ((22, 0), (2, 0)), ((23, 30), (6, 45)))
    span = draw.choice(spans)
    if span is not None:
        made["from"], made["to"] = ({"hour": hour, "minute": minute} for hour, minute in span)
    return made
