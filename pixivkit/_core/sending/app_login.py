"""The login to the App API: access tokens, fixed or renewed."""

from __future__ import annotations

import copy
import random
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final, TypeVar

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
from .auth import NOTHING, AuthHeaders, Renewed
from .renewal import SharedRenewal

T = TypeVar("T")

_SAFETY: Final = 60.0
_EARLY: Final = 240.0
_LONGEST_PAUSE: Final = 60.0


def _bearer(tokens: Tokens | AccessToken, generation: int = 0) -> AuthHeaders:
    token = tokens.access_token if isinstance(tokens, Tokens) else tokens.token
    return AuthHeaders({"Authorization": f"Bearer {token}"}, generation)


class FixedBearer:
    """App API with an access token that nobody renews."""

    def __init__(self, credential: AccessToken) -> None:
        self._headers = _bearer(credential)

    def ready(self, auth: Auth) -> AuthHeaders:
        return NOTHING if auth is Auth.NONE else self._headers

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
            return NOTHING
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
        """Take the access token that another process has stored, else get one."""
        async with locked(self._store):
            stored = await self._load()
            if stored is not None and self._is_news(stored):
                self._use(stored)
                self._traded = False
                return
            tokens = self._unsaved
            if tokens is None or tokens.expires_at <= self._clock.time():
                tokens = await self._trade(stored)
            # The old refresh token may be void now: keep the new one even if it cannot be saved.
            self._unsaved = tokens
            if self._store is not None:
                await _stored(self._store.save(tokens))
            self._unsaved = None
            self._use(tokens)
            self._traded = True

    def _is_news(self, stored: Tokens) -> bool:
        """Whether *stored* has an access token that is good, and was not known."""
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

    async def _trade(self, stored: Tokens | None) -> Tokens:
        """Trade the newest refresh token; where it is refused, any other that there is."""
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
        """The refresh tokens that are known, the newest first."""
        known = [tokens for tokens in (self._unsaved, stored, self._tokens) if tokens is not None]
        given = [] if self._given is None else [self._given]
        return [*(Secret(tokens.refresh_token) for tokens in known), *given]

    def _newest(self, stored: Tokens | None) -> Secret[str] | None:
        return next(iter(self._candidates(stored)), None)

    def _untried(self, stored: Tokens | None) -> Secret[str] | None:
        candidates = self._candidates(stored)
        return next((one for one in candidates if one not in self._refused), None)

    def _dated(self, tokens: Tokens) -> Tokens:
        """*tokens* with an end that is a little before pixiv's: requests take their time."""
        left = tokens.expires_at - self._clock.time()
        return attrs.evolve(tokens, expires_at=tokens.expires_at - min(_SAFETY, left / 50))


def _pause_after_no_token(failure: PixivError, failures: int) -> float | None:
    """Everything passes but a refusal, and what has to do with the store."""
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
    """Await what a user's store does; whatever it raises is told as one kind of error."""
    try:
        return await action
    except PixivError:
        raise
    except Exception as exc:
        msg = f"the token store failed: {type(exc).__name__}"
        raise TokenStoreError(msg) from exc
