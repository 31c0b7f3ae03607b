"""What the page shows, as its address says it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from blackkonnect_emulator.views import MessageFilter

_LONGEST = 300
_FIELDS = ("q", "status", "sender", "tenant", "to", "of", "whole", "message")
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the page shows; each field is a parameter of its address, left out where it is empty.

    Attributes:
        q: The text that is searched for.
        status: The status that messages must be in now.
        sender: The sender that messages must be from.
        tenant: The tenant that messages must be of.
        to: The number whose thread is open.
        of: The tenant of that thread.
        whole: `1` where the thread shows messages that the filters would hide.
        message: The message whose details are open.
    """

    q: str = ""
    status: str = ""
    sender: str = ""
    tenant: str = ""
    to: str = ""
    of: str = ""
    whole: str = ""
    message: int | None = None

    @classmethod
    def read(cls, parameters: Mapping[str, str]) -> "View":
        """Read it from the parameters of an address; what makes no sense is passed over."""
        given = {name: parameters.get(name, "").strip()[:_LONGEST] for name in _FIELDS[:-1]}
        return cls(**given, message=whole_number(parameters.get("message", "")))

    def address(self, **changes: Any) -> str:  # noqa: ANN401 - whatever the fields hold
        """Write the page's address.

        Args:
            changes: The fields that differ there.
        """
        fields = {name: changes.get(name, getattr(self, name)) for name in _FIELDS}
        given = {name: value for name, value in fields.items() if value not in ("", None)}
        return f"/?{urlencode(given, errors='replace')}" if given else "/"

    @property
    def filters(self) -> dict[str, str]:
        """The filters that are set."""
        given = {"q": self.q, "status": self.status, "sender": self.sender, "tenant": self.tenant}
        return {name: value for name, value in given.items() if value}

    @property
    def thread(self) -> dict[str, str]:
        """The filters and the thread, where they are set."""
        given = {"to": self.to, "of": self.of, "whole": self.whole}
        return {**self.filters, **{name: value for name, value in given.items() if value}}

    def phones_wanted(self, before: int | None, limit: int) -> MessageFilter:
        """Tell the messages by which phones are listed.

        Args:
            before: The cursor.
            limit: How many phones at most.
        """
        return MessageFilter(
            tenant=self.tenant or None,
            source_address=self.sender or None,
            status=self.status or None,
            text=self.q or None,
            before=before,
            limit=limit,
        )

    def messages_wanted(self, before: int | None, limit: int) -> MessageFilter:
        """Tell the messages of the open thread.

        Args:
            before: The cursor.
            limit: How many at most.
        """
        filters = View() if self.whole else self
        wanted = filters.phones_wanted(before, limit)
        return replace(wanted, tenant=self.of, destination=self.to)


def whole_number(text: str) -> int | None:
    """Read a number that the page wrote; `None` where it isn't one."""
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(_LARGEST))):
        return None
    number = int(text)
    return number if number <= _LARGEST else None
