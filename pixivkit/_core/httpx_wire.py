"""Requests through httpx's transports: the built-in one, or one that a caller gives."""

from __future__ import annotations

import zlib
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any, Protocol

import anyio
import httpx

from ..errors import ConnectionFailed, Timeout, TransportError
from .wire import Timeouts, WireRequest, WireStream


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


_GZIP = 16 + zlib.MAX_WBITS
_LARGEST_PART = 1024 * 1024


class HttpxWire:
    """Sends requests through a transport of httpx, without the layers above it."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._extensions: dict[Timeouts, dict[str, Any]] = {}

    keeps_total = False

    @property
    def name(self) -> str:
        """What carries the requests, for people."""
        return f"httpx ({type(self._transport).__name__})"

    async def aclose(self) -> None:
        """Close all connections."""
        await self._transport.aclose()

    @asynccontextmanager
    async def stream(self, request: WireRequest, timeouts: Timeouts) -> AsyncGenerator[WireStream]:
        """Send *request*; leaving the block closes the reply."""
        try:
            sent = httpx.Request(
                request.method,
                request.url,
                headers=request.headers,
                content=request.content,
                extensions=self._extensions_for(timeouts),
            )
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as exc:
            raise TransportError(f"unusable URL: {exc}") from None
        with _translated():
            response: httpx.Response = await self._transport.handle_async_request(sent)
        try:
            headers = {name.lower(): value for name, value in response.headers.items()}
            yield WireStream(response.status_code, headers, _chunks(response))
        finally:
            with anyio.CancelScope(shield=True):
                await response.aclose()

    def _extensions_for(self, timeouts: Timeouts) -> dict[str, Any]:
        found = self._extensions.get(timeouts)
        if found is None:
            found = self._extensions[timeouts] = {
                "timeout": {
                    "connect": timeouts.connect,
                    "read": timeouts.read,
                    "write": timeouts.write,
                    "pool": None,
                }
            }
        return found


async def _chunks(response: httpx.Response) -> AsyncIterator[bytes]:
    with _translated():
        # One that a transport has read itself is unpacked already.
        if response.headers.get("content-encoding") != "gzip" or response.is_stream_consumed:
            async for chunk in response.aiter_bytes():
                yield chunk
            return
        async for part in _unzipped(response.aiter_raw()):
            yield part


async def _unzipped(chunks: AsyncIterator[bytes]) -> AsyncGenerator[bytes]:
    # httpx would unpack all of a chunk at once, however much that is.
    unpacker = zlib.decompressobj(wbits=_GZIP)
    try:
        async for packed in chunks:
            while packed:
                yield unpacker.decompress(packed, _LARGEST_PART)
                packed = unpacker.unconsumed_tail
    except zlib.error as exc:
        msg = "the body is no gzip, though it says so"
        raise TransportError(msg) from exc


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
            case httpx.LocalProtocolError():
                # Its text quotes the header that is wrong, which may be the credential.
                raise TransportError("the request is not valid HTTP") from None
            case httpx.HTTPError() | httpx.StreamError() | httpx.InvalidURL():
                raise TransportError(f"{type(exc).__name__}: {exc}") from exc
            case _:
                return
