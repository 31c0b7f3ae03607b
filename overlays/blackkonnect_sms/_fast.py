"""The extra `fast`: requests by pyreqwest, below httpx' own objects; everything above them is the same.

What goes wrong is told by httpx' exceptions, so that one table says what a failure leaves behind. Nothing is
repeated or followed here: hyper, which pyreqwest is built on, takes another connection only for a request of
which it has not written a byte.
"""

from __future__ import annotations

import atexit
import os
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

from pyreqwest.client import ClientBuilder, SyncClientBuilder
from pyreqwest.exceptions import BuilderError, PyreqwestError
from pyreqwest.http import Url
from pyreqwest.proxy import ProxyBuilder

from blackkonnect_sms._deadlines import Patience
from blackkonnect_sms._fast_failures import understood
from blackkonnect_sms._http import http
from blackkonnect_sms._limits import Intake
from blackkonnect_sms.errors import ConfigurationError, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeVar

    from pyreqwest.client import BaseClientBuilder
    from pyreqwest.request import BaseRequestBuilder
    from pyreqwest.response import BaseResponse

    from blackkonnect_sms.auth import ClientCredentials

    ClientT = TypeVar("ClientT")

__all__ = ["Asked", "AsyncFastClient", "FastClient", "Told"]

_MOST_CONNECTIONS = 100
_MOST_IDLE = 20
_LONGEST_IDLE = timedelta(seconds=5)
_LONGEST_URL = 65_534
_PARTING = 0.02
_LATER = 0.25
"""For how many seconds longer an answer is waited for than a connection, which then is the first to end."""


class Asked:
    """A request, with what of `httpx.Request` the client looks at.

    Args:
        method: The method.
        url: The whole address.
        headers: Its own headers, besides those of the client.
        content: The body.
        data: The fields of a form, in place of a body.
        extensions: What travels with it, as the timeout.
    """

    __slots__ = ("content", "extensions", "headers", "method", "url")

    def __init__(  # noqa: PLR0913 - as httpx has them
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        data: Mapping[str, Any] | None = None,
        extensions: dict[str, Any] | None = None,
    ) -> None:
        self.method, self.url = method, url
        self.headers = dict(headers or {})
        self.content = content if data is None else urlencode(data).encode()
        self.extensions = extensions or {}


class Told:
    """An answer that was read to its end, with what of `httpx.Response` the client looks at."""

    __slots__ = ("content", "headers", "request", "status_code")

    def __init__(self, request: Asked, response: BaseResponse, content: bytes) -> None:
        self.request, self.content = request, content
        self.status_code: int = response.status
        self.headers = _Headers(response)

    def read(self) -> bytes:
        """Return the body, as `httpx.Response.read`."""
        return self.content

    async def aread(self) -> bytes:
        """Return the body, as `httpx.Response.aread`."""
        return self.content


class _Headers:
    """The headers of an answer, looked up when they are asked for."""

    __slots__ = ("_response",)

    def __init__(self, response: BaseResponse) -> None:
        self._response = response

    def get(self, name: str, default: str | None = None) -> str | None:
        try:
            values = self._response.get_header_all(name)
        except ValueError:  # Bytes that are no text say nothing that is understood.
            return default
        return ", ".join(values) if values else default


class _Base:
    """What both clients have in common.

    Args:
        base_url: The gateway's address.
        auth: What puts a token on each request.
        headers: Those that each request has.
        timeout: For how many seconds a single wait may last.
        connect: For how many seconds a connection may take to be made.
        most: The most bytes that an answer may have, both as it comes and unpacked.
        trust_env: Whether the environment may name a proxy.

    Raises:
        ConfigurationError: The address is read in another way than httpx reads it.
        ValueError: The environment names a proxy that can't be used.
        OSError: It names certificates that are not there.
    """

    def __init__(  # noqa: PLR0913 - each is a setting of its own
        self,
        *,
        base_url: str,
        auth: ClientCredentials,
        headers: Mapping[str, str],
        timeout: float,
        connect: float,
        most: int,
        trust_env: bool,
    ) -> None:
        _check_reading(base_url)
        for name in ("SSL_CERT_FILE", "SSL_CERT_DIR") if trust_env else ():
            if os.environ.get(name):
                os.stat(os.environ[name])  # noqa: PTH116 - only whether it is there
        self._base_url = base_url.rstrip("/")
        self._auth, self._most = auth, most
        self._headers, self._timeout, self._connect = headers, timeout, connect
        self._proxy = _proxy_for(base_url) if trust_env else None
        self._process = os.getpid()
        self.is_closed = False

    def build_request(  # noqa: PLR0913 - as httpx has them
        self,
        method: str,
        url: str,
        *,
        timeout: float,
        params: Mapping[str, Any] | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Asked:
        """Return a request, as `httpx.Client.build_request`.

        Raises:
            InvalidURL: The address is too long.
            Refused: The client was made before this process was forked off.
        """
        if os.getpid() != self._process:
            # The threads that carry its requests stayed behind, so that it would wait for ever.
            raise Refused("a fast client works in the process alone that it was made in; nothing was sent")
        address = f"{self._base_url}{url}?{urlencode(params)}" if params else self._base_url + url
        if len(address) > _LONGEST_URL:
            raise http.InvalidURL("the URL is too long")
        return Asked(
            method.upper(),
            address,
            headers=headers,
            content=content,
            extensions={"timeout": {"read": timeout}},
        )

    def _configured(self, builder: BaseClientBuilder) -> None:
        """Say what pyreqwest must not do by itself, and when it has to give up."""
        builder.http1_only().follow_redirects(enable=False).referer(enable=False)
        builder.gzip(enable=False).brotli(enable=False).zstd(enable=False).deflate(enable=False)
        builder.default_headers(dict(self._headers))
        builder.connect_timeout(timedelta(seconds=self._connect))
        builder.read_timeout(timedelta(seconds=self._timeout + _LATER))
        builder.pool_timeout(timedelta(seconds=self._timeout)).max_connections(_MOST_CONNECTIONS)
        builder.pool_idle_timeout(_LONGEST_IDLE).pool_max_idle_per_host(_MOST_IDLE)
        builder.no_proxy()
        if self._proxy is not None:
            builder.proxy(ProxyBuilder.all(self._proxy))

    def _written(self, builder: BaseRequestBuilder, request: Asked) -> None:
        builder.headers(request.headers).timeout(timedelta(seconds=_left(request)))
        if request.content is not None:
            builder.body_bytes(request.content)


class FastClient(_Base):
    """Sends by pyreqwest what `httpx.Client` would send; any number of threads may use it."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - those of the base
        super().__init__(**settings)
        builder = SyncClientBuilder()
        self._configured(builder)
        self._client = _built(builder.build)

    def send(self, request: Asked) -> Told:
        """Send a request with a token, and return its answer.

        Raises:
            RequestError: One of httpx' exceptions, which tells whether it may have been taken.
        """
        # httpx' own types stand there, of which no more is used than these have.
        flow: Any = self._auth.sync_auth_flow(request)  # type: ignore[arg-type]
        try:
            asked = next(flow)
            while True:
                answer = self._answer(asked)
                try:
                    asked = flow.send(answer)
                except StopIteration:
                    return answer
        finally:
            flow.close()

    def _answer(self, request: Asked) -> Told:
        try:
            builder = self._client.request(request.method, request.url)
            self._written(builder, request)
            pieces: list[bytes] = []
            with builder.build_streamed() as response:
                intake = _intake(response, self._most)
                reader = response.body_reader
                while (piece := reader.read_chunk()) is not None:
                    pieces.append(intake.take(bytes(piece)))
                    _check_time(request)
                intake.end()
                return Told(request, response, b"".join(pieces))
        except (PyreqwestError, http.RequestError) as error:
            raise _failure(error, request) from None

    def close(self) -> None:
        """Close all connections."""
        self.is_closed = True
        self._client.close()


class AsyncFastClient(_Base):
    """Sends by pyreqwest what `httpx.AsyncClient` would send."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - those of the base
        super().__init__(**settings)
        builder = ClientBuilder()
        self._configured(builder)
        self._client = _built(builder.build)

    async def send(self, request: Asked) -> Told:
        """Send a request with a token, and return its answer.

        Raises:
            RequestError: One of httpx' exceptions, which tells whether it may have been taken.
        """
        # httpx' own types stand there, of which no more is used than these have.
        flow: Any = self._auth.async_auth_flow(request)  # type: ignore[arg-type]
        try:
            asked = await anext(flow)
            while True:
                answer = await self._answer(asked)
                try:
                    asked = await flow.asend(answer)
                except StopAsyncIteration:
                    return answer
        finally:
            await flow.aclose()

    async def _answer(self, request: Asked) -> Told:
        try:
            builder = self._client.request(request.method, request.url)
            self._written(builder, request)
            pieces: list[bytes] = []
            async with builder.build_streamed() as response:
                intake = _intake(response, self._most)
                reader = response.body_reader
                while (piece := await reader.read_chunk()) is not None:
                    pieces.append(intake.take(bytes(piece)))
                    _check_time(request)
                intake.end()
                return Told(request, response, b"".join(pieces))
        except (PyreqwestError, http.RequestError) as error:
            raise _failure(error, request) from None

    async def aclose(self) -> None:
        """Close all connections."""
        self.is_closed = True
        await self._client.close()


# pyreqwest's thread may still be putting the last answer away, and an interpreter that ends meanwhile aborts.
atexit.register(time.sleep, _PARTING)


def _built(build: Callable[[], ClientT]) -> ClientT:
    try:
        return build()
    except RuntimeError as error:  # pyreqwest's own word for a process that was forked off one with threads
        raise ConfigurationError(
            "fast", "can't be used in a process that was forked off one that had used it; start it by spawn"
        ) from error


def _intake(response: BaseResponse, most: int) -> Intake:
    return Intake(", ".join(response.get_header_all("Content-Encoding")), most)


def _left(request: Asked) -> float:
    """Return for how many seconds a request may last that begins now."""
    patience: float = request.extensions["timeout"]["read"]
    left = patience.left() if isinstance(patience, Patience) else patience
    if left <= 0:
        raise http.PoolTimeout("the time of the call was over before anything was sent")
    return left


def _check_time(request: Asked) -> None:
    patience = request.extensions["timeout"]["read"]
    if isinstance(patience, Patience) and patience.left() <= 0:
        raise http.ReadTimeout("the answer did not end in time")


def _failure(error: PyreqwestError | http.RequestError, request: Asked) -> Exception:
    """Return what to raise for whatever went wrong, with the request that it belongs to."""
    if isinstance(error, BuilderError):
        return Refused("the request can't be written as HTTP; nothing was sent")
    failure = understood(error) if isinstance(error, PyreqwestError) else error
    told: Any = request  # It is asked for its extensions alone.
    failure.request = told
    return failure


def _check_reading(base_url: str) -> None:
    """Make sure that all readings of the address agree: a host that one alone takes would get the secret."""
    here, there = http.URL(base_url), Url(base_url)
    if (here.raw_host.decode(), here.port) != ((there.host_str or "").strip("[]"), there.port):
        raise ConfigurationError("base_url", "is read in different ways; write its host in plain letters")


def _proxy_for(base_url: str) -> str | None:
    """Return the proxy that the environment names for an address; None where it names none."""
    parts, named = urlsplit(base_url), getproxies()
    proxy = named.get(parts.scheme) or named.get("all")
    if not proxy or proxy_bypass(parts.netloc):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"
