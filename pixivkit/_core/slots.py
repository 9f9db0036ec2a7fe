"""
Connections that stay fast and alive under load.

Stock httpx slows down with the number of connections in its pool, and loses places of the pool
for good when requests are cancelled while they wait for one. So each request gets a connection of
its own from a stack: one httpx transport of a single connection per slot, the last one used first,
dropped when its request did not finish cleanly, behind a limiter of our own.
"""

from __future__ import annotations

import functools
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from typing import Any, cast

import anyio
import httpx

_IDLE_SECONDS = 30.0


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
        try:
            slot = idle.pop() if idle else _Slot(self._make())
        except BaseException:
            self._limiter.release()
            raise
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
