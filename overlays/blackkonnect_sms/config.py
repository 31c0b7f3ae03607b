"""What a client needs to know before it can ask anything."""

from __future__ import annotations

import os

from blackkonnect_sms_api.records import field, frozen

from blackkonnect_sms import _later as later
from blackkonnect_sms.errors import ConfigurationError, InvalidArgument

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Config"]

_LONGEST = 30 * 86_400
_LEAST_LIMIT = 1024
_LONGEST_LABEL = 63  # RFC 1035, section 2.3.4
_OF_A_NAME = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-.")
_ENVIRONMENT = {
    "base_url": "BLACKKONNECT_BASE_URL",
    "client_id": "BLACKKONNECT_CLIENT_ID",
    "client_secret": "BLACKKONNECT_CLIENT_SECRET",
    "scope": "BLACKKONNECT_SCOPE",
    "service_account_id": "BLACKKONNECT_SERVICE_ACCOUNT_ID",
    "organisation_id": "BLACKKONNECT_ORGANISATION_ID",
}


@frozen(kw_only=True)
class Config:
    """The gateway's address, the credentials, and how long to try.

    Attributes:
        base_url: The gateway's address, ``https`` unless it is this machine; a path in it is kept.
        client_id: The client's id.
        client_secret: The client's secret; it is in no repr, error or log.
        scope: The scope to ask a token for, where the gateway wants one.
        service_account_id: The value of the header ``X-ServiceAccount-ID`` (edition 2026-02-25).
        organisation_id: The value of the header ``X-Organisation-ID`` (edition 2026-02-25).
        timeout: For how many seconds one request may wait for the network; above 0.
        deadline: For how many seconds one call may take, with all its repeats; above 0.
        reconcile_for: For how many of those seconds the client asks what became of a send whose answer
            was lost; 0 asks once.
        token_lifetime: For how many seconds a token without ``exp`` is used; above 0.
        answer_limit: How many bytes an answer may have, as it comes and after it is unpacked; at least 1024.
            Of values it may have as many as such an answer has, an object for each 64 bytes of the limit.
        resend_when_absent: Whether a send is repeated, with the ids that it had, when its answer was
            lost and the gateway knows nothing by its id in the end. Only right for a gateway that is
            known to answer for its ids at once.

    Raises:
        ConfigurationError: One of them is missing or wrong.
    """

    base_url: str = field()
    client_id: str = field()
    client_secret: str = field(repr=False)
    scope: str | None = None
    service_account_id: str | None = None
    organisation_id: str | None = None
    timeout: float = 15.0
    deadline: float = 60.0
    reconcile_for: float = 10.0
    token_lifetime: float = 300.0
    answer_limit: int = 32 * 1024 * 1024
    resend_when_absent: bool = False

    @staticmethod
    def settings_from(environ: Mapping[str, str] | None, given: Mapping[str, object]) -> dict[str, str]:
        """Read the settings that the environment holds.

        Args:
            environ: The variables; those of the process by default.
            given: The settings that are given elsewhere and not looked for.

        Returns:
            The settings by their names as attributes.

        Raises:
            ConfigurationError: A variable that is needed is missing or wrong; the error names it.
        """
        variables = os.environ if environ is None else environ
        values = {
            name: variables[key]
            for name, key in _ENVIRONMENT.items()
            if variables.get(key) and name not in given
        }
        missing = [_ENVIRONMENT[name] for name in _NEEDED if name not in values and name not in given]
        if missing:
            raise ConfigurationError(
                missing[0], f"must be set in the environment (missing: {', '.join(missing)})"
            )
        for name, value in values.items():
            try:
                _CHECKS[name](name, value)
            except ConfigurationError as error:
                raise ConfigurationError(_ENVIRONMENT[name], str(error).partition(": ")[2]) from None
        return values

    def __attrs_post_init__(self) -> None:
        for name, check in _CHECKS.items():
            if name in _NEEDED or getattr(self, name) is not None:
                check(name, getattr(self, name))
        for name in ("timeout", "deadline", "token_lifetime"):
            check_seconds(name, getattr(self, name), least=0.0, above=True)
        check_seconds("reconcile_for", self.reconcile_for, least=0.0)
        limit = self.answer_limit
        if isinstance(limit, bool) or not isinstance(limit, int) or limit < _LEAST_LIMIT:
            raise ConfigurationError(
                "answer_limit", f"must be a whole number of bytes, at least {_LEAST_LIMIT}"
            )
        if not isinstance(self.resend_when_absent, bool):
            raise ConfigurationError("resend_when_absent", "must be True or False")


def is_encodable(value: str) -> bool:
    """Tell whether UTF-8 can write a text: half of a surrogate pair it can't, as bytes of the environment."""
    return not any("\ud800" <= character <= "\udfff" for character in value)


def check_seconds(
    name: str,
    value: object,
    *,
    least: float,
    above: bool = False,
    error: type[InvalidArgument] = ConfigurationError,
) -> float:
    """Return the seconds as they are, or say why they are none.

    Args:
        name: The argument's name, for the error.
        value: The number of seconds.
        least: The least that it may be.
        above: Whether it must be above that.
        error: What to raise.

    Returns:
        The same number.

    Raises:
        InvalidArgument: It is no number, or too small, or above 30 days.
    """
    # A longer one is no number that each platform's clocks and locks can wait for.
    if isinstance(value, bool) or not isinstance(value, int | float) or not value <= _LONGEST:
        raise error(name, "must be a number of seconds, at most 30 days")
    if value < least or (above and value == least):
        raise error(name, f"must be {'above' if above else 'at least'} {least:g} seconds")
    return value


def _check_credential(name: str, value: object) -> None:
    if not isinstance(value, str) or not value.strip():
        raise ConfigurationError(name, "must be given: the gateway's operator hands it out")
    _check_encodable(name, value)


def _check_scope(name: str, value: object) -> None:
    if not isinstance(value, str):
        raise ConfigurationError(name, "must be a string")
    _check_encodable(name, value)


def _check_encodable(name: str, value: str) -> None:
    if not is_encodable(value):
        raise ConfigurationError(name, "must be text that UTF-8 can write")


def _check_header(name: str, value: object) -> None:
    if not isinstance(value, str) or not value or not all("!" <= c <= "~" for c in value):
        raise ConfigurationError(name, "must be visible ASCII without spaces, as a header's value")


def _check_base_url(name: str, value: object) -> None:
    if not isinstance(value, str) or not value:
        raise ConfigurationError(name, "must be given: the gateway's address, as https://sms.example.com")
    if _is_plain(value):
        return
    try:
        parts = later.urlsplit(value)
        host, _ = parts.hostname, parts.port
        asked = later.http.URL(value).host
    except (ValueError, later.http.InvalidURL):
        raise ConfigurationError(name, "is no URL; write it as https://sms.example.com") from None
    if (
        parts.scheme not in {"https", "http"}
        or not host
        or any(c.isspace() or not c.isprintable() for c in value)
    ):
        raise ConfigurationError(name, "must be an address that starts with https://")
    if parts.username is not None or parts.password is not None:
        raise ConfigurationError(name, "must not hold a user or a password; give client_id and client_secret")
    if "?" in value or "#" in value:
        raise ConfigurationError(name, "must end before any ? or #")
    # Both readings must agree: a host that only the check takes for this machine would be told the secret.
    if parts.scheme == "http" and not (is_loopback(host) and is_loopback(asked)):
        raise ConfigurationError(
            name,
            "must start with https://, since http:// would show the secret to the network; "
            "http:// is for this machine alone, as http://127.0.0.1:8025",
        )


def _is_plain(value: str) -> bool:
    """Tell of most addresses without loading anything that they are right: https and a name."""
    name = value.removeprefix("https://").removesuffix("/")
    return (
        value.startswith("https://")
        and _OF_A_NAME.issuperset(name)
        and all(
            label and label[0].isalpha() and label[-1].isalnum() and "--" not in label
            for label in name.split(".")
        )
        and all(len(label) <= _LONGEST_LABEL for label in name.split("."))
    )


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine.

    Args:
        host: A name or an address, without a port.
    """
    if host == "localhost":
        return True
    try:
        return later.ip_address(host).is_loopback
    except ValueError:
        return False


_NEEDED = ("base_url", "client_id", "client_secret")
_CHECKS: Mapping[str, Callable[[str, object], None]] = {
    "base_url": _check_base_url,
    "client_id": _check_credential,
    "client_secret": _check_credential,
    "scope": _check_scope,
    "service_account_id": _check_header,
    "organisation_id": _check_header,
}
