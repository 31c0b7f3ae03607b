"""Limits that the document doesn't hold, by name, one file each in `profiles/`."""

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal


@dataclass(frozen=True, slots=True)
class Profile:
    """The limits of a kind of gateway.

    Attributes:
        name: The profile's name, which is its file's.
        furthest_send_at_days: How many days ahead `sendAt` may lie.
        shortest_window_minutes: How long a delivery window is at least.
        longest_validity_minutes: What a longer validity, or none, is cut to.
        most_parts: How many parts a text may need.
        most_body_bytes: How large a body may be.
        duplicate_ids: Whether an id that was used before is refused or accepted again.
        receipt_retries: How often a receipt is tried again before it is given up.
        receipt_retry_minutes: How long after the first attempt at a receipt the first retry is due.
        receipt_retry_growth_minutes: What the square of the number of failed attempts before adds to that.
    """

    name: str
    furthest_send_at_days: int
    shortest_window_minutes: int
    longest_validity_minutes: int
    most_parts: int
    most_body_bytes: int
    duplicate_ids: Literal["refuse", "accept"]
    receipt_retries: int
    receipt_retry_minutes: int
    receipt_retry_growth_minutes: int


def profile_names() -> list[str]:
    """List the profiles that there are."""
    folder = files("blackkonnect_emulator") / "profiles"
    return sorted(
        entry.name.removesuffix(".json") for entry in folder.iterdir() if entry.name.endswith(".json")
    )


def load_profile(name: str) -> Profile:
    """Read a profile.

    Args:
        name: One of `profile_names()`.
    """
    held = json.loads((files("blackkonnect_emulator") / "profiles" / f"{name}.json").read_bytes())
    return Profile(
        name=held["name"],
        furthest_send_at_days=held["furthestSendAtDays"],
        shortest_window_minutes=held["shortestWindowMinutes"],
        longest_validity_minutes=held["longestValidityMinutes"],
        most_parts=held["mostParts"],
        most_body_bytes=held["mostBodyBytes"],
        duplicate_ids=held["duplicateIds"],
        receipt_retries=held["receiptRetries"],
        receipt_retry_minutes=held["receiptRetryMinutes"],
        receipt_retry_growth_minutes=held["receiptRetryGrowthMinutes"],
    )
