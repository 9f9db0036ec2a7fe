"""The fake without a socket: the only module of `testing` that knows the HTTP library."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, cast

import anyio.lowlevel
import httpx

from .fault_replies import FAULTY_REPLY, FaultyReply
from .messages import ASGIApp

if TYPE_CHECKING:
    from .._core.http.transport import Transport

__all__ = ["in_process_transport"]


def in_process_transport(application: ASGIApp) -> Transport:
    """A transport that hands every request to *application*, on asyncio and on trio."""
    return cast("Transport", InProcessTransport(application))


class InProcessTransport(httpx.AsyncBaseTransport):
    """Runs the application, and fails as a connection does where one would have been broken."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        ordered: list[FaultyReply] = []

        async def send_faulty(reply: FaultyReply, receive: Any, send: Any) -> None:
            del receive
            ordered.append(reply)
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b""})

        async def run(scope: Any, receive: Any, send: Any) -> None:
            extensions = {**scope.get("extensions", {}), FAULTY_REPLY: send_faulty}
            await self._application({**scope, "extensions": extensions}, receive, send)

        response = await httpx.ASGITransport(run).handle_async_request(request)
        return _response(ordered[0], request) if ordered else response


def _response(reply: FaultyReply, request: httpx.Request) -> httpx.Response:
    if not reply.status:
        if reply.end == "stall":
            raise httpx.ReadTimeout("", request=request)
        raise httpx.ReadError("connection reset", request=request)
    headers = {**reply.headers, "content-length": str(reply.length)}
    return httpx.Response(reply.status, headers=headers, stream=_Body(reply))


class _Body(httpx.AsyncByteStream):
    """The body of a reply, as a client sees it that reads as far as the reply says."""

    def __init__(self, reply: FaultyReply) -> None:
        self._reply = reply

    async def __aiter__(self) -> AsyncIterator[bytes]:
        missing = self._reply.length
        for chunk in self._reply.chunks:
            await anyio.lowlevel.checkpoint()
            yield chunk[:missing]
            missing -= len(chunk)
            if missing <= 0:
                return
        if self._reply.end == "reset":
            raise httpx.ReadError("connection reset")
        if missing:
            raise httpx.RemoteProtocolError("the peer closed the connection before the end")
