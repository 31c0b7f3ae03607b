"""What a gateway asks for beyond what a schema can say.

Each rule is a function from the request to the places where it is broken, empty where it is kept.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from blackkonnect_emulator.clock import DAY
from blackkonnect_emulator.delivery_window import DeliveryWindow
from blackkonnect_emulator.problems import Place, in_body
from blackkonnect_emulator.profile import Profile
from blackkonnect_emulator.timestamps import milliseconds

Path = tuple[str | int, ...]


def send_at_in_reach(entry: Mapping[str, Any], path: Path, now: int, profile: Profile) -> list[Place]:
    """Check that `sendAt` is not too far ahead (Infobip: at most 180 days); a time that is past is fine."""
    latest = now + profile.furthest_send_at_days * DAY
    if "sendAt" in entry and milliseconds(entry["sendAt"]) > latest:
        return [in_body((*path, "sendAt"), f"must be at most {profile.furthest_send_at_days} days ahead")]
    return []


def window_long_enough(entry: Mapping[str, Any], path: Path, profile: Profile) -> list[Place]:
    """Check that the delivery window stays open long enough (Infobip: at least an hour)."""
    given = entry.get("deliveryTimeWindow")
    if given is not None and DeliveryWindow.read(given).minutes < profile.shortest_window_minutes:
        wanted = (
            f"must be at least {profile.shortest_window_minutes} minutes after from; it may pass midnight"
        )
        return [in_body((*path, "deliveryTimeWindow", "to"), wanted)]
    return []


def text_short_enough(needed: int, path: Path, profile: Profile) -> list[Place]:
    """Check that the parts a text needs can be joined (3GPP TS 23.040, clause 9.2.3.24.1: at most 255)."""
    if needed > profile.most_parts:
        return [in_body((*path, "text"), f"must fit into {profile.most_parts} parts; it needs {needed}")]
    return []


def ids_differ(ids: Iterable[tuple[str, Path]], profile: Profile) -> list[Place]:
    """Check that no id stands twice in one request (no page says; a message is found by its id)."""
    if profile.duplicate_ids == "accept":
        return []
    seen: set[str] = set()
    places: list[Place] = []
    for chosen, path in ids:
        if chosen in seen:
            places.append(in_body(path, "must not be the id of another message of this request"))
        seen.add(chosen)
    return places
