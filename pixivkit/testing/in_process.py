"""The fake without a socket: the only module of `testing` that knows the HTTP library."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import httpx

if TYPE_CHECKING:
    from .._core.httpx_wire import Transport
    from .application import ASGIApp

__all__ = ["in_process_transport"]


def in_process_transport(application: ASGIApp) -> Transport:
    """A transport that hands every request to *application*, on asyncio and on trio."""
    return cast("Transport", httpx.ASGITransport(application))
