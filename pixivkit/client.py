"""The client: credentials, namespaces of endpoints, and runs of many calls."""

from __future__ import annotations

import functools
import os
import weakref
from collections.abc import AsyncIterable, Coroutine, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import anyio
import attrs

from ._core.account.credentials import AccessToken, Credential, RefreshToken, SessionCookie, Tokens
from ._core.account.hosts import Hosts
from ._core.account.profile import BROWSER, AppProfile, app_headers, image_headers, web_headers
from ._core.account.token_reply import read_tokens
from ._core.basics.clock import Clock, SystemClock
from ._core.basics.events import Listener, emit_misfit
from ._core.basics.secret import Secret
from ._core.calls.call import Call
from ._core.calls.misfit_policy import MisfitPolicy
from ._core.calls.request import ProgressCallback, Reply, Request
from ._core.declaration.endpoint import APP, OAUTH, WEB, Base
from ._core.http.backend import HttpBackend, Timeouts
from ._core.http.default_backend import DefaultBackend, backend_for
from ._core.http.transport import Transport
from ._core.sending.app_login import FixedBearer, RenewedBearer
from ._core.sending.auth import Anonymous, Authenticator
from ._core.sending.executor import ApiSession, Executor
from ._core.sending.login_requests import LoginRequests
from ._core.sending.own_login import OwnLogin
from ._core.sending.send_options import SendOptions, timeouts_of
from ._core.sending.web_login import WebSession
from ._core.waiting.lifetime import Lifetime
from ._core.waiting.long_waits import LongWaits
from ._core.waiting.pace import Pace, Pacer, PaceState
from ._core.waiting.patience import USUAL, patience_of
from ._core.waiting.retry import Retry
from .errors import AuthUnavailable, DiskFull, InvalidArgument, PixivError
from .session import Session
from .upload import Published, publish

if TYPE_CHECKING:
    # Imported when they are first used, with all the models that they know.
    from .download.file import DownloadedFile, Fetcher
    from .download.finder import Downloadable, DownloadItem, Finder
    from .download.naming import Template
    from .download.run import DownloadRun
    from .download.source import Work
    from .download.stream import FileStream
    from .download.works import DownloadProgressCallback
    from .models.app import Token

__all__ = ["Pixiv"]

T = TypeVar("T")
Body = TypeVar("Body")
Item = TypeVar("Item")

_POLITE = Pace()
_LARGEST_REPLY = 64 * 1024 * 1024
_LARGEST_FILE = 256 * 1024 * 1024


class Pixiv(Session):
    """
    A session with pixiv: an asynchronous context manager, on asyncio and trio.

    Enter and leave it in the same task, as ``async with`` does; all tasks may use it meanwhile.
    When it is left, whatever is sent later raises, until it is entered again. One that is never
    entered can send as well, all but runs; close it with `aclose`.

    Args:
        app: The login for the App API (``px.app``): a `RefreshToken` or an `AccessToken`.
        web: The login for the web API (``px.web``): a `SessionCookie`. Endpoints for which a
            login is optional work without.
        credentials: Logins for hosts of your own, by the `Base` of their endpoints: an `ApiKey`,
            an `AccessToken` or any other `Credential`. Each goes to the host of its base only.
        language: Language of translated tags and error texts, as of ``Accept-Language``.
        pace: How fast each account calls; ``None`` for as fast as it goes. A rate limit that
            pixiv answers with is waited out either way.
        patience: How many seconds anything may hold an awaited call: the queue for the pace, rate
            limits, renewals of the credential and retries together, counted from when it is
            awaited; 0 never waits, ``math.inf`` waits for ever. A call that would be held for
            longer raises at once: `RateLimited`, which says for how long, or `PatienceExceeded`.
            A request that is under way is never cut off by it, that is what *timeout* is for.
            By default (None) calls queue as long as the polite pace takes, and wait for trouble
            (all but the queue) for two minutes. Runs have a patience of their own.
        retry: How often requests are repeated.
        hosts: Base URLs to use instead of pixiv's own.
        proxy: URL of a proxy for all requests (http, https, or socks5 with the extra ``socks``).
        image_proxy: URL of a proxy for images alone; by default they go where the rest goes.
        ipv4_only: Whether to connect over IPv4 only; Cloudflare has blocked IPv6 at times.
        timeout: How long things may take: `Timeouts`, or seconds for each of its parts.
        transport: What carries requests instead of the built-in transport; see `Transport`.
        clock: The clock to use; for tests.
        app_profile: The app that App API requests come from.
        largest_reply: How many bytes the body of a reply may have, decompressed.
        largest_file: How many bytes a downloaded file may have, decompressed.
        strict: Whether a reply that does not fit its model raises `DecodeError`. By default what
            does not fit is left out, kept in `Model.misfits`, and reported: as an event, and as a
            warning of the logger ``pixivkit``, once for each endpoint and path.
        on_event: Called with everything that happens (`pixivkit.events`); see also
            `pixivkit.telemetry`. The logger ``pixivkit`` gets the same, and what the callback
            itself raises.

    Raises:
        InvalidArgument: An argument makes no sense.
    """

    def __init__(
        self,
        *,
        app: RefreshToken | AccessToken | None = None,
        web: SessionCookie | None = None,
        credentials: Mapping[Base, Credential] | None = None,
        language: str = "en",
        pace: Pace | None = _POLITE,
        patience: float | None = None,
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
        largest_file: int = _LARGEST_FILE,
        strict: bool = False,
        on_event: Listener | None = None,
    ) -> None:
        if transport is not None and (proxy is not None or image_proxy is not None):
            msg = "a transport makes its own connections: give it the proxy, not the client"
            raise InvalidArgument(msg)
        options = SendOptions(
            patience=patience_of(patience, USUAL),
            timeouts=timeouts_of(timeout),
            retry=retry or Retry(),
            language=language,
        )
        super().__init__(options, Lifetime())
        self._clock = clock or SystemClock()
        self._listener = on_event
        self.misfit_policy: Final = MisfitPolicy(
            strict=strict, on_misfit=functools.partial(emit_misfit, on_event)
        )
        hosts = hosts or Hosts()
        try:
            backend: HttpBackend = (
                backend_for(transport)
                if transport
                else DefaultBackend(proxy=proxy, ipv4_only=ipv4_only)
            )
            self._backend: HttpBackend = backend
            self._image_backend: HttpBackend = backend
            if image_proxy is not None:
                self._image_backend = DefaultBackend(proxy=image_proxy, ipv4_only=ipv4_only)
        finally:
            # They may hold a password, which no traceback is to show.
            del proxy, image_proxy
        profile = app_profile or AppProfile()
        encoding = {"Accept-Encoding": "gzip"}

        def headers_of_app(language: str) -> Mapping[str, str]:
            return {**app_headers(profile, language), **encoding}

        def headers_of_web(language: str) -> Mapping[str, str]:
            return {**web_headers(language), **encoding}

        self._logins = LoginRequests(
            backend=backend,
            timeouts=options.timeouts,
            hosts=hosts,
            clock=self._clock,
            app_headers=headers_of_app(language),
            web_headers=headers_of_web(language),
            largest_reply=largest_reply,
            listener=on_event,
        )
        self._headers_of_others = headers_of_web
        self._pace = pace
        self._api_sessions = {
            APP: ApiSession(
                authenticator=self._app_authenticator(app),
                pacer=self._pacer(pace, "the App API"),
                headers=headers_of_app,
                are_timed=True,
            ),
            WEB: ApiSession(
                authenticator=self._web_authenticator(web),
                pacer=self._pacer(pace, "the web API"),
                headers=headers_of_web,
            ),
        }
        for base, credential in (credentials or {}).items():
            login = self._own_login(base, credential, hosts)
            self._api_sessions[base] = self._own_api_session(base, login)
        self._retry_waits = LongWaits("retry", self._clock, on_event)
        self._executor = Executor(
            backend=backend,
            api_session_of=self._api_session_of,
            hosts=hosts,
            clock=self._clock,
            largest_reply=largest_reply,
            retry_waits=self._retry_waits,
            listener=on_event,
        )
        self._hosts = hosts
        self._largest_file = largest_file
        browser = web.user_agent if web is not None else BROWSER
        self._image_identity = functools.partial(image_headers, profile=profile, browser=browser)
        self._download_locks = weakref.WeakValueDictionary[Path, anyio.Lock]()
        self._image_pacer = self._pacer(None, "the hosts of images")

    def _pacer(self, pace: Pace | None, name: str) -> Pacer:
        limits = LongWaits("rate limit", self._clock, self._listener)
        queue = LongWaits("queue", self._clock, self._listener)
        return Pacer(pace, self._clock, name, limits, queue)

    def _api_session_of(self, base: Base) -> ApiSession:
        """Return the state shared by requests to *base*; each host has a pace of its own."""
        api_session = self._api_sessions.get(base)
        if api_session is None:
            needed = f'credentials={{...: ApiKey("...")}}, for the base {base.name!r}'
            api_session = self._api_sessions[base] = self._own_api_session(base, Anonymous(needed))
        return api_session

    def _own_api_session(self, base: Base, authenticator: Authenticator) -> ApiSession:
        return ApiSession(
            authenticator=authenticator,
            pacer=self._pacer(self._pace, f"the base {base.name!r}"),
            headers=self._headers_of_others,
        )

    def _own_login(self, base: Base, credential: object, hosts: Hosts) -> Authenticator:
        if base in (APP, OAUTH, WEB):
            msg = (
                f"credentials= is for bases of your own; logins to {base.name!r} are app= and web="
            )
            raise InvalidArgument(msg)
        if isinstance(credential, type) or not isinstance(credential, Credential):
            raise _no_login("credentials", 'ApiKey("...") or another Credential', credential)
        hosts.check_secure(base)
        return OwnLogin(
            credential,
            base,
            self._options.retry.pause_after,
            lifetime=self._lifetime,
            clock=self._clock,
            listener=self._listener,
        )

    def _app_authenticator(self, credential: object) -> Authenticator:
        if isinstance(credential, RefreshToken):
            return RenewedBearer(
                credential,
                self._fetch_tokens,
                lifetime=self._lifetime,
                clock=self._clock,
                listener=self._listener,
            )
        if isinstance(credential, AccessToken):
            return FixedBearer(credential)
        if credential is not None:
            raise _no_login("app", 'RefreshToken("...") or AccessToken("...")', credential)
        return Anonymous("app=RefreshToken(...)")

    def _web_authenticator(self, credential: object) -> Authenticator:
        if credential is None:
            return Anonymous("web=SessionCookie(...)")
        if not isinstance(credential, SessionCookie):
            raise _no_login("web", 'SessionCookie("...")', credential)
        return WebSession(
            credential,
            self._logins.page,
            self._options.retry.pause_after,
            lifetime=self._lifetime,
            clock=self._clock,
            listener=self._listener,
        )

    async def _fetch_tokens(self, refresh_token: Secret[str]) -> Tokens:
        from .app.oauth import AuthApi

        call = AuthApi(self).token_refresh(refresh_token.reveal())
        tokens = await self._exchange_token(call)
        if tokens.refresh_token:
            return tokens
        return attrs.evolve(tokens, refresh_token=refresh_token.reveal())

    async def exchange_token(self, call: Call[Token]) -> Tokens:
        """
        Send a call of the token endpoint, once, and return the tokens.

        The credentials of this client are neither sent nor changed. Of the answer only the tokens
        are needed; whatever else is wrong with it does no harm.

        Args:
            call: A call of ``oauth.auth.token_refresh`` or ``oauth.auth.token_code``.

        Returns:
            The tokens; the refresh token is empty where pixiv sent none.

        Raises:
            RefreshTokenInvalid: Pixiv refuses what the call offers.
            RateLimited: There were too many requests.
            AuthUnavailable: There was no usable answer.
            BlockedByCloudflare: A challenge or block page came instead of one.
            PixivError: The client was left.
        """
        self._lifetime.check(call.endpoint.name)
        return await self._exchange_token(call)

    async def _exchange_token(self, call: Call[Token]) -> Tokens:
        # Not refused when the client is left: a renewal has its own time to come to an end.
        tokens = read_tokens(await self._logins.token(call.request), self._clock.time())
        if tokens is None:
            msg = "the answer holds no access token"
            raise AuthUnavailable(msg, endpoint=call.endpoint.name, status=200)
        return tokens

    async def aclose(self) -> None:
        """Close all connections; for a client that was not entered with ``async with``."""
        await self._backend.aclose()
        if self._image_backend is not self._backend:
            await self._image_backend.aclose()

    def __repr__(self) -> str:
        logins = " and ".join(self.logins) or "without login"
        return f"<Pixiv {logins}, over {self._backend.name}>"

    @property
    def logins(self) -> tuple[str, ...]:
        """The bases that it has a login for: ``app``, ``web``, and your own."""
        return tuple(
            base.name
            for base, api_session in self._api_sessions.items()
            if not isinstance(api_session.authenticator, Anonymous)
        )

    @property
    def pace(self) -> Mapping[str, PaceState]:
        """The state of the pacer of each base: ``app``, ``web``, and your own in use."""
        return {
            base.name: api_session.pacer.state for base, api_session in self._api_sessions.items()
        }

    def _send(
        self, request: Request, options: SendOptions, progress: ProgressCallback | None
    ) -> Coroutine[Any, Any, Reply]:
        return self._executor.send(request, options, progress)

    async def publish(
        self,
        call: Call[Any],
        *,
        progress: ProgressCallback | None = None,
        processing: float = 300.0,
    ) -> Published:
        """
        Post an illustration and wait until pixiv has published it.

        Args:
            call: ``px.app.upload.illust(...)``, not awaited.
            progress: Called while the files are sent, with the bytes so far. What it raises ends
                the call, unchanged.
            processing: How many seconds to wait for pixiv to process the files.

        Returns:
            The id of the new work, and the key of its upload.

        Raises:
            InvalidArgument: The call is another, or one of its files cannot be read.
            UploadFailed: Pixiv did not publish it, or not in time.
            PixivError: Any other of `pixivkit.errors`.
        """
        status = self.app.upload.status
        return await publish(self.attach(call), status, self._clock, progress, processing)

    @cached_property
    def _fetcher(self) -> Fetcher:
        from .download.file import Fetcher

        return Fetcher(
            check=self._lifetime.check,
            backend=self._image_backend,
            identity=self._image_identity,
            hosts=self._hosts,
            options=self._options,
            clock=self._clock,
            pacer=self._image_pacer,
            retry_waits=self._retry_waits,
            largest=self._largest_file,
            locks=self._download_locks,
        )

    @property
    def _finder(self) -> Finder:
        from .download.finder import Finder

        by_app = APP.name in self.logins
        return Finder(sender=self, mirror=self._hosts.images, by_app=by_app)

    async def download(
        self,
        what: Downloadable | Sequence[Downloadable] | Call[Any],
        to: str | os.PathLike[str],
        *,
        page: int | None = None,
        template: Template | str | None = None,
        overwrite: bool = False,
        sidecar: bool = False,
        web_fallback: bool = False,
        progress: DownloadProgressCallback | None = None,
        patience: float | None = None,
    ) -> list[DownloadedFile]:
        """
        Fetch the files of a work, one after the other.

        A file is complete under its name, or not there: when a transfer breaks off, what has
        arrived is kept beside it as ``.part`` (a killed process loses its last megabyte at most),
        and is gone on with when the download is repeated, in any process. Where another download
        of the same file is under way, in whichever process, this waits for it and takes its file.

        Args:
            what: A work, its id, the URL of its page or of an image in any form that pixiv has, a
                page of it, the metadata of an ugoira, a list of these, or a call for any of them;
                see `pixivkit.download.Downloadable`. For an id the App API is asked, or the web
                API where there is no login for that.
            to: The folder; it is made where it is not there.
            page: Number of the only page to fetch, from 0; by default all, or the one that the
                URL is of (``#3`` is number 2).
            template: How files are named below it, such as ``{user.id}/{id} {title}_{part}``;
                see `Template`. None names them as pixiv does, such as ``140000001_p0.png``.
            overwrite: Whether files are fetched again that are there and complete.
            sidecar: Whether what pixiv says about the work is written beside its files, as
                ``140000001.json``; how an ugoira plays, as ``140000001_ugoira.json``.
            web_fallback: Whether the web API is asked for a work that the App API hides from the
                account; without a login for the web it shows few of them. By default nothing
                more is sent for such a work, and `Restricted` is raised. Novels cannot be looked
                up on the web.
            progress: Called as files arrive and when one is complete.
            patience: How many seconds trouble may hold each file, and a call for the work; without
                end by default, whatever the patience of the client.

        Returns:
            The files, in the order of the pages.

        Raises:
            InvalidArgument: A text is no id and no URL of pixiv, or of something that is no work,
                such as a user or a novel; the work has no such page.
            Restricted: The work cannot be seen: there are only placeholders.
            NotFound: A file is at none of its URLs.
            UnexpectedHost: A URL is on no host of pixiv's images; nothing was sent there.
            IncompleteFile: A file kept breaking off, or lacks its end.
            ReplyTooLarge: A file has more bytes than ``largest_file`` allows.
            StorageError: A file cannot be written; `DiskFull` where there is no room.
            PixivError: Any other of `pixivkit.errors`.
        """
        from .download.works import save_work

        self._lifetime.check()
        view = self._view(patience)
        finder = attrs.evolve(view._finder, web_fallback=web_fallback)
        works = await finder.works(what, page)
        return await save_work(
            view._fetcher, works, to,
            template=template, overwrite=overwrite, sidecar=sidecar, progress=progress,
        )  # fmt: skip

    def fetch(
        self,
        what: Downloadable | Call[Any],
        *,
        page: int | None = None,
        patience: float | None = None,
    ) -> FileStream:
        """
        Fetch one file into memory, as chunks or whole.

            async with px.fetch(140000001, page=0) as file:
                async for chunk in file:
                    ...

            data = await px.fetch(140000001, page=0).bytes(limit=10_000_000)

        It is asked for, gone on with and checked as `download` does it.

        Args:
            what: A work of one file, its id, a page of it, a URL, or a call for any of them; see
                `download`.
            page: Number of the page, from 0, where the work has several.
            patience: How many seconds trouble may hold it; by default that of the client.

        Returns:
            A `FileStream`, which sends nothing before it is entered or its `bytes` are awaited.
            Those raise `InvalidArgument` where there are several files, and else what `download`
            raises.
        """
        from .download.stream import FileStream, only_source

        view = self.with_options(patience=patience)

        async def opened() -> tuple[Fetcher, Work]:
            self._lifetime.check()
            return view._fetcher, only_source(await view._finder.works(what, page))

        return FileStream(opened)

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
        web_fallback: bool = False,
        stop_on: tuple[type[PixivError], ...] = (DiskFull,),
        progress: DownloadProgressCallback | None = None,
        patience: float | None = None,
    ) -> DownloadRun:
        """
        Fetch the files of many works, up to *limit* at once; no failure of one ends the run.

        Repeat a run that was left or broke off: what is complete is not sent for again.

        Args:
            works: Works, their ids or URLs, calls for them, or a whole list
                (``px.app.user.illusts(1)``, ``px.crawl.user_works(1)``); taken one by one, when
                there is room. What has to be asked for keeps the pace of the account.
            to: The folder; it is made where it is not there.
            limit: How many files are under way at once.
            pace: How fast files are asked for; None for as fast as they come.
            template: How files are named; see `download`.
            overwrite: Whether files are fetched again that are there and complete.
            sidecar: Whether what pixiv says about each work is written beside its files.
            web_fallback: Whether the web API is asked for works that the App API hides; see
                `download`.
            stop_on: Errors that end the run, after they were handed out. By default a full
                disk does; ``()`` goes on whatever happens.
            progress: Called as files arrive and when one is complete or failed.
            patience: How many seconds trouble may hold a file or a call of the run; without end
                by default, whatever the patience of the client.

        Returns:
            An asynchronous iterator of a `DownloadOutcome` for each file, in the order they are
            complete, and one for each work of which there is none.

        Raises:
            InvalidArgument: What should be many works is one text.
            PixivError: The client was not entered with ``async with``; when iterating, it was
                left before the run had ended.
        """
        if isinstance(works, str):
            msg = "works: this is one text, and a run takes many: put it into a list"
            raise InvalidArgument(msg)
        from .download.run import DownloadRun, Settings

        settings = Settings(
            to=to, template=template, overwrite=overwrite, sidecar=sidecar,
            stop_on=stop_on, progress=progress,
        )  # fmt: skip
        view = self._for_run(patience)
        fetcher = view._fetcher
        if pace is not None:
            fetcher = fetcher.with_pacer(self._pacer(pace, "the hosts of images"))
        background = functools.partial(self._background, "downloads run")
        finder = attrs.evolve(view._finder, web_fallback=web_fallback)
        return DownloadRun(finder, background, fetcher, works, settings, limit=limit)


def _no_login(name: str, wanted: str, given: object) -> InvalidArgument:
    """Return the error for a login of the wrong type; it may be a secret, and is not shown."""
    if isinstance(given, str):
        return InvalidArgument(f"{name}= takes no bare text: wrap it in {wanted}")
    kind = given if isinstance(given, type) else type(given)
    return InvalidArgument(f"{name}= takes {wanted}, not {kind.__name__}")
