"""What the command line says, as settings."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NoReturn, TypeVar

from blackkonnect_emulator.clock import Clock
from blackkonnect_emulator.document import editions
from blackkonnect_emulator.fault_kinds import FAULTS
from blackkonnect_emulator.fault_rules import FaultRule
from blackkonnect_emulator.outcome_kinds import OUTCOMES
from blackkonnect_emulator.outcome_rules import OutcomeRule
from blackkonnect_emulator.profile import profile_names
from blackkonnect_emulator.rule_fields import RuleError
from blackkonnect_emulator.settings import MEMORY, Settings, SettingsError
from blackkonnect_emulator.timestamps import milliseconds

T = TypeVar("T")

_PACE = {"real": 1.0, "manual": 0.0}


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line: all of the usage would hide it."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"error: {message}; see {self.prog} --help\n")


def parser(prog: str) -> argparse.ArgumentParser:
    """Make what reads the command line.

    Args:
        prog: The command's name in its help.
    """
    usual = Settings()
    made = _Parser(
        prog=prog,
        description="The Blackkonnect SMS gateway on this machine.",
        epilog="What an outcome and a fault is, and how a rule is written: docs/emulator.md.",
    )
    add = made.add_argument
    add("--port", type=int, default=8025, help="where to listen; 0 for a free port (%(default)s)")
    add("--database", default="memory", metavar="FILE", help="what keeps the messages (%(default)s)")
    known = ", ".join(editions())
    add("--edition", default=usual.edition, help=f"the edition to behave like, of {known} (%(default)s)")
    add("--seed", type=int, metavar="N", help="makes ids, outcomes and faults repeatable")
    add("--seed-file", metavar="FILE", help="data to start an empty database with, as JSON")
    add(
        "--client",
        action="append",
        default=[],
        metavar="ID:SECRET",
        help="a client that may ask for tokens; may be given more than once (demo, with a random secret)",
    )
    add("--profile", default=usual.profile, help=f"the limits, of {', '.join(profile_names())} (%(default)s)")
    add(
        "--clock",
        default="real",
        metavar="PACE",
        help="real, manual (it stands until it is moved), or how many seconds go by in one (%(default)s)",
    )
    add("--start", metavar="TIME", help="the time to start with, as 2026-03-02T08:00:00Z (now)")
    add(
        "--seconds-to-sent", type=float, default=usual.seconds_to_sent, metavar="S",
        help="from when a message may go to SENT (%(default)s)",
    )  # fmt: skip
    add(
        "--seconds-to-final", type=float, default=usual.seconds_to_final, metavar="S",
        help="from when a message may go to its final status (%(default)s)",
    )  # fmt: skip
    add(
        "--messages-per-second", type=float, metavar="N",
        help="how many messages a client's operator takes in a second (as many as come)",
    )  # fmt: skip
    add(
        "--outcome", action="append", default=[], metavar="NUMBER=OUTCOME",
        help=f"what becomes of messages to a number, of {', '.join(OUTCOMES)}",
    )  # fmt: skip
    add(
        "--fault", action="append", default=[], metavar="KIND[:NAME=VALUE,...]",
        help=f"what goes wrong, of {', '.join(FAULTS)}",
    )  # fmt: skip
    add(
        "--callback", action="append", default=[], metavar="[ID=]URL",
        help="where the receipts of a client go, the first one where no id is given",
    )  # fmt: skip
    add(
        "--callback-host", action="append", default=[], metavar="NAME",
        help="a host other than this machine that receipts may go to",
    )  # fmt: skip
    add(
        "--receipts", default=usual.receipts, metavar="WHICH",
        help="every: one for each status; final: one for the final status (%(default)s)",
    )  # fmt: skip
    add(
        "--allow-host", action="append", default=[], metavar="NAME",
        help="a name, other than this machine's own, by which the emulator may be called",
    )  # fmt: skip
    return made


def settings(given: argparse.Namespace) -> Settings:
    """Make settings of what was given.

    Raises:
        SettingsError: Something makes no sense, and what would.
    """
    made = Settings(
        edition=given.edition,
        database=MEMORY if given.database == "memory" else given.database,
        seed=given.seed,
        profile=given.profile,
        clock=_clock(given.clock, given.start),
        seconds_to_sent=given.seconds_to_sent,
        seconds_to_final=given.seconds_to_final,
        messages_per_second=given.messages_per_second,
        outcomes=_rules("outcome", given.outcome, OutcomeRule.parse),
        faults=_rules("fault", given.fault, FaultRule.parse),
        receipts=given.receipts,
        callback_hosts=given.callback_host,
        hosts=given.allow_host,
    )
    if given.client:
        made = replace(made, clients=_clients(given.client))
    return replace(made, callbacks=_callbacks(given.callback, made)) if given.callback else made


def _clients(given: Sequence[str]) -> dict[str, str]:
    clients: dict[str, str] = {}
    for client in given:
        client_id, colon, secret = client.partition(":")
        if not colon:
            raise SettingsError("client", "must be an id and a secret with a colon between")
        clients[client_id] = secret
    return clients


def _callbacks(given: Sequence[str], made: Settings) -> dict[str, str]:
    callbacks: dict[str, str] = {}
    for callback in given:
        client, equals, url = callback.partition("=")
        if not equals or "/" in client:
            client, url = next(iter(made.clients)), callback
        callbacks[client] = url
    return callbacks


def _clock(pace: str, start: str | None) -> Clock:
    factor = _PACE.get(pace)
    try:
        factor = float(pace.removesuffix("x")) if factor is None else factor
        begin = None if start is None else milliseconds(start)
    except ValueError:
        if start is not None and factor is not None:
            raise SettingsError("start", "must be a time of RFC 3339, as 2026-03-02T08:00:00Z") from None
        raise SettingsError("clock", "must be real, manual, or a number such as 60") from None
    try:
        return Clock(factor, begin)
    except ValueError as error:
        raise SettingsError("clock", str(error)) from None


def _rules(field: str, given: Sequence[str], parse: Callable[[str], T]) -> list[T]:
    try:
        return [parse(text) for text in given]
    except RuleError as error:
        raise SettingsError(field, str(error)) from None
