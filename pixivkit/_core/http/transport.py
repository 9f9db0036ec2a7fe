"""The interface of transports that a caller may give."""

from __future__ import annotations

from typing import Any, Protocol

__all__ = ["Transport"]


class Transport(Protocol):
    """
    The interface of the asynchronous transports of httpx and httpx2.

    It is spelled with `Any` so that no type of the HTTP library is part of this one's: pass any
    object that takes a ``Request`` of theirs and returns a ``Response``.

    What it raises of their exceptions becomes a `TransportError`, and is repeated where that is
    safe. Any other exception is the transport's own affair: it passes unchanged to whoever awaits
    the call, at once.
    """

    async def handle_async_request(self, request: Any) -> Any:
        """Send the request; the body of the response is streamed."""
        ...

    async def aclose(self) -> None:
        """Close all connections."""
        ...
