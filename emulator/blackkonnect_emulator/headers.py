"""The headers of a request, by their names."""

from collections.abc import Sequence

_NONE: tuple[bytes, ...] = ()


class Headers:
    """The headers of a request.

    Args:
        given: Names in lower case and values, as ASGI gives them.
    """

    __slots__ = ("_given", "_latest")

    def __init__(self, given: Sequence[tuple[bytes, bytes]]) -> None:
        self._given = given
        self._latest = dict(given)

    def values(self, name: bytes) -> Sequence[bytes]:
        """List the values of a header, in their order.

        Args:
            name: Its name in lower case.
        """
        latest = self._latest.get(name)
        if latest is None:
            return _NONE
        # Hardly any request repeats a header, so most need no second look.
        if len(self._latest) == len(self._given):
            return (latest,)
        return tuple(value for given, value in self._given if given == name)

    def texts(self, name: bytes) -> list[str]:
        """List the values of a header as text; bytes beyond ASCII are read as Latin-1.

        Args:
            name: Its name in lower case.
        """
        return [value.decode("latin-1") for value in self.values(name)]
