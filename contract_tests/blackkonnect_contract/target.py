"""The gateway that is tested."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Target"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A gateway, and credentials that it accepts.

    Attributes:
        base_url: Its address.
        client_id: The id of a client that it knows.
        client_secret: That client's secret; it is in no repr.
        edition: The edition of the vendor's pages that it is to keep to.
    """

    base_url: str
    client_id: str
    client_secret: str = field(repr=False)
    edition: str
