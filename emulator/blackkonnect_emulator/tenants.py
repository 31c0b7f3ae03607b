"""Whose messages are kept apart from each other's."""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass, field

from blackkonnect_emulator.agenda import Agenda
from blackkonnect_emulator.clock import Clock
from blackkonnect_emulator.ids import Ids
from blackkonnect_emulator.send_queue import SendQueue

# Where an edition lets anybody send, what they send is nobody's; no client's id is empty.
ANONYMOUS = ""

_NO_SECRET = hashlib.sha256(b"").digest()


@dataclass(slots=True)
class Tenant:
    """A client of the gateway, or nobody in particular.

    Attributes:
        name: The client's id; empty for the anonymous tenant.
        number: Its number in the database.
        clock: Tells its time.
        ids: Makes the ids of its requests.
        agenda: When statuses of its messages change.
        secret: What its secret hashes to; `None` where it has none, so that nobody gets a token for it.
        callback: The address that its receipts go to, if any.
        own_clock: Whether the clock is its own rather than the emulator's.
        queue: The queue before its operator, if there is one.
    """

    name: str
    number: int
    clock: Clock
    ids: Ids = field(repr=False)
    agenda: Agenda = field(repr=False)
    secret: bytes | None = field(default=None, repr=False)
    callback: str | None = field(default=None, repr=False)
    own_clock: bool = False
    queue: SendQueue | None = field(default=None, repr=False)


class Tenants:
    """All tenants by their names; used by one event loop, so it needs no lock."""

    def __init__(self) -> None:
        self._known: dict[str, Tenant] = {}

    def __iter__(self) -> Iterator[Tenant]:
        return iter(list(self._known.values()))

    def put(self, tenant: Tenant) -> None:
        """Take a tenant in, in the place of one of the same name."""
        self._known[tenant.name] = tenant

    def remove(self, name: str) -> None:
        """Forget a tenant, whose tokens are then nobody's."""
        del self._known[name]

    def get(self, name: str) -> Tenant | None:
        """Find a tenant by its name."""
        return self._known.get(name)

    def of_number(self, number: int) -> Tenant | None:
        """Find a tenant by its number in the database."""
        return next((tenant for tenant in self._known.values() if tenant.number == number), None)

    @property
    def anonymous(self) -> Tenant:
        """The tenant of those who show no token."""
        return self._known[ANONYMOUS]

    def knows(self, name: str, secret: str) -> bool:
        """Tell whether a client's secret is right, in a time that doesn't tell how much of it is.

        Args:
            name: The client's id.
            secret: What is said to be its secret.
        """
        tenant = self._known.get(name)
        wanted = None if tenant is None else tenant.secret
        # An unknown client costs the same comparison as a known one.
        right = hmac.compare_digest(wanted or _NO_SECRET, hashed(secret))
        return right and wanted is not None


def hashed(secret: str) -> bytes:
    """Hash a secret, so that neither memory nor the file tells it.

    Args:
        secret: The secret. One that is made is random and long; a chosen one is as safe as the laptop.
    """
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
