"""What users give to log in, and where tokens are kept: values, without behaviour."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from http.cookies import CookieError, SimpleCookie
from typing import Any, Protocol, runtime_checkable

import attrs

from ..errors import InvalidArgument
from .profile import BROWSER


def _bare(text: str) -> str:
    """Strip the blanks and quotes that come along when a token is pasted."""
    return text.strip().strip("'\"`").strip()


def _bare_or_none(text: str | None) -> str | None:
    return None if text is None else _bare(text)


def _printable(instance: object, attribute: attrs.Attribute[Any], value: str | None) -> None:
    del instance, attribute
    # The value is a secret: the message must not quote it.
    if value is not None and (not value or not re.fullmatch(r"[\x21-\x7e]+", value)):
        msg = "a token is one word of printable ASCII"
        raise InvalidArgument(msg)


@attrs.frozen
class Tokens:
    """
    What a token store keeps of an account.

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
        """Return what was saved last; None where nothing was."""
        ...

    async def save(self, tokens: Tokens) -> None:
        """Keep *tokens* in place of what was kept."""
        ...


@runtime_checkable
class LockingTokenStore(TokenStore, Protocol):
    """
    A token store that several clients or processes may use at the same time.

    A client holds the lock from reading the store to having saved what it got for what it read.
    """

    def lock(self) -> AbstractAsyncContextManager[None]:
        """Return what waits until nobody else has the lock, and holds it for a block."""
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
        converter=_bare_or_none,
        validator=_printable,
    )
    store: TokenStore | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.token is None and self.store is None:
            msg = "a refresh token, or a store that holds one, is needed"
            raise InvalidArgument(msg)


@attrs.frozen
class AccessToken:
    """Logs in to the App API with an access token; it cannot be renewed when it expires."""

    token: str = attrs.field(repr=False, converter=_bare, validator=_printable)


@attrs.frozen
class SessionCookie:
    """
    Logs in to the web API with a browser's session.

    Attributes:
        value: The value of the cookie ``PHPSESSID``, or a whole ``Cookie`` header that holds it.
        cookies: More cookies to send, such as Cloudflare's ``cf_clearance``.
        user_agent: The User-Agent to send; Cloudflare's cookies hold only for the browser's own.

    Raises:
        InvalidArgument: There is no PHPSESSID in the header, or a value is not one word.
    """

    value: str = attrs.field(repr=False, converter=_bare)
    cookies: Mapping[str, str] = attrs.field(factory=dict[str, str], repr=False, kw_only=True)
    user_agent: str = attrs.field(default=BROWSER, kw_only=True)

    def __attrs_post_init__(self) -> None:
        jar = self.jar()
        if not jar.get("PHPSESSID"):
            msg = "there is no PHPSESSID in the cookies"
            raise InvalidArgument(msg)
        if not all(re.fullmatch(r"[\x21-\x3a\x3c-\x7e]*", value) for value in jar.values()):
            msg = "the value of a cookie has a character that cookies cannot have"
            raise InvalidArgument(msg)

    def jar(self) -> dict[str, str]:
        """All cookies to send, by name."""
        header = self.value.removeprefix("Cookie:").strip()
        if "=" not in header:
            return {"PHPSESSID": header, **self.cookies}
        try:
            parsed = SimpleCookie(header)
        except CookieError:
            return dict(self.cookies)
        return {**{name: morsel.value for name, morsel in parsed.items()}, **self.cookies}

    @property
    def user_id(self) -> int | None:
        """The account of the session: what stands before the underscore; None if nothing does."""
        head, _, _ = self.jar()["PHPSESSID"].partition("_")
        return int(head) if head.isascii() and head.isdigit() else None
