"""Users as lists show them."""

from __future__ import annotations

import attrs

from ..base import WebModel
from .sketch import SketchLive

__all__ = ["PartialUser", "UserBackground", "UserCommission"]


@attrs.define(kw_only=True)
class UserCommission(WebModel):
    """
    Whether a user draws on request.

    Attributes:
        accept_request: Whether requests are open.
        is_subscribed_reopen_notification: Whether the account is told when they open again.
    """

    accept_request: bool | None = None
    is_subscribed_reopen_notification: bool | None = None


@attrs.define(kw_only=True)
class UserBackground(WebModel):
    """
    The picture behind the head of a profile.

    Attributes:
        repeat: How it is repeated; None for once.
        color: Behind the picture; None for none.
        is_private: Whether only the account sees it.
    """

    repeat: str | None = None
    color: str | None = None
    url: str | None = None
    is_private: bool | None = None


@attrs.define(kw_only=True)
class PartialUser(WebModel):
    """
    A user, in short.

    Attributes:
        partial: 0 for this short form, 1 where a reply holds the whole profile.
        name: Nickname.
        image: Small picture.
        image_big: Larger picture.
        premium: Whether the user pays for pixiv Premium.
        is_followed: Whether the account follows the user.
        is_mypixiv: Whether the two are mypixiv.
        is_blocking: Whether the account blocks the user.
        followed_back: Whether the user follows the account.
        comment: Profile text.
        commission: Seen since 2025; None where pixiv says nothing of it.
        accept_request: Whether requests are open, in replies before `commission` was there.
        sketch_live_id: Id of the pixiv Sketch stream that is on.
    """

    user_id: int
    partial: int | None = None
    name: str = ""
    image: str = ""
    image_big: str = ""
    premium: bool | None = None
    is_followed: bool | None = None
    is_mypixiv: bool | None = None
    is_blocking: bool | None = None
    followed_back: bool | None = None
    comment: str | None = None
    background: UserBackground | None = None
    commission: UserCommission | None = None
    accept_request: bool | None = None
    sketch_live_id: int | None = None
    sketch_lives: list[SketchLive] = attrs.field(factory=list[SketchLive])
