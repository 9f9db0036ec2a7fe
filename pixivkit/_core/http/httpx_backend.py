"""Send requests through a transport of httpx that a caller gives."""

from __future__ import annotations

import functools
import importlib
import math
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any

import anyio
import httpx

from ...errors import Timeout, TransportError
from ..basics.headers import Headers
from .backend import HttpReply, HttpRequest, HttpStream, Timeouts, read_whole
from .decompress import IDENTITY, decompress, encoding_of
from .exception_map import ExceptionMap, without_context
from .request_extensions import extensions

if TYPE_CHECKING:
    from .transport import Transport


@functools.cache
def _failures(library: Any) -> ExceptionMap:
    """Return the exceptions of *library*, httpx or httpx2: their classes have the same names."""
    return ExceptionMap(
        slow_connection=(library.ConnectTimeout, library.PoolTimeout),
        slow=(library.TimeoutException,),
        proxy=(library.ProxyError,),
        no_connection=(library.ConnectError,),
        invalid=(library.LocalProtocolError,),
        malformed=(library.ProtocolError, library.DecodingError),
        broken=(library.HTTPError, library.StreamError),
    )


def _library_of(transport: Transport) -> Any:
    """Return the library whose requests *transport* takes: httpx2 for its own, else httpx."""
    homes = {base.__module__.partition(".")[0] for base in type(transport).__mro__}
    return importlib.import_module("httpx2") if "httpx2" in homes else httpx


class HttpxBackend:
    """Sends requests through a transport of httpx, without the layers above it."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._library = _library_of(transport)
        self._failures = _failures(self._library)

    @property
    def name(self) -> str:
        """The name of the transport, for display."""
        return f"{self._library.__name__} ({type(self._transport).__name__})"

    async def aclose(self) -> None:
        """Close all connections."""
        await self._transport.aclose()

    async def exchange(self, request: HttpRequest, timeouts: Timeouts, largest: int) -> HttpReply:
        """Send *request* and read the whole reply."""
        total = math.inf if timeouts.total is None else timeouts.total
        failure: TransportError = Timeout(f"no complete reply within {total:g} s")
        try:
            with anyio.move_on_after(total):
                async with self._stream(request, timeouts, total) as received:
                    return await read_whole(received, largest)
        except TransportError as exc:
            failure = without_context(exc)
        raise failure

    def stream(
        self, request: HttpRequest, timeouts: Timeouts
    ) -> AbstractAsyncContextManager[HttpStream]:
        """Send *request*; leaving the block closes the reply."""
        return self._stream(request, timeouts, math.inf)

    @asynccontextmanager
    async def _stream(
        self, request: HttpRequest, timeouts: Timeouts, total: float
    ) -> AsyncGenerator[HttpStream]:
        deadline = anyio.current_time() + total
        response = await self._send(request, timeouts)
        try:
            headers = Headers(response.headers.raw)
            yield HttpStream(
                response.status_code, headers, _chunks(response, deadline, self._failures)
            )
        finally:
            with anyio.CancelScope(shield=True):
                await response.aclose()

    async def _send(self, request: HttpRequest, timeouts: Timeouts) -> Any:
        try:
            sent = self._library.Request(
                request.method,
                request.url,
                # Given as text, httpx would take ASCII only.
                headers=[(name.encode(), value.encode()) for name, value in request.headers],
                content=request.content,
                extensions=extensions(timeouts),
            )
            return await self._transport.handle_async_request(sent)
        except (self._library.InvalidURL, self._library.UnsupportedProtocol):
            failure = TransportError("unusable URL")
        except self._failures.kinds as exc:
            failure = self._failures.translate(exc)
        raise failure


async def _chunks(response: Any, deadline: float, failures: ExceptionMap) -> AsyncIterator[bytes]:
    try:
        if response.is_stream_consumed:
            # What a transport has read itself is unpacked already.
            body, encoding = response.aiter_bytes(), IDENTITY
        else:
            # httpx would unpack all of a chunk at once, however much that is.
            body, encoding = response.aiter_raw(), encoding_of(response.headers.raw)
        async for chunk in decompress(body, encoding, deadline):
            yield chunk
        return
    except failures.kinds as exc:
        failure = failures.translate(exc)
    raise failure
