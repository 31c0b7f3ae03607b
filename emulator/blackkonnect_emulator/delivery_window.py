"""When in the week a message may be delivered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from blackkonnect_emulator.clock import DAY, MINUTE
from blackkonnect_emulator.document import Document, DocumentError

_WEEK = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_MINUTES_A_DAY = 24 * 60
# 1970-01-01 was a Thursday.
_FIRST_WEEKDAY = 3


def check(document: Document) -> None:
    """Make sure that the document and this table know the same days."""
    known = document.content["components"]["schemas"]["Weekday"]["enum"]
    if set(known) != set(_WEEK):
        raise DocumentError(f"the days of the document are not {', '.join(_WEEK)}")


@dataclass(frozen=True, slots=True)
class DeliveryWindow:
    """A part of some days of the week, in UTC.

    Attributes:
        days: The days on which it opens, Monday being 0.
        opens: The minute of the day at which it opens.
        minutes: For how many minutes it stays open; it may pass midnight, into a day that is not listed.
    """

    days: frozenset[int]
    opens: int
    minutes: int

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "DeliveryWindow":
        """Read a `deliveryTimeWindow` that fits the document.

        Args:
            given: It. Without `from` and `to` it is open all day; with `to` before `from` it passes midnight.
        """
        days = frozenset(_WEEK.index(day) for day in given["days"])
        if "from" not in given:
            return cls(days, 0, _MINUTES_A_DAY)
        opens, closes = _minute(given["from"]), _minute(given["to"])
        return cls(days, opens, (closes - opens) % _MINUTES_A_DAY)

    def next_open(self, time: int) -> int:
        """Tell when it is open first, from a time on; the moment at which it closes is outside.

        Args:
            time: In milliseconds.
        """
        today = time // DAY
        for day in range(today - 1, today + 8):
            if (day + _FIRST_WEEKDAY) % 7 in self.days:
                opening = day * DAY + self.opens * MINUTE
                if time < opening + self.minutes * MINUTE:
                    return max(time, opening)
        raise ValueError("a window that is open on no day or for no time")


def _minute(given: Mapping[str, Any]) -> int:
    return int(given["hour"]) * 60 + int(given["minute"])
