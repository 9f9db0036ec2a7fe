"""The login to the web API: the session of a browser, and its CSRF token."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Final

from ...errors import AuthError
from ..account.credentials import SessionCookie
from ..basics.clock import Clock
from ..basics.events import Listener
from ..declaration.endpoint import Auth
from ..waiting.lifetime import Lifetime
from ..waiting.long_waits import LongWaits
from ..waiting.patience import WaitBudget
from .auth import NOTHING, AuthHeaders, Renewed
from .renewal import PauseAfter, SharedRenewal

_SIGNED_OUT: Final = 60.0


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
            return NOTHING
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
