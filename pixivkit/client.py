"""The client: credentials, namespaces of endpoints, and runs of many calls."""

from __future__ import annotations

import functools
import os
import weakref
from collections.abc import Coroutine, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

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
from ._core.http.backend import LARGEST_FILE, LARGEST_REPLY, HttpBackend, Timeouts
from ._core.http.default_backend import DefaultBackend, backend_for
from ._core.http.transport import Transport
from ._core.sending.app_login import FixedBearer, RenewedBearer
from ._core.sending.auth import Anonymous, Authenticator
from ._core.sending.executor import ApiSession, Executor
from ._core.sending.login_requests import LoginRequests
from ._core.sending.own_login import OwnLogin
from ._core.sending.send_options import SendOptions, options_of
from ._core.sending.web_login import WebSession
from ._core.waiting.lifetime import Lifetime
from ._core.waiting.long_waits import LongWaits
from ._core.waiting.pace import Pace, PaceState
from ._core.waiting.retry import Retry
from .download_session import DownloadSession
from .errors import AuthUnavailable, InvalidArgument

if TYPE_CHECKING:
    # Imported when they are first used, with all the models that they know.
    from .download.file import Fetcher
    from .download.saver import DiskSaver
    from .models.app import Token

__all__ = ["Pixiv"]

_POLITE = Pace()


class Pixiv(DownloadSession):
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
        largest_reply: int = LARGEST_REPLY,
        largest_file: int = LARGEST_FILE,
        strict: bool = False,
        on_event: Listener | None = None,
    ) -> None:
        if transport is not None and (proxy is not None or image_proxy is not None):
            msg = "a transport makes its own connections: give it the proxy, not the client"
            raise InvalidArgument(msg)
        options = options_of(patience, timeout, retry, language)
        super().__init__(options, Lifetime())
        self._clock = clock or SystemClock()
        self._listener = on_event
        self.misfit_policy: Final = MisfitPolicy(
            strict=strict, on_misfit=functools.partial(emit_misfit, on_event)
        )
        hosts = hosts or Hosts()
        try:
            backend: HttpBackend = (
                backend_for(transport) if transport else self._own_backend(proxy, ipv4_only)
            )
            self._backend: HttpBackend = backend
            self._image_backend: HttpBackend = backend
            if image_proxy is not None:
                self._image_backend = self._own_backend(image_proxy, ipv4_only)
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

    def _own_backend(self, proxy: str | None, ipv4_only: bool) -> HttpBackend:
        return DefaultBackend(proxy=proxy, ipv4_only=ipv4_only)

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

    @property
    def _image_mirror(self) -> str:
        return self._hosts.images

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

    def _memory_fetcher(self) -> Fetcher:
        return self._fetcher

    def _saver(self, to: str | os.PathLike[str], pace: Pace | None) -> DiskSaver:
        from .download.saver import DiskSaver

        fetcher = self._fetcher
        if pace is not None:
            fetcher = fetcher.with_pacer(self._pacer(pace, "the hosts of images"))
        return DiskSaver(folder=Path(to), sender=self, fetcher=fetcher)


def _no_login(name: str, wanted: str, given: object) -> InvalidArgument:
    """Return the error for a login of the wrong type; it may be a secret, and is not shown."""
    if isinstance(given, str):
        return InvalidArgument(f"{name}= takes no bare text: wrap it in {wanted}")
    kind = given if isinstance(given, type) else type(given)
    return InvalidArgument(f"{name}= takes {wanted}, not {kind.__name__}")
