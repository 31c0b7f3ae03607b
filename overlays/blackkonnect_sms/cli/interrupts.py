"""Ctrl-C, taken note of where work must not be torn apart."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Interrupts"]


class Interrupts:
    """Counts Ctrl-C while it is entered; the second one also ends what is being waited for.

    Attributes:
        asked: How often it came.
    """

    def __init__(self) -> None:
        self.asked = 0
        self._waiting = False
        self._before: Any = None

    def __enter__(self) -> Self:
        self._before = signal.signal(signal.SIGINT, self._take)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Let the second Ctrl-C raise `KeyboardInterrupt` while this is entered."""
        self._waiting = True
        try:
            self._raise_second()
            yield
        finally:
            self._waiting = False

    def _take(self, *_: object) -> None:
        self.asked += 1
        self._raise_second()

    def _raise_second(self) -> None:
        if self._waiting and self.asked > 1:
            raise KeyboardInterrupt
