"""Reading a form."""

from collections.abc import Container
from urllib.parse import unquote_to_bytes

from blackkonnect_emulator.problems import Problem, in_body, rules_broken


def read(body: bytes, known: Container[str]) -> dict[str, str]:
    """Read an `application/x-www-form-urlencoded` body.

    Args:
        body: The bytes of the request.
        known: The names of the fields that count. One of them that stands twice is refused, and others are
            ignored (RFC 6749, section 3.2).
    """
    fields: dict[str, str] = {}
    for pair in body.split(b"&"):
        if not pair:
            continue
        name_bytes, _, value_bytes = pair.partition(b"=")
        try:
            name = _decode(name_bytes)
            value = _decode(value_bytes)
        except UnicodeDecodeError:
            place = in_body((), "must be UTF-8, percent-encoded")
            raise Problem(400, "The body is not a valid form.", [place]) from None
        if name not in known:
            continue
        if name in fields:
            raise rules_broken([in_body([name], "must be given once")])
        fields[name] = value
    return fields


def _decode(text: bytes) -> str:
    return unquote_to_bytes(text.replace(b"+", b" ")).decode("utf-8")
