"""Requests through a transport of httpx that a caller gives."""

from __future__ import annotations

import math
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING

import anyio
import httpx

from ..errors import Timeout, TransportError
from .extensions import extensions
from .failures import Failures, bare
from .headers import Headers
from .packed import IDENTITY, encoding_of, unpacked
from .wire import Timeouts, WireReply, WireRequest, WireStream, read_whole

if TYPE_CHECKING:
    from .transport import Transport

_FAILURES = Failures(
    slow_connection=(httpx.ConnectTimeout, httpx.PoolTimeout),
    slow=(httpx.TimeoutException,),
    proxy=(httpx.ProxyError,),
    no_connection=(httpx.ConnectError,),
    invalid=(httpx.LocalProtocolError,),
    malformed=(httpx.ProtocolError, httpx.DecodingError),
    broken=(httpx.HTTPError, httpx.StreamError),
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
        total = math.inf if timeouts.total is None else timeouts.total
        failure: TransportError = Timeout(f"no complete reply within {total:g} s")
        try:
            with anyio.move_on_after(total):
                async with self._stream(request, timeouts, total) as received:
                    return await read_whole(received, largest)
        except TransportError as exc:
            failure = bare(exc)
        raise failure

    def stream(
        self, request: WireRequest, timeouts: Timeouts
    ) -> AbstractAsyncContextManager[WireStream]:
        """Send *request*; leaving the block closes the reply."""
        return self._stream(request, timeouts, math.inf)

    @asynccontextmanager
    async def _stream(
        self, request: WireRequest, timeouts: Timeouts, total: float
    ) -> AsyncGenerator[WireStream]:
        deadline = anyio.current_time() + total
        response = await self._send(request, timeouts)
        try:
            headers = Headers(response.headers.raw)
            yield WireStream(response.status_code, headers, _chunks(response, deadline))
        finally:
            with anyio.CancelScope(shield=True):
                await response.aclose()

    async def _send(self, request: WireRequest, timeouts: Timeouts) -> httpx.Response:
        try:
            sent = httpx.Request(
                request.method,
                request.url,
                # Given as text, httpx would take ASCII only.
                headers=[(name.encode(), value.encode()) for name, value in request.headers],
                content=request.content,
                extensions=extensions(timeouts),
            )
            response: httpx.Response = await self._transport.handle_async_request(sent)
            return response
        except (httpx.InvalidURL, httpx.UnsupportedProtocol):
            failure = TransportError("unusable URL")
        except _FAILURES.kinds as exc:
            failure = _FAILURES.translated(exc)
        raise failure


async def _chunks(response: httpx.Response, deadline: float) -> AsyncIterator[bytes]:
    try:
        if response.is_stream_consumed:
            # What a transport has read itself is unpacked already.
            body, encoding = response.aiter_bytes(), IDENTITY
        else:
            # httpx would unpack all of a chunk at once, however much that is.
            body, encoding = response.aiter_raw(), encoding_of(response.headers.raw)
        async for chunk in unpacked(body, encoding, deadline):
            yield chunk
        return
    except _FAILURES.kinds as exc:
        failure = _FAILURES.translated(exc)
    raise failure
