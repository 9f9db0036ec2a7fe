"""Bookmarks of works and novels."""

from __future__ import annotations

import attrs

from ..base import Model
from .user import User

__all__ = ["BookmarkDetail", "BookmarkDetailTag", "BookmarkUserList"]


@attrs.define(kw_only=True)
class BookmarkDetailTag(Model):
    """
    A tag that a bookmark has, or may be given.

    Attributes:
        name: The tag.
        is_registered: Whether the bookmark has it.
    """

    name: str = ""
    is_registered: bool | None = None


@attrs.define(kw_only=True)
class BookmarkDetail(Model):
    """
    How the account has bookmarked a work or a novel.

    Attributes:
        is_bookmarked: Whether it has.
        tags: The tags of the bookmark, and others that pixiv offers for it.
        restrict: ``public`` or ``private``; empty where pixiv does not say.
    """

    is_bookmarked: bool | None = None
    tags: list[BookmarkDetailTag] = attrs.field(factory=list[BookmarkDetailTag])
    restrict: str = ""


@attrs.define(kw_only=True)
class BookmarkUserList(Model):
    """
    A page of the users who have bookmarked a work.

    Attributes:
        users: The users.
        next_url: Where the next page is; None at the end.
    """

    users: list[User] = attrs.field(factory=list[User])
    next_url: str | None = None
