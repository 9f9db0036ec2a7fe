"""
Send requests through httpcore, the library below httpx, which is always installed.

The requests, responses and pools of httpx take longer than the network does, so each request has a
connection of httpcore's to itself.
"""

from __future__ import annotations

import functools
import math
from collections.abc import AsyncGenerator, AsyncIterable, Sequence
from types import TracebackType
from typing import Any, cast
from urllib.parse import unquote, urlsplit

import anyio
import attrs
import httpcore

from ...errors import TransportError
from ..basics.headers import Headers
from .backend import HttpReply, HttpRequest, HttpStream, Timeouts, read_whole
from .connections import Slots
from .decompress import decompress, encoding_of
from .exception_map import ExceptionMap, without_context
from .network import Network
from .request_extensions import extensions
from .tls import shared_ssl_context

_FAILURES = ExceptionMap(
    slow_connection=(httpcore.ConnectTimeout, httpcore.PoolTimeout),
    slow=(httpcore.TimeoutException,),
    proxy=(httpcore.ProxyError,),
    no_connection=(httpcore.ConnectError, httpcore.UnsupportedProtocol),
    invalid=(httpcore.LocalProtocolError,),
    malformed=(httpcore.ProtocolError,),
    broken=(httpcore.NetworkError, httpcore.ConnectionNotAvailable),
)


class HttpcoreBackend:
    """Sends each request over a connection that no other request uses meanwhile."""

    name = "httpx (httpcore)"

    def __init__(
        self, *, connections: int, proxy: str | None = None, ipv4_only: bool = False
    ) -> None:
        local_address = "0.0.0.0" if ipv4_only else None
        connect = functools.partial(_connect, proxy, local_address)
        self._slots: Slots[_Origin, _Connection] = Slots(connections, connect)
        self._encode_headers = functools.lru_cache(maxsize=64)(_encode_headers)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._slots.aclose()

    async def exchange(self, request: HttpRequest, timeouts: Timeouts, largest: int) -> HttpReply:
        """Send *request* and read the whole reply."""
        total = math.inf if timeouts.total is None else timeouts.total
        try:
            async with self._exchange(request, timeouts, total) as received:
                return await read_whole(received, largest)
        except TransportError as exc:
            failure = without_context(exc)
        raise failure

    def stream(self, request: HttpRequest, timeouts: Timeouts) -> _Exchange:
        """Send *request*; leaving the block closes the reply."""
        return self._exchange(request, timeouts, math.inf)

    def _exchange(self, request: HttpRequest, timeouts: Timeouts, total: float) -> _Exchange:
        base, target = _split(request.url)
        try:
            origin = _origin(base)
            sent = httpcore.Request(
                request.method,
                httpcore.URL(
                    scheme=origin.scheme, host=origin.host, port=origin.port, target=target
                ),
                content=request.content,
                extensions=_extensions(timeouts),
            )
            # Given to the constructor, each would be looked at once more.
            sent.headers = [
                (b"Host", origin.name),
                *self._encode_headers(tuple(request.headers)),
                *_framing_headers(request),
            ]
            return _Exchange(self._slots, origin, sent, timeouts, total)
        except (TypeError, ValueError):
            msg = "unusable URL: it has no valid host, or characters that are not ASCII"
        raise TransportError(msg)


@functools.lru_cache(maxsize=64)
def _extensions(timeouts: Timeouts) -> dict[str, Any]:
    # None is what the network is told where httpcore forgets to say a timeout.
    named = attrs.asdict(timeouts)
    return extensions(Timeouts(**{k: math.inf if v is None else v for k, v in named.items()}))


@attrs.frozen
class _Origin:
    """The origin of a URL, and its Host header."""

    scheme: bytes
    host: bytes
    port: int
    name: bytes = attrs.field(eq=False)


@functools.lru_cache(maxsize=64)
def _origin(base: str) -> _Origin:
    parts = urlsplit(base)
    if not parts.hostname:
        msg = "no host"
        raise ValueError(msg)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    name = parts.netloc.rpartition("@")[2]
    return _Origin(
        parts.scheme.encode("ascii"),
        parts.hostname.encode("ascii"),
        port,
        name.encode("ascii"),
    )


def _split(url: str) -> tuple[str, str]:
    scheme, _, rest = url.partition("://")
    netloc, _, target = rest.partition("/")
    return f"{scheme}://{netloc}", f"/{target}"


def _encode_headers(headers: Sequence[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in headers]


def _framing_headers(request: HttpRequest) -> list[tuple[bytes, bytes]]:
    """Return the headers that say where the body ends."""
    content = request.content
    if isinstance(content, bytes):
        return [(b"Content-Length", b"%d" % len(content))]
    if content is None or any(name == "Content-Length" for name, _ in request.headers):
        return []
    return [(b"Transfer-Encoding", b"chunked")]


@attrs.define(eq=False)
class _Connection:
    """A connection to pixiv, or a pool of httpcore's for the only one through a proxy."""

    transport: httpcore.AsyncHTTPConnection | httpcore.AsyncConnectionPool
    network: Network

    def is_ready(self) -> bool:
        transport = self.transport
        if isinstance(transport, httpcore.AsyncConnectionPool):
            return True
        # What arrives on an idle connection is its end.
        return transport.is_idle() and not transport.has_expired()

    async def aclose(self) -> None:
        await self.transport.aclose()
        await self.network.aclose()


def _connect(proxy: str | None, local_address: str | None, origin: _Origin) -> _Connection:
    network = Network()
    if proxy is not None:
        return _Connection(_pool_of_one(proxy, local_address, network), network)
    connection = httpcore.AsyncHTTPConnection(
        httpcore.Origin(origin.scheme, origin.host, origin.port),
        ssl_context=shared_ssl_context() if origin.scheme == b"https" else None,
        local_address=local_address,
        network_backend=network,
    )
    return _Connection(connection, network)


def _pool_of_one(
    proxy: str, local_address: str | None, network: Network
) -> httpcore.AsyncConnectionPool:
    parts = urlsplit(proxy)
    login = tuple(unquote(part or "").encode() for part in (parts.username, parts.password))
    url = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    common: dict[str, Any] = {
        "proxy_url": url,
        "proxy_auth": login if parts.username else None,
        "ssl_context": shared_ssl_context(),
        "max_connections": 1,
        "max_keepalive_connections": 1,
        "network_backend": network,
    }
    if parts.scheme.startswith("socks5"):
        return httpcore.AsyncSOCKSProxy(**common)
    return httpcore.AsyncHTTPProxy(
        proxy_ssl_context=shared_ssl_context() if parts.scheme == "https" else None,
        local_address=local_address,
        **common,
    )


class _Exchange:
    """One request and its reply, on a connection that is kept if both are complete."""

    def __init__(
        self,
        slots: Slots[_Origin, _Connection],
        origin: _Origin,
        request: httpcore.Request,
        timeouts: Timeouts,
        total: float,
    ) -> None:
        self._slots = slots
        self._origin = origin
        self._request = request
        self._timeouts = timeouts
        self._total = total
        self._complete = False

    async def __aenter__(self) -> HttpStream:
        self._slot = slot = await self._slots.take(self._origin)
        connection = slot.connection
        deadline = connection.network.deadline = anyio.current_time() + self._total
        connection.network.default_timeout = self._timeouts.connect
        try:
            response = await connection.transport.handle_async_request(self._request)
        except _FAILURES.kinds as exc:
            failure = _FAILURES.translate(exc)
        except BaseException:
            await self._slots.drop(slot)
            raise
        else:
            self._response = response
            chunks = decompress(self._chunks(), encoding_of(response.headers), deadline)
            return HttpStream(response.status, Headers(response.headers), chunks)
        await self._slots.drop(slot)
        raise failure

    async def _chunks(self) -> AsyncGenerator[bytes]:
        try:
            async for chunk in cast("AsyncIterable[bytes]", self._response.stream):
                yield chunk
            self._complete = True
            return
        except _FAILURES.kinds as exc:
            failure = _FAILURES.translate(exc)
        raise failure

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        clean = False
        try:
            # One that is not complete is closed, whatever happens.
            with anyio.CancelScope(shield=not self._complete):
                await self._response.aclose()
            clean = self._complete
        finally:
            if clean:
                await self._slots.give_back(self._slot)
            else:
                await self._slots.drop(self._slot)
