"""
The only module that knows the HTTP library: requests go out here and replies come in.

Stock httpx slows down with the number of connections in its pool, and loses places of the pool
for good when requests are cancelled while they wait for one. So each request gets a connection of
its own from a stack: one httpx transport of a single connection per slot, the last one used first,
dropped when its request did not finish cleanly, behind a limiter of our own.
"""

from __future__ import annotations

import functools
import ssl
from collections import defaultdict
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any, Protocol, cast

import anyio
import attrs
import httpx

from ..errors import ConnectionFailed, ReplyTooLarge, Timeout, TransportError

_IDLE_SECONDS = 30.0


class Transport(Protocol):
    """
    What carries requests: the interface of httpx's asynchronous transports.

    It is spelled with `Any` so that no type of the HTTP library is part of this one's: pass any
    object that takes an ``httpx.Request`` and returns an ``httpx.Response``.
    """

    async def handle_async_request(self, request: Any) -> Any:
        """Send the request; the body of the response is streamed."""
        ...

    async def aclose(self) -> None:
        """Close all connections."""
        ...


@attrs.frozen(kw_only=True)
class Timeouts:
    """
    How long things may take, in seconds; ``None`` for as long as they like.

    Attributes:
        connect: Until a connection is established.
        read: Between two chunks of a reply.
        write: Between two chunks of a request.
        total: For one attempt, from its start to the last byte of the reply. Uploads and
            downloads are not bound by it.
    """

    connect: float | None = 10.0
    read: float | None = 30.0
    write: float | None = 30.0
    total: float | None = 60.0


@attrs.frozen
class WireRequest:
    """A request, complete with credentials; it is never logged."""

    method: str
    url: str
    headers: list[tuple[str, str]] = attrs.field(repr=False)
    content: bytes | AsyncIterable[bytes] | None = attrs.field(default=None, repr=False)


@attrs.frozen
class WireReply:
    """A reply, read to its end; the names of the headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes = attrs.field(repr=False)


@functools.cache
def shared_ssl_context() -> ssl.SSLContext:
    """The one TLS configuration of the process: making it takes longer than a request."""
    return httpx.create_ssl_context()


class _Slot:
    """A connection's place: a transport of one connection, and when it was last used."""

    def __init__(self, transport: httpx.AsyncBaseTransport) -> None:
        self.transport = transport
        self.idle_since = 0.0


class SlotTransport(httpx.AsyncBaseTransport):
    """One connection for each request under way, reused last in first out."""

    def __init__(
        self,
        *,
        connections: int = 500,
        make: Callable[[], httpx.AsyncBaseTransport] | None = None,
        proxy: str | None = None,
        local_address: str | None = None,
    ) -> None:
        self._limiter = anyio.Semaphore(connections)
        self._idle: defaultdict[tuple[str, str, int | None], list[_Slot]] = defaultdict(list)
        self._make = make or functools.partial(_single_connection, proxy, local_address)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        origin = (request.url.scheme, request.url.host, request.url.port)
        await self._limiter.acquire()
        idle = self._idle[origin]
        slot = idle.pop() if idle else _Slot(self._make())
        finished = False
        try:
            response = await slot.transport.handle_async_request(request)
            finished = True
        finally:
            if not finished:
                await self._drop(slot)
        stream = cast("httpx.AsyncByteStream", response.stream)
        response.stream = _SlotStream(stream, functools.partial(self._give_back, origin, slot))
        return response

    async def _give_back(
        self, origin: tuple[str, str, int | None], slot: _Slot, complete: bool
    ) -> None:
        if not complete:
            await self._drop(slot)
            return
        slot.idle_since = now = anyio.current_time()
        idle = self._idle[origin]
        idle.append(slot)
        self._limiter.release()
        if now - idle[0].idle_since > _IDLE_SECONDS:
            oldest = idle.pop(0)
            with anyio.CancelScope(shield=True):
                await oldest.transport.aclose()

    async def _drop(self, slot: _Slot) -> None:
        try:
            with anyio.CancelScope(shield=True):
                await slot.transport.aclose()
        finally:
            self._limiter.release()

    async def aclose(self) -> None:
        with anyio.CancelScope(shield=True):
            for idle in self._idle.values():
                while idle:
                    await idle.pop().transport.aclose()


class _SlotStream(httpx.AsyncByteStream):
    """The body of a reply; closing it gives the slot back, once."""

    def __init__(self, inner: httpx.AsyncByteStream, done: Callable[[bool], Any]) -> None:
        self._inner = inner
        self._done: Callable[[bool], Any] | None = done
        self._complete = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._inner:
            yield chunk
        self._complete = True

    async def aclose(self) -> None:
        done, self._done = self._done, None
        if done is None:
            return
        clean = False
        try:
            with anyio.CancelScope(shield=not self._complete):
                await self._inner.aclose()
            clean = self._complete
        finally:
            await done(clean)


def _single_connection(proxy: str | None, local_address: str | None) -> httpx.AsyncBaseTransport:
    return httpx.AsyncHTTPTransport(
        verify=shared_ssl_context(),
        limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
        proxy=proxy,
        local_address=local_address,
    )


class Carrier:
    """Sends wire requests through a transport, and translates its exceptions into ours."""

    def __init__(self, transport: Transport, timeouts: Timeouts) -> None:
        self._transport = transport
        self._timeouts = timeouts
        self._extensions: dict[str, Any] = {
            "timeout": {
                "connect": timeouts.connect,
                "read": timeouts.read,
                "write": timeouts.write,
                "pool": None,
            }
        }

    async def aclose(self) -> None:
        """Close all connections."""
        await self._transport.aclose()

    async def exchange(
        self, request: WireRequest, *, largest: int, bounded: bool = True
    ) -> WireReply:
        """
        Send *request* and read the whole reply.

        Args:
            request: What to send.
            largest: How many bytes a body may have, decompressed.
            bounded: Whether the total timeout applies.

        Raises:
            TransportError: No reply arrived, or not all of it, or more than *largest*.
        """
        with anyio.move_on_after(self._timeouts.total if bounded else None) as scope:
            async with self.stream(request) as (status, headers, chunks):
                content = await _read(chunks, largest)
                return WireReply(status, headers, content)
        if scope.cancelled_caught:
            msg = f"no complete reply within {self._timeouts.total:g} s"
            raise Timeout(msg)
        raise AssertionError("unreachable")

    @asynccontextmanager
    async def stream(
        self, request: WireRequest
    ) -> AsyncGenerator[tuple[int, Mapping[str, str], AsyncIterator[bytes]]]:
        """
        Send *request*; the body of the reply comes in chunks, decompressed.

        Raises:
            TransportError: No reply arrived, or its body broke off.
        """
        try:
            sent = httpx.Request(
                request.method,
                request.url,
                headers=request.headers,
                content=request.content,
                extensions=self._extensions,
            )
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as exc:
            raise TransportError(f"unusable URL: {exc}") from None
        with _translated():
            response: httpx.Response = await self._transport.handle_async_request(sent)
        try:
            yield response.status_code, _lower(response.headers), _chunks(response)
        finally:
            with anyio.CancelScope(shield=True):
                await response.aclose()


def _lower(headers: httpx.Headers) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


async def _chunks(response: httpx.Response) -> AsyncIterator[bytes]:
    with _translated():
        async for chunk in response.aiter_bytes():
            yield chunk


async def _read(chunks: AsyncIterator[bytes], largest: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for chunk in chunks:
        parts.append(chunk)
        size += len(chunk)
        if size > largest:
            msg = f"the body is larger than {largest} bytes"
            raise ReplyTooLarge(msg)
    return parts[0] if len(parts) == 1 else b"".join(parts)


class _translated:
    """Turns exceptions of the HTTP library into ours; no URL, header or body gets into them."""

    def __enter__(self) -> None:
        return

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        match exc:
            case httpx.ConnectTimeout() | httpx.PoolTimeout():
                # Pixiv has not seen the request, which is what decides about sending it again.
                raise ConnectionFailed("connecting took too long") from exc
            case httpx.TimeoutException():
                raise Timeout(f"{type(exc).__name__} while waiting for pixiv") from exc
            case httpx.ConnectError() | httpx.ProxyError() | httpx.UnsupportedProtocol():
                raise ConnectionFailed(f"no connection: {exc}") from exc
            case httpx.HTTPError() | httpx.StreamError() | httpx.InvalidURL():
                raise TransportError(f"{type(exc).__name__}: {exc}") from exc
            case _:
                return
