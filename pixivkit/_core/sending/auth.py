"""Credentials at work: what a client attaches to a request, and how it is renewed."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Final, Protocol

import attrs

from ...errors import AuthError
from ..declaration.endpoint import Auth
from ..waiting.patience import WaitBudget


@attrs.frozen
class AuthHeaders:
    """
    Credentials for one request.

    Attributes:
        headers: What to attach.
        generation: Which renewal they come from, to tell whether a newer one happened since.
    """

    headers: Mapping[str, str] = attrs.field(repr=False)
    generation: int = 0


class Renewed(enum.Enum):
    """What became of a refused credential."""

    NO = enum.auto()
    BY_OTHERS = enum.auto()
    JUST_NOW = enum.auto()


class Authenticator(Protocol):
    """How requests to one API get their credentials."""

    def ready(self, auth: Auth) -> AuthHeaders | None:
        """Return what `authenticate` would, where nothing must be awaited for it."""
        ...

    async def authenticate(self, auth: Auth, budget: WaitBudget) -> AuthHeaders:
        """
        Return what a request that needs *auth* carries.

        Raises:
            AuthError: There is no credential for it, or pixiv refuses it.
            PatienceExceeded: Getting one takes longer than *budget* allows.
        """
        ...

    async def renew(self, refused: AuthHeaders, budget: WaitBudget) -> Renewed:
        """Pixiv refused these headers: get newer ones; it raises what `authenticate` does."""
        ...


NOTHING: Final = AuthHeaders({})
"""What a request without a credential carries."""


class Anonymous:
    """No credential."""

    def __init__(self, needed: str) -> None:
        self._needed = needed

    def ready(self, auth: Auth) -> AuthHeaders | None:
        return NOTHING if auth in (Auth.NONE, Auth.OPTIONAL) else None

    async def authenticate(self, auth: Auth, budget: WaitBudget) -> AuthHeaders:
        del budget
        if headers := self.ready(auth):
            return headers
        msg = f"this endpoint needs a login: make the client with {self._needed}"
        raise AuthError(msg)

    async def renew(self, refused: AuthHeaders, budget: WaitBudget) -> Renewed:
        del refused, budget
        return Renewed.NO
