"""How an emulator is set up."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from blackkonnect_emulator.clock import Clock, RealClock
from blackkonnect_emulator.document import editions
from blackkonnect_emulator.fault_rules import FaultRule
from blackkonnect_emulator.outcome_rules import OutcomeRule
from blackkonnect_emulator.profile import profile_names
from blackkonnect_emulator.receipts.address import AddressError, read_address

MEMORY = ":memory:"
DEMO_CLIENT = "demo"
_LONGEST_CREDENTIAL = 255
# Names and addresses of RFC 3986, section 3.2.2, as far as anybody calls a machine by them.
_HOST = re.compile(r"[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\]|[0-9A-Fa-f.]*(?::[0-9A-Fa-f.]*){2,}")
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
        messages_per_second: How many messages a tenant's operator takes in a second of the clock; as many
            as come by default. Where they have to wait, those of a higher priority go first.
        callbacks: The address that the receipts of each client go to.
        callback_hosts: Names of hosts other than this machine that receipts may go to.
        receipts: Whether a receipt tells every status after QUEUED, or the final one alone.
        hosts: Names, other than this machine's own, by which requests may call the emulator.
        outcomes: What becomes of messages to which numbers.
        faults: What goes wrong, when.
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
    messages_per_second: float | None = None
    callbacks: Mapping[str, str] = field(default_factory=dict, repr=False)
    callback_hosts: Sequence[str] = ()
    receipts: Literal["every", "final"] = "every"
    hosts: Sequence[str] = ()
    outcomes: Sequence[OutcomeRule] = ()
    faults: Sequence[FaultRule] = ()

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
        if self.messages_per_second is not None:
            _check_number("messages_per_second", self.messages_per_second, least=0.001, most=1_000_000)
        _check_name("receipts", self.receipts, ["every", "final"])
        _check_hosts("hosts", self.hosts)
        _check_hosts("callback_hosts", self.callback_hosts)
        for client, callback in self.callbacks.items():
            if client and client not in self.clients:
                raise SettingsError("callbacks", f"there is no client {client!r}")
            try:
                read_address(callback, self.callback_hosts)
            except AddressError as error:
                raise SettingsError("callbacks", f"that of {client!r} {error.problem}") from None

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


def _check_hosts(field: str, hosts: Sequence[str]) -> None:
    # A single name is a sequence too, of letters, each of which would be taken for a host.
    if isinstance(hosts, str) or not all(isinstance(host, str) and _HOST.fullmatch(host) for host in hosts):
        raise SettingsError(field, "must be a list of names or addresses of hosts, without ports")


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
