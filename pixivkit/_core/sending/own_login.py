"""Authenticate requests to hosts of a user's own with a `Credential`."""

from __future__ import annotations

import re
from typing import Final

from ...errors import InvalidArgument
from ..account.credentials import Credential
from ..basics.clock import Clock
from ..basics.events import Listener
from ..declaration.endpoint import Auth, Base
from ..waiting.lifetime import Lifetime
from ..waiting.long_waits import LongWaits
from ..waiting.patience import WaitBudget
from .auth import NOTHING, AuthHeaders, Renewed
from .renewal import PauseAfter, SharedRenewal

_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_VALUE: Final = re.compile(r"[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?")


class OwnLogin:
    """Gets the headers of one base from a `Credential`: once, and again when they are refused."""

    def __init__(
        self,
        credential: Credential,
        base: Base,
        pause_after: PauseAfter,
        *,
        lifetime: Lifetime,
        clock: Clock,
        listener: Listener | None,
    ) -> None:
        self._credential = credential
        self._base = base
        self._headers: AuthHeaders | None = None
        self._renewal = SharedRenewal(
            self._ask,
            pause_after,
            what=f"the login of the base {base.name!r}",
            lifetime=lifetime,
            clock=clock,
            waits=LongWaits("renewal", clock, listener),
        )

    def ready(self, auth: Auth) -> AuthHeaders | None:
        return NOTHING if auth is Auth.NONE else self._headers

    async def authenticate(self, auth: Auth, budget: WaitBudget) -> AuthHeaders:
        if headers := self.ready(auth):
            return headers
        await self._renewal.advance(self._renewal.generation, budget)
        assert self._headers is not None
        return self._headers

    async def renew(self, refused: AuthHeaders, budget: WaitBudget) -> Renewed:
        if refused is NOTHING:
            return Renewed.NO
        latest = refused.generation == self._renewal.generation
        if latest:
            await self._renewal.advance(refused.generation, budget)
        assert self._headers is not None
        # A credential that cannot be renewed says the same again.
        if self._headers.headers == refused.headers:
            return Renewed.NO
        return Renewed.JUST_NOW if latest else Renewed.BY_OTHERS

    async def _ask(self) -> None:
        given = dict(await self._credential.headers(renewed=self._headers is not None))
        unfit = [name for name, value in given.items() if not _is_header(name, value)]
        if unfit:
            # The traceback would show the values.
            del given
            msg = f"the credential of the base {self._base.name!r} gives what is no header"
            raise InvalidArgument(msg)
        # It counts as the renewal that is under way.
        self._headers = AuthHeaders(given, self._renewal.generation + 1)


def _is_header(name: str, value: str) -> bool:
    return bool(_NAME.fullmatch(name) and _VALUE.fullmatch(value))
