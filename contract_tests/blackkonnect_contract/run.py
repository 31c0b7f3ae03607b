"""What a layer works with: a gateway, a document, a seed, and a place to note what it finds."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from blackkonnect_contract.caller import Caller
from blackkonnect_contract.control import Control

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

    from blackkonnect_contract.document import Document
    from blackkonnect_contract.record import Record
    from blackkonnect_contract.target import Credentials, Target

__all__ = ["Run"]


class Run:
    """One layer on one edition of one gateway.

    Args:
        target: The gateway.
        record: Where findings go.
        seed: What all chance follows from.
        quick: Whether a short look is wanted.
        ends: When it must be done, by ``clock``; never by default.
        clock: Tells the time in seconds.

    Attributes:
        target: The gateway.
        record: Where findings go.
        document: The edition's document.
        seed: What all chance follows from.
        quick: Whether a short look is wanted.
        control: Makes clients and moves their clocks; none where the gateway offers it not.
    """

    def __init__(  # noqa: PLR0913 - each is said above
        self,
        target: Target,
        record: Record,
        *,
        seed: int = 1,
        quick: bool = False,
        ends: float | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.target = target
        self.record = record
        self.document: Document = record.document
        self.seed = seed
        self.quick = quick
        self.control = Control.of(target)
        self._ends = ends
        self._clock = clock
        self._callers: list[Caller] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for caller in self._callers:
            caller.close()
        if self.control is not None:
            self.control.close()

    def time_is_up(self) -> bool:
        """Tell whether the time that the layer has is over; it then ends and says what it left out."""
        return self._ends is not None and self._clock() >= self._ends

    def seconds_left(self) -> float | None:
        """Tell how long the layer has yet; none where it has as long as it takes."""
        return None if self._ends is None else max(0.0, self._ends - self._clock())

    def caller(self, credentials: Credentials | None = None) -> Caller:
        """Return a client of the gateway, by default the target's first."""
        caller = Caller(self.target, self.record, credentials)
        self._callers.append(caller)
        return caller

    def fresh(self, start: str | None = None) -> Caller | None:
        """Make a client that has sent nothing and whose clock can be moved.

        Args:
            start: The time that its clock tells first (RFC 3339).

        Returns:
            It; none where the gateway makes no clients.
        """
        return None if self.control is None else self.caller(self.control.make_client(start))

    def others(self) -> Caller | None:
        """Return a second client of the gateway; none where nobody named one and none can be made."""
        if self.target.other is not None:
            return self.caller(self.target.other)
        return self.fresh()
