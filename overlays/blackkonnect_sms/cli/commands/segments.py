"""``blackkonnect segments``."""

from __future__ import annotations

import unicodedata

import click

from blackkonnect_sms.cli.failures import failures
from blackkonnect_sms.cli.output import Output, json_option
from blackkonnect_sms.cli.text_input import text_from

__all__ = ["command"]


@click.command("segments")
@click.argument("text", required=False)
@json_option
def command(text: str | None, *, as_json: bool) -> None:
    """Tell how TEXT goes over the air: its encoding, its parts, what is left, what forces UCS-2.

    Without TEXT, or with -, it is read from stdin. Nothing is sent and no gateway is asked.
    """
    from blackkonnect_sms._segments import segments  # noqa: PLC0415 - not for --help

    output = Output(as_json=as_json)
    words = text_from(text, "TEXT")
    with failures(output, {"text": "TEXT"}):
        told = segments(words)
    output.write(
        {
            "encoding": told.encoding,
            "count": told.count,
            "left": told.left,
            "parts": [{"used": part.used, "room": part.room, "left": part.left} for part in told.parts],
            "beyondGsm": list(told.beyond_gsm),
        }
    )
    if as_json:
        return
    unit = "septets" if told.encoding == "GSM 03.38" else "16-bit units"
    output.tell(f"Encoding: {told.encoding}")
    output.tell(f"Parts: {told.count}")
    for number, part in enumerate(told.parts, 1):
        output.tell(f"  {number}: {part.used} of {part.room} {unit}")
    output.tell(f"Left in the last: {told.left} {unit}")
    for character in told.beyond_gsm:
        name = unicodedata.name(character, "without a name")
        output.tell(f"Forces UCS-2: {character} U+{ord(character):04X} {name}")
