"""Reading an object of JSON field by field, so that everything that is wrong with it is named at once."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from blackkonnect_emulator.problems import MOST_PLACES, Place, in_body
from blackkonnect_emulator.timestamps import milliseconds

Path = tuple[str | int, ...]

LONGEST_TEXT = 255
A_TIME = "must be a time of RFC 3339 with its offset, as 2026-03-02T08:00:00Z"


class Given:
    """An object whose fields are taken one by one; null is the same as leaving a field out.

    Args:
        content: What was given.
        known: The names of the fields that there are.
        path: Where it stands in the body.
        places: Where to put what is wrong; the objects of one body share it.
    """

    def __init__(
        self,
        content: object,
        known: Collection[str],
        path: Path = (),
        places: list[Place] | None = None,
    ) -> None:
        self.path = path
        self.places: list[Place] = [] if places is None else places
        self._fields: Mapping[str, Any] = {}
        if not isinstance(content, Mapping):
            self._note(path, f"must be an object; its fields are {', '.join(known)}")
            return
        for name in content:
            if name not in known:
                self.wrong(name, f"there is no such field; there is {', '.join(known)}")
        self._fields = {name: value for name, value in content.items() if value is not None}

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def wrong(self, name: str, detail: str) -> None:
        """Note that a field is wrong."""
        self._note((*self.path, name), detail)

    def _note(self, path: Path, detail: str) -> None:
        # More than that are not told, and could be many.
        if len(self.places) < MOST_PLACES:
            self.places.append(in_body(path, detail))

    def any(self, name: str) -> object:
        """Take whatever a field holds; `None` where it is missing."""
        return self._fields.get(name)

    def text(
        self, name: str, *, needed: bool = False, least: int = 1, longest: int = LONGEST_TEXT
    ) -> str | None:
        """Take a text.

        Args:
            name: The field.
            needed: Whether it must be there.
            least: How many characters it has at least.
            longest: How many it may have.
        """
        value = self._fields.get(name)
        if value is None:
            if needed:
                self.wrong(name, "is needed")
            return None
        if not isinstance(value, str) or not least <= len(value) <= longest:
            self.wrong(name, f"must be a text of {least} to {longest} characters")
            return None
        return value

    def one_of(self, name: str, known: Collection[str]) -> str | None:
        """Take one of several words."""
        value = self._fields.get(name)
        if value is not None and (not isinstance(value, str) or value not in known):
            self.wrong(name, f"must be one of {', '.join(known)}")
            return None
        return value

    def number(self, name: str, least: float, most: float) -> float | None:
        """Take a number within bounds, which are allowed themselves."""
        value = self._fields.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            self.wrong(name, f"must be a number from {least} to {most}")
            return None
        return value

    def time(self, name: str) -> int | None:
        """Take a time of RFC 3339, in milliseconds since 1970."""
        value = self._fields.get(name)
        if value is None:
            return None
        time = read_time(value)
        if time is None:
            self.wrong(name, A_TIME)
        return time

    def items(self, name: str) -> Sequence[tuple[Path, object]]:
        """Take a list: each item with its place."""
        value = self._fields.get(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.wrong(name, "must be a list")
            return ()
        return [((*self.path, name, number), item) for number, item in enumerate(value)]


def read_time(value: object) -> int | None:
    """Read a time of RFC 3339, section 5.6; `None` where it is none.

    Args:
        value: A text, or what was given instead.

    Returns:
        Milliseconds since 1970.
    """
    if not isinstance(value, str):
        return None
    try:
        # One knows the form, and the other how long the months are.
        datetime.fromisoformat(value.upper())
        return milliseconds(value)
    except ValueError:
        return None
