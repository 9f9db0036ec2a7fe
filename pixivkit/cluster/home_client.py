"""The client of a home, which is made and entered when it is first needed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from .._core.basics.events import Listener, log
from .._core.calls.request import ProgressCallback, Reply, Request
from .._core.http.backend import HttpBackend
from .._core.sending.send_options import SendOptions
from .._core.waiting.pace import Pace, Pacer, PaceState
from ..client import Pixiv
from ..download.saver import DiskSaver
from .account import Account
from .answers import HomeSettings
from .head_contact import ContactBackend, HeadContact
from .tokens import KeptTokens

__all__ = ["HomeClient", "LazyClient", "client_of"]

_ANYWHERE: Final = Path()
"""Downloads name their folders themselves."""


class HomeClient(Pixiv):
    """
    A client that takes over the pace of one that may have died a moment ago.

    Attributes:
        contact: The contact to the head, without which it sends nothing; to be set before it does.
    """

    contact: HeadContact

    async def send_with(
        self, request: Request, options: SendOptions, progress: ProgressCallback | None
    ) -> Reply:
        """Send *request* with *options* that are not those of the client."""
        return await self._send(request, options, progress)

    def saver_with(self, options: SendOptions) -> DiskSaver:
        """Return what saves files on this machine, with *options* that are not those of it."""
        view = self.with_options()
        view._options = options
        return view._saver(_ANYWHERE, None)

    @property
    def image_backend(self) -> HttpBackend:
        """What sends requests to image hosts."""
        return self._image_backend

    def pause(self, limited: Mapping[str, float]) -> None:
        """Hold calls for so many seconds, by the name of the API, as after a rate limit."""
        for base, api_session in self._api_sessions.items():
            if base.name in limited:
                api_session.pacer.on_rate_limited(limited[base.name])

    def _own_backend(self, proxy: str | None, ipv4_only: bool) -> HttpBackend:
        return ContactBackend(super()._own_backend(proxy, ipv4_only), lambda: self.contact.check())

    def _pacer(self, pace: Pace | None, name: str) -> Pacer:
        pacer = super()._pacer(pace, name)
        if pace is not None:
            pacer.use_up_burst()
        return pacer


def client_of(
    account: Account, settings: HomeSettings, contact: HeadContact, listener: Listener
) -> HomeClient:
    """Return the client of an *account*."""
    client = HomeClient(
        app=account.app_login(KeptTokens(account.name)),
        web=account.web,
        credentials=account.credentials,
        proxy=account.proxy,
        image_proxy=account.image_proxy,
        pace=account.pace,
        hosts=settings.hosts,
        app_profile=settings.app_profile,
        ipv4_only=settings.ipv4_only,
        largest_reply=settings.largest_reply,
        largest_file=settings.largest_file,
        on_event=listener,
    )
    client.contact = contact
    return client


class LazyClient:
    """
    A client that is made when it is first needed, and again after it was closed.

    Args:
        make: Makes it.
    """

    def __init__(self, make: Callable[[], HomeClient]) -> None:
        self._make = make
        self._client: asyncio.Future[HomeClient] | None = None
        self._left = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def pace(self) -> Mapping[str, PaceState] | None:
        """The state of its pacers; None while there is none."""
        client = self._client
        is_there = client is not None and client.done() and not client.exception()
        return client.result().pace if client is not None and is_there else None

    async def opened(self) -> HomeClient:
        """
        Return the client, which a task of its own enters and leaves.

        Raises:
            PixivError: It cannot be made.
        """
        if self._client is None:
            loop = asyncio.get_running_loop()
            self._client, self._left = loop.create_future(), asyncio.Event()
            task = loop.create_task(self._keep_open(self._client, self._left))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await asyncio.shield(self._client)

    def close(self) -> None:
        """Leave the client, if there is one."""
        self._left.set()
        self._client = None

    async def _keep_open(self, opened: asyncio.Future[HomeClient], left: asyncio.Event) -> None:
        try:
            async with self._make() as client:
                opened.set_result(client)
                await left.wait()
        except Exception as exc:
            if opened.done():
                log.warning("closing the client failed: %s", type(exc).__name__)
            else:
                opened.set_exception(exc)
                # Who waits raises it; nobody may.
                opened.exception()
                self._client = None
