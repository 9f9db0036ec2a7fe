"""Choose the backend of a client: the fastest library installed, or what a caller gives."""

from __future__ import annotations

import functools
from collections.abc import Coroutine
from contextlib import AbstractAsyncContextManager
from typing import Any, Final
from urllib.parse import urlsplit

from ...errors import InvalidArgument
from ..basics.extras import is_installed
from .backend import HttpBackend, HttpReply, HttpRequest, HttpStream, Timeouts
from .transport import Transport

CONNECTIONS: Final = 500
"""Requests that may be under way at once; further ones wait for one of them to finish."""

_HTTP_PROXIES = ("http", "https")
_SOCKS_PROXIES = ("socks5", "socks5h")


def backend_for(transport: Transport) -> HttpBackend:
    """Return the backend for a transport that a caller gives."""
    from .httpx_backend import HttpxBackend

    return HttpxBackend(transport)


class DefaultBackend:
    """
    aiohttp where it is installed (the extra ``fast``) and the event loop is asyncio's; else
    httpcore, which is what httpx itself sends with.

    Which of them is decided by the first request, since only then there is an event loop.
    """

    def __init__(self, *, proxy: str | None = None, ipv4_only: bool = False) -> None:
        """
        Raises:
            InvalidArgument: The proxy is of a kind that nothing here can use, or names no host.
        """
        if proxy is not None and (problem := _problem_with(proxy)):
            # The traceback would show it, with its password.
            del proxy
            raise InvalidArgument(problem)
        self._proxy_kind = None if proxy is None else urlsplit(proxy).scheme
        self._proxy = proxy
        self._ipv4_only = ipv4_only
        self._chosen: HttpBackend | None = None

    @property
    def name(self) -> str:
        """The name of the HTTP library, for display."""
        if self._chosen is not None:
            return self._chosen.name
        return "aiohttp on asyncio" if self._may_be_fast() else "httpx"

    def exchange(
        self, request: HttpRequest, timeouts: Timeouts, largest: int
    ) -> Coroutine[Any, Any, HttpReply]:
        """Send *request* and read the whole reply."""
        return self._choose().exchange(request, timeouts, largest)

    def stream(
        self, request: HttpRequest, timeouts: Timeouts
    ) -> AbstractAsyncContextManager[HttpStream]:
        """Send *request*; leaving the block closes the reply."""
        return self._choose().stream(request, timeouts)

    async def aclose(self) -> None:
        """Close all connections; the next request may open new ones, in another event loop."""
        chosen, self._chosen = self._chosen, None
        if chosen is not None:
            await chosen.aclose()

    def _may_be_fast(self) -> bool:
        # aiohttp knows no SOCKS.
        return _has_aiohttp() and self._proxy_kind not in _SOCKS_PROXIES

    def _choose(self) -> HttpBackend:
        if self._chosen is None:
            self._chosen = self._fast() or self._portable()
        return self._chosen

    def _fast(self) -> HttpBackend | None:
        if not self._may_be_fast():
            return None
        from .aiohttp_backend import AiohttpBackend, is_running

        if not is_running():
            return None
        return AiohttpBackend(
            connections=CONNECTIONS, proxy=self._proxy, ipv4_only=self._ipv4_only
        )

    def _portable(self) -> HttpBackend:
        if self._proxy_kind in _SOCKS_PROXIES and not is_installed("socksio"):
            msg = "a SOCKS proxy needs an extra: pip install 'pixivkit-async[socks]'"
            raise InvalidArgument(msg)
        from .httpcore_backend import HttpcoreBackend

        return HttpcoreBackend(
            connections=CONNECTIONS, proxy=self._proxy, ipv4_only=self._ipv4_only
        )


def _problem_with(proxy: str) -> str:
    """Return why *proxy* cannot be used, without quoting it; empty where it can."""
    unusable = "the URL of a proxy has no valid host and port"
    try:
        parts = urlsplit(proxy)
        complete = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return unusable
    if parts.scheme not in (*_HTTP_PROXIES, *_SOCKS_PROXIES):
        known = ", ".join(f"{kind}://" for kind in (*_HTTP_PROXIES, *_SOCKS_PROXIES))
        return f"the URL of a proxy starts with one of {known}"
    return "" if complete else unusable


@functools.cache
def _has_aiohttp() -> bool:
    return is_installed("aiohttp")
