"""Replies to bookmarking and liking a work."""

from __future__ import annotations

import attrs

from ..base import Model

__all__ = ["Bookmarked", "Liked"]


@attrs.define(kw_only=True)
class Bookmarked(Model):
    """
    The reply to adding or changing a bookmark.

    Attributes:
        last_bookmark_id: Id of the new bookmark, None where it only changed.
        stacc_status_id: Id of the entry in the feed of the account, None without one.
    """

    last_bookmark_id: int | None = None
    stacc_status_id: int | None = None


@attrs.define(kw_only=True)
class Liked(Model):
    """
    The reply to liking a work.

    Attributes:
        is_liked: Whether it had been liked before.
    """

    is_liked: bool | None = None
