"""How an emulator is set up."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from blackkonnect_emulator.clock import Clock, RealClock
from blackkonnect_emulator.document import editions
from blackkonnect_emulator.profile import profile_names

MEMORY = ":memory:"
DEMO_CLIENT = "demo"
_LONGEST_CREDENTIAL = 255
_LONGEST_PACE = 7 * 24 * 3600


class SettingsError(ValueError):
    """A setting makes no sense.

    Attributes:
        field: The setting's name.
    """

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field


def _demo_client() -> Mapping[str, str]:
    return {DEMO_CLIENT: secrets.token_urlsafe(24)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How an emulator is set up; each setting has a default.

    Attributes:
        edition: The edition of the vendor's pages to behave like.
        database: The file that keeps the messages, or `:memory:`.
        clients: The secret of each client id; by default one client, `demo`, with a random secret.
        seed: Makes the ids repeatable.
        clock: Tells the time.
        seconds_to_sent: From when a message may go to SENT.
        seconds_to_final: From when a message may go to its final status; not less than `seconds_to_sent`.
        token_seconds: How long a token is valid.
        profile: The name of the limits that the document doesn't hold.
    """

    edition: str = "2026-02-25"
    database: str | Path = MEMORY
    clients: Mapping[str, str] = field(default_factory=_demo_client, repr=False)
    seed: int | None = None
    clock: Clock = field(default_factory=RealClock)
    seconds_to_sent: float = 0.3
    seconds_to_final: float = 1.0
    token_seconds: int = 3600
    profile: str = "infobip"

    def __post_init__(self) -> None:
        _check_name("edition", self.edition, editions())
        _check_name("profile", self.profile, profile_names())
        if not str(self.database):
            raise SettingsError("database", "must be a file or :memory:")
        _check_clients(self.clients)
        if self.seed is not None and (isinstance(self.seed, bool) or not isinstance(self.seed, int)):
            raise SettingsError("seed", "must be an integer")
        _check_number("seconds_to_sent", self.seconds_to_sent, least=0, most=_LONGEST_PACE)
        _check_number("seconds_to_final", self.seconds_to_final, least=0, most=_LONGEST_PACE)
        if self.seconds_to_final < self.seconds_to_sent:
            raise SettingsError("seconds_to_final", "must not be less than seconds_to_sent")
        _check_number("token_seconds", self.token_seconds, least=1, most=10 * 365 * 24 * 3600)
        if not isinstance(self.token_seconds, int):
            raise SettingsError("token_seconds", "must be a whole number of seconds")

    @property
    def in_memory(self) -> bool:
        """Whether the messages are kept in memory alone."""
        return str(self.database) == MEMORY


def _check_name(field: str, name: str, known: list[str]) -> None:
    if name not in known:
        raise SettingsError(field, f"there is no {name!r}; there is {', '.join(known)}")


def _check_number(field: str, number: float, *, least: float, most: float) -> None:
    if isinstance(number, bool) or not isinstance(number, int | float) or not least <= number <= most:
        raise SettingsError(field, f"must be a number from {least} to {most}")


def _check_clients(clients: Mapping[str, str]) -> None:
    if not clients:
        raise SettingsError("clients", "at least one is needed")
    for client, secret in clients.items():
        if not 1 <= len(client) <= _LONGEST_CREDENTIAL:
            raise SettingsError("clients", f"an id has 1 to {_LONGEST_CREDENTIAL} characters")
        if not 1 <= len(secret) <= _LONGEST_CREDENTIAL:
            raise SettingsError(
                "clients", f"the secret of {client!r} has not 1 to {_LONGEST_CREDENTIAL} characters"
            )
