"""
Credentials at work: what a client attaches to a request, and how it is renewed.

Renewal is single-flight: whoever finds the credential expired first renews it, everybody else
waits for that, and a renewal once begun is not cancelled with the task that began it. A failed one
is shared by all who waited, and by those who come within its cool-down.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol, TypeVar

import anyio
import anyio.lowlevel
import attrs

from ..errors import (
    AuthError,
    AuthUnavailable,
    PixivError,
    RefreshTokenInvalid,
    TokenStoreError,
)
from .clock import Clock
from .credentials import AccessToken, RefreshToken, SessionCookie, Tokens
from .endpoint import Auth

T = TypeVar("T")

_MARGIN = 300.0
_USUAL_LIFETIME = 3600.0
_COOL_DOWN = 60.0
_REFUSED_COOL_DOWN = 900.0


@attrs.frozen
class Grant:
    """
    Credentials for one request.

    Attributes:
        headers: What to attach.
        generation: Which renewal they come from, to tell whether a newer one happened since.
    """

    headers: Mapping[str, str] = attrs.field(repr=False)
    generation: int = 0


class Strategy(Protocol):
    """How requests of one family of endpoints get their credentials."""

    def ready(self, auth: Auth) -> Grant | None:
        """Return what `grant` would, where nothing must be awaited for it."""
        ...

    async def grant(self, auth: Auth) -> Grant:
        """
        Return what a request that needs *auth* carries.

        Raises:
            AuthError: There is no credential for it.
        """
        ...

    async def renew(self, grant: Grant) -> bool:
        """
        Pixiv refused *grant*: get a newer one.

        Returns:
            Whether there is one now.
        """
        ...


class SingleFlight:
    """Does one thing at a time for many; a failure holds for everybody until it has cooled."""

    def __init__(self, clock: Clock) -> None:
        self.generation = 0
        self._clock = clock
        self._lock = anyio.Lock()
        self._failure: PixivError | None = None
        self._failed_until = 0.0

    async def advance(self, generation: int, action: Callable[[], Awaitable[None]]) -> None:
        """
        Do *action* unless somebody has, since *generation*.

        Raises:
            PixivError: What *action* raised, now or a short while ago.
        """
        async with self._lock:
            if self.generation != generation:
                return
            if self._failure is not None and self._clock.monotonic() < self._failed_until:
                raise copy.copy(self._failure)
            # The tasks that wait need the outcome even if the one that asks is cancelled.
            with anyio.CancelScope(shield=True):
                try:
                    await action()
                except PixivError as exc:
                    refused = isinstance(exc, RefreshTokenInvalid)
                    seconds = _REFUSED_COOL_DOWN if refused else _COOL_DOWN
                    self._failed_until = self._clock.monotonic() + seconds
                    self._failure = copy.copy(exc)
                    raise
            self._failure = None
            self.generation += 1
        # Who was cancelled behind the shield sends nothing any more.
        await anyio.lowlevel.checkpoint_if_cancelled()


_NOTHING = Grant({})


class Anonymous:
    """No credential."""

    def __init__(self, needed: str) -> None:
        self._needed = needed

    def ready(self, auth: Auth) -> Grant | None:
        return _NOTHING if auth in (Auth.NONE, Auth.OPTIONAL) else None

    async def grant(self, auth: Auth) -> Grant:
        if grant := self.ready(auth):
            return grant
        msg = f"this endpoint needs a login: make the client with {self._needed}"
        raise AuthError(msg)

    async def renew(self, grant: Grant) -> bool:
        del grant
        return False


def _bearer(token: str, generation: int = 0) -> Grant:
    return Grant({"Authorization": f"Bearer {token}"}, generation)


class FixedBearer:
    """App API with an access token that nobody renews."""

    def __init__(self, credential: AccessToken) -> None:
        self._grant = _bearer(credential.token)

    def ready(self, auth: Auth) -> Grant:
        return _NOTHING if auth is Auth.NONE else self._grant

    async def grant(self, auth: Auth) -> Grant:
        return self.ready(auth)

    async def renew(self, grant: Grant) -> bool:
        del grant
        return False


class RenewedBearer:
    """App API with a refresh token: access tokens are fetched when needed, once for all tasks."""

    def __init__(
        self,
        credential: RefreshToken,
        fetch: Callable[[str], Awaitable[Tokens]],
        clock: Clock,
    ) -> None:
        self._credential = credential
        self._fetch = fetch
        self._clock = clock
        self._flight = SingleFlight(clock)
        self._loaded = False
        self._tokens: Tokens | None = None
        self._good_until = 0.0

    def ready(self, auth: Auth) -> Grant | None:
        if auth is Auth.NONE:
            return _NOTHING
        return self._grant() if self._fresh() else None

    async def grant(self, auth: Auth) -> Grant:
        if grant := self.ready(auth):
            return grant
        await self._flight.advance(self._flight.generation, self._obtain)
        return self._grant()

    def _grant(self) -> Grant:
        assert self._tokens is not None
        return _bearer(self._tokens.access_token, self._flight.generation)

    async def renew(self, grant: Grant) -> bool:
        await self._flight.advance(grant.generation, self._refresh)
        return True

    def _fresh(self) -> bool:
        # Two clocks: the monotonic one may stand still while the machine sleeps, the other may
        # be set back.
        if self._tokens is None or not self._tokens.access_token:
            return False
        now = self._clock.time()
        return self._clock.monotonic() < self._good_until and now < self._tokens.expires_at

    async def _obtain(self) -> None:
        """Take the stored access token if it is good, else fetch one."""
        store = self._credential.store
        if store is not None and not self._loaded:
            self._tokens = await _stored(store.load())
            self._loaded = True
            if self._tokens is not None:
                left = self._tokens.expires_at - self._clock.time()
                self._good_until = self._clock.monotonic() + left
                if self._fresh():
                    return
        await self._refresh()

    async def _refresh(self) -> None:
        tokens = await self._fetched()
        lifetime = tokens.expires_at - self._clock.time()
        if lifetime <= 0:
            lifetime = _USUAL_LIFETIME
        good_for = lifetime - min(_MARGIN, lifetime / 10)
        tokens = attrs.evolve(tokens, expires_at=self._clock.time() + good_for)
        # The old refresh token may be void now: keep the new one even if it cannot be saved.
        self._tokens = attrs.evolve(tokens, access_token="")
        if self._credential.store is not None:
            await _stored(self._credential.store.save(tokens))
        self._tokens = tokens
        self._good_until = self._clock.monotonic() + good_for

    async def _fetched(self) -> Tokens:
        """Trade the newest refresh token; where that is refused, the one the client was given."""
        given = self._credential.token
        known = self._tokens.refresh_token if self._tokens else given
        if known is None:
            msg = "the token store holds no refresh token: log in first"
            raise AuthError(msg)
        try:
            return await self._traded(known)
        except RefreshTokenInvalid:
            if given is None or given == known:
                raise
            return await self._traded(given)

    async def _traded(self, refresh_token: str) -> Tokens:
        try:
            return await self._fetch(refresh_token)
        except AuthUnavailable:
            return await self._fetch(refresh_token)


async def _stored(action: Awaitable[T]) -> T:
    """Await what a user's store does; whatever it raises is told as one kind of error."""
    try:
        return await action
    except PixivError:
        raise
    except Exception as exc:
        msg = f"the token store failed: {type(exc).__name__}"
        raise TokenStoreError(msg) from exc


class WebSession:
    """Web API with a browser's session; the CSRF token that writes need is read from a page."""

    def __init__(
        self,
        credential: SessionCookie,
        fetch_page: Callable[[Mapping[str, str]], Awaitable[str]],
        clock: Clock,
    ) -> None:
        cookies = "; ".join(f"{name}={value}" for name, value in credential.jar().items())
        self._headers = {"Cookie": cookies, "User-Agent": credential.user_agent}
        if credential.user_id is not None:
            self._headers["x-user-id"] = str(credential.user_id)
        self._fetch_page = fetch_page
        self._flight = SingleFlight(clock)
        self._csrf = ""

    def ready(self, auth: Auth) -> Grant | None:
        if auth is Auth.NONE:
            return _NOTHING
        if auth is not Auth.CSRF:
            return Grant(self._headers, self._flight.generation)
        return self._grant() if self._csrf else None

    async def grant(self, auth: Auth) -> Grant:
        if grant := self.ready(auth):
            return grant
        await self._flight.advance(self._flight.generation, self._read_csrf)
        return self._grant()

    def _grant(self) -> Grant:
        headers = {**self._headers, "x-csrf-token": self._csrf}
        return Grant(headers, self._flight.generation)

    async def renew(self, grant: Grant) -> bool:
        if "x-csrf-token" not in grant.headers:
            return False
        await self._flight.advance(grant.generation, self._read_csrf)
        return True

    async def _read_csrf(self) -> None:
        self._csrf = csrf_token(await self._fetch_page(self._headers))


_CSRF_PATTERNS = (
    # The state of the page is JSON within JSON: \"token\":\"...\"
    re.compile(r'\\"token\\":\\"([0-9a-f]{32})\\"'),
    re.compile(r'"token":"([0-9a-f]{32})"'),
    re.compile(r'pixiv\.context\.(?:token|postKey)\s*=\s*"([0-9a-f]{32})"'),
    re.compile(r'"postKey":"([0-9a-f]{32})"'),
)


def csrf_token(page: str) -> str:
    """
    Find the CSRF token on a page of pixiv's site.

    Raises:
        AuthError: There is none.
    """
    for pattern in _CSRF_PATTERNS:
        if found := pattern.search(page):
            return found[1]
    msg = "there is no CSRF token on pixiv's page: is the session still good?"
    raise AuthError(msg)
