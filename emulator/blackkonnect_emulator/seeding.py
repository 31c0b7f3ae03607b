"""Data to begin with: tenants, messages, and rules for outcomes and faults."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path as File
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from blackkonnect_emulator import json_body, tenant_setup
from blackkonnect_emulator.fault_rules import FaultRule
from blackkonnect_emulator.given_fields import Given, Path
from blackkonnect_emulator.outcome_rules import OutcomeRule
from blackkonnect_emulator.problems import Place, Problem, in_body
from blackkonnect_emulator.rule_fields import WHOLE, RuleError
from blackkonnect_emulator.tenant_setup import TenantSetup, read_setup

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway

R = TypeVar("R", OutcomeRule, FaultRule)

# What the document gives a message of a bulk alone, a single message alone, and both.
OF_BULKS = ("callbackData", "entityId", "sendAt", "validityPeriodMinutes", "deliveryTimeWindow")
OF_SINGLES = ("referenceId1", "referenceId2", "serviceId", "requestId", "initiatorId")
OF_BOTH = ("priority",)

_FIELDS = ("tenants", "messages", "outcomes", "faults")
_MESSAGE_FIELDS = (
    *("tenant", "destination", "text", "sender", "messageId", "bulkId", "status", "at", "minutesAgo"),
    *(*OF_BOTH, *OF_BULKS, *OF_SINGLES),
)
_LONGEST_TEXT = 100_000
_LONGEST_AGO = 100 * 366 * 24 * 60


class SeedError(ValueError):
    """A seed can't be read or makes no sense.

    Attributes:
        places: What is wrong where, in the form that problem details have.
        used: Whether the reason is that ids were used before.
    """

    def __init__(self, source: str, places: Sequence[Place], *, used: bool = False) -> None:
        first, more = places[0], len(places) - 1
        pointer = first["pointer"].removeprefix("#")
        where = ": ".join(part for part in (source, pointer) if part)
        rest = f" (and {more} more)" if more else ""
        super().__init__(f"{where}: {first['detail']}{rest}" if where else f"{first['detail']}{rest}")
        self.places = places
        self.used = used


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedMessage:
    """A message to put in.

    Attributes:
        given: Where it was read from.
        tenant: Whose; `None` for the first client of the settings.
        destination: Where it goes.
        text: What it says.
        sender: Who it is from.
        message_id: Its id.
        bulk_id: The bulk that it belongs to, if any.
        status: A status that it has reached already.
        at: When it was accepted, in milliseconds.
        minutes_ago: The same, before the time of its tenant's clock.
        details: Its other fields, as the document names them.
    """

    given: Given = field(repr=False)
    tenant: str | None
    destination: object = field(repr=False)
    text: object = field(repr=False)
    sender: object
    message_id: object
    bulk_id: object
    status: str | None
    at: int | None
    minutes_ago: float | None
    details: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """Data to put in; made by `read_seed` or `read_seed_file`."""

    source: str
    tenants: Sequence[tuple[Given, TenantSetup]]
    messages: Sequence[SeedMessage]
    outcomes: Sequence[OutcomeRule]
    faults: Sequence[tuple[Given, FaultRule]]


class Seeded(NamedTuple):
    """What was put in.

    Attributes:
        tenants: How many tenants were made or changed.
        messages: How many messages were taken; one that its number lets be refused was not.
        outcomes: How many rules for outcomes were added.
        faults: How many rules for faults were added.
        secrets: The secrets that were made, by the tenants' names; they are not told again.
    """

    tenants: int
    messages: int
    outcomes: int
    faults: int
    secrets: dict[str, str]


def read_seed_file(path: str | File) -> Seed:
    """Read a seed from a file of JSON.

    Args:
        path: The file.

    Raises:
        SeedError: It is not there, no JSON, or a field makes no sense; in one line.
    """
    source = str(path)
    try:
        raw = File(path).read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is not the name of a file"
        raise SeedError(source, [in_body((), reason or "can't be read")]) from error
    try:
        # Whose file it is, its memory is too.
        content = json_body.read(raw, most_values=len(raw))
    except Problem as problem:
        raise SeedError(source, problem.places) from None
    return read_seed(content, source)


def read_seed(content: object, source: str = "") -> Seed:
    """Read a seed.

    Args:
        content: An object with `tenants`, `messages`, `outcomes` and `faults`, each a list that may be left
            out.
        source: The name of where it is from, which errors begin with.

    Raises:
        SeedError: A field makes no sense.
    """
    given = Given(content, _FIELDS)
    places = given.places
    tenants: list[tuple[Given, TenantSetup]] = []
    for path, item in given.items("tenants"):
        one = Given(item, ("name", *tenant_setup.FIELDS), path, places)
        tenants.append((one, read_setup(one, one.text("name", needed=True) or "")))
    messages = [
        _message(Given(item, _MESSAGE_FIELDS, path, places)) for path, item in given.items("messages")
    ]
    outcomes = [_rule(OutcomeRule, item, path, places) for path, item in given.items("outcomes")]
    faults = [
        (Given({}, (), path), _rule(FaultRule, item, path, places)) for path, item in given.items("faults")
    ]
    if places:
        raise SeedError(source, places)
    return Seed(
        source=source,
        tenants=tenants,
        messages=messages,
        outcomes=[rule for rule in outcomes if rule is not None],
        faults=[(one, rule) for one, rule in faults if rule is not None],
    )


def _rule(kind: type[R], item: object, path: Path, places: list[Place]) -> R | None:
    try:
        return kind.from_json(item)
    except RuleError as error:
        places.append(rule_place(error, path))
        return None


def rule_place(error: RuleError, path: Sequence[str | int] = ()) -> Place:
    """Name the place of a rule's error.

    Args:
        error: The error.
        path: Where the rule stands in the body.
    """
    names = () if error.field == WHOLE else (error.field,)
    return in_body((*path, *names), str(error).partition(": ")[2])


def _message(given: Given) -> SeedMessage:
    for name in ("destination", "text"):
        if name not in given:
            given.wrong(name, "is needed")
    if "bulkId" in given:
        known, alien, told = OF_BULKS, OF_SINGLES, "is nothing that a message of a bulk has"
    else:
        known, alien, told = OF_SINGLES, OF_BULKS, "goes with bulkId alone"
    for name in alien:
        if name in given:
            given.wrong(name, told)
    if "at" in given and "minutesAgo" in given:
        given.wrong("minutesAgo", "says the same as at; leave one of them out")
    details = {name: given.any(name) for name in (*OF_BOTH, *known) if name in given}
    return SeedMessage(
        given=given,
        tenant=given.text("tenant", least=0),
        # The document tells what these may hold.
        destination=given.any("destination"),
        text=given.text("text", longest=_LONGEST_TEXT),
        sender=given.any("sender"),
        message_id=given.any("messageId"),
        bulk_id=given.any("bulkId"),
        status=given.text("status"),
        at=given.time("at"),
        minutes_ago=given.number("minutesAgo", 0, _LONGEST_AGO),
        details=details,
    )


async def apply(gateway: "Gateway", seed: Seed) -> Seeded:
    """Put a seed in: all of it, or nothing where a part of it doesn't fit.

    Args:
        gateway: Where.
        seed: What.

    Raises:
        SeedError: Something breaks a rule of the document or of the gateway, or an id was used before.
    """
    # What this needs takes its time to import, and most emulators are not seeded.
    from blackkonnect_emulator.seed_storing import store_seed  # noqa: PLC0415 - the reason above

    return await store_seed(gateway, seed)
