"""Requests through a transport of httpx that a caller gives."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import anyio
import httpx

from ..errors import Timeout, TransportError
from .extensions import extensions
from .failures import Failures
from .headers import Headers
from .packed import unpacked
from .wire import Timeouts, WireReply, WireRequest, WireStream, read_whole

if TYPE_CHECKING:
    from .transport import Transport

_FAILURES = Failures(
    slow_connection=(httpx.ConnectTimeout, httpx.PoolTimeout),
    slow=(httpx.TimeoutException,),
    no_connection=(httpx.ConnectError, httpx.ProxyError, httpx.UnsupportedProtocol),
    invalid=(httpx.LocalProtocolError,),
    broken=(httpx.HTTPError, httpx.StreamError, httpx.InvalidURL),
)


class HttpxWire:
    """Sends requests through a transport of httpx, without the layers above it."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    @property
    def name(self) -> str:
        """What carries the requests, for people."""
        return f"httpx ({type(self._transport).__name__})"

    async def aclose(self) -> None:
        """Close all connections."""
        await self._transport.aclose()

    async def exchange(self, request: WireRequest, timeouts: Timeouts, largest: int) -> WireReply:
        """Send *request* and read the whole reply."""
        with anyio.move_on_after(timeouts.total):
            async with self.stream(request, timeouts) as received:
                return await read_whole(received, largest)
        msg = f"no complete reply within {timeouts.total:g} s"
        raise Timeout(msg)

    @asynccontextmanager
    async def stream(self, request: WireRequest, timeouts: Timeouts) -> AsyncGenerator[WireStream]:
        """Send *request*; leaving the block closes the reply."""
        try:
            sent = httpx.Request(
                request.method,
                request.url,
                headers=list(request.headers),
                content=request.content,
                extensions=extensions(timeouts),
            )
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as exc:
            raise TransportError(f"unusable URL: {exc}") from None
        with _FAILURES:
            response: httpx.Response = await self._transport.handle_async_request(sent)
        try:
            headers = Headers(response.headers.raw)
            yield WireStream(response.status_code, headers, _chunks(response))
        finally:
            with anyio.CancelScope(shield=True):
                await response.aclose()


async def _chunks(response: httpx.Response) -> AsyncIterator[bytes]:
    encoding = response.headers.get("content-encoding", "identity")
    with _FAILURES:
        # httpx would unpack all of a chunk at once, however much that is; but what a transport has
        # read itself is unpacked already.
        if encoding != "gzip" or response.is_stream_consumed:
            async for chunk in response.aiter_bytes():
                yield chunk
            return
        async for chunk in unpacked(response.aiter_raw(), encoding):
            yield chunk
