"""An application on a real socket of the loopback interface, and connections that it may break."""

from __future__ import annotations

import asyncio
import http
import socket
import struct
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Generic, TypeAlias, TypeVar

import anyio.to_thread
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from .fault_replies import FAULTY_REPLY, FaultyReply
from .messages import ASGIApp
from .own_urls import with_own_urls

__all__ = ["Serving"]

T = TypeVar("T")
Peer: TypeAlias = tuple[str, int]

_AT_ONCE = struct.pack("ii", 1, 0)


class Serving(Generic[T]):
    """
    Serves while the block runs: ``with`` and ``async with`` both give what is *made* of the URL.

    Args:
        application: What is served.
        made: Makes what the block gets, from the address without a slash at the end.
        port: Where; 0 for any that is free.
        own_urls: Whether the application answers with addresses of its own.
    """

    def __init__(
        self,
        application: ASGIApp,
        made: Callable[[str], T],
        port: int = 0,
        *,
        own_urls: bool = False,
    ) -> None:
        self._application = application
        self._made = made
        self._own_urls = own_urls
        self._port = port
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self._socket: socket.socket | None = None

    def __enter__(self) -> T:
        # Named as TCP, for asyncio then sends small pieces at once (TCP_NODELAY).
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", self._port))
        except OSError:
            listening.close()
            raise
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        application = self._application
        if self._own_urls:
            application = with_own_urls(application, url)
        connections = _Connections()
        config = uvicorn.Config(
            connections.serve(application),
            http=connections.protocol(),
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(
            target=server.run, args=([listening],), name="fake-pixiv", daemon=True
        )
        self._server, self._thread, self._socket = server, thread, listening
        thread.start()
        while not server.started:
            if not thread.is_alive():
                listening.close()
                msg = "the server of the fake pixiv did not start"
                raise RuntimeError(msg)
            time.sleep(0.002)
        return self._made(url)

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        server, thread, listening = self._server, self._thread, self._socket
        self._server = self._thread = self._socket = None
        if server is not None:
            server.should_exit = True
        if thread is not None:
            thread.join(timeout=10)
        if listening is not None:
            listening.close()

    async def __aenter__(self) -> T:
        return await anyio.to_thread.run_sync(self.__enter__)

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(self.__exit__, exc_type, exc, tb)


class _Connections:
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
            async def send_faulty(reply: FaultyReply, receive: Any, send: Any) -> None:
                host, port, *_ = scope["client"]
                transport = self._open.get((host, port))
                if transport is None:
                    return
                if reply.end == "whole":
                    if await _send_whole(reply, transport, send):
                        return
                else:
                    _break(transport, reply)
                # The server takes a request without an answer for a mistake while it is connected.
                while (await receive())["type"] != "http.disconnect":
                    pass

            extensions = {**scope.get("extensions", {}), FAULTY_REPLY: send_faulty}
            await application({**scope, "extensions": extensions}, receive, send)

        return run


def _peer(transport: asyncio.Transport) -> Peer:
    host, port, *_ = transport.get_extra_info("peername") or ("", 0)
    return host, port


async def _send_whole(reply: FaultyReply, transport: asyncio.Transport, send: Any) -> bool:
    """Send a reply as replies are sent; return whether the client took all of it."""
    headers = {**reply.headers, "content-length": str(reply.length)}
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": reply.status, "headers": raw})
    for chunk in reply.chunks:
        if transport.is_closing():
            return False
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
    return True


def _break(transport: asyncio.Transport, reply: FaultyReply) -> None:
    """Write past the server, which would not send what is not HTTP, and end the connection."""
    if reply.status:
        headers = {**reply.headers, "content-length": str(reply.length)}
        lines = [f"HTTP/1.1 {reply.status} {http.HTTPStatus(reply.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        transport.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
        transport.writelines(reply.chunks)
    if reply.end == "close":
        transport.close()
    elif reply.end == "reset":
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        transport.abort()
