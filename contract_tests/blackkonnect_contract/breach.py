"""A rule of the document, and a gateway that breaks it."""

from __future__ import annotations

from dataclasses import dataclass

from blackkonnect_contract.exchange import Exchange

__all__ = ["Breach", "Rule"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a gateway has to keep to.

    Attributes:
        name: A short name for it, as ``problem-status``.
        says: What it demands, in a sentence.
        pointer: Where the document says so, as a JSON Pointer; its provenance is looked up there. Empty
            where the document as a whole does.
    """

    name: str
    says: str
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Breach:
    """A gateway did not keep to a rule.

    Attributes:
        layer: The layer of the gate that found it.
        edition: The edition of the document.
        rule: The rule.
        operation: The operationId; empty where it is about none.
        message: What was seen, and what it should have been.
        kind: The rule's provenance: ``documented``, ``inferred`` or ``convention``.
        note: What the document says of that provenance.
        exchange: What shows it; none where no single answer does.
        steps: The requests before it that it needs, the first one first.
    """

    layer: str
    edition: str
    rule: Rule
    operation: str
    message: str
    kind: str
    note: str = ""
    exchange: Exchange | None = None
    steps: tuple[Exchange, ...] = ()

    @property
    def is_finding(self) -> bool:
        """Whether it speaks against the document rather than the gateway: the rule was inferred alone."""
        return self.kind == "inferred"

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What breaches of the same kind share; they are told once."""
        return self.edition, self.rule.name, self.rule.pointer, self.operation
