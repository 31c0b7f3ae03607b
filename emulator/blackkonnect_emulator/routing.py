"""From a request's path and method to an operation of the document."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import quote

from blackkonnect_emulator.asgi import Scope
from blackkonnect_emulator.document import Operation

Segments = Mapping[str, list[bytes]]


class Found(NamedTuple):
    """The operations of a path by their methods, and the path's parameters, still percent-encoded."""

    operations: Mapping[str, Operation]
    segments: Segments


class Paths:
    """The paths of the document.

    Requests are routed on their raw path: decoded first, an id with `%2F` in it would be two segments.

    Args:
        operations: The operations of the document.
    """

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._plain: dict[bytes, dict[str, Operation]] = {}
        self._templates: dict[tuple[bytes | None, ...], tuple[list[str], dict[str, Operation]]] = {}
        for operation in operations:
            if "{" in operation.path:
                parts = operation.path.split("/")
                key = tuple(None if part.startswith("{") else part.encode("ascii") for part in parts)
                names = [part[1:-1] for part in parts if part.startswith("{")]
                self._templates.setdefault(key, (names, {}))[1][operation.method] = operation
            else:
                self._plain.setdefault(operation.path.encode("ascii"), {})[operation.method] = operation

    def find(self, path: bytes) -> Found | None:
        """Find a path of the document; a plain one goes before a template (OpenAPI 3.1, Paths Object)."""
        if (operations := self._plain.get(path)) is not None:
            return Found(operations, {})
        parts = path.split(b"/")
        for key, (names, operations) in self._templates.items():
            if len(key) == len(parts) and all(
                part == fixed if fixed is not None else part for fixed, part in zip(key, parts, strict=True)
            ):
                given = [part for fixed, part in zip(key, parts, strict=True) if fixed is None]
                return Found(operations, {name: [part] for name, part in zip(names, given, strict=True)})
        return None


def raw_path(scope: Scope) -> bytes:
    """Tell the path of a request as it came, below the path that the application is mounted at."""
    path: bytes = scope.get("raw_path") or quote(scope["path"]).encode("ascii")
    root = quote(scope.get("root_path", "")).encode("ascii")
    return path.removeprefix(root) if root else path
