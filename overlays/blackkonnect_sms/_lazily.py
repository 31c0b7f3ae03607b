"""Names of a module that are imported when somebody first asks for them (PEP 562).

httpx, attrs and the models cost ten times what Python itself costs to start, which a program that may never
send, as a command that prints its help, should not pay.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = (
    False  # Type checkers know the name, and `typing` is one of the things that are not loaded yet.
)
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["found_in"]


def found_in(
    module: str, where: Mapping[str, str]
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Return the ``__getattr__`` and the ``__dir__`` of a module whose names come from others.

    Args:
        module: The module's own name.
        where: The module that each name comes from.
    """

    def __getattr__(name: str) -> object:  # noqa: N807 - it becomes one
        if name not in where:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        __import__(where[name])
        value = getattr(sys.modules[where[name]], name)
        setattr(sys.modules[module], name, value)  # From now on it is found without being asked for.
        return value

    def __dir__() -> list[str]:  # noqa: N807 - it becomes one
        return sorted({*vars(sys.modules[module]), *where})

    return __getattr__, __dir__
