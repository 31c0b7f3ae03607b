"""Everything that this package raises.

::

    BlackkonnectError
    ├── InvalidArgument (also a ValueError)   found before anything left the machine
    │   └── ConfigurationError                the client itself can't be made
    ├── Refused                               nothing was sent, for certain
    │   ├── AuthenticationError               the credentials or the token are not accepted
    │   ├── TokenUnavailable                  no token could be had, so nothing was asked
    │   ├── RateLimited                       429; ``retry_after`` says how long to wait
    │   ├── DuplicateId                       409; a message or bulk with this id was taken before
    │   ├── NotFound                          404; the gateway knows nothing by that id
    │   └── Unreachable                       no connection was made
    ├── OutcomeUnknown                        a send that may or may not have been taken
    └── Unavailable                           a question, not a send, that got no readable answer

Each says what happened, whether anything was sent (``sent``), and what to do next. What one prints, its
traceback included, holds no secret, no token and no text of a message; its ``problem`` is what the gateway
said, without them: where it repeats one, ``[hidden]`` stands for the words.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Literal, TypeAlias

    from blackkonnect_sms_api.models import ProblemDetail

    Sent: TypeAlias = Literal["yes", "no", "unknown"]

    from blackkonnect_sms.results import BulkResult

__all__ = [
    "AuthenticationError",
    "BlackkonnectError",
    "ConfigurationError",
    "DuplicateId",
    "InvalidArgument",
    "NotFound",
    "OutcomeUnknown",
    "RateLimited",
    "Refused",
    "TokenUnavailable",
    "Unavailable",
    "Unreachable",
]


class BlackkonnectError(Exception):
    """The root of all errors of this package.

    Attributes:
        sent: Whether a text left: ``"yes"``, ``"no"`` or ``"unknown"``.
        status_code: The HTTP status of the answer, where there was one.
        problem: The answer's problem details (RFC 9457), where it had them, without what is private.
        correlation_id: The gateway's id of the request, where it told one.
        request_id: The request's own ``requestId``, where it had one.
        retry_after: For how many seconds the gateway asks to wait before the next try, where it told it.
    """

    sent: Sent = "no"

    def __init__(  # noqa: PLR0913 - each is a fact of its own
        self,
        message: str,
        *,
        status_code: int | None = None,
        problem: ProblemDetail | None = None,
        correlation_id: str | None = None,
        request_id: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.status_code = status_code
        self.problem = problem
        self.correlation_id = correlation_id
        self.request_id = request_id
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[Any, ...]:
        # Their arguments differ, so the pickle by which a pool of processes hands an error on says what
        # is in them instead. Only the client that raised it can ask again, so that stays behind.
        told = {name: value for name, value in vars(self).items() if name not in {"_again", "_run"}}
        return _restored, (type(self), self.args, told)


def _restored(kind: type[BlackkonnectError], args: tuple[object, ...], told: dict[str, Any]) -> Any:  # noqa: ANN401
    error = kind.__new__(kind, *args)
    vars(error).update(told)
    return error


class InvalidArgument(BlackkonnectError, ValueError):
    """An argument is wrong; nothing left the machine.

    Attributes:
        argument: The name of the argument, with the place inside it, as ``destinations[3]``.
    """

    def __init__(self, argument: str, rule: str) -> None:
        super().__init__(f"{argument}: {rule}")
        self.argument = argument


class ConfigurationError(InvalidArgument):
    """The client can't be made from what it was given."""


class Refused(BlackkonnectError):
    """The gateway did not take it; nothing was sent, and the same request would be refused again."""


class AuthenticationError(Refused):
    """The gateway does not accept the credentials or the token; nothing was sent."""


class TokenUnavailable(Refused):
    """The token operation gave no readable token; nothing was sent, and a later try may do."""


class RateLimited(Refused):
    """The gateway asks to wait longer than the client may; nothing was sent."""


class DuplicateId(Refused):
    """A message or bulk with this id was taken before; nothing was sent now."""


class NotFound(Refused):
    """The gateway knows nothing by that id for this client, or does not know it yet."""


class Unreachable(Refused):
    """No connection to the gateway was made; nothing was sent, and a later try may do."""


class Unavailable(BlackkonnectError):
    """A question got no readable answer in time; nothing was sent by it, and it may be asked again."""


class OutcomeUnknown(BlackkonnectError):
    """A send may or may not have been taken, and the gateway could not be brought to tell.

    Do not send it again by itself: ask again later with `reconcile`, which repeats nothing.

    Attributes:
        message_ids: The ids that the client chose for the messages, in the order of the destinations.
        bulk_id: The id that the client chose for the bulk, where it was one.
        result: What is known of each destination, where the bulk took several requests; then
            ``message_ids`` are those of the unknown ones.
    """

    sent: Sent = "unknown"
    _again: Callable[[], Any] | None = None
    _run: Callable[[Any], Any] | None = None

    def __init__(
        self,
        message: str,
        *,
        message_ids: tuple[str, ...],
        bulk_id: str | None = None,
        result: BulkResult | None = None,
        again: Callable[[], Any] | None = None,
        **details: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(message, **details)
        self.message_ids = message_ids
        self.bulk_id = bulk_id
        self.result = result
        self._again = again

    def bind(self, run: Callable[[Any], Any]) -> None:
        """Give the error the client that can ask again.

        Args:
            run: What carries a plan of that client out.
        """
        self._run = run

    def reconcile(self) -> Any:  # noqa: ANN401 - a result, or of the asynchronous client an awaitable of it
        """Ask the gateway once more what became of the send; it is never repeated by this.

        Returns:
            The result of the send, as if it had been accepted at once; of an `AsyncBlackkonnectSMS` an
            awaitable of it.

        Raises:
            OutcomeUnknown: The gateway still does not tell.
            RuntimeError: The error does not come from a client, as in a test.
        """
        if self._again is None or self._run is None:
            raise RuntimeError("this error was not raised by a client, so there is nobody to ask")
        return self._run(self._again())
