"""Credentials and the interfaces of token stores."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, runtime_checkable

import attrs

from ...errors import InvalidArgument
from .cookies import SESSION, problem_with, read_cookies, stripped
from .profile import BROWSER


def _stripped_token(text: str) -> str:
    """Strip the blanks and quotes that come along when a token is pasted."""
    return text.strip().strip("'\"`").strip()


def _stripped_token_or_none(text: str | None) -> str | None:
    return None if text is None else _stripped_token(text)


def _printable(instance: object, attribute: attrs.Attribute[Any], value: str | None) -> None:
    del instance, attribute
    # The value is a secret: the message must not quote it.
    if value is not None and (not value or not re.fullmatch(r"[\x21-\x7e]+", value)):
        msg = "a token is one word of printable ASCII"
        raise InvalidArgument(msg)


@attrs.frozen
class Tokens:
    """
    The tokens of an account that a token store keeps.

    Attributes:
        refresh_token: Trades for the next access token.
        access_token: The last one received; empty for none.
        expires_at: When that expires, in seconds since 1970.
        user_id: The account; 0 where unknown.
    """

    refresh_token: str = attrs.field(repr=False)
    access_token: str = attrs.field(default="", repr=False)
    expires_at: float = 0.0
    user_id: int = 0


class TokenStore(Protocol):
    """
    Keeps the tokens of one account between runs.

    A client saves new tokens before it uses them, so none is lost when pixiv replaces one. It
    loads them before each renewal, and once more when pixiv refuses one: another process may
    have replaced it. A store for several processes should be a `LockingTokenStore`.
    """

    async def load(self) -> Tokens | None:
        """Return the tokens saved last; None where there are none."""
        ...

    async def save(self, tokens: Tokens) -> None:
        """Save *tokens* in place of those saved before."""
        ...


@runtime_checkable
class LockingTokenStore(TokenStore, Protocol):
    """
    A token store that several clients or processes may use at the same time.

    A client holds the lock from reading the store to having saved what it got for what it read.
    """

    def lock(self) -> AbstractAsyncContextManager[None]:
        """Return a context manager that waits for the lock and holds it."""
        ...


@attrs.frozen
class RefreshToken:
    """
    Logs in to the App API with a refresh token; access tokens renew themselves.

    Attributes:
        token: The refresh token, blanks and quotes around it allowed; None takes the store's.
        store: Keeps the tokens between runs; what it holds goes before *token*.

    Raises:
        InvalidArgument: Neither a token nor a store, or the token is not one word.
    """

    token: str | None = attrs.field(
        default=None,
        repr=False,
        converter=_stripped_token_or_none,
        validator=_printable,
    )
    store: TokenStore | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.token is None and self.store is None:
            msg = "a refresh token, or a store that holds one, is needed"
            raise InvalidArgument(msg)


@runtime_checkable
class Credential(Protocol):
    """
    Logs in to a host of your own: ``Pixiv(credentials={BASE: credential})``.

    `ApiKey` and `AccessToken` are two; any class with this method is another. What it gives goes
    to the host of its base, and nowhere else.
    """

    async def headers(self, *, renewed: bool) -> Mapping[str, str]:
        """
        Return the headers of requests; they are used until the host answers 401 to them.

        It is called once for all tasks. A `PixivError` that may pass is tried again as patience
        allows; whatever else it raises passes unchanged to those who wait for it.

        Args:
            renewed: Whether the last ones were refused. Return them again where there are no
                others: the call raises `AuthError` then.
        """
        ...


@attrs.frozen
class ApiKey:
    """
    Logs in to a host of your own with a key in a header.

    Attributes:
        key: The key, blanks and quotes around it allowed.
        header: The name of the header.

    Raises:
        InvalidArgument: The key is not one word.
    """

    key: str = attrs.field(repr=False, converter=_stripped_token, validator=_printable)
    header: str = attrs.field(default="X-Api-Key", kw_only=True)

    async def headers(self, *, renewed: bool) -> Mapping[str, str]:
        """Return the header: see `Credential`."""
        del renewed
        return {self.header: self.key}


@attrs.frozen
class AccessToken:
    """
    Logs in to the App API, or to a host of your own, with an access token.

    It is sent as ``Authorization: Bearer``, and cannot be renewed when it expires.
    """

    token: str = attrs.field(repr=False, converter=_stripped_token, validator=_printable)

    async def headers(self, *, renewed: bool) -> Mapping[str, str]:
        """Return the header: see `Credential`."""
        del renewed
        return {"Authorization": f"Bearer {self.token}"}


@attrs.frozen
class SessionCookie:
    """
    Logs in to the web API with a browser's session.

    Attributes:
        value: The value of the cookie ``PHPSESSID``, or a whole ``Cookie`` header that holds it,
            as a browser shows it; the other cookies are sent as they are.
        cookies: More cookies to send, such as Cloudflare's ``cf_clearance``; they take the place
            of those of the same name.
        user_agent: The User-Agent to send; Cloudflare's cookies hold only for the browser's own.

    Raises:
        InvalidArgument: There is no PHPSESSID in the header, or something that cannot be sent:
            control characters, names with blanks or ``=``, values with ``;``.
    """

    value: str = attrs.field(repr=False, converter=stripped)
    cookies: Mapping[str, str] = attrs.field(factory=dict[str, str], repr=False, kw_only=True)
    user_agent: str = attrs.field(default=BROWSER, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if problem := problem_with(self.value, self.cookies):
            raise InvalidArgument(problem)

    @property
    def header(self) -> str:
        """The ``Cookie`` header to send."""
        return "; ".join([one.pair for one in read_cookies(self.value, self.cookies)])

    def jar(self) -> dict[str, str]:
        """Return the cookies that have a name, by name; of several with one name, the first."""
        found: dict[str, str] = {}
        for one in read_cookies(self.value, self.cookies):
            if one.name:
                found.setdefault(one.name, one.value)
        return found

    @property
    def user_id(self) -> int | None:
        """The id of the user, which is the part before the underscore; None without one."""
        head, _, _ = self.jar()[SESSION].partition("_")
        return int(head) if head.isascii() and head.isdigit() else None
