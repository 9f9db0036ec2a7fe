"""Deliveries on a socket: what only whoever has the connection can do."""

from __future__ import annotations

import asyncio
import http
import socket
import struct
from typing import TYPE_CHECKING, Any, TypeAlias

from uvicorn.protocols.http.h11_impl import H11Protocol

from .delivery import DELIVERY, Delivery

if TYPE_CHECKING:
    from .application import ASGIApp

__all__ = ["Connections"]

Peer: TypeAlias = tuple[str, int]

_AT_ONCE = struct.pack("ii", 1, 0)


class Connections:
    """The connections of one server, by the address of the client."""

    def __init__(self) -> None:
        self._open: dict[Peer, asyncio.Transport] = {}

    def protocol(self) -> type[asyncio.Protocol]:
        """The protocol for the server: uvicorn's own, which tells of its connections."""
        connections = self._open

        class Told(H11Protocol):
            def connection_made(self, transport: Any) -> None:
                connections[_peer(transport)] = transport
                self._peer = _peer(transport)
                super().connection_made(transport)

            def connection_lost(self, exc: Exception | None) -> None:
                connections.pop(self._peer, None)
                super().connection_lost(exc)

        return Told

    def serve(self, application: ASGIApp) -> ASGIApp:
        """Let *application* break the connections it is asked on."""

        async def run(scope: Any, receive: Any, send: Any) -> None:
            async def deliver(delivery: Delivery, receive: Any, send: Any) -> None:
                host, port, *_ = scope["client"]
                transport = self._open.get((host, port))
                if transport is None:
                    return
                if delivery.end == "whole":
                    if await _send_whole(delivery, transport, send):
                        return
                else:
                    _break(transport, delivery)
                # The server takes a request without an answer for a mistake while it is connected.
                while (await receive())["type"] != "http.disconnect":
                    pass

            extensions = {**scope.get("extensions", {}), DELIVERY: deliver}
            await application({**scope, "extensions": extensions}, receive, send)

        return run


def _peer(transport: asyncio.Transport) -> Peer:
    host, port, *_ = transport.get_extra_info("peername") or ("", 0)
    return host, port


async def _send_whole(delivery: Delivery, transport: asyncio.Transport, send: Any) -> bool:
    """Send a delivery as replies are sent; return whether the client took all of it."""
    headers = {**delivery.headers, "content-length": str(delivery.length)}
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": delivery.status, "headers": raw})
    for chunk in delivery.chunks:
        if transport.is_closing():
            return False
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
    return True


def _break(transport: asyncio.Transport, delivery: Delivery) -> None:
    """Write past the server, which would not send what is not HTTP, and end the connection."""
    if delivery.status:
        headers = {**delivery.headers, "content-length": str(delivery.length)}
        lines = [f"HTTP/1.1 {delivery.status} {http.HTTPStatus(delivery.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        transport.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
        transport.writelines(delivery.chunks)
    if delivery.end == "close":
        transport.close()
    elif delivery.end == "reset":
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        transport.abort()
