"""Tags on bookmarks."""

from __future__ import annotations

import attrs

from ..base import Model

__all__ = ["BookmarkTag", "BookmarkTagList"]


@attrs.define(kw_only=True)
class BookmarkTag(Model):
    """
    A tag that a user has put on bookmarks.

    Attributes:
        name: The tag.
        count: On how many bookmarks it is.
    """

    name: str = ""
    count: int | None = None


@attrs.define(kw_only=True)
class BookmarkTagList(Model):
    """
    A page of tags on bookmarks.

    Attributes:
        bookmark_tags: The tags.
        next_url: Where the next page is; None at the end.
    """

    bookmark_tags: list[BookmarkTag] = attrs.field(factory=list[BookmarkTag])
    next_url: str | None = None
