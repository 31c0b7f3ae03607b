"""A rule that gives the messages to some numbers an outcome."""

import re
from dataclasses import dataclass, field
from typing import Any

from blackkonnect_emulator.outcome_kinds import OUTCOMES
from blackkonnect_emulator.rule_fields import (
    RuleError,
    check_name,
    check_number,
    check_tenant,
    read_number,
    read_object,
)

_FIELDS = ("pattern", "outcome", "probability", "tenant")
# ITU-T E.164, clause 6: at most 15 digits, the first of which is not 0. The document asks the same.
_PATTERN = re.compile(r"\*|\+?[1-9][0-9]{0,14}\*|\+?[1-9][0-9]{6,14}", re.ASCII)


class OutcomeError(RuleError):
    """A rule for outcomes makes no sense."""


@dataclass(frozen=True, slots=True)
class OutcomeRule:
    """A rule that gives the messages to some numbers an outcome.

    Args:
        pattern: A number by ITU-T E.164, the beginning of one with `*` behind it, or `*` for any. The plus
            sign may be left out, and is there when one looks.
        outcome: The name of one of `OUTCOMES`.
        probability: With which chance the rule holds for a message, 0 to 1.
        tenant: Whose messages it is for; `None` for everybody's, empty for the anonymous tenant's.

    Raises:
        OutcomeError: A field makes no sense.
    """

    pattern: str = field(repr=False)
    outcome: str
    probability: float = 1.0
    tenant: str | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.pattern, str) or not _PATTERN.fullmatch(self.pattern):
            wanted = "must be a number of 7 to 15 digits, the beginning of one and *, or * alone"
            raise OutcomeError("pattern", wanted)
        if self.pattern[0] not in "+*":
            # One spelling, so that two rules for the same numbers are seen to be so.
            object.__setattr__(self, "pattern", f"+{self.pattern}")
        check_name("outcome", self.outcome, OUTCOMES, OutcomeError)
        check_number("probability", self.probability, 0, 1, OutcomeError)
        check_tenant(self.tenant, OutcomeError)

    @classmethod
    def parse(cls, text: str) -> "OutcomeRule":
        """Read a rule as the command line has it.

        Args:
            text: `PATTERN=OUTCOME`, behind it perhaps `:PROBABILITY` and then `@TENANT`, such as
                `+23320*=failed:0.1`.

        Raises:
            OutcomeError: It can't be read, or a field makes no sense.
        """
        pattern, equals, rest = text.partition("=")
        if not equals:
            raise OutcomeError("outcome", "must follow the numbers, such as +23320*=failed")
        rest, at, tenant = rest.partition("@")
        outcome, colon, probability = rest.partition(":")
        return cls(
            pattern,
            outcome,
            read_number("probability", probability, OutcomeError) if colon else 1.0,
            tenant if at else None,
        )

    @classmethod
    def from_json(cls, content: object) -> "OutcomeRule":
        """Read a rule as the control API has it.

        Args:
            content: An object with `pattern` and `outcome`, perhaps `probability` and `tenant`.

        Raises:
            OutcomeError: It is something else, or a field makes no sense.
        """
        return cls(**read_object(content, _FIELDS, ("pattern", "outcome"), OutcomeError))

    def to_text(self) -> str:
        """Write the rule as `parse` reads it."""
        chance = "" if self.probability == 1 else f":{self.probability!r}"
        tenant = "" if self.tenant is None else f"@{self.tenant}"
        return f"{self.pattern}={self.outcome}{chance}{tenant}"

    def to_json(self) -> dict[str, Any]:
        """Write the rule as `from_json` reads it."""
        written: dict[str, Any] = {
            "pattern": self.pattern,
            "outcome": self.outcome,
            "probability": self.probability,
        }
        return written if self.tenant is None else {**written, "tenant": self.tenant}
