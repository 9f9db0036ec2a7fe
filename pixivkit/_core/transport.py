"""What carries a client's requests: the fastest library that is here, or what a caller gives."""

from __future__ import annotations

import functools
import importlib.util
from contextlib import AbstractAsyncContextManager
from typing import Final, cast

from .httpx_wire import HttpxWire, Transport
from .slots import SlotTransport
from .wire import Timeouts, Wire, WireRequest, WireStream

CONNECTIONS: Final = 500
"""Requests that may be under way at once; further ones wait for one of them to finish."""


class DefaultWire:
    """
    aiohttp where it is installed (the extra ``fast``) and the event loop is asyncio's; else httpx.

    Which of them is decided by the first request, since only then there is an event loop.
    """

    def __init__(self, *, proxy: str | None = None, ipv4_only: bool = False) -> None:
        self._proxy = proxy
        self._ipv4_only = ipv4_only
        self._chosen: Wire | None = None

    @property
    def keeps_total(self) -> bool:
        """Whether it sees to the total timeout by itself."""
        return self._choose().keeps_total

    @property
    def name(self) -> str:
        """What carries the requests, for people."""
        if self._chosen is not None:
            return self._chosen.name
        return "aiohttp on asyncio" if self._may_be_fast() else "httpx"

    def stream(
        self, request: WireRequest, timeouts: Timeouts
    ) -> AbstractAsyncContextManager[WireStream]:
        """Send *request*; leaving the block closes the reply."""
        return self._choose().stream(request, timeouts)

    async def aclose(self) -> None:
        """Close all connections; the next request may open new ones, in another event loop."""
        chosen, self._chosen = self._chosen, None
        if chosen is not None:
            await chosen.aclose()

    def _may_be_fast(self) -> bool:
        # aiohttp knows no SOCKS.
        return _has_aiohttp() and not (self._proxy or "").startswith("socks")

    def _choose(self) -> Wire:
        if self._chosen is None:
            self._chosen = self._fast() or self._portable()
        return self._chosen

    def _fast(self) -> Wire | None:
        if not self._may_be_fast():
            return None
        from .aiohttp_wire import AiohttpWire, is_running

        if not is_running():
            return None
        return AiohttpWire(connections=CONNECTIONS, proxy=self._proxy, ipv4_only=self._ipv4_only)

    def _portable(self) -> Wire:
        slots = SlotTransport(
            connections=CONNECTIONS,
            proxy=self._proxy,
            local_address="0.0.0.0" if self._ipv4_only else None,
        )
        return HttpxWire(cast("Transport", slots))


@functools.cache
def _has_aiohttp() -> bool:
    return importlib.util.find_spec("aiohttp") is not None
