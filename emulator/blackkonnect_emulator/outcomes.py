"""Which outcome a message gets: by the rules that were set, then by its number.

In this order, and the first rule that holds for the message decides:

1. The tenant's own rules; then those for everybody.
2. Of these the one with the longest pattern first: a number, then beginnings, then `*`.
3. Of rules with the same pattern the newest first.
4. Where no rule holds, the numbers of `OUTCOMES`.
5. Any other number has no outcome forced on it.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from random import Random

from blackkonnect_emulator.outcome_kinds import OUTCOMES, Outcome
from blackkonnect_emulator.outcome_rules import OutcomeRule
from blackkonnect_emulator.rule_book import Entry, Held, RuleBook

_Entry = Entry[OutcomeRule]
_MAGIC: Mapping[str, Outcome] = {
    number: outcome
    for outcome in OUTCOMES.values()
    for number in (outcome.number, outcome.number.removeprefix("+"))
}


class _Patterns:
    """The rules of one tenant, or those for everybody, by their patterns.

    A number has few beginnings, so that finding its rules takes no longer the more rules there are.
    """

    __slots__ = ("_entries", "_lengths")

    def __init__(self) -> None:
        self._entries: dict[str, list[_Entry]] = {}
        self._lengths: list[int] = []

    def add(self, entry: _Entry) -> None:
        pattern = entry.rule.pattern
        self._entries.setdefault(pattern, []).insert(0, entry)
        if pattern[-1] == "*":
            self._lengths = sorted({*self._lengths, len(pattern) - 1}, reverse=True)

    def remove(self, entry: _Entry) -> bool:
        """Tell whether any rule is left, too."""
        pattern = entry.rule.pattern
        self._entries[pattern].remove(entry)
        if not self._entries[pattern]:
            del self._entries[pattern]
            lengths = {len(known) - 1 for known in self._entries if known[-1] == "*"}
            self._lengths = sorted(lengths, reverse=True)
        return bool(self._entries)

    def matching(self, number: str) -> Iterator[_Entry]:
        yield from self._entries.get(number, ())
        for length in self._lengths:
            if length <= len(number):
                yield from self._entries.get(f"{number[:length]}*", ())


class Outcomes:
    """Gives messages their outcomes; used by one event loop, so it needs no lock.

    Args:
        seed: What all draws follow from; `None` for others each time.
    """

    def __init__(self, seed: int | str | None = None) -> None:
        self._book: RuleBook[OutcomeRule] = RuleBook(seed, "outcomes")
        self._patterns: dict[str | None, _Patterns] = {}
        self._magic_chances: dict[str, Random] = {}

    def add(self, rule: OutcomeRule) -> int:
        """Let a rule hold for the messages to come.

        Returns:
            Its number.
        """
        entry = self._book.add(rule)
        self._patterns.setdefault(rule.tenant, _Patterns()).add(entry)
        return entry.number

    def remove(self, number: int) -> bool:
        """End a rule.

        Returns:
            Whether there was one of this number.
        """
        entry = self._book.remove(number)
        if entry is None:
            return False
        if not self._patterns[entry.rule.tenant].remove(entry):
            del self._patterns[entry.rule.tenant]
        return True

    def clear(self, tenant: str | None = None) -> None:
        """End rules, and let the draws start again.

        Args:
            tenant: Whose own rules to end; `None` for all rules there are, those for everybody included.
        """
        self._book.clear(tenant)
        if tenant is None:
            self._patterns.clear()
            self._magic_chances.clear()
        else:
            self._patterns.pop(tenant, None)
            self._magic_chances.pop(tenant, None)

    def rules(self) -> list[Held[OutcomeRule]]:
        """List the rules, oldest first, each with its number and how often it has held."""
        return self._book.held()

    def get(self, number: int) -> Held[OutcomeRule] | None:
        """Find a rule by its number."""
        entry = self._book.get(number)
        return None if entry is None else entry.held()

    def draw(self, tenant: str, destination: str) -> Outcome | None:
        """Give a message its outcome.

        Args:
            tenant: Whose message it is; empty for the anonymous tenant.
            destination: Where it goes, with or without the plus sign.

        Returns:
            What becomes of it, never one that has `shares`; `None` where nothing is forced on it.
        """
        if self._patterns:
            for entry in self._matching(tenant, destination):
                probability = entry.rule.probability
                if probability < 1 and entry.chance.random() >= probability:
                    continue
                entry.fired += 1
                return _drawn(OUTCOMES[entry.rule.outcome], entry.chance)
        outcome = _MAGIC.get(destination)
        if outcome is None or not outcome.shares:
            return outcome
        chance = self._magic_chances.get(tenant)
        if chance is None:
            chance = self._magic_chances[tenant] = self._book.chance("number")
        return _drawn(outcome, chance)

    def special(self, tenant: str, destinations: Sequence[str]) -> dict[int, Outcome]:
        """Give the messages of a request their outcomes, in their order.

        It costs next to nothing where no rule is set and no number is one of `OUTCOMES`.

        Args:
            tenant: Whose messages they are; empty for the anonymous tenant.
            destinations: Where they go, with or without the plus sign.

        Returns:
            The outcome of each message that has one forced on it, by its place among the destinations.
        """
        rules = self._patterns
        if not (rules and (tenant in rules or None in rules)) and _MAGIC.keys().isdisjoint(destinations):
            return {}
        drawn = ((place, self.draw(tenant, number)) for place, number in enumerate(destinations))
        return {place: outcome for place, outcome in drawn if outcome is not None}

    def _matching(self, tenant: str, destination: str) -> Iterator[_Entry]:
        number = f"+{destination.removeprefix('+')}"
        for owner in (tenant, None):
            patterns = self._patterns.get(owner)
            if patterns is not None:
                yield from patterns.matching(number)


def _drawn(outcome: Outcome, chance: Random) -> Outcome:
    if not outcome.shares:
        return outcome
    # Of all draws only `random` is promised to be the same in each version of Python.
    point = chance.random() * sum(share for _, share in outcome.shares)
    ends = accumulate(share for _, share in outcome.shares)
    return next(OUTCOMES[name] for (name, _), end in zip(outcome.shares, ends, strict=True) if point < end)
