"""A server of bytes on loopback, which can behave as badly as the network does."""

from __future__ import annotations

import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import TypeAlias

import anyio
import attrs
from anyio.abc import ByteStream, SocketAttribute, SocketStream
from anyio.streams.tls import TLSStream

from pixivkit import Hosts

_BROKEN = (anyio.BrokenResourceError, anyio.ClosedResourceError, anyio.EndOfStream)


@attrs.frozen
class Received:
    """A request, read to its end."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


class Connection:
    """
    One connection to the server.

    Attributes:
        number: Its place among all that were made, from 1.
    """

    def __init__(self, stream: ByteStream, number: int, requests: list[Received]) -> None:
        self.number = number
        self._stream = stream
        self._requests = requests
        self._buffer = b""

    async def request(self) -> Received | None:
        """Wait for a whole request; None when the client has closed the connection."""
        try:
            head = await self._until(b"\r\n\r\n")
            first, *lines = head.decode("latin-1").split("\r\n")
            method, target, _ = first.split(" ")
            headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines)}
            body = await self._body(headers)
        except _BROKEN:
            return None
        received = Received(method, target, headers, body)
        self._requests.append(received)
        return received

    async def head(self) -> str:
        """Read no more of a request than its headers."""
        return (await self._until(b"\r\n\r\n")).decode("latin-1")

    async def raw(self) -> bytes:
        """Read what there is."""
        return await self._stream.receive()

    async def _body(self, headers: Mapping[str, str]) -> bytes:
        if headers.get("transfer-encoding") == "chunked":
            body = b""
            while size := int(await self._until(b"\r\n"), 16):
                body += (await self._exactly(size + 2))[:-2]
            await self._exactly(2)
            return body
        return await self._exactly(int(headers.get("content-length", "0")))

    async def _until(self, end: bytes) -> bytes:
        while end not in self._buffer:
            self._buffer += await self._stream.receive()
        found, _, self._buffer = self._buffer.partition(end)
        return found

    async def _exactly(self, size: int) -> bytes:
        while len(self._buffer) < size:
            self._buffer += await self._stream.receive()
        found, self._buffer = self._buffer[:size], self._buffer[size:]
        return found

    async def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        await self._stream.send(data)

    async def reply(self, body: bytes = b"{}", status: int = 200) -> None:
        """Send a whole reply of JSON."""
        head = f"HTTP/1.1 {status} OK\r\nContent-Type: application/json\r\n"
        await self.send(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)

    async def close(self) -> None:
        """Close the connection in good order."""
        await self._stream.aclose()

    async def reset(self) -> None:
        """Break the connection."""
        raw = self._stream.extra(SocketAttribute.raw_socket)
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        await self._stream.aclose()


Behaviour: TypeAlias = Callable[[Connection], Awaitable[None]]


class RawServer:
    """
    Serves each connection with a function.

    Attributes:
        port: Where it listens, on 127.0.0.1.
        opened: How many connections were made.
        requests: All requests, in the order of arrival.
    """

    def __init__(self, behaviour: Behaviour, tls: ssl.SSLContext | None = None) -> None:
        self._behaviour = behaviour
        self._tls = tls
        self.port = 0
        self.opened = 0
        self.requests: list[Received] = []

    @property
    def hosts(self) -> Hosts:
        """What makes a client send everything here."""
        url = f"http{'s' if self._tls else ''}://127.0.0.1:{self.port}"
        return Hosts(app=url, oauth=url, web=url)

    async def _handle(self, stream: SocketStream) -> None:
        self.opened += 1
        async with stream:
            with suppress(*_BROKEN, ssl.SSLError):
                shown: ByteStream = stream
                if self._tls is not None:
                    shown = await TLSStream.wrap(
                        stream,
                        server_side=True,
                        ssl_context=self._tls,
                        standard_compatible=False,
                    )
                await self._behaviour(Connection(shown, self.opened, self.requests))

    @asynccontextmanager
    async def serving(self, port: int = 0) -> AsyncIterator[RawServer]:
        """Serve while the block lasts, at *port*, or where there is room."""
        listener = await anyio.create_tcp_listener(local_host="127.0.0.1", local_port=port)
        self.port = listener.extra(SocketAttribute.local_port)
        async with listener, anyio.create_task_group() as tasks:
            tasks.start_soon(listener.serve, self._handle)
            yield self
            tasks.cancel_scope.cancel()


async def answers(connection: Connection) -> None:
    """Behave well: answer every request of the connection with an empty object."""
    while await connection.request() is not None:
        await connection.reply()
