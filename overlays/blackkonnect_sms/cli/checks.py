"""What the doctor checks, each on its own."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from time import monotonic, time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from blackkonnect_sms import BlackkonnectSMS, new_id
from blackkonnect_sms._http import http
from blackkonnect_sms.cli.exit_codes import ExitCode
from blackkonnect_sms.cli.failures import exit_code_of
from blackkonnect_sms.cli.output import plain
from blackkonnect_sms.errors import BlackkonnectError, ConfigurationError, NotFound

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from blackkonnect_sms.cli.connection import Connection

__all__ = ["MOST_SKEW", "Check", "examine", "skew_of"]

MOST_SKEW = 30.0
"""For how many seconds this machine's clock may differ from the gateway's."""

_LONGEST = 15.0


@dataclass(frozen=True)
class Check:
    """What a check found.

    Attributes:
        name: What was checked.
        ok: Whether it is as it should be.
        detail: What was found, or what to do.
        code: The exit code, where it is not.
        skew: By how many seconds the gateway's clock is ahead, where it told.
    """

    name: str
    ok: bool
    detail: str
    code: ExitCode | None = None
    skew: float | None = None


def examine(connection: Connection) -> Iterator[Check]:
    """Check one thing after the other; what can't be checked without the one before is left out.

    Args:
        connection: What the options say.
    """
    try:
        settings = connection.settings()
        sms = BlackkonnectSMS(**settings)
    except ConfigurationError as error:
        name = connection.names.get(error.argument, error.argument)
        words = plain(error).removeprefix(f"{error.argument}: ")
        yield Check("configuration", False, f"{name}: {words}", ExitCode.USAGE)
        return
    with sms:
        url, client = plain(settings["base_url"]), plain(settings["client_id"])
        yield Check("configuration", True, f"{url} as {client}, with a secret")
        reached = yield from _reach(settings["base_url"], min(_LONGEST, connection.deadline))
        if reached:
            yield _credentials(sms)


def skew_of(date: str | None, asked: float, answered: float) -> float | None:
    """Tell by how many seconds the clock of an answer is ahead.

    Args:
        date: The header ``Date`` (RFC 9110, section 6.6.1), which tells whole seconds.
        asked: When it was asked, in seconds since 1970.
        answered: When it had answered.

    Returns:
        The seconds, 0 where it is none beyond what the header can tell; None where there is no such header.
    """
    try:
        told = parsedate_to_datetime(date or "").timestamp()
    except (TypeError, ValueError, OverflowError):
        return None
    return max(0.0, told - answered) or min(0.0, told + 1.0 - asked)


def _reach(base_url: str, seconds: float) -> Generator[Check, None, bool]:
    """Ask for anything at all: whatever the answer is, the gateway is there."""
    begun, asked = monotonic(), time()
    try:
        # As the client does: http:// is for this machine alone, and no proxy's business.
        with http.Client(timeout=seconds, trust_env=urlsplit(base_url).scheme == "https") as client:
            answer = client.head(base_url)
    except (http.HTTPError, ImportError, OSError, ValueError) as error:
        words = plain(error) or type(error).__name__
        yield Check(
            "reachability",
            False,
            f"no answer: {words}; check BLACKKONNECT_BASE_URL and that the gateway runs",
            ExitCode.NOT_READY,
        )
        return False
    answered = time()
    yield Check("reachability", True, f"an answer (HTTP {answer.status_code}) in {monotonic() - begun:.3f} s")
    skew = skew_of(answer.headers.get("Date"), asked, answered)
    if skew is None:
        yield Check("clock", True, "not known: the answer has no Date header")
    elif abs(skew) <= MOST_SKEW:
        yield Check("clock", True, f"within {MOST_SKEW:g} s of the gateway's", skew=skew)
    else:
        side = "behind" if skew > 0 else "ahead of"
        yield Check(
            "clock",
            False,
            f"this machine's is {abs(skew):.0f} s {side} the gateway's; set it right, as by NTP",
            ExitCode.REFUSED,
            skew,
        )
    return True


def _credentials(sms: BlackkonnectSMS) -> Check:
    try:
        sms.status(new_id())
    except NotFound:
        pass
    except BlackkonnectError as error:
        return Check("token", False, plain(error), exit_code_of(error))
    return Check("token", True, "the gateway gave one, and accepts it")
