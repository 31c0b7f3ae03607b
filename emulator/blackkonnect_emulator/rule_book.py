"""The rules that hold, each with its number and with chance of its own.

Everything runs in one event loop, the control API included, and nothing here waits: no lock is needed.
"""

import secrets
from collections.abc import Sequence
from random import Random
from typing import Generic, NamedTuple, Protocol, TypeVar

_BITS = 128


class Rule(Protocol):
    """What a rule of the book tells of itself."""

    @property
    def tenant(self) -> str | None:
        """Whose requests it is for; `None` for everybody's."""
        ...


R = TypeVar("R", bound=Rule)


class Held(NamedTuple, Generic[R]):
    """A rule as a list shows it.

    Attributes:
        number: Its number, which no other rule of the book has or will have.
        rule: The rule.
        fired: How often it has fired.
    """

    number: int
    rule: R
    fired: int


class Entry(Generic[R]):
    """A rule, and what has come of it so far.

    Args:
        number: Its number.
        rule: The rule.
        chance: Where its draws come from, and no other rule's.

    Attributes:
        seen: How many requests matched it.
        fired: How often it has fired.
    """

    __slots__ = ("chance", "fired", "number", "rule", "seen")

    def __init__(self, number: int, rule: R, chance: Random) -> None:
        self.number = number
        self.rule = rule
        self.chance = chance
        self.seen = 0
        self.fired = 0

    def held(self) -> Held[R]:
        """Show it."""
        return Held(self.number, self.rule, self.fired)


class RuleBook(Generic[R]):
    """The rules that hold, apart for each tenant.

    The draws of a rule follow from the seed, from the how-manieth rule it is among those of its tenant (or
    among everybody's) since they were last cleared, and from how often it was asked. So other rules, and
    other tenants' rules, change nothing in them, and a test that fails by chance fails alone as well.

    Args:
        seed: What all draws follow from; `None` for others each time.
        purpose: What the draws are for, so that two books of one seed differ.

    Attributes:
        entries: All rules by their numbers, oldest first; to be read alone.
    """

    def __init__(self, seed: int | str | None, purpose: str) -> None:
        self._seed = secrets.randbits(_BITS) if seed is None else seed
        self._purpose = purpose
        self.entries: dict[int, Entry[R]] = {}
        self._of: dict[str | None, list[Entry[R]]] = {}
        self._added: dict[str | None, int] = {}
        self._latest = 0

    def chance(self, *key: object) -> Random:
        """Start a stream of draws.

        Args:
            key: What it is for: the same key gives the same draws.
        """
        # Nobody is kept out by these draws. CPython promises that a seed gives the same ones in each version.
        return Random(repr((self._seed, self._purpose, *key)))  # noqa: S311 - the reason above

    def add(self, rule: R) -> Entry[R]:
        """Let a rule hold from now on."""
        ordinal = self._added.get(rule.tenant, 0) + 1
        self._added[rule.tenant] = ordinal
        self._latest += 1
        # Not the tenant's name: a test's tenant may be called otherwise each time.
        chance = self.chance("everybody" if rule.tenant is None else "tenant", ordinal)
        entry = Entry(self._latest, rule, chance)
        self.entries[entry.number] = entry
        self._of.setdefault(rule.tenant, []).append(entry)
        return entry

    def get(self, number: int) -> Entry[R] | None:
        """Find a rule by its number."""
        return self.entries.get(number)

    def of(self, tenant: str | None) -> Sequence[Entry[R]]:
        """List the rules that are a tenant's own, oldest first; those for everybody with `None`."""
        return self._of.get(tenant, ())

    def remove(self, number: int) -> Entry[R] | None:
        """End a rule.

        Returns:
            What had come of it; `None` where there is none of this number.
        """
        entry = self.entries.pop(number, None)
        if entry is not None:
            own = self._of[entry.rule.tenant]
            own.remove(entry)
            if not own:
                del self._of[entry.rule.tenant]
        return entry

    def clear(self, tenant: str | None = None) -> None:
        """End rules, and let their draws start again.

        Args:
            tenant: Whose own to end; `None` for all rules there are, those for everybody included.
        """
        if tenant is None:
            self.entries.clear()
            self._of.clear()
            self._added.clear()
            return
        for entry in self._of.pop(tenant, ()):
            del self.entries[entry.number]
        self._added.pop(tenant, None)

    def held(self) -> list[Held[R]]:
        """List all rules, oldest first."""
        return [entry.held() for entry in self.entries.values()]
