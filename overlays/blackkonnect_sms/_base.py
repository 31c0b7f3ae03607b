"""What the synchronous and the asynchronous client have in common: how they are made."""

from __future__ import annotations

import os
from _thread import allocate_lock  # what threading's is, without the module

from blackkonnect_sms import _later as later
from blackkonnect_sms.clock import Clock
from blackkonnect_sms.config import Config, check_seconds, is_encodable
from blackkonnect_sms.errors import ConfigurationError, InvalidArgument, Refused
from blackkonnect_sms.interruptions import interrupted_send
from blackkonnect_sms.results import BulkResult, SendResult

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any, Generic, Self, TypeVar

    from blackkonnect_sms_api.models import BulkSmsMessageRequest

    from blackkonnect_sms._core import Core
    from blackkonnect_sms._http import http
    from blackkonnect_sms._limits import Hooks
    from blackkonnect_sms._reading import Bulks
    from blackkonnect_sms._steps import Call, Plan
    from blackkonnect_sms.auth import ClientCredentials
    from blackkonnect_sms.retry import RetryEvent, RetryPolicy

    T = TypeVar("T")
    TransportT = TypeVar("TransportT")
else:

    class Generic:
        """`typing.Generic` for type checkers, and nothing when the program runs."""

        def __class_getitem__(cls, _parameter: object) -> type:
            return cls

    TransportT = None

_PROXIES = frozenset({"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"})


class OnFirstUse:
    """An attribute of a client that is made, with all the others, when one of them is first looked at."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, client: ClientBase[Any] | None, owner: type | None = None) -> Any:  # noqa: ANN401
        if client is None:
            return self
        client._make_ready()  # noqa: SLF001 - the same concept
        return vars(client)[self._name]


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
        deadline: For how many seconds one call may take, with all its repeats; of a bulk that is split, each
            of its requests. The last of them, ``reconcile_for`` or a quarter if that is less, are kept to ask
            for a send whose answer was lost.
        reconcile_for: For how many of those seconds a send whose answer was lost is asked for.
        token_lifetime: For how many seconds a token without ``exp`` is used.
        answer_limit: How many bytes an answer may have, also after it is unpacked.
        resend_when_absent: Whether a send whose answer was lost, and that the gateway does not know in the
            end, is repeated with the same ids; only for a gateway that answers for its ids at once.
        retry: How often a request that certainly was not taken is repeated, and how long is waited.
        on_retry: Told before each repeat.
        transport: The httpx transport to send with, for tests and proxies; closed with the client.
        event_hooks: Functions that httpx calls with each request, ``"request"``, and each answer,
            ``"response"``, those for tokens too; async functions for `AsyncBlackkonnectSMS`. They see all of
            it, the secret and the token included.
        fast: Whether to send by pyreqwest, below httpx, for a fraction of the CPU time; it takes the extra
            ``fast``, and goes with neither ``transport`` nor ``event_hooks``.
        clock: The time to live by, for tests.

    Raises:
        ConfigurationError: An argument is missing or wrong.
    """

    _handler: str
    """What a transport of httpx has for this kind of client."""

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
        answer_limit: int = 32 * 1024 * 1024,
        resend_when_absent: bool = False,
        retry: RetryPolicy | None = None,
        on_retry: Callable[[RetryEvent], None] | None = None,
        transport: TransportT | None = None,
        event_hooks: Mapping[str, Iterable[Callable[..., Any]]] | None = None,
        fast: bool = False,
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
            answer_limit=answer_limit,
            resend_when_absent=resend_when_absent,
        )
        if retry is not None and not isinstance(retry, later.RetryPolicy):
            raise ConfigurationError("retry", "must be a RetryPolicy")
        if clock is not None and not isinstance(clock, Clock):
            raise ConfigurationError("clock", "must be a Clock")
        if on_retry is not None and not callable(on_retry):
            raise ConfigurationError("on_retry", "must be a function of a RetryEvent")
        if on_retry is not None and later.iscoroutinefunction(on_retry):
            raise ConfigurationError("on_retry", "must be a plain function, for it is called and not awaited")
        if transport is not None and not callable(getattr(transport, self._handler, None)):
            raise ConfigurationError("transport", f"must be a transport of httpx with {self._handler}")
        self._event_hooks: Hooks | None = None
        if event_hooks is not None:
            self._event_hooks = later.checked_hooks(event_hooks, awaited="async" in self._handler)
        if fast is not False:
            _check_fast(fast, {"transport": transport, "event_hooks": event_hooks})
        self._fast = fast
        self._config = config
        self._clock = clock or Clock()
        self._closed = False
        self._addresses: dict[str, http.URL] = {}
        self._opening = allocate_lock()
        self._given = (retry, on_retry, transport)
        if transport is not None or _environment_matters():
            self._make_ready()

    if TYPE_CHECKING:
        _core: Core
        _auth: ClientCredentials
    else:
        _core = OnFirstUse()
        _auth = OnFirstUse()

    def _make_ready(self) -> None:
        """Make what only requests need; until then httpx, the models and the certificates are not loaded."""
        with self._opening:
            if "_core" in vars(self):
                return
            if self._closed:
                raise Refused("the client was closed; nothing was sent")
            retry, on_retry, transport = self._given
            auth = later.auth_of(self._config, self._clock)
            try:
                if self._fast:
                    self._open_fast(later.fast_arguments_of(self._config, auth))
                else:
                    self._open(later.arguments_of(self._config, auth, transport))
            except (ImportError, OSError, ValueError) as error:
                raise ConfigurationError(
                    "environment",
                    "names a proxy or certificates that can't be used (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, "
                    "SSL_CERT_FILE, SSL_CERT_DIR)",
                ) from error
            self._auth = auth
            self._core = later.core_of(
                self._config, self._clock, retry, on_retry
            )  # last: it says that all is there

    def _close_unused(self) -> bool:
        """Close a client that was never used, which has nothing to close; tell whether it is one."""
        with self._opening:
            self._closed = True
            return "_core" not in vars(self)

    def _cut_off(self, plan: Plan[Any], stop: BaseException) -> None:
        """Let a plan leave what it knows of its send with the cancellation or the Ctrl-C that ends it."""
        try:  # noqa: SIM105 - contextlib is dear to load
            plan.throw(stop)
        except BaseException:  # noqa: BLE001, S110 - it is what came in, which the caller raises on
            pass
        left = interrupted_send(stop)
        if left is not None:
            left.bind(self._run)

    def _leave_bulk(
        self,
        stop: BaseException,
        requests: list[BulkSmsMessageRequest],
        told: list[BulkResult],
        bulk_id: str,
    ) -> None:
        self._core.leave_bulk(stop, requests, told, bulk_id)
        left = interrupted_send(stop)
        if left is not None:
            left.bind(self._run)

    def _run(self, plan: Plan[T]) -> Any:  # noqa: ANN401 - a result, or an awaitable of it
        raise NotImplementedError

    def _open(self, arguments: dict[str, Any]) -> None:
        raise NotImplementedError

    def _open_fast(self, arguments: dict[str, Any]) -> None:
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


def _check_fast(fast: object, others: Mapping[str, object]) -> None:
    if fast is not True:
        raise ConfigurationError("fast", "must be True or False")
    for name, value in others.items():
        if value is not None:
            raise ConfigurationError(name, "is httpx' own, which a fast client does without")
    try:
        found = later.find_spec("pyreqwest.client")
    except ImportError:
        found = None
    if found is None:
        raise ConfigurationError("fast", "takes more: pip install 'blackkonnect-sms[fast]'")


def _environment_matters() -> bool:
    """Tell whether the environment may name a proxy or certificates that can't be used: better told early."""
    return any(name.upper() in _PROXIES for name in os.environ) or any(
        os.environ.get(name) and not os.path.exists(os.environ[name])  # noqa: PTH110 - pathlib is not loaded yet
        for name in ("SSL_CERT_FILE", "SSL_CERT_DIR")
    )


def request_for(client: Any, call: Call, addresses: dict[str, http.URL]) -> Any:  # noqa: ANN401 - httpx or fast
    """Return the request of a step, before any byte of it leaves.

    Args:
        client: What makes requests: a client of httpx, or a fast one.
        call: The step.
        addresses: The addresses without ids that were made before, by their paths: httpx reads one that is
            text twice for each request, which costs a tenth of it.

    Raises:
        InvalidArgument: Its address is too long.
        Refused: The client was closed.
    """
    if client.is_closed:
        raise Refused("the client was closed; nothing was sent")
    try:
        arguments = call.arguments
        path = arguments["url"]
        known = addresses.get(path)
        if known is not None:
            arguments = {**arguments, "url": known}
        request = client.build_request(**arguments, timeout=call.timeout)
        if known is None and arguments["method"] == "post" and isinstance(request, later.http.Request):
            addresses[path] = request.url
    except later.http.InvalidURL as error:
        raise InvalidArgument("request", "holds an id that is too long for a URL") from error
    return request


def message_id_of(message: str | SendResult) -> str:
    """Return the id of a message that is given by its result or by its id."""
    if isinstance(message, SendResult):
        return message.message_id
    return _checked_id(message, "message")


def bulk_ids_of(bulk: str | BulkResult) -> Bulks:
    """Return the ids of a bulk's requests, each with those of its messages, where they are known."""
    if not isinstance(bulk, BulkResult):
        return ((_checked_id(bulk, "bulk"), ()),)
    bulks = tuple(
        (
            _checked_id(one.bulk_id, "bulk"),
            tuple(fate.message_id for fate in one.fates if fate.outcome != "refused"),
        )
        for one in bulk.requests
    )
    return tuple(one for one in bulks if one[1]) or bulks[:1]


def waited_ids_of(
    sent: str | SendResult | BulkResult, timeout: float
) -> tuple[tuple[str, ...], Bulks, float]:
    """Return the ids of the messages to wait for, the bulks that they belong to, and for how long."""
    check_seconds("timeout", timeout, least=0.0, error=InvalidArgument)
    if isinstance(sent, BulkResult):
        bulks = bulk_ids_of(sent)
        return tuple(name for _, names in bulks for name in names), bulks, timeout
    return (message_id_of(sent),), (), timeout


def _checked_id(value: object, argument: str) -> str:
    if not isinstance(value, str) or not value or value in {".", ".."} or not is_encodable(value):
        raise InvalidArgument(argument, "must be what the send returned, or the id that it told")
    return value
