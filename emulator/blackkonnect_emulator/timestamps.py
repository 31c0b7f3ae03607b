"""Times as RFC 3339 writes them, to and from milliseconds since 1970.

`datetime` is not used for reading: it knows neither the year 0 nor the leap second, both of which
RFC 3339, section 5.6, allows and the document's `date-time` lets through.
"""

import re
from datetime import UTC, datetime, timedelta

from blackkonnect_emulator.clock import MINUTE, SECOND

_FORM = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:[Zz]|([+-])(\d{2}):(\d{2}))",
    re.ASCII,
)
_DAYS_BEFORE_1970 = 719_468
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST = -62_135_596_800_000
_LATEST = 253_402_300_799_999


def _days_since_1970(year: int, month: int, day: int) -> int:
    # The year is taken to start in March, so that the leap day is its last.
    year -= month <= 2  # noqa: PLR2004 - January and February belong to the year before
    era, year_of_era = divmod(year, 400)
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
    return era * 146_097 + day_of_era - _DAYS_BEFORE_1970


def milliseconds(text: str) -> int:
    """Read a time of RFC 3339, section 5.6.

    Args:
        text: A `date-time` that the document's validation let through. A leap second counts as the
            first second after it, and what is finer than a millisecond is cut off.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError("not a time of RFC 3339")
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    fraction, sign, offset_hours, offset_minutes = found.groups()[6:]
    minutes = (_days_since_1970(year, month, day) * 24 + hour) * 60 + minute
    if sign is not None:
        offset = int(offset_hours) * 60 + int(offset_minutes)
        minutes += offset if sign == "-" else -offset
    return minutes * MINUTE + second * SECOND + int(((fraction or "") + "000")[:3])


def rfc3339(time: int) -> str:
    """Write a time as RFC 3339 in UTC with milliseconds.

    Args:
        time: Milliseconds since 1970; what lies outside the years 1 to 9999 is moved to their end.
    """
    return moment(time).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def moment(time: int) -> datetime:
    """Turn a time into Python's form, in UTC.

    Args:
        time: Milliseconds since 1970; what lies outside the years 1 to 9999 is moved to their end.
    """
    return _EPOCH + timedelta(milliseconds=min(max(time, _EARLIEST), _LATEST))
