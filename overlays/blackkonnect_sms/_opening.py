"""What a client is made of when it is first used: plans, authentication, the HTTP client's arguments."""

from __future__ import annotations

from http.cookiejar import CookieJar
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from blackkonnect_sms._core import Core
from blackkonnect_sms._limits import ACCEPTED_ENCODING
from blackkonnect_sms._version import __version__
from blackkonnect_sms.auth import ClientCredentials
from blackkonnect_sms.retry import RetryBudget, RetryPolicy

if TYPE_CHECKING:
    from collections.abc import Callable

    from blackkonnect_sms.clock import Clock
    from blackkonnect_sms.config import Config
    from blackkonnect_sms.retry import RetryEvent

__all__ = ["USER_AGENT", "arguments_of", "auth_of", "core_of", "fast_arguments_of"]

USER_AGENT = f"blackkonnect-sms-python/{__version__}"


def core_of(
    config: Config,
    clock: Clock,
    retry: RetryPolicy | None,
    on_retry: Callable[[RetryEvent], None] | None,
) -> Core:
    """Return the plans of a client."""
    return Core(config, clock, retry or RetryPolicy(), RetryBudget(), on_retry)


def auth_of(config: Config, clock: Clock) -> ClientCredentials:
    """Return the authentication of a client."""
    return ClientCredentials(
        config.base_url,
        config.client_id,
        config.client_secret,
        config.scope,
        config.token_lifetime,
        clock.monotonic,
        clock.time,
    )


def arguments_of(config: Config, auth: ClientCredentials, transport: object) -> dict[str, Any]:
    """Return the arguments of a client's HTTP client."""
    return {
        "base_url": config.base_url,
        "auth": auth,
        "headers": {"User-Agent": USER_AGENT, "Accept-Encoding": ACCEPTED_ENCODING},
        "cookies": _NoCookies(),
        "transport": transport,
        "timeout": config.timeout,
        "trust_env": _is_encrypted(config),
    }


def fast_arguments_of(config: Config, auth: ClientCredentials) -> dict[str, Any]:
    """Return the arguments of a fast client."""
    return {
        "base_url": config.base_url,
        "auth": auth,
        "headers": {"User-Agent": USER_AGENT, "Accept-Encoding": ACCEPTED_ENCODING},
        "timeout": config.timeout,
        # A connection that is not made is to be known as such, and not as a call whose time was over.
        "connect": min(config.timeout, config.deadline / 2.0),
        "most": config.answer_limit,
        "trust_env": _is_encrypted(config),
    }


def _is_encrypted(config: Config) -> bool:
    # http:// is for this machine alone: a proxy of the environment would get the secret in clear.
    return urlsplit(config.base_url).scheme == "https"


class _NoCookies(CookieJar):
    """Keeps none: the API has no cookies, and a gateway that sets ever new ones must not fill the memory."""

    def extract_cookies(self, *_: object) -> None:
        pass
