"""What the account mutes."""

from __future__ import annotations

import attrs

from ..base import Model
from .user import User, nobody
from .work import Tag

__all__ = ["MuteList", "MutedTag", "MutedUser"]


@attrs.define(kw_only=True)
class MutedTag(Model):
    """
    A tag that the account mutes.

    Attributes:
        tag: The tag.
        is_premium_slot: Whether it is one of those that only pixiv Premium may mute.
    """

    tag: Tag = attrs.field(factory=Tag)
    is_premium_slot: bool | None = None


@attrs.define(kw_only=True)
class MutedUser(Model):
    """
    A user whom the account mutes.

    Attributes:
        user: The user.
        is_premium_slot: Whether it is one of those that only pixiv Premium may mute.
    """

    user: User = attrs.field(factory=nobody)
    is_premium_slot: bool | None = None


@attrs.define(kw_only=True)
class MuteList(Model):
    """
    What the account mutes, and how much more it may.

    Attributes:
        muted_tags: The tags.
        muted_users: The users.
        muted_count: How many it mutes, of both.
        muted_tags_count: How many tags.
        muted_users_count: How many users.
        mute_limit_count: How many it may mute, of both.
    """

    muted_tags: list[MutedTag] = attrs.field(factory=list[MutedTag])
    muted_users: list[MutedUser] = attrs.field(factory=list[MutedUser])
    muted_count: int | None = None
    muted_tags_count: int | None = None
    muted_users_count: int | None = None
    mute_limit_count: int | None = None
