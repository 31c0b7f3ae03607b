"""Reading JSON, strictly.

orjson refuses what RFC 8259 refuses: lone surrogates, bad UTF-8, a byte order mark, NaN, numbers
beyond a double, control characters, nesting beyond a thousand. It keeps the last of two members of
the same name, which RFC 8259, section 4, leaves open: a sender would never learn which one counted,
so that is refused here.
"""

import json
import re
from itertools import islice
from typing import Any

import orjson

from blackkonnect_emulator.problems import Problem, in_body, rules_broken

# Far more than any request needs, and less than what the validation can go down.
_DEEPEST = 100
# Each takes up to a hundred times its bytes of memory. The largest bulk within the infobip profile's 4 MiB,
# of numbers as short as can be, has 335,000.
MOST_VALUES = 350_000
# Possessive, for what could be gone back to would take a hundred times the memory of the body.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
# It ends where nothing is found too, also within a string: what has not been parsed yet may be anything, and
# to search again from each place in it would take forever.
_BEFORE_VALUE = re.compile(rb'(?:[^",\[{]++|"(?:[^"\\]++|\\.?)*+(?:"|\Z))*+(?:[,\[{]|\Z)', re.DOTALL)


class _RepeatedName(Exception):
    pass


def read(body: bytes, most_values: int = MOST_VALUES) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Read a JSON text.

    Args:
        body: The bytes of the request.
        most_values: How many values it may hold, about.
    """
    if not body:
        raise Problem(400, "The request needs a body.", [in_body((), "must not be empty")])
    if len(body) > most_values and _has_more_values(body, most_values):
        raise Problem(413, f"The body may hold at most {most_values} values.")
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        place = in_body(
            (), f"must be valid JSON; reading it stopped at line {error.lineno}, column {error.colno}"
        )
        raise Problem(400, "The body is not valid JSON.", [place]) from None
    if type(content) is dict and body.count(b":") == len(content) and b"[" not in body:
        # An object of values alone, each of another name, is what most requests are.
        return content
    members, depth = _measure(content)
    if depth > _DEEPEST:
        raise rules_broken([in_body((), f"must not be nested more than {_DEEPEST} deep")])
    # Outside of strings a colon stands in each member of an object and nowhere else. To leave the strings
    # out takes its time, and is not needed where there are no more colons than members.
    if body.count(b":") != members and _STRING.sub(b"", body).count(b":") != members:
        raise rules_broken([in_body([_repeated_name(body)], "must not stand twice in one object")])
    return content


def _has_more_values(body: bytes, most: int) -> bool:
    """Tell it before they take memory: each stands behind a comma or bracket that is not in a string."""
    if sum(body.count(sign) for sign in (b",", b"[", b"{")) <= most:
        return False
    return next(islice(_BEFORE_VALUE.finditer(body), most, None), None) is not None


def _measure(content: Any) -> tuple[int, int]:  # noqa: ANN401 - whatever JSON can hold
    """Count the members of all objects, and the levels of nesting."""
    members = depth = 0
    level = [content]
    while level:
        depth += 1
        below: list[Any] = []
        for node in level:
            if type(node) is dict:
                members += len(node)
                below.extend(node.values())
            elif type(node) is list:
                below.extend(node)
        level = below
    return members, depth


def _repeated_name(body: bytes) -> str:
    def pairs(members: list[tuple[str, object]]) -> None:
        seen: set[str] = set()
        for name, _ in members:
            if name in seen:
                raise _RepeatedName(name)
            seen.add(name)

    try:
        json.loads(body, object_pairs_hook=pairs)
    except _RepeatedName as found:
        return str(found)
    except RecursionError:
        pass
    return ""
