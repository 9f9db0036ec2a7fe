"""
TCP and TLS for httpcore, through anyio.

httpcore has this as well, but opens several scopes around each read and write, to bound its time
and to translate what it raises, which takes longer than the reading and writing.
"""

from __future__ import annotations

import math
import select
import ssl
from collections.abc import Callable, Iterable
from typing import Any

import anyio
import anyio.abc
import httpcore
from anyio.streams.tls import TLSAttribute, TLSStream

_AT_ONCE = 2048
"""
What a socket that can be written to takes without waiting, in bytes; more than most requests
without a body.
"""

# Of the system's errors, those of TLS come as they are.
_BROKEN = (anyio.BrokenResourceError, anyio.ClosedResourceError, OSError)


class Network(httpcore.AsyncNetworkBackend):
    """
    Opens connections, on asyncio and trio.

    Attributes:
        deadline: When all that is under way on its connections must be done, on anyio's clock.
        default_timeout: Seconds that a step may take where httpcore gives none, which is so while
            it talks to a SOCKS proxy; None for any number.
    """

    def __init__(self) -> None:
        self.deadline: float = math.inf
        self.default_timeout: float | None = None
        self._opened: anyio.abc.SocketStream | None = None

    def until(self, timeout: float | None) -> float:
        """Return the deadline of a step that may take *timeout* seconds."""
        seconds = self.default_timeout if timeout is None else timeout
        return min(self.deadline, math.inf if seconds is None else anyio.current_time() + seconds)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        del socket_options  # pixivkit sets none; anyio sets TCP_NODELAY
        with anyio.CancelScope(deadline=self.until(timeout)):
            try:
                stream = await anyio.connect_tcp(host, port, local_host=local_address)
            except OSError as exc:
                raise httpcore.ConnectError(str(exc)) from exc
            self._opened = stream
            return _Stream(self, stream)
        raise httpcore.ConnectTimeout

    async def aclose(self) -> None:
        """Close the last stream: httpcore forgets it when talking to a SOCKS proxy fails."""
        opened, self._opened = self._opened, None
        if opened is not None:
            await opened.aclose()

    async def sleep(self, seconds: float) -> None:
        await anyio.sleep(seconds)


class _Stream(httpcore.AsyncNetworkStream):
    """An open connection."""

    def __init__(self, network: Network, stream: anyio.abc.ByteStream) -> None:
        self._network = network
        self._stream = stream
        self._socket = stream.extra(anyio.abc.SocketAttribute.raw_socket)
        self._arrived = _ready(self._socket.fileno(), writing=False)
        self._takes = _ready(self._socket.fileno(), writing=True)
        version = stream.extra(TLSAttribute.tls_version, None)
        # With earlier ones, writing may mean to wait for the other side.
        self._only_writes = version is None or version == "TLSv1.3"

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with anyio.CancelScope(deadline=self._network.until(timeout)):
            try:
                return await self._stream.receive(max_bytes)
            except anyio.EndOfStream:
                return b""
            except _BROKEN as exc:
                raise httpcore.ReadError(str(exc)) from exc
        raise httpcore.ReadTimeout

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:
            return
        try:
            if len(buffer) <= _AT_ONCE and self._only_writes and self._takes():
                # A scope would take longer than the writing.
                await self._stream.send(buffer)
                return
            with anyio.CancelScope(deadline=self._network.until(timeout)):
                await self._stream.send(buffer)
                return
        except _BROKEN as exc:
            raise httpcore.WriteError(str(exc)) from exc
        raise httpcore.WriteTimeout

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            with anyio.CancelScope(deadline=self._network.until(timeout)):
                stream = await TLSStream.wrap(
                    self._stream,
                    ssl_context=ssl_context,
                    hostname=server_hostname,
                    standard_compatible=False,
                    server_side=False,
                )
                return _Stream(self._network, stream)
            raise httpcore.ConnectTimeout
        except BaseException as exc:
            with anyio.CancelScope(shield=True):
                await self._stream.aclose()
            if isinstance(exc, (*_BROKEN, anyio.EndOfStream)):
                raise httpcore.ConnectError(f"no TLS: {exc}") from exc
            raise

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":
            # One that the event loop has closed is at its end, and its number may be another's.
            return self._socket.fileno() < 0 or self._arrived()
        if info == "ssl_object":
            return self._stream.extra(TLSAttribute.ssl_object, None)
        return None


def _ready(descriptor: int, *, writing: bool) -> Callable[[], bool]:
    """Return a function that tells whether a socket is readable or writable."""
    if not hasattr(select, "poll"):  # Windows
        watched = [descriptor]
        reads, writes = ([], watched) if writing else (watched, [])
        return lambda: any(select.select(reads, writes, [], 0))
    poll = select.poll()
    poll.register(descriptor, select.POLLOUT if writing else select.POLLIN)
    return lambda: bool(poll.poll(0))
