"""What a layer asked, and what it found."""

from __future__ import annotations

import threading
from collections import Counter
from typing import TYPE_CHECKING

from blackkonnect_contract.breach import Breach, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from blackkonnect_contract.document import Document
    from blackkonnect_contract.exchange import Exchange
    from blackkonnect_contract.secrecy import Secrets

__all__ = ["Enough", "Record"]

_TOLD_AT_MOST = 200


class Enough(BaseException):
    """The first breach was found, and no more are wanted."""


class Record:
    """What a layer asked on an edition, and what it found; threads may share it.

    Args:
        layer: The layer's name.
        document: The edition's document.
        watch: Is told each exchange as it ends, for progress, coverage and limits; it must not raise.
        first: Whether the layer is to end with its first breach.

    Attributes:
        layer: The layer's name.
        document: The edition's document.
        breaches: The first breach of each kind.
        repeated: How often each kind came, by ``Breach.key``.
        asked: How often each operation answered with each status.
        checks: How many statements were checked beyond single answers.
        skipped: What could not be checked, and why.
        kept: How often each rule was checked beyond single answers and held, by its name.
        secrets: What may not be shown; none before a gateway is asked.
    """

    def __init__(
        self,
        layer: str,
        document: Document,
        watch: Callable[[Exchange], None] | None = None,
        *,
        first: bool = False,
    ) -> None:
        self.layer = layer
        self.document = document
        self.breaches: list[Breach] = []
        self.repeated: Counter[tuple[str, str, str, str]] = Counter()
        self.asked: Counter[tuple[str, int]] = Counter()
        self.checks = 0
        self.skipped: dict[str, str] = {}
        self.kept: Counter[str] = Counter()
        self.secrets: Secrets | None = None
        self._watch = watch
        self._first = first
        self._lock = threading.Lock()

    def note(self, exchange: Exchange) -> None:
        """Note an exchange that ended."""
        with self._lock:
            self.asked[exchange.operation or "", exchange.answer.status if exchange.answer else 0] += 1
        if self._watch is not None:
            self._watch(exchange)

    def check(  # noqa: PLR0913 - what a breach holds
        self,
        holds: object,
        rule: Rule,
        message: str,
        *,
        operation: str = "",
        exchange: Exchange | None = None,
        steps: Sequence[Exchange] = (),
    ) -> bool:
        """Note whether something holds.

        Args:
            holds: Whether it does.
            rule: What demands it.
            message: What was seen instead, should it not hold.
            operation: The operation that it is about.
            exchange: What shows it.
            steps: The requests before it that it needs.

        Returns:
            Whether it holds.
        """
        self.checks += 1
        if holds:
            self.kept[rule.name] += 1
        else:
            self.broken(rule, message, operation=operation, exchange=exchange, steps=steps)
        return bool(holds)

    def broken(
        self,
        rule: Rule,
        message: str,
        *,
        operation: str = "",
        exchange: Exchange | None = None,
        steps: Sequence[Exchange] = (),
    ) -> None:
        """Note that a rule was broken; of each kind of breach the first is kept whole.

        Raises:
            Enough: No more than the first is wanted.
        """
        provenance = self.document.provenance(rule.pointer)
        breach = Breach(
            layer=self.layer,
            edition=self.document.edition,
            rule=rule,
            operation=operation or (exchange.operation or "" if exchange is not None else ""),
            message=message,
            kind=provenance.kind,
            note=provenance.note,
            exchange=exchange,
            steps=tuple(steps),
        )
        with self._lock:
            self.repeated[breach.key] += 1
            if self.repeated[breach.key] == 1 and len(self.breaches) < _TOLD_AT_MOST:
                self.breaches.append(breach)
        if self._first:
            raise Enough

    def skip(self, what: str, why: str) -> None:
        """Note what could not be checked, and why."""
        self.skipped.setdefault(what, why)
