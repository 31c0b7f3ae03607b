"""Numbers of phones, by ITU-T E.164."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from blackkonnect_sms_api.facts import MSISDN_PATTERN

from blackkonnect_sms.errors import InvalidArgument

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["are_msisdns", "check_msisdn"]

_MSISDN = re.compile(MSISDN_PATTERN.removeprefix("^").removesuffix("$"))


def are_msisdns(values: Sequence[object]) -> bool:
    """Tell whether all are numbers; `check_msisdn` says of one that is none what is wrong.

    Args:
        values: The numbers, as `check_msisdn` takes each.
    """
    try:
        # A pattern of text takes nothing but strings.
        return all(map(_MSISDN.fullmatch, cast("Sequence[str]", values)))
    except TypeError:
        return False


def check_msisdn(value: object, argument: str) -> str:
    """Return the number as it is, or say why it is none.

    Args:
        value: The number, in digits with the country's code, with or without the plus sign.
        argument: The name of the argument that holds it, for the error.

    Returns:
        The same number; the gateway gets it as the caller wrote it.

    Raises:
        InvalidArgument: It is not a string, or no number of ITU-T E.164, clause 6.
    """
    if isinstance(value, str) and _MSISDN.fullmatch(value):
        return value
    raise InvalidArgument(
        argument,
        "must be an E.164 number: 7 to 15 digits that start with the country's code, "
        "with or without a plus sign, as +233200000001",
    )
