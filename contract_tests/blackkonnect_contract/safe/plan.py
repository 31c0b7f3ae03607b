"""What a run is going to do, told before it does anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from blackkonnect_contract.safe.bodies import MOST_PARTS
from blackkonnect_contract.safe.guard import MOST_TOKENS
from blackkonnect_contract.safe.kinds import Kinds
from blackkonnect_contract.safe.requests import bad_tokens, is_bulk, wrong_requests

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from blackkonnect_contract.document import Document
    from blackkonnect_contract.safe.limits import Limits

__all__ = ["FEWEST_IN_BULK", "MOST_IN_BULK", "Plan", "Step", "plan"]

FEWEST_IN_BULK: Final = 3
"""With fewer destinations there is no second page of two."""
MOST_IN_BULK: Final = 5

_LEFT_OUT = {
    "hostile bytes": "a gateway that fails by them fails for all its users",
    "floods": "they could use up what the account may ask, and hold up others",
    "forged tokens": "many refused tokens could lock the account",
    "bodies that are no JSON": "nobody can tell beforehand what a gateway would read in them",
    "methods that a path has not": "a gateway that takes one could delete or change something",
    f"texts of more than {MOST_PARTS} parts": "each part is charged, should the gateway take them",
    "sends at a later time": "they would leave after the run, when nobody counts",
    "clocks and expiry": "the time of a real gateway can't be moved",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the run.

    Attributes:
        name: Its name.
        says: What it does.
        operations: The operations that it asks for.
        sends: To how many destinations it could cause something to be sent, whatever the gateway does.
        requests: In how many requests that may send.
    """

    name: str
    says: str
    operations: tuple[str, ...]
    sends: int = 0
    requests: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is going to do.

    Attributes:
        gateway: The gateway's address.
        edition: The edition of the document.
        limits: What the user allows.
        steps: The steps in their order, which is that of their weight as well: the last is dropped first.
        dropped: What there are too few sends for, and how many it takes.
        skipped: What is not done at all, and why.
    """

    gateway: str
    edition: str
    limits: Limits
    steps: Sequence[Step]
    dropped: Mapping[str, str]
    skipped: Mapping[str, str]

    @property
    def sends(self) -> int:
        """To how many destinations something could be sent at most."""
        return sum(step.sends for step in self.steps)

    @property
    def requests(self) -> int:
        """In how many requests that may send."""
        return sum(step.requests for step in self.steps)

    def lines(self) -> list[str]:
        """Return it in words, numbers shortened."""
        limits = self.limits
        shown = ", ".join(limits.shown(place) for place in range(1, len(limits.numbers) + 1))
        seconds = max(0, self.requests - 1) * limits.seconds_between
        told = [
            f"Gateway {self.gateway}, edition {self.edition}",
            f"At most {self.sends} sends of {limits.max_sends} allowed, to {shown} and nobody else.",
            f"{self.requests} requests may send, {limits.rate:g} a second at most: {seconds:.0f} s or more.",
            "A request that has to be refused is counted as well: a faulty gateway could take it.",
            f"At most {MOST_TOKENS} requests for tokens; no request is repeated, no redirect followed.",
            "Steps:",
        ]
        for number, step in enumerate(self.steps, 1):
            count = f"at most {step.sends} sends" if step.sends else "no sends"
            told.append(f"  {number}. {step.name}: {step.says} ({count}; {', '.join(step.operations)})")
        for title, held in (("Dropped, the last first:", self.dropped), ("Left out:", self.skipped)):
            told += [title] if held else []
            told += [f"  {what}: {why}" for what, why in held.items()]
        return told


def plan(document: Document, limits: Limits, *, gateway: str = "", has_other: bool = False) -> Plan:
    """Make the plan of a run.

    Args:
        document: The edition's document.
        limits: What the user allows.
        gateway: The gateway's address.
        has_other: Whether there is a second client, to whom the first one's messages must not be shown.
    """
    kinds = Kinds(document)
    skipped = {f"operation {name}": why for name, why in kinds.harmful.items()} | _LEFT_OUT
    if not has_other:
        skipped["what another client sees"] = "there is no second client"
    wanted, partly = _wanted(document, kinds, limits, skipped)
    tokens, reading = tuple(kinds.tokens), tuple(kinds.reading)
    steps = [
        Step("token", "right credentials, and wrong ones once", tokens),
        Step("reading", "ids that are unknown or wrong, no token, a wrong token", reading),
    ]
    dropped: dict[str, str] = {}
    left = limits.max_sends
    for step in wanted:
        if step.name in partly:
            kept = _first(partly[step.name], left)
            if len(kept) < len(partly[step.name]):
                all_of = len(partly[step.name])
                why = f"{all_of - len(kept)} of {all_of} requests; all take {step.sends} sends"
                dropped[step.name] = why
            if not kept:
                continue
            step = Step(step.name, step.says, step.operations, sum(kept), len(kept))  # noqa: PLW2901 - a smaller one
        elif step.sends > left:
            dropped[step.name] = f"it takes {step.sends} sends, and {left} are left"
            continue
        left -= step.sends
        steps.append(step)
    sends = {step.name for step in steps if step.sends}
    if sends & {"message", "bulk"}:
        if has_other:
            steps.append(Step("other client", "what was sent is not shown to it", (*tokens, *reading)))
        steps.append(Step("fates", "the status of each message, until it is final or time is over", reading))
    return Plan(gateway, document.edition, limits, tuple(steps), dict(reversed(dropped.items())), skipped)


def _wanted(
    document: Document, kinds: Kinds, limits: Limits, skipped: dict[str, str]
) -> tuple[list[Step], dict[str, list[int]]]:
    reading = tuple(kinds.reading)
    bulks = {name: is_bulk(document, operation) for name, operation in kinds.sending.items()}
    first = [
        Step("message", "one send with every field, and its status", (name, *reading), 1, 1)
        for name, many in bulks.items()
        if not many
    ]
    count = min(max(len(limits.numbers), FEWEST_IN_BULK), MOST_IN_BULK)
    first += [
        Step("bulk", f"one bulk to {count} destinations, its statuses and pages", (name, *reading), count, 1)
        for name, many in bulks.items()
        if many
    ]
    first += [
        Step(f"{name} unauthorized", f"{' and '.join(held)}: refused", (name,), len(held), len(held))
        for name, operation in kinds.sending.items()
        if (held := list(bad_tokens(operation)))
    ]
    last, partly = [], {}
    for name in kinds.sending:
        wrong, unsafe = wrong_requests(document, name, limits.numbers)
        title = f"{name} refuses"
        partly[title] = [one.sends for one in wrong]
        last.append(Step(title, "wrong fields, one at a time", (name,), sum(partly[title]), len(wrong)))
        if unsafe:
            why = "they hold what could be a number, a long text or many destinations"
            skipped[f"{unsafe} wrong requests to {name}"] = why
    return first + last, partly


def _first(sends: list[int], left: int) -> list[int]:
    """Return as many of the first as there are sends for."""
    kept: list[int] = []
    for one in sends:
        if sum(kept) + one > left:
            break
        kept.append(one)
    return kept
