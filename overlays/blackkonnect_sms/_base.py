"""What the synchronous and the asynchronous client have in common: how they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import urlsplit

from blackkonnect_sms._core import Core
from blackkonnect_sms._http import http
from blackkonnect_sms._steps import Call
from blackkonnect_sms._version import __version__
from blackkonnect_sms.auth import ClientCredentials
from blackkonnect_sms.clock import Clock
from blackkonnect_sms.config import Config, check_seconds, is_encodable
from blackkonnect_sms.errors import ConfigurationError, InvalidArgument, Refused
from blackkonnect_sms.results import BulkResult, SendResult
from blackkonnect_sms.retry import RetryBudget, RetryEvent, RetryPolicy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Self

TransportT = TypeVar("TransportT")

USER_AGENT = f"blackkonnect-sms-python/{__version__}"


class ClientBase(Generic[TransportT]):
    """How a client is made; the two clients say what it does.

    Args:
        base_url: The gateway's address, ``https`` unless it is this machine.
        client_id: The client's id.
        client_secret: The client's secret.
        scope: The scope to ask a token for.
        service_account_id: The header ``X-ServiceAccount-ID``.
        organisation_id: The header ``X-Organisation-ID``.
        timeout: For how many seconds one request may wait for the network.
        deadline: For how many seconds one call may take, with all its repeats.
        reconcile_for: For how many of those seconds a send whose answer was lost is asked for.
        token_lifetime: For how many seconds a token without ``exp`` is used.
        resend_when_absent: Whether a send whose answer was lost, and that the gateway does not know in the
            end, is repeated with the same ids; only for a gateway that answers for its ids at once.
        retry: How often a request that certainly was not taken is repeated, and how long is waited.
        on_retry: Told before each repeat.
        transport: The httpx transport to send with, for tests and proxies.
        clock: The time to live by, for tests.

    Raises:
        ConfigurationError: An argument is missing or wrong.
    """

    def __init__(  # noqa: PLR0913 - each is a setting of its own
        self,
        *,
        base_url: str = "",
        client_id: str = "",
        client_secret: str = "",
        scope: str | None = None,
        service_account_id: str | None = None,
        organisation_id: str | None = None,
        timeout: float = 15.0,
        deadline: float = 60.0,
        reconcile_for: float = 10.0,
        token_lifetime: float = 300.0,
        resend_when_absent: bool = False,
        retry: RetryPolicy | None = None,
        on_retry: Callable[[RetryEvent], None] | None = None,
        transport: TransportT | None = None,
        clock: Clock | None = None,
    ) -> None:
        config = Config(
            base_url=base_url,
            client_id=client_id,
            client_secret=client_secret,
            scope=scope,
            service_account_id=service_account_id,
            organisation_id=organisation_id,
            timeout=timeout,
            deadline=deadline,
            reconcile_for=reconcile_for,
            token_lifetime=token_lifetime,
            resend_when_absent=resend_when_absent,
        )
        for name, value, kind, right in (
            ("retry", retry, RetryPolicy, "a RetryPolicy"),
            ("clock", clock, Clock, "a Clock"),
        ):
            if value is not None and not isinstance(value, kind):
                raise ConfigurationError(name, f"must be {right}")
        if on_retry is not None and not callable(on_retry):
            raise ConfigurationError("on_retry", "must be a function of a RetryEvent")
        self._config = config
        self._clock = clock or Clock()
        self._core = Core(config, self._clock, retry or RetryPolicy(), RetryBudget(), on_retry)
        self._auth = ClientCredentials(
            config.base_url,
            config.client_id,
            config.client_secret,
            config.scope,
            config.token_lifetime,
            self._clock.monotonic,
            self._clock.time,
        )
        arguments = {
            "base_url": config.base_url,
            "auth": self._auth,
            "headers": {"User-Agent": USER_AGENT},
            "transport": transport,
            "timeout": config.timeout,
            # http:// is for this machine alone: a proxy of the environment would get the secret in clear.
            "trust_env": urlsplit(config.base_url).scheme == "https",
        }
        try:
            self._open(arguments)
        except (ImportError, OSError, ValueError) as error:
            raise ConfigurationError(
                "environment",
                "names a proxy or certificates that can't be used (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, "
                "SSL_CERT_FILE, SSL_CERT_DIR)",
            ) from error

    def _open(self, arguments: dict[str, Any]) -> None:
        raise NotImplementedError

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, **options: Any) -> Self:  # noqa: ANN401
        """Make a client from ``BLACKKONNECT_BASE_URL``, ``_CLIENT_ID``, ``_CLIENT_SECRET`` and their kin.

        Args:
            environ: The variables; those of the process by default.
            **options: Arguments of the client that are given here.

        Returns:
            The client.

        Raises:
            ConfigurationError: A variable is missing or wrong; the error names it.
        """
        return cls(**{**Config.settings_from(environ, options), **options})

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}(base_url={self._config.base_url!r}, client_id={self._config.client_id!r})"
        )


def request_for(client: http.Client | http.AsyncClient, call: Call) -> http.Request:
    """Return the request of a step, before any byte of it leaves.

    Raises:
        InvalidArgument: It can't be written, as a value of the caller's that is no JSON.
        Refused: The client was closed.
    """
    if client.is_closed:
        raise Refused("the client was closed; nothing was sent")
    try:
        return client.build_request(**call.arguments, timeout=call.timeout)
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidArgument("request", "holds a value that can't be written as JSON") from error
    except http.InvalidURL as error:
        raise InvalidArgument("request", "holds an id that is too long for a URL") from error


def message_id_of(message: str | SendResult) -> str:
    """Return the id of a message that is given by its result or by its id."""
    if isinstance(message, SendResult):
        return message.message_id
    return _checked_id(message, "message")


def bulk_ids_of(bulk: str | BulkResult) -> tuple[str, tuple[str, ...]]:
    """Return the id of a bulk and those of its messages, where they are known."""
    if isinstance(bulk, BulkResult):
        return _checked_id(bulk.bulk_id, "bulk"), tuple(
            fate.message_id for fate in bulk.fates if fate.outcome != "refused"
        )
    return _checked_id(bulk, "bulk"), ()


def waited_ids_of(
    sent: str | SendResult | BulkResult, timeout: float
) -> tuple[tuple[str, ...], str | None, float]:
    """Return the ids of the messages to wait for, the bulk that they belong to, and for how long."""
    check_seconds("timeout", timeout, least=0.0, error=InvalidArgument)
    if isinstance(sent, BulkResult):
        bulk_id, message_ids = bulk_ids_of(sent)
        return message_ids, bulk_id, timeout
    return (message_id_of(sent),), None, timeout


def _checked_id(value: object, argument: str) -> str:
    if not isinstance(value, str) or not value or value in {".", ".."} or not is_encodable(value):
        raise InvalidArgument(argument, "must be what the send returned, or the id that it told")
    return value
