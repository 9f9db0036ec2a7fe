"""
Send requests through aiohttp: faster than httpx, on asyncio only, with the extra ``fast``.

aiohttp is used as it is and not through an adapter for httpx, since what decides about sending
again is whether a connection was established, and adapters blur that.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import math
import socket
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Awaitable, Callable
from types import SimpleNamespace, TracebackType

import aiohttp
import attrs
from yarl import URL

from ...errors import ConnectionFailed, PixivError, Timeout, TransportError
from ..basics.headers import Headers
from .backend import HttpReply, HttpRequest, HttpStream, Timeouts, read_whole, too_large
from .decompress import IDENTITY, decompress, encoding_of
from .exception_map import proxy_refused, without_context
from .tls import shared_ssl_context

_PIECE = 64 * 1024
"""What is sent at once, in bytes: no more than aiohttp takes without waiting."""

_FAILURES = (aiohttp.ClientError, TimeoutError, ValueError)


class _Request(aiohttp.ClientRequest):
    """An aiohttp request without default headers."""

    DEFAULT_HEADERS = {}  # noqa: RUF012 (as aiohttp declares it)


class AiohttpBackend:
    """Sends requests through one aiohttp session, made in the event loop that uses it first."""

    name = "aiohttp"

    def __init__(self, *, connections: int, proxy: str | None, ipv4_only: bool) -> None:
        self._connections = connections
        self._proxy = proxy
        self._family = socket.AF_INET if ipv4_only else socket.AF_UNSPEC
        self._session: aiohttp.ClientSession | None = None

    def _open(self) -> aiohttp.ClientSession:
        session = self._session
        if session is None:
            connector = aiohttp.TCPConnector(
                limit=self._connections,
                ssl=shared_ssl_context(),
                family=self._family,
            )
            session = self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                request_class=_Request,
                middlewares=(_once,),
                # aiohttp's own unpacking is not bound by our deadline and limit.
                auto_decompress=False,
                trace_configs=None if self._proxy is None else [_connection_watch()],
            )
        return session

    async def aclose(self) -> None:
        """Close all connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def _send(self, request: HttpRequest, timeouts: Timeouts) -> Awaitable[aiohttp.ClientResponse]:
        content = request.content
        if content is None or timeouts.write is None:
            return self._request(request, content, timeouts)
        if isinstance(content, bytes):
            if len(content) <= _PIECE:
                return self._request(request, content, timeouts)
            length = ("Content-Length", str(len(content)))
            request = attrs.evolve(request, headers=(*request.headers, length))
            content = _pieces(content)
        return self._send_in_time(request, content, timeouts.write, timeouts)

    async def _send_in_time(
        self,
        request: HttpRequest,
        content: AsyncIterable[bytes],
        write: float,
        timeouts: Timeouts,
    ) -> aiohttp.ClientResponse:
        # aiohttp has no timeout for sending: it waits for ever for a server that takes no more.
        async with asyncio.timeout(None) as stalled:
            watched = _sent_in_time(content, stalled, write, timeouts.read)
            return await self._request(request, watched, timeouts)

    def _request(
        self,
        request: HttpRequest,
        content: bytes | AsyncIterable[bytes] | None,
        timeouts: Timeouts,
    ) -> Awaitable[aiohttp.ClientResponse]:
        if self._proxy is None or timeouts.connect is None:
            return self._ask(request, content, timeouts, None)
        return self._ask_through_proxy(request, content, timeouts, timeouts.connect)

    async def _ask_through_proxy(
        self,
        request: HttpRequest,
        content: bytes | AsyncIterable[bytes] | None,
        timeouts: Timeouts,
        connect: float,
    ) -> aiohttp.ClientResponse:
        # aiohttp has no timeout for a proxy that takes a connection and then says nothing.
        watch = _Connecting(connect)
        try:
            async with watch.timeout:
                return await self._ask(request, content, timeouts, watch)
        except TimeoutError:
            if not watch.timeout.expired():
                raise
        raise ConnectionFailed("connecting took too long")

    def _ask(
        self,
        request: HttpRequest,
        content: bytes | AsyncIterable[bytes] | None,
        timeouts: Timeouts,
        watch: _Connecting | None,
    ) -> Awaitable[aiohttp.ClientResponse]:
        return self._open().request(
            request.method,
            URL(request.url, encoded=True),
            headers=request.headers,
            data=content,
            allow_redirects=False,
            proxy=self._proxy,
            timeout=_client_timeout(timeouts),
            trace_request_ctx=watch,
        )

    async def exchange(self, request: HttpRequest, timeouts: Timeouts, largest: int) -> HttpReply:
        """Send *request* and read the whole reply."""
        failure: PixivError
        try:
            return await self._received(request, timeouts, largest)
        except PixivError as exc:
            failure = without_context(exc)
        except _FAILURES as exc:
            failure = _translated(exc)
        raise failure

    async def _received(self, request: HttpRequest, timeouts: Timeouts, largest: int) -> HttpReply:
        began = asyncio.get_running_loop().time()
        response = await self._send(request, timeouts)
        try:
            headers, body = Headers(response.raw_headers), response.content
            encoding = encoding_of(response.raw_headers)
            if encoding != IDENTITY:
                deadline = began + (math.inf if timeouts.total is None else timeouts.total)
                chunks = decompress(body.iter_any(), encoding, deadline)
                return await read_whole(HttpStream(response.status, headers, chunks), largest)
            parts, size = list[bytes](), 0
            while not body.at_eof():
                part = await body.readany()
                parts.append(part)
                size += len(part)
                if size > largest:
                    raise too_large(largest)
            return HttpReply(response.status, headers, b"".join(parts))
        finally:
            _leave(response)

    def stream(self, request: HttpRequest, timeouts: Timeouts) -> _Stream:
        """Send *request*; leaving the block closes the reply."""
        return _Stream(self._send, request, timeouts)


class _Stream:
    """A streamed reply; no function has the response in a variable, since its repr shows all."""

    def __init__(
        self,
        send: Callable[[HttpRequest, Timeouts], Awaitable[aiohttp.ClientResponse]],
        request: HttpRequest,
        timeouts: Timeouts,
    ) -> None:
        self._send = send
        self._request = request
        self._timeouts = timeouts

    async def __aenter__(self) -> HttpStream:
        failure: PixivError
        try:
            self._response = await self._send(self._request, self._timeouts)
            raw = self._response.raw_headers
            chunks = decompress(self._chunks(), encoding_of(raw))
            return HttpStream(self._response.status, Headers(raw), chunks)
        except PixivError as exc:
            failure = without_context(exc)
        except _FAILURES as exc:
            failure = _translated(exc)
        raise failure

    async def _chunks(self) -> AsyncGenerator[bytes]:
        try:
            async for chunk in self._response.content.iter_any():
                yield chunk
            return
        except _FAILURES as exc:
            failure = _translated(exc)
        raise failure

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        _leave(self._response)


def _leave(response: aiohttp.ClientResponse) -> None:
    """Close the connection, unless the body was read to its end, which released it."""
    if not response.content.at_eof():
        response.close()


@functools.lru_cache(maxsize=64)
def _client_timeout(timeouts: Timeouts) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(
        total=timeouts.total, sock_connect=timeouts.connect, sock_read=timeouts.read
    )


class _Connecting:
    """Limits the time that one request waits for a connection."""

    def __init__(self, seconds: float) -> None:
        self.timeout = asyncio.timeout(None)
        self._seconds = seconds

    def begin(self) -> None:
        self.timeout.reschedule(asyncio.get_running_loop().time() + self._seconds)

    def end(self) -> None:
        self.timeout.reschedule(None)


def _connection_watch() -> aiohttp.TraceConfig:
    async def begin(session: object, context: SimpleNamespace, params: object) -> None:
        del session, params
        if context.trace_request_ctx is not None:
            context.trace_request_ctx.begin()

    async def end(session: object, context: SimpleNamespace, params: object) -> None:
        del session, params
        if context.trace_request_ctx is not None:
            context.trace_request_ctx.end()

    watch: aiohttp.TraceConfig = aiohttp.TraceConfig()
    watch.on_connection_create_start.append(begin)
    watch.on_connection_create_end.append(end)
    return watch


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), _PIECE):
        yield content[start : start + _PIECE]


async def _sent_in_time(
    content: AsyncIterable[bytes], stalled: asyncio.Timeout, write: float, read: float | None
) -> AsyncIterator[bytes]:
    now = asyncio.get_running_loop().time

    def wait_until(when: float | None) -> None:
        # An answer may come before all is sent; then the timeout is over.
        with contextlib.suppress(RuntimeError):
            stalled.reschedule(when)

    async for chunk in content:
        wait_until(now() + write)
        yield chunk
        wait_until(None)
    # The last bytes may still be in a buffer.
    wait_until(None if read is None else now() + write + read)


async def _once(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    # aiohttp sends some requests twice by itself, which nobody would count: it does not know ours.
    try:
        return await handler(request)
    except aiohttp.ClientConnectionError as exc:
        raise _translated(exc) from exc


def _translated(exc: Exception) -> PixivError:
    match exc:
        case aiohttp.ConnectionTimeoutError():
            return ConnectionFailed("connecting took too long")
        case TimeoutError():
            return Timeout(f"{type(exc).__name__} while waiting for pixiv")
        case aiohttp.ClientConnectorCertificateError():
            return ConnectionFailed(f"no connection: {exc.certificate_error}")
        case aiohttp.ClientConnectorError():
            return ConnectionFailed(f"no connection: {exc.os_error}")
        case aiohttp.ClientHttpProxyError():
            return proxy_refused(str(exc.status))
        case _:
            return TransportError(f"{type(exc).__name__} while talking to pixiv")


def is_running() -> bool:
    """Whether this runs on asyncio, which aiohttp needs."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
