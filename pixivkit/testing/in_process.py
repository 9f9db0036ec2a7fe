"""The fake without a socket: the only module of `testing` that knows the HTTP library."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, cast

import anyio.lowlevel
import httpx

from .delivery import DELIVERY, Delivery

if TYPE_CHECKING:
    from .._core.transport import Transport
    from .application import ASGIApp

__all__ = ["in_process_transport"]


def in_process_transport(application: ASGIApp) -> Transport:
    """A transport that hands every request to *application*, on asyncio and on trio."""
    return cast("Transport", InProcessTransport(application))


class InProcessTransport(httpx.AsyncBaseTransport):
    """Runs the application, and fails as a connection does where one would have been broken."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        ordered: list[Delivery] = []

        async def deliver(delivery: Delivery, receive: Any, send: Any) -> None:
            del receive
            ordered.append(delivery)
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b""})

        async def run(scope: Any, receive: Any, send: Any) -> None:
            extensions = {**scope.get("extensions", {}), DELIVERY: deliver}
            await self._application({**scope, "extensions": extensions}, receive, send)

        response = await httpx.ASGITransport(run).handle_async_request(request)
        return _delivered(ordered[0], request) if ordered else response


def _delivered(delivery: Delivery, request: httpx.Request) -> httpx.Response:
    if not delivery.status:
        if delivery.end == "stall":
            raise httpx.ReadTimeout("", request=request)
        raise httpx.ReadError("connection reset", request=request)
    headers = {**delivery.headers, "content-length": str(delivery.length)}
    return httpx.Response(delivery.status, headers=headers, stream=_Body(delivery))


class _Body(httpx.AsyncByteStream):
    """The body of a delivery, as a client sees it that reads as far as the reply says."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery

    async def __aiter__(self) -> AsyncIterator[bytes]:
        missing = self._delivery.length
        for chunk in self._delivery.chunks:
            await anyio.lowlevel.checkpoint()
            yield chunk[:missing]
            missing -= len(chunk)
            if missing <= 0:
                return
        if self._delivery.end == "reset":
            raise httpx.ReadError("connection reset")
        if missing:
            raise httpx.RemoteProtocolError("the peer closed the connection before the end")
