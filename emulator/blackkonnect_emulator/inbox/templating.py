"""The templates of the page, and how they write what they are given."""

import json
import zlib
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from blackkonnect_emulator.clock import DAY
from blackkonnect_emulator.inbox.assets import address
from blackkonnect_emulator.inbox.harmless import harmless
from blackkonnect_emulator.inbox.icons import icon
from blackkonnect_emulator.segmentation import beyond_gsm, split
from blackkonnect_emulator.timestamps import moment, rfc3339

_COLOURS = 8
_LONGEST_BODY = 64 * 1024


def environment() -> Environment:
    """Make the environment of the templates: everything they show is made harmless and escaped."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=harmless,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals.update(asset=address, icon=icon, split=split, beyond_gsm=beyond_gsm)
    made.filters.update(
        rfc3339=rfc3339,
        day=day,
        time=time_of_day,
        colour=colour,
        values=values,
        body=body,
        length=length,
        short=short,
    )
    return made


def time_of_day(time: int) -> str:
    """Write the time of the day in UTC, to the second."""
    return rfc3339(time)[11:19]


def day(time: int) -> str:
    """Write a day in UTC, such as `Mon, 2 March 2026`."""
    then = moment(time)
    return f"{then:%a}, {then.day} {then:%B %Y}"


def short(time: int, now: int) -> str:
    """Write when something was: the time of the day, or the day where that is not today.

    Args:
        time: When it was.
        now: When it is looked at.
    """
    if time // DAY == now // DAY:
        return time_of_day(time)
    then = moment(time)
    return f"{then.day} {then:%b}"


def length(milliseconds: int) -> str:
    """Write how long something takes, such as `1 h 20 min`."""
    if milliseconds < 1000:  # noqa: PLR2004 - a second
        return f"{milliseconds} ms"
    seconds = milliseconds / 1000
    if seconds < 60:  # noqa: PLR2004 - a minute
        return f"{seconds:.1f}".removesuffix(".0") + " s"
    minutes = round(seconds / 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    given = ((days, "d"), (hours, "h"), (minutes, "min"))
    return " ".join(f"{amount} {unit}" for amount, unit in given if amount)


def colour(text: str) -> int:
    """Choose one of the colours for a name; always the same one."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) % _COLOURS


def values(parameters: dict[str, str]) -> str:
    """Write parameters as the JSON of `hx-vals`, where no name can mean code."""
    return json.dumps(parameters)


def body(content: bytes) -> str:
    """Write a body for people: JSON with indents, and anything else as text."""
    text = content.decode("utf-8", "replace")
    if len(content) > _LONGEST_BODY:
        return text
    try:
        parsed: Any = json.loads(text)
        return json.dumps(parsed, indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return text
