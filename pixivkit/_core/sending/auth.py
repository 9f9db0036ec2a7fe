"""Attach credentials to requests, and renew them."""

from __future__ import annotations

import copy
import enum
import random
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final, Protocol, TypeVar

import attrs

from ...errors import (
    AuthError,
    AuthUnavailable,
    BlockedByCloudflare,
    PixivError,
    RateLimited,
    RefreshTokenInvalid,
    TokenStoreError,
)
from ..account.credentials import (
    AccessToken,
    LockingTokenStore,
    RefreshToken,
    SessionCookie,
    Tokens,
    TokenStore,
)
from ..basics.clock import Clock
from ..basics.events import Listener
from ..basics.secret import Secret
from ..declaration.endpoint import Auth
from ..waiting.lifetime import Lifetime
from ..waiting.long_waits import LongWaits
from ..waiting.patience import WaitBudget
from .renewal import PauseAfter, SharedRenewal

T = TypeVar("T")

_SAFETY: Final = 60.0
_EARLY: Final = 240.0
_LONGEST_PAUSE: Final = 60.0
_SIGNED_OUT: Final = 60.0


@attrs.frozen
class AuthHeaders:
    """
    Credentials for one request.

    Attributes:
        headers: What to attach.
        generation: Number of the renewal they come from, to see whether there was a newer one.
    """

    headers: Mapping[str, str] = attrs.field(repr=False)
    generation: int = 0


class Renewed(enum.Enum):
    """The outcome of renewing a refused credential."""

    NO = enum.auto()
    BY_OTHERS = enum.auto()
    JUST_NOW = enum.auto()


class Authenticator(Protocol):
    """The interface of what provides credentials for requests to one API."""

    def ready(self, auth: Auth) -> AuthHeaders | None:
        """Return what `authenticate` would, or None where it has to wait."""
        ...

    async def authenticate(self, auth: Auth, budget: WaitBudget) -> AuthHeaders:
        """
        Return the credentials for a request that needs *auth*.

        Raises:
            AuthError: There is no credential for it, or pixiv refuses it.
            PatienceExceeded: Getting one takes longer than *budget* allows.
        """
        ...

    async def renew(self, refused: AuthHeaders, budget: WaitBudget) -> Renewed:
        """Renew headers that pixiv refused; raises what `authenticate` does."""
        ...


_NOTHING = AuthHeaders({})


class Anonymous:
    """No credential."""

    def __init__(self, needed: str) -> None:
        self._needed = needed

    def ready(self, auth: Auth) -> AuthHeaders | None:
        return _NOTHING if auth in (Auth.NONE, Auth.OPTIONAL) else None

    async def authenticate(self, auth: Auth, budget: WaitBudget) -> AuthHeaders:
        del budget
        if headers := self.ready(auth):
            return headers
        msg = f"this endpoint needs a login: make the client with {self._needed}"
        raise AuthError(msg)

    async def renew(self, refused: AuthHeaders, budget: WaitBudget) -> Renewed:
        del refused, budget
        return Renewed.NO


def _bearer(tokens: Tokens | AccessToken, generation: int = 0) -> AuthHeaders:
    token = tokens.access_token if isinstance(tokens, Tokens) else tokens.token
    return AuthHeaders({"Authorization": f"Bearer {token}"}, generation)


class FixedBearer:
    """App API with an access token that is not renewed."""

    def __init__(self, credential: AccessToken) -> None:
        self._headers = _bearer(credential)

    def ready(self, auth: Auth) -> AuthHeaders:
        return _NOTHING if auth is Auth.NONE else self._headers

    async def authenticate(self, auth: Auth, budget: WaitBudget) -> AuthHeaders:
        del budget
        return self.ready(auth)

    async def renew(self, refused: AuthHeaders, budget: WaitBudget) -> Renewed:
        del refused, budget
        return Renewed.NO


class RenewedBearer:
    """
    App API with a refresh token: access tokens are fetched when needed, once for all tasks.

    Other processes may use the same store, so it is read before each renewal and after each
    refusal, and locked meanwhile where it can be.
    """

    def __init__(
        self,
        credential: RefreshToken,
        fetch: Callable[[Secret[str]], Awaitable[Tokens]],
        *,
        lifetime: Lifetime,
        clock: Clock,
        listener: Listener | None,
    ) -> None:
        self._store = credential.store
        self._given = None if credential.token is None else Secret(credential.token)
        self._fetch = fetch
        self._clock = clock
        self._tokens: Tokens | None = None
        self._unsaved: Tokens | None = None
        self._headers: AuthHeaders | None = None
        self._good_until = 0.0
        self._renew_at = 0.0
        self._refused: dict[Secret[str], RefreshTokenInvalid] = {}
        self._traded = False
        self._renewal = SharedRenewal(
            self._renew,
            _pause_after_no_token,
            what="renewing the access token",
            lifetime=lifetime,
            clock=clock,
            waits=LongWaits("renewal", clock, listener),
        )

    def ready(self, auth: Auth) -> AuthHeaders | None:
        if auth is Auth.NONE:
            return _NOTHING
        if not self._is_good():
            return None
        if self._clock.monotonic() >= self._renew_at:
            self._renewal.start()
        return self._current()

    async def authenticate(self, auth: Auth, budget: WaitBudget) -> AuthHeaders:
        if headers := self.ready(auth):
            return headers
        await self._renewal.advance(self._renewal.generation, budget)
        return self._current()

    async def renew(self, refused: AuthHeaders, budget: WaitBudget) -> Renewed:
        if refused.generation != self._renewal.generation:
            return Renewed.BY_OTHERS
        await self._renewal.advance(refused.generation, budget)
        return Renewed.JUST_NOW if self._traded else Renewed.BY_OTHERS

    def _current(self) -> AuthHeaders:
        if self._headers is None:
            assert self._tokens is not None
            self._headers = _bearer(self._tokens, self._renewal.generation)
        return self._headers

    def _is_good(self) -> bool:
        # Two clocks: the monotonic one may stand still while the machine sleeps, the other may
        # be set back.
        return (
            self._tokens is not None
            and self._clock.monotonic() < self._good_until
            and self._clock.time() < self._tokens.expires_at
        )

    async def _renew(self) -> None:
        """Use an access token that another process has stored, else request one."""
        async with locked(self._store):
            stored = await self._load()
            if stored is not None and self._is_newer(stored):
                self._use(stored)
                self._traded = False
                return
            tokens = self._unsaved
            if tokens is None or tokens.expires_at <= self._clock.time():
                tokens = await self._refresh(stored)
            # The old refresh token may be void now: keep the new one even if it cannot be saved.
            self._unsaved = tokens
            if self._store is not None:
                await _stored(self._store.save(tokens))
            self._unsaved = None
            self._use(tokens)
            self._traded = True

    def _is_newer(self, stored: Tokens) -> bool:
        """Whether *stored* has a valid access token that was not known."""
        known = self._tokens
        return (
            bool(stored.access_token)
            and stored.expires_at > self._clock.time()
            and (known is None or stored.access_token != known.access_token)
        )

    def _use(self, tokens: Tokens) -> None:
        left = tokens.expires_at - self._clock.time()
        self._tokens, self._headers = tokens, None
        self._good_until = self._clock.monotonic() + left
        self._renew_at = self._good_until - min(_EARLY, left / 10)

    async def _load(self) -> Tokens | None:
        return None if self._store is None else await _stored(self._store.load())

    async def _refresh(self, stored: Tokens | None) -> Tokens:
        """Request tokens with the newest refresh token; where it is refused, with the others."""
        refusal: RefreshTokenInvalid | None = None
        while (refresh_token := self._untried(stored)) is not None:
            try:
                return self._dated(await self._fetch(refresh_token))
            except RefreshTokenInvalid as exc:
                refusal = self._refused[refresh_token] = exc
            # Another process may have replaced it, where the store has no lock.
            stored = await self._load()
        if refusal is None and (known := self._newest(stored)) is not None:
            refusal = self._refused[known]
        if refusal is not None:
            raise copy.copy(refusal)
        msg = "the token store holds no refresh token: log in first"
        raise AuthError(msg)

    def _candidates(self, stored: Tokens | None) -> list[Secret[str]]:
        """Return the known refresh tokens, the newest first."""
        known = [tokens for tokens in (self._unsaved, stored, self._tokens) if tokens is not None]
        given = [] if self._given is None else [self._given]
        return [*(Secret(tokens.refresh_token) for tokens in known), *given]

    def _newest(self, stored: Tokens | None) -> Secret[str] | None:
        return next(iter(self._candidates(stored)), None)

    def _untried(self, stored: Tokens | None) -> Secret[str] | None:
        candidates = self._candidates(stored)
        return next((one for one in candidates if one not in self._refused), None)

    def _dated(self, tokens: Tokens) -> Tokens:
        """Set the expiry of *tokens* a little before pixiv's: requests take their time."""
        left = tokens.expires_at - self._clock.time()
        return attrs.evolve(tokens, expires_at=tokens.expires_at - min(_SAFETY, left / 50))


def _pause_after_no_token(failure: PixivError, failures: int) -> float | None:
    """Return the pause before another attempt; None after a refusal or an error of the store."""
    if not isinstance(failure, AuthUnavailable | BlockedByCloudflare | RateLimited):
        return None
    pause = min(2.0 ** (failures - 1), _LONGEST_PAUSE) * random.uniform(0.5, 1.0)
    return max(pause, failure.retry_after or 0.0)


@asynccontextmanager
async def locked(store: TokenStore | None) -> AsyncGenerator[None]:
    """Hold the lock of a *store*, if it has one."""
    async with AsyncExitStack() as held:
        if isinstance(store, LockingTokenStore):
            await _stored(held.enter_async_context(store.lock()))
        yield


async def _stored(action: Awaitable[T]) -> T:
    """Await a method of a user's store; raise `TokenStoreError` for whatever it raises."""
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
        fetch_page: Callable[[AuthHeaders], Awaitable[str]],
        pause_after: PauseAfter,
        *,
        lifetime: Lifetime,
        clock: Clock,
        listener: Listener | None,
    ) -> None:
        headers = {"Cookie": credential.header, "User-Agent": credential.user_agent}
        if credential.user_id is not None:
            headers["x-user-id"] = str(credential.user_id)
        self._plain = AuthHeaders(headers)
        self._with_csrf: AuthHeaders | None = None
        self._fetch_page = fetch_page
        self._clock = clock
        self._signed_out_until = 0.0
        self._renewal = SharedRenewal(
            self._read_csrf,
            pause_after,
            what="reading the CSRF token",
            lifetime=lifetime,
            clock=clock,
            waits=LongWaits("renewal", clock, listener),
        )

    def ready(self, auth: Auth) -> AuthHeaders | None:
        if auth is Auth.NONE:
            return _NOTHING
        if auth is not Auth.CSRF:
            return self._plain
        return self._with_csrf

    async def authenticate(self, auth: Auth, budget: WaitBudget) -> AuthHeaders:
        if headers := self.ready(auth):
            return headers
        await self._renewal.advance(self._renewal.generation, budget)
        assert self._with_csrf is not None
        return self._with_csrf

    async def renew(self, refused: AuthHeaders, budget: WaitBudget) -> Renewed:
        if "x-csrf-token" not in refused.headers:
            return Renewed.NO
        if refused.generation != self._renewal.generation:
            return Renewed.BY_OTHERS
        await self._renewal.advance(refused.generation, budget)
        return Renewed.JUST_NOW

    async def _read_csrf(self) -> None:
        if self._clock.monotonic() < self._signed_out_until:
            raise _signed_out()
        found = find_csrf_token(await self._fetch_page(self._plain))
        if found is None:
            # A page in good order without a token; nobody need ask for it again right away.
            self._signed_out_until = self._clock.monotonic() + _SIGNED_OUT
            raise _signed_out()
        headers = {**self._plain.headers, "x-csrf-token": found}
        # It counts as the renewal that is under way.
        self._with_csrf = AuthHeaders(headers, self._renewal.generation + 1)


def _signed_out() -> AuthError:
    msg = "there is no CSRF token on pixiv's page: is the session still good?"
    return AuthError(msg)


_CSRF_PATTERNS = (
    # The state of the page is JSON within JSON: \"token\":\"...\"
    re.compile(r'\\"token\\":\\"([0-9a-f]{32})\\"'),
    re.compile(r'"token":"([0-9a-f]{32})"'),
    re.compile(r'pixiv\.context\.(?:token|postKey)\s*=\s*"([0-9a-f]{32})"'),
    re.compile(r'"postKey":"([0-9a-f]{32})"'),
)


def find_csrf_token(page: str) -> str | None:
    """Find the CSRF token on a page of pixiv's site; None where there is none."""
    found = (pattern.search(page) for pattern in _CSRF_PATTERNS)
    return next((match[1] for match in found if match), None)
