"""The receiver of receipts as a WSGI application, for Django, Flask and every WSGI server."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from blackkonnect_sms.errors import InvalidArgument
from blackkonnect_sms.receipts.answering import FAILED, TAKEN, Answer, Guard, log_failure
from blackkonnect_sms.receipts.receipt import Receipt

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

__all__ = ["ReceiptsWSGI"]


class ReceiptsWSGI:
    """A WSGI application that takes receipts at ``/<secret>`` below where it is mounted.

    It answers 200 when the handler has returned, and 500 where it raised, so that the gateway calls again;
    404 where the secret is wrong, 405 to anything but GET, 400 and 414 to what is no receipt.

    Args:
        handler: Called with each `Receipt`, in the server's thread, so perhaps in several at once. The same
            receipt can come again, late and out of order: see `merge`.
        secret: The secret in the path, 16 to 255 letters, digits and characters of ``-._~``, as
            ``secrets.token_urlsafe()`` makes them. Receipts are not signed as far as is known, so who knows
            it can tell anything of any message.

    Raises:
        InvalidArgument: The handler can't be called or is a coroutine function, or the secret is none.

    Example:
        >>> def save(receipt: Receipt) -> None: ...
        >>> app = ReceiptsWSGI(save, secret="a-secret-of-your-own")
    """

    def __init__(self, handler: Callable[[Receipt], object], *, secret: str) -> None:
        if not callable(handler):
            raise InvalidArgument("handler", "must be a function that takes a receipt")
        if inspect.iscoroutinefunction(handler) or inspect.iscoroutinefunction(type(handler).__call__):
            raise InvalidArgument("handler", "must be no coroutine function; ReceiptsASGI takes one")
        self._handler = handler
        self._guard = Guard(secret)

    def answer(self, method: str, secret: str, query: str | bytes) -> Answer:
        """Take a receipt, for a framework that a WSGI application can't be mounted in, as a view of Django.

        Args:
            method: The request's method.
            secret: What stands in the path where the secret should, percent-decoded.
            query: What stands behind the question mark, still percent-encoded.

        Returns:
            The answer to send; nothing is raised for what the request or the handler does.
        """
        found = self._guard.examine(method, secret, query)
        if isinstance(found, Answer):
            return found
        try:
            told = self._handler(found)
        except Exception as error:  # noqa: BLE001 - whatever it is, the gateway is to call again
            log_failure(type(error).__name__)
            return FAILED
        if inspect.isawaitable(told):
            # What would never run must not be taken for done.
            if inspect.iscoroutine(told):
                told.close()
            log_failure("it returned an awaitable, which nobody awaits here")
            return FAILED
        return TAKEN

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve a request by PEP 3333."""
        # Both are bytes in disguise, one for each character.
        query = environ.get("QUERY_STRING", "").encode("latin-1", "replace")
        path = environ.get("PATH_INFO", "").removeprefix("/")
        answer = self.answer(environ["REQUEST_METHOD"], path, query)
        start_response(f"{answer.status} {answer.reason}", list(answer.headers))
        return [answer.body]
