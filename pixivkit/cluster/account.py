"""The accounts of a cluster, as values that travel."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import attrs

from .._core.account.credentials import (
    AccessToken,
    Credential,
    RefreshToken,
    SessionCookie,
    TokenStore,
)
from .._core.declaration.endpoint import Base
from .._core.waiting.pace import Pace
from ..errors import InvalidArgument

__all__ = ["Account"]

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def _is_a_name(instance: object, attribute: attrs.Attribute[Any], value: str) -> None:
    del instance, attribute
    if not _NAME.fullmatch(value):
        # It may be a token in the wrong place: the message does not quote it.
        msg = "name: an account is called by letters, digits, '.', '_' and '-', 64 at most"
        raise InvalidArgument(msg)


@attrs.frozen
class Account:
    """
    An account of a `Cluster`: its logins, and how it reaches pixiv.

        Account("first", app=RefreshToken("..."), store=FileTokenStore("/shared/first.json"))

    It pickles with its credentials, as it goes to the node that is its home; its repr shows none.

    Attributes:
        name: What it is called in the whole cluster, also in Ray's own lists: letters, digits,
            ``.``, ``_`` and ``-``. Programs that give the same name use the same home.
        app: The login for the App API.
        web: The login for the web API.
        credentials: Logins for hosts of your own, by the `Base` of their endpoints; see `Pixiv`.
        proxy: URL of a proxy for all its requests.
        image_proxy: URL of a proxy for images alone; by default they go where the rest goes.
        pace: How fast it calls, whatever the number of programs; None for as fast as it goes.
        store: Keeps its tokens: one that every node reaches, such as a `FileTokenStore` in a
            shared folder. None keeps what pixiv replaces in the cluster, which outlives the home
            but not the cluster.

    Raises:
        InvalidArgument: The name is none, or a store without a login that is renewed.
    """

    name: str = attrs.field(validator=_is_a_name)
    app: RefreshToken | AccessToken | None = attrs.field(default=None, kw_only=True)
    web: SessionCookie | None = attrs.field(default=None, kw_only=True)
    credentials: Mapping[Base, Credential] = attrs.field(
        factory=dict[Base, Credential], kw_only=True, repr=False
    )
    proxy: str | None = attrs.field(default=None, kw_only=True, repr=False)
    image_proxy: str | None = attrs.field(default=None, kw_only=True, repr=False)
    pace: Pace | None = attrs.field(factory=Pace, kw_only=True)
    store: TokenStore | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.store is None:
            return
        if isinstance(self.app, AccessToken):
            msg = f"account {self.name}: nothing of an AccessToken is kept; give a RefreshToken"
            raise InvalidArgument(msg)
        if self.app is not None and self.app.store is not None:
            msg = f"account {self.name}: there are two stores; give one"
            raise InvalidArgument(msg)

    @property
    def needs_a_store(self) -> bool:
        """Whether what pixiv replaces has to be kept by the cluster."""
        return self.store is None and isinstance(self.app, RefreshToken) and not self.app.store

    @property
    def logins(self) -> tuple[str, ...]:
        """The bases that it has a login for: ``app``, ``web``, and your own."""
        own = tuple(base.name for base in self.credentials)
        return ("app",) * self.has_app_login + ("web",) * (self.web is not None) + own

    @property
    def has_app_login(self) -> bool:
        """Whether it has a login for the App API."""
        return self.app is not None or self.store is not None

    def app_login(self, kept: TokenStore) -> RefreshToken | AccessToken | None:
        """Return the login for the App API; *kept* is the store for who brings none."""
        app = self.app
        if isinstance(app, AccessToken):
            return app
        store = self.store if app is None or app.store is None else app.store
        if app is None:
            return None if store is None else RefreshToken(store=store)
        return RefreshToken(app.token, store=store or kept)

    def has_login_of(self, other: Account) -> bool:
        """Whether both log in with the same credentials, as far as these are given."""

        def credentials(account: Account) -> tuple[object, ...]:
            app = account.app
            token = app.token if app else None
            return (token, account.web, account.credentials, account.proxy)

        return credentials(self) == credentials(other)
