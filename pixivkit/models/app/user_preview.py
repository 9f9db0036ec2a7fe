"""Users with some of their works, and lists of them."""

from __future__ import annotations

import attrs

from ..base import Model
from .illust import Illust
from .novel import Novel
from .user import User, nobody

__all__ = ["FollowDetail", "UserList", "UserPreview", "UserPreviewList"]


@attrs.define(kw_only=True)
class UserPreview(Model):
    """
    A user in a list, with some of their works.

    Attributes:
        user: The user.
        illusts: The newest of their illustrations, manga and ugoira, three at most.
        novels: The newest of their novels; usually none where there are illustrations.
        is_muted: Whether the account mutes the user.
    """

    user: User = attrs.field(factory=nobody)
    illusts: list[Illust] = attrs.field(factory=list[Illust])
    novels: list[Novel] = attrs.field(factory=list[Novel])
    is_muted: bool | None = None


@attrs.define(kw_only=True)
class UserPreviewList(Model):
    """
    A page of users.

    Attributes:
        user_previews: The users, in the order of the list.
        next_url: Where the next page is; None at the end.
    """

    user_previews: list[UserPreview] = attrs.field(factory=list[UserPreview])
    next_url: str | None = None


@attrs.define(kw_only=True)
class UserList(Model):
    """
    A page of users, without works of theirs.

    Attributes:
        users: The users, in the order of the list.
        next_url: Where the next page is; None at the end.
    """

    users: list[User] = attrs.field(factory=list[User])
    next_url: str | None = None


@attrs.define(kw_only=True)
class FollowDetail(Model):
    """
    Whether the account follows a user; no reply has been recorded.

    Attributes:
        is_followed: Whether it does.
        restrict: ``public`` or ``private``: whether others see it; as clients read it.
    """

    is_followed: bool | None = None
    restrict: str = ""
