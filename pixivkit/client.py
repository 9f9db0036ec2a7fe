"""The client: credentials, namespaces of endpoints, and what is done with many calls."""

from __future__ import annotations

import os
from collections.abc import AsyncIterable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs

from ._core.auth import Anonymous, FixedBearer, RenewedBearer, Strategy, WebSession
from ._core.call import Call, ProgressCallback, Reply, Request
from ._core.clock import Clock, SystemClock
from ._core.credentials import AccessToken, RefreshToken, SessionCookie, Tokens
from ._core.drift import Drift
from ._core.events import Listener, announce_misfit
from ._core.executor import FOREIGN, Executor, Family
from ._core.hosts import Hosts
from ._core.login_requests import LoginRequests
from ._core.pace import Pace, Pacer, PaceState
from ._core.profile import BROWSER, AppProfile
from ._core.retry import Retry
from ._core.structure import structure_reply
from ._core.transport import DefaultWire, Transport, given
from ._core.wire import Carrier, Timeouts
from .errors import AuthUnavailable, DecodeError, DiskFull, InvalidArgument, PixivError
from .session import Session
from .upload import Published, publish

if TYPE_CHECKING:
    # Imported when they are first used, with all the models that they know.
    from .download.file import DownloadedFile, Fetcher
    from .download.naming import Template
    from .download.run import DownloadItem, Downloads
    from .download.source import Downloadable
    from .download.works import DownloadProgressCallback
    from .models.app import Token

__all__ = ["Pixiv"]

T = TypeVar("T")
Body = TypeVar("Body")
Item = TypeVar("Item")

_POLITE = Pace()
_LARGEST_REPLY = 64 * 1024 * 1024
_USUAL_LIFETIME = 3600
"""Seconds that an access token has been good for in every reply."""


class Pixiv(Session):
    """
    A session with pixiv: an asynchronous context manager, on asyncio and trio.

    Enter and leave it in the same task, as ``async with`` does.

    Args:
        app: The login for the App API (``px.app``): a `RefreshToken` or an `AccessToken`.
        web: The login for the web API (``px.web``): a `SessionCookie`. Endpoints for which a
            login is optional work without.
        language: Language of translated tags and error texts, as of ``Accept-Language``.
        pace: How fast each account calls; ``None`` for as fast as it goes. A rate limit that
            pixiv answers with is waited out either way.
        retry: How often requests are repeated.
        hosts: Base URLs to use instead of pixiv's own.
        proxy: URL of a proxy for all requests (http, https, or socks5 with the extra ``socks``).
        image_proxy: URL of a proxy for images alone; by default they go where the rest goes.
        ipv4_only: Whether to connect over IPv4 only; Cloudflare has blocked IPv6 at times.
        timeout: How long things may take: `Timeouts`, or seconds for each of its parts.
        transport: What carries requests instead of the built-in transport; see `Transport`.
        clock: What tells the time and waits; for tests.
        app_profile: The app that App API requests come from.
        largest_reply: How many bytes the body of a reply may have, decompressed.
        strict: Whether a reply that does not fit its model raises `DecodeError`. By default what
            does not fit is left out, kept in `Model.misfits`, and told: as an event, and as a
            warning of the logger ``pixivkit``, once for each endpoint and path.
        on_event: Called with everything that happens (`pixivkit.events`); see also
            `pixivkit.telemetry`. The logger ``pixivkit`` is told the same.
    """

    def __init__(
        self,
        *,
        app: RefreshToken | AccessToken | None = None,
        web: SessionCookie | None = None,
        language: str = "en",
        pace: Pace | None = _POLITE,
        retry: Retry | None = None,
        hosts: Hosts | None = None,
        proxy: str | None = None,
        image_proxy: str | None = None,
        ipv4_only: bool = False,
        timeout: Timeouts | float | None = None,
        transport: Transport | None = None,
        clock: Clock | None = None,
        app_profile: AppProfile | None = None,
        largest_reply: int = _LARGEST_REPLY,
        strict: bool = False,
        on_event: Listener | None = None,
    ) -> None:
        if transport is not None and (proxy is not None or image_proxy is not None):
            msg = "a transport makes its own connections: give it the proxy, not the client"
            raise InvalidArgument(msg)
        if not language.isascii() or not language.isprintable():
            msg = "language: must be as in an Accept-Language header, such as en or ja"
            raise InvalidArgument(msg)
        self._clock = clock or SystemClock()
        self.drift: Final = Drift(strict=strict, told=partial(announce_misfit, on_event))
        hosts, retry, timeouts = hosts or Hosts(), retry or Retry(), _timeouts(timeout)
        wire = given(transport) if transport else DefaultWire(proxy=proxy, ipv4_only=ipv4_only)
        self._carrier = self._image_carrier = Carrier(wire, timeouts)
        if image_proxy is not None:
            wire = DefaultWire(proxy=image_proxy, ipv4_only=ipv4_only)
            self._image_carrier = Carrier(wire, timeouts)
        common = {"Accept-Language": language, "Accept-Encoding": "gzip"}
        app_headers = {**(app_profile or AppProfile()).headers(), **common}
        web_headers = {"User-Agent": BROWSER, "Accept": "application/json", **common}
        self._logins = LoginRequests(
            carrier=self._carrier,
            hosts=hosts,
            clock=self._clock,
            app_headers=app_headers,
            web_headers=web_headers,
            largest_reply=largest_reply,
            listener=on_event,
        )
        self._families = {
            "app": Family(
                strategy=self._app_strategy(app),
                pacer=Pacer(pace, self._clock),
                headers=app_headers,
            ),
            "web": Family(
                strategy=self._web_strategy(web),
                pacer=Pacer(pace, self._clock),
                headers=web_headers,
            ),
            FOREIGN: Family(
                strategy=Anonymous("another client"),
                pacer=Pacer(pace, self._clock),
                headers=web_headers,
            ),
        }
        self._executor = Executor(
            carrier=self._carrier,
            families=self._families,
            hosts=hosts,
            retry=retry,
            clock=self._clock,
            largest_reply=largest_reply,
            listener=on_event,
        )
        self._hosts, self._retry = hosts, retry
        super().__init__()

    def _app_strategy(self, credential: RefreshToken | AccessToken | None) -> Strategy:
        if isinstance(credential, RefreshToken):
            return RenewedBearer(credential, self._fetch_tokens, self._clock)
        if isinstance(credential, AccessToken):
            return FixedBearer(credential)
        return Anonymous("app=RefreshToken(...)")

    def _web_strategy(self, credential: SessionCookie | None) -> Strategy:
        if credential is None:
            return Anonymous("web=SessionCookie(...)")
        return WebSession(credential, self._logins.page, self._clock)

    async def _fetch_tokens(self, refresh_token: str) -> Tokens:
        from .app.oauth import AuthApi

        tokens = await self.exchange_token(AuthApi(self).token_refresh(refresh_token))
        if tokens.refresh_token:
            return tokens
        return attrs.evolve(tokens, refresh_token=refresh_token)

    async def exchange_token(self, call: Call[Token]) -> Tokens:
        """
        Send a call of the token endpoint, once, and return what it grants.

        The credentials of this client are neither sent nor changed.

        Args:
            call: A call of ``oauth.auth.token_refresh`` or ``oauth.auth.token_code``.

        Returns:
            The tokens; the refresh token is empty where pixiv sent none.

        Raises:
            RefreshTokenInvalid: Pixiv refuses what the call offers.
            AuthUnavailable: There was no usable answer.
            BlockedByCloudflare: A challenge or block page came instead of one.
        """
        request = call.request
        json = await self._logins.token(request)
        try:
            token: Token = structure_reply(request, json, self.drift)
        except DecodeError as exc:
            raise AuthUnavailable(exc.message, endpoint=request.endpoint.name, status=200) from exc
        grant = token.grant
        if not grant.access_token:
            msg = "the answer holds no token"
            raise AuthUnavailable(msg, endpoint=request.endpoint.name, status=200)
        return Tokens(
            refresh_token=grant.refresh_token,
            access_token=grant.access_token,
            expires_at=self._clock.time() + (grant.expires_in or _USUAL_LIFETIME),
            user_id=grant.user.id if grant.user else 0,
        )

    async def aclose(self) -> None:
        """Close all connections; for a client that was not entered with ``async with``."""
        await self._carrier.aclose()
        if self._image_carrier is not self._carrier:
            await self._image_carrier.aclose()

    def __repr__(self) -> str:
        logins = [
            name
            for name in ("app", "web")
            if not isinstance(self._families[name].strategy, Anonymous)
        ]
        return f"<Pixiv {' and '.join(logins) or 'without login'}, over {self._carrier.name}>"

    @property
    def pace(self) -> Mapping[str, PaceState]:
        """What the pace of each API (``app`` and ``web``) is doing now."""
        return {name: self._families[name].pacer.state for name in ("app", "web")}

    async def send(
        self,
        request: Request,
        *,
        progress: ProgressCallback | None = None,
        interactive: bool = True,
        rate_limits: int | None = None,
    ) -> Reply:
        """
        Send a request and return the reply as JSON; awaiting a call does this for you.

        Args:
            request: What to send; every call has one.
            progress: Called while a body is sent, with the bytes so far.
            interactive: Whether somebody waits for it; false queues behind those that do.
            rate_limits: How many rate limits to wait out, if not as many as `Retry` says.

        Raises:
            PixivError: Any of `pixivkit.errors`.
        """
        return await self._executor.send(
            request, progress=progress, interactive=interactive, rate_limits=rate_limits
        )

    async def publish(
        self,
        call: Call[Any],
        *,
        progress: ProgressCallback | None = None,
        patience: float = 300.0,
    ) -> Published:
        """
        Post an illustration and wait until pixiv has published it.

        Args:
            call: ``px.app.upload.illust(...)``, not awaited.
            progress: Called while the files are sent, with the bytes so far.
            patience: How many seconds to wait for pixiv to process the files.

        Returns:
            The id of the new work, and the key of its upload.

        Raises:
            InvalidArgument: The call is another, or one of its files cannot be read.
            UploadFailed: Pixiv did not publish it, or not in time.
            PixivError: Any other of `pixivkit.errors`.
        """
        status = self.app.upload.status
        return await publish(self.attach(call), status, self._clock, progress, patience)

    @cached_property
    def _fetcher(self) -> Fetcher:
        from .download.file import Fetcher

        return Fetcher(
            carrier=self._image_carrier,
            hosts=self._hosts,
            retry=self._retry,
            clock=self._clock,
            pacer=Pacer(None, self._clock),
        )

    async def download(
        self,
        what: Downloadable | Sequence[Downloadable] | Call[Any],
        to: str | os.PathLike[str],
        *,
        template: Template | str | None = None,
        overwrite: bool = False,
        sidecar: bool = False,
        progress: DownloadProgressCallback | None = None,
    ) -> list[DownloadedFile]:
        """
        Fetch the files of a work, one after the other.

        A file is complete under its name, or not there: when a transfer breaks off, what has
        arrived is kept beside it as ``.part`` (a killed process loses its last megabyte at most),
        and is gone on with when the download is repeated, in any process.

        Args:
            what: A work, a page of one, the metadata of an ugoira, the URL of an image, a list
                of these, or a call for any of them; see `pixivkit.download.Downloadable`.
            to: The folder; it is made where it is not there.
            template: How files are named below it, such as ``{user.id}/{id} {title}_{part}``;
                see `Template`. None names them as pixiv does, such as ``140000001_p0.png``.
            overwrite: Whether files are fetched again that are there and complete.
            sidecar: Whether what pixiv says about the work is written beside its files, as
                ``140000001.json``; how an ugoira plays, as ``140000001_ugoira.json``.
            progress: Called as files arrive and when one is complete.

        Returns:
            The files, in the order of the pages.

        Raises:
            Restricted: The work cannot be seen: there are only placeholders.
            NotFound: A file is at none of its URLs.
            UnexpectedHost: A URL is on no host of pixiv's images; nothing was sent there.
            IncompleteFile: A file kept breaking off, or lacks its end.
            StorageError: A file cannot be written; `DiskFull` where there is no room.
            PixivError: Any other of `pixivkit.errors`.
        """
        from .download.works import save_work

        found = await self.attach(what) if isinstance(what, Call) else what
        return await save_work(
            self._fetcher, found, to,
            template=template, overwrite=overwrite, sidecar=sidecar, progress=progress,
        )  # fmt: skip

    def downloads(
        self,
        works: Iterable[DownloadItem] | AsyncIterable[DownloadItem],
        to: str | os.PathLike[str],
        *,
        limit: int = 4,
        pace: Pace | None = None,
        template: Template | str | None = None,
        overwrite: bool = False,
        sidecar: bool = False,
        stop_on: tuple[type[PixivError], ...] = (DiskFull,),
        progress: DownloadProgressCallback | None = None,
    ) -> Downloads:
        """
        Fetch the files of many works, up to *limit* at once; no failure of one ends the run.

        Repeat a run that was left or broke off: what is complete is not sent for again.

        Args:
            works: Works, calls for them (such as ``px.app.illust.detail(id) for id in ids``),
                or a whole list (``px.app.user.illusts(1)``); taken one by one, when there is
                room. Calls keep the pace of the account.
            to: The folder; it is made where it is not there.
            limit: How many files are under way at once.
            pace: How fast files are asked for; None for as fast as they come.
            template: How files are named; see `download`.
            overwrite: Whether files are fetched again that are there and complete.
            sidecar: Whether what pixiv says about each work is written beside its files.
            stop_on: Errors that end the run, after they were handed out. By default a full
                disk does; ``()`` goes on whatever happens.
            progress: Called as files arrive and when one is complete or failed.

        Returns:
            An asynchronous iterator of a `Downloaded` for each file, in the order they are
            complete, and one for each work of which there is none.

        Raises:
            PixivError: The client was not entered with ``async with``.
        """
        tasks = self._background("downloads run")
        from .download.run import Downloads, Settings

        settings = Settings(
            to=to, template=template, overwrite=overwrite, sidecar=sidecar,
            stop_on=stop_on, progress=progress,
        )  # fmt: skip
        fetcher = self._fetcher.paced(Pacer(pace, self._clock)) if pace else self._fetcher
        return Downloads(self, tasks, fetcher, works, settings, limit=limit)


def _timeouts(timeout: Timeouts | float | None) -> Timeouts:
    if timeout is None:
        return Timeouts()
    if isinstance(timeout, Timeouts):
        return timeout
    return Timeouts(connect=timeout, read=timeout, write=timeout, total=timeout)
