"""The gateway: everything that its operations need."""

from dataclasses import dataclass
from typing import Any

from blackkonnect_emulator import statuses
from blackkonnect_emulator.clock import SECOND, Clock
from blackkonnect_emulator.document import Document, Operation, load
from blackkonnect_emulator.ids import Ids
from blackkonnect_emulator.lifecycle import Pace
from blackkonnect_emulator.parameters import Values
from blackkonnect_emulator.profile import Profile, load_profile
from blackkonnect_emulator.settings import Settings
from blackkonnect_emulator.store import Store
from blackkonnect_emulator.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Call:
    """A request that was found to fit the document.

    Attributes:
        operation: What is asked for.
        tenant: Who asks.
        parameters: The parameters by name, those of headers in lower case.
        body: The body, where the operation takes one and it is there.
    """

    operation: Operation
    tenant: str
    parameters: Values
    body: Any


class Gateway:
    """A gateway of one edition, with all that it remembers.

    Args:
        settings: How it is set up.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.document: Document = load(settings.edition)
        statuses.check(self.document)
        self.profile: Profile = load_profile(settings.profile)
        self.clock: Clock = settings.clock
        self.pace = Pace(round(settings.seconds_to_sent * SECOND), round(settings.seconds_to_final * SECOND))
        self.store = Store(settings.database, in_memory=settings.in_memory)
        self.ids = Ids(settings.clock, settings.seed, self.store.starts)
        self.tokens = Tokens(
            self.store.key, settings.clients, settings.token_seconds, settings.clock, self.ids
        )

    def close(self) -> None:
        """Finish writing and close the database."""
        self.store.close()
