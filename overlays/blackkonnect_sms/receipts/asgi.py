"""The receiver of receipts as an ASGI application, for FastAPI, Starlette and every ASGI server."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from blackkonnect_sms.errors import InvalidArgument
from blackkonnect_sms.receipts.answering import FAILED, TAKEN, Answer, Guard, log_failure
from blackkonnect_sms.receipts.receipt import Receipt

__all__ = ["ReceiptsASGI"]

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_POLICY_VIOLATION = 1008  # RFC 6455, section 7.4.1


class ReceiptsASGI:
    """An ASGI application that takes receipts at ``/<secret>`` below where it is mounted.

    It answers 200 when the handler has returned, and 500 where it raised, so that the gateway calls again;
    404 where the secret is wrong, 405 to anything but GET, 400 and 414 to what is no receipt. It serves
    lifespans and refuses websockets.

    Args:
        handler: Called with each `Receipt`. A coroutine function is awaited in the server's event loop, which
            must be asyncio's; another function runs in a thread, several at once. The same receipt can come
            again, late and out of order: see `merge`.
        secret: The secret in the path, 16 to 255 letters, digits and characters of ``-._~``, as
            ``secrets.token_urlsafe()`` makes them. Receipts are not signed as far as is known, so who knows
            it can tell anything of any message.

    Raises:
        InvalidArgument: The handler can't be called, or the secret is none.

    Example:
        >>> async def save(receipt: Receipt) -> None: ...
        >>> app = ReceiptsASGI(save, secret="a-secret-of-your-own")
    """

    def __init__(self, handler: Callable[[Receipt], object], *, secret: str) -> None:
        if not callable(handler):
            raise InvalidArgument("handler", "must be a function that takes a receipt")
        self._handler = handler
        # What only shows later that it is to be awaited is called in a thread first, which does no harm.
        self._is_coroutine_function = inspect.iscoroutinefunction(handler)
        self._guard = Guard(secret)

    async def answer(self, method: str, secret: str, query: str | bytes) -> Answer:
        """Take a receipt, for a framework that an ASGI application can't be mounted in.

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
            if self._is_coroutine_function:
                told = self._handler(found)
            else:
                told = await asyncio.to_thread(self._handler, found)
            if inspect.isawaitable(told):
                await told
        except Exception as error:  # noqa: BLE001 - whatever it is, the gateway is to call again
            log_failure(type(error).__name__)
            return FAILED
        return TAKEN

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a connection by ASGI 3.0."""
        if scope["type"] == "http":
            answer = await self.answer(scope["method"], _last_part(scope), scope["query_string"])
            headers = [(name.lower().encode(), value.encode()) for name, value in answer.headers]
            await send({"type": "http.response.start", "status": answer.status, "headers": headers})
            await send({"type": "http.response.body", "body": answer.body})
        elif scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        else:
            # The specification asks to raise for a protocol that is not known.
            raise ValueError("receipts come by HTTP alone")


async def _live(receive: Receive, send: Send) -> None:
    """Take part in the server's start and end, which nothing here needs."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def _last_part(scope: Scope) -> str:
    """Return what the path has below where the application is mounted, without its slash.

    By the specification the path begins with ``root_path``. Older frameworks cut it off, and so do proxies:
    then it begins with the end of ``root_path``, or with nothing of it.
    """
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    while root and not path.startswith(f"{root}/"):
        _, slash, rest = root[1:].partition("/")
        root = slash + rest
    return path[len(root) :].removeprefix("/")
