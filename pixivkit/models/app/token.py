"""Credentials that the login hands out."""

from __future__ import annotations

import attrs

from ..base import Model

__all__ = ["Token", "TokenUser", "TokenUserImageUrls"]


@attrs.define(kw_only=True)
class TokenUserImageUrls(Model):
    """The picture of the account, as squares of 16, 50 and 170 pixels."""

    px_16x16: str | None = None
    px_50x50: str | None = None
    px_170x170: str | None = None


@attrs.define(kw_only=True)
class TokenUser(Model):
    """
    The account that a token belongs to.

    Attributes:
        id: Id of the user.
        name: The name shown to people.
        account: The name in the address of the profile.
        mail_address: Where pixiv writes to; not shown by repr.
        is_premium: Whether the account is premium.
        x_restrict: The most that it shows: 0 all ages, 1 R-18, 2 R-18G; None where pixiv does
            not say.
        is_mail_authorized: Whether the mail address is confirmed.
        require_policy_agreement: Whether terms wait to be agreed to; None where it is not said.
        profile_image_urls: The picture.
    """

    id: int
    name: str = ""
    account: str = ""
    mail_address: str | None = attrs.field(default=None, repr=False)
    is_premium: bool | None = None
    x_restrict: int | None = None
    is_mail_authorized: bool | None = None
    require_policy_agreement: bool | None = None
    profile_image_urls: TokenUserImageUrls = attrs.field(factory=TokenUserImageUrls)


@attrs.define(kw_only=True)
class Token(Model):
    """
    Credentials for the App API; repr shows none of them.

    Pixiv has sent the fields at the top, under *response*, or in both places: `grant` is the one
    that holds them.

    Attributes:
        access_token: What requests carry.
        expires_in: How long it is good for, in seconds; 3600 so far.
        token_type: ``bearer``.
        scope: Empty.
        refresh_token: What gets the next token; keep the newest.
        user: The account.
        device_token: Only in older replies.
        response: The same once more.
    """

    access_token: str = attrs.field(default="", repr=False)
    expires_in: int | None = None
    token_type: str = ""
    scope: str = ""
    refresh_token: str = attrs.field(default="", repr=False)
    user: TokenUser | None = None
    device_token: str | None = attrs.field(default=None, repr=False)
    response: Token | None = attrs.field(default=None, repr=False)

    @property
    def grant(self) -> Token:
        """The object that holds the credentials: this one, or the one under *response*."""
        return self if self.access_token or self.response is None else self.response
