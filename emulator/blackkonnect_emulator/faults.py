"""Which faults a request meets: by the rules that were set.

Every rule that matches a request draws for it, whatever the others do. All that fire as `latency` add up,
and of those that fire as `status-lags` the longest counts. Of the others one at most comes about: the
tenant's own rules go first, then those for everybody, both in the order in which they were added. One that
did not come about because of another has not been used up.
"""

from collections.abc import Collection
from typing import NamedTuple

from blackkonnect_emulator.clock import SECOND
from blackkonnect_emulator.fault_kinds import LATENCY, STATUS_LAGS, STATUS_OPERATIONS
from blackkonnect_emulator.fault_rules import FaultError, FaultRule
from blackkonnect_emulator.rule_book import Entry, Held, RuleBook


class Drawn(NamedTuple):
    """The faults that a request meets.

    Attributes:
        latency: For how many seconds of real time it waits first.
        lag: How many milliseconds of the tenant's clock its answer lags behind.
        rule: What else goes wrong, if anything.
    """

    latency: float
    lag: int
    rule: FaultRule | None


NO_FAULT = Drawn(0.0, 0, None)


class Faults:
    """Lets requests fail; used by one event loop, so it needs no lock.

    Args:
        seed: What all draws follow from; `None` for others each time.
        operations: The operationIds of the document.
    """

    def __init__(self, seed: int | str | None, operations: Collection[str]) -> None:
        self._book: RuleBook[FaultRule] = RuleBook(seed, "faults")
        self._operations = tuple(operations)

    @property
    def none(self) -> bool:
        """Whether there is no rule."""
        return not self._book.entries

    def add(self, rule: FaultRule) -> int:
        """Let a rule hold for the requests to come.

        Returns:
            Its number.

        Raises:
            FaultError: The edition has no such operation.
        """
        if rule.operation is not None and rule.operation not in self._operations:
            known = ", ".join(self._operations)
            raise FaultError("operation", f"there is no such operation in this edition; there is {known}")
        return self._book.add(rule).number

    def remove(self, number: int) -> bool:
        """End a rule.

        Returns:
            Whether there was one of this number.
        """
        return self._book.remove(number) is not None

    def clear(self, tenant: str | None = None) -> None:
        """End rules, and let the draws start again.

        Args:
            tenant: Whose own rules to end; `None` for all rules there are, those for everybody included.
        """
        self._book.clear(tenant)

    def rules(self) -> list[Held[FaultRule]]:
        """List the rules, oldest first, each with its number and how often it has come about."""
        return self._book.held()

    def get(self, number: int) -> Held[FaultRule] | None:
        """Find a rule by its number."""
        entry = self._book.get(number)
        return None if entry is None else entry.held()

    def draw(self, tenant: str | None, operation: str) -> Drawn:
        """Draw the faults that a request meets; it costs next to nothing where no rule is set.

        Args:
            tenant: Whose request it is; empty for the anonymous tenant, `None` where it is not known, when
                the rules for everybody alone match.
            operation: The operationId that it asks for.
        """
        if not self._book.entries:
            return NO_FAULT
        latency, lag = 0.0, 0
        rule: FaultRule | None = None
        own = () if tenant is None else self._book.of(tenant)
        for entry in (*own, *self._book.of(None)):
            if not _fires(entry, operation):
                continue
            if entry.rule.kind == LATENCY:
                latency += entry.rule.seconds or 0
            elif entry.rule.kind == STATUS_LAGS:
                lag = max(lag, round((entry.rule.seconds or 0) * SECOND))
            elif rule is None:
                rule = entry.rule
            else:
                continue
            entry.fired += 1
        return Drawn(latency, lag, rule)


def _fires(entry: Entry[FaultRule], operation: str) -> bool:
    rule = entry.rule
    if rule.operation not in (None, operation):
        return False
    if rule.kind == STATUS_LAGS and operation not in STATUS_OPERATIONS:
        return False
    if rule.count is not None and entry.fired >= rule.count:
        return False
    entry.seen += 1
    if entry.seen <= rule.skip:
        return False
    return rule.probability >= 1 or entry.chance.random() < rule.probability
