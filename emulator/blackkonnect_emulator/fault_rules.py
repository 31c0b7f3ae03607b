"""A rule that lets some requests fail."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from blackkonnect_emulator.fault_kinds import (
    EVERY_KIND_TAKES,
    FAULTS,
    MOST_REQUESTS,
    MOST_SECONDS,
    PARAMETERS,
    RATE_LIMITED,
    STATUS_LAGS,
    STATUS_OPERATIONS,
)
from blackkonnect_emulator.rule_fields import (
    RuleError,
    check_name,
    check_number,
    check_tenant,
    check_whole_number,
    read_number,
    read_object,
    read_whole_number,
    unknown_field,
)

_FIELDS = ("kind", *PARAMETERS)
_DEFAULT_RETRY_AFTER = 1
_OPERATION = re.compile(r"[A-Za-z][A-Za-z0-9]{0,99}", re.ASCII)


class FaultError(RuleError):
    """A rule for faults makes no sense."""


@dataclass(frozen=True, slots=True)
class FaultRule:
    """A rule that lets some requests fail.

    Args:
        kind: The name of one of `FAULTS`.
        operation: The operationId that it is for; `None` for every operation.
        tenant: Whose requests it is for; `None` for everybody's, empty for the anonymous tenant's.
        probability: With which chance it fires for a request, 0 to 1.
        count: How often it fires at most, 1 or more; `None` for no end.
        skip: How many matching requests it lets pass first.
        seconds: How long, 0 to 86400, for the kinds that take it: of `latency` in real time, of `status-lags`
            by the tenant's clock.
        retry_after: The whole seconds of `Retry-After` (RFC 9110, section 10.2.3), 0 to 86400, for the kinds
            that take it; `rate-limited` has 1 where none is given.
        taken: Whether the operation is done before the fault, for the kinds that leave it open.

    Raises:
        FaultError: A field makes no sense.
    """

    kind: str
    operation: str | None = None
    tenant: str | None = None
    probability: float = 1.0
    count: int | None = None
    skip: int = 0
    seconds: float | None = None
    retry_after: int | None = None
    taken: bool = False

    def __post_init__(self) -> None:
        check_name("kind", self.kind, FAULTS, FaultError)
        self._check_what_the_kind_takes()
        self._check_operation()
        check_tenant(self.tenant, FaultError)
        check_number("probability", self.probability, 0, 1, FaultError)
        if self.count is not None:
            check_whole_number("count", self.count, 1, MOST_REQUESTS, FaultError)
        check_whole_number("skip", self.skip, 0, MOST_REQUESTS, FaultError)
        if self.seconds is not None:
            check_number("seconds", self.seconds, 0, MOST_SECONDS, FaultError)
        if self.kind == RATE_LIMITED and self.retry_after is None:
            # By the document a 429 has Retry-After.
            object.__setattr__(self, "retry_after", _DEFAULT_RETRY_AFTER)
        if self.retry_after is not None:
            check_whole_number("retry_after", self.retry_after, 0, MOST_SECONDS, FaultError)
        if not isinstance(self.taken, bool):
            raise FaultError("taken", "must be true or false")

    def _check_what_the_kind_takes(self) -> None:
        kind = FAULTS[self.kind]
        given = {"seconds": self.seconds, "retry_after": self.retry_after, "taken": self.taken or None}
        for name, value in given.items():
            if value is not None and name not in kind.takes:
                raise FaultError(name, f"is nothing that {kind.name} takes")
            if value is None and name in kind.needs:
                raise FaultError(name, f"is needed by {kind.name}")

    def _check_operation(self) -> None:
        if self.operation is None:
            return
        if not isinstance(self.operation, str) or not _OPERATION.fullmatch(self.operation):
            raise FaultError("operation", "must be an operationId of the document")
        if self.kind == STATUS_LAGS and self.operation not in STATUS_OPERATIONS:
            wanted = " or ".join(sorted(STATUS_OPERATIONS))
            raise FaultError("operation", f"must be {wanted} for {STATUS_LAGS}, or be left out")

    @property
    def status(self) -> int | None:
        """The HTTP status of the answer that it gives instead of the right one, if it gives one."""
        return FAULTS[self.kind].status

    @property
    def done(self) -> bool:
        """Whether the operation is done all the same."""
        return self.taken or FAULTS[self.kind].done

    @classmethod
    def parse(cls, text: str) -> "FaultRule":
        """Read a rule as the command line has it.

        Args:
            text: `KIND`, behind it perhaps `:NAME=VALUE,NAME=VALUE`, such as
                `answer-lost:operation=sendMessage,probability=0.1`. In the tenant's name a comma is written
                as `%2C` and a percent sign as `%25`.

        Raises:
            FaultError: It can't be read, or a field makes no sense.
        """
        kind, colon, rest = text.partition(":")
        given: dict[str, Any] = {}
        for part in rest.split(",") if colon else ():
            name, equals, value = part.partition("=")
            if name not in PARAMETERS:
                raise unknown_field(name, PARAMETERS, FaultError)
            if not equals:
                raise FaultError(name, f"must be given as {name}=VALUE")
            if name in given:
                raise FaultError(name, "is given twice")
            given[name] = _read(name, value)
        return cls(kind, **given)

    @classmethod
    def from_json(cls, content: object) -> "FaultRule":
        """Read a rule as the control API has it.

        Args:
            content: An object with `kind`, and perhaps parameters.

        Raises:
            FaultError: It is something else, or a field makes no sense.
        """
        return cls(**read_object(content, _FIELDS, ("kind",), FaultError))

    def to_text(self) -> str:
        """Write the rule as `parse` reads it, without what goes without saying."""
        usual = FaultRule(self.kind, seconds=self.seconds)
        said = {
            name: value
            for name, value in self.to_json().items()
            if name == "seconds" or value != getattr(usual, name)
        }
        given = ",".join(f"{name}={_written(value)}" for name, value in said.items())
        return f"{self.kind}:{given}" if given else self.kind

    def to_json(self) -> dict[str, Any]:
        """Write the rule as `from_json` reads it; a parameter that is not set is left out."""
        named = {name: getattr(self, name) for name in (*EVERY_KIND_TAKES, *FAULTS[self.kind].takes)}
        return {"kind": self.kind, **{name: value for name, value in named.items() if value is not None}}


def _read(name: str, value: str) -> Any:  # noqa: ANN401 - what a value is depends on its name
    match name:
        case "probability" | "seconds":
            return read_number(name, value, FaultError)
        case "count" | "skip" | "retry_after":
            return read_whole_number(name, value, FaultError)
        case "taken":
            if value not in ("true", "false"):
                raise FaultError("taken", "must be true or false")
            return value == "true"
    return unquote(value)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return quote(value, safe=" @:/=+") if isinstance(value, str) else repr(value)
