"""What rules for outcomes and rules for faults are checked for alike."""

import re
from collections.abc import Collection, Mapping
from typing import Any

# What is wrong with a rule as a whole is said of this name.
WHOLE = "rule"

_LONGEST_TENANT = 255
_NAME = re.compile(r"[A-Za-z_]{1,30}", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?", re.ASCII)
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,18}", re.ASCII)


class RuleError(ValueError):
    """A rule makes no sense; its words hold nothing of what was given, which may be somebody's number.

    Attributes:
        field: The field that is wrong; `rule` where it is the rule as a whole.
    """

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field


def read_object(
    content: object, known: Collection[str], needed: Collection[str], error: type[RuleError]
) -> dict[str, Any]:
    """Read a rule from JSON: an object of known fields, where null is the same as leaving a field out.

    Args:
        content: What was given.
        known: The fields that a rule has.
        needed: The fields that must be there.
        error: What to raise.
    """
    if not isinstance(content, Mapping):
        raise error(WHOLE, f"must be an object with the fields {', '.join(known)}")
    for name in content:
        if name not in known:
            raise unknown_field(name, known, error)
    given = {name: value for name, value in content.items() if value is not None}
    for name in needed:
        if name not in given:
            raise error(name, "is needed")
    return given


def unknown_field(name: object, known: Collection[str], error: type[RuleError]) -> RuleError:
    """Make the error of a field that a rule doesn't have."""
    # A name that looks like one is repeated, since it is most likely a misspelt one of ours.
    field = name if isinstance(name, str) and _NAME.fullmatch(name) else WHOLE
    return error(field, f"there is no such field; there is {', '.join(known)}")


def read_number(field: str, text: str, error: type[RuleError]) -> float:
    """Read a number from the command line."""
    if not _NUMBER.fullmatch(text):
        raise error(field, "must be a number, such as 0.1")
    return float(text)


def read_whole_number(field: str, text: str, error: type[RuleError]) -> int:
    """Read a whole number from the command line."""
    if not _WHOLE_NUMBER.fullmatch(text):
        raise error(field, "must be a whole number, such as 3")
    return int(text)


def check_name(field: str, name: object, known: Collection[str], error: type[RuleError]) -> None:
    """Check that a value is one of those that there are."""
    if not isinstance(name, str) or name not in known:
        raise error(field, f"there is no such {field}; there is {', '.join(known)}")


def check_number(field: str, number: object, least: float, most: float, error: type[RuleError]) -> None:
    """Check that a value is a number within its bounds, which are allowed themselves."""
    if isinstance(number, bool) or not isinstance(number, int | float) or not least <= number <= most:
        raise error(field, f"must be a number from {least} to {most}")


def check_whole_number(field: str, number: object, least: int, most: int, error: type[RuleError]) -> None:
    """Check that a value is a whole number within its bounds, which are allowed themselves."""
    if isinstance(number, bool) or not isinstance(number, int) or not least <= number <= most:
        raise error(field, f"must be a whole number from {least} to {most}")


def check_tenant(tenant: object, error: type[RuleError]) -> None:
    """Check that a value may be the name of a tenant; empty is the anonymous one, `None` is everybody."""
    if tenant is None:
        return
    if not isinstance(tenant, str) or len(tenant) > _LONGEST_TENANT:
        raise error("tenant", f"must be a client's id, a text of at most {_LONGEST_TENANT} characters")
    try:
        tenant.encode("utf-8")
    except UnicodeEncodeError:
        raise error("tenant", "must be a text that UTF-8 can write: it holds half of a pair") from None
