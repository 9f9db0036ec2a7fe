"""
What the fake pixiv answers on the App API.

Importing this package registers the views of its endpoints and the shapes of its models.
"""

from __future__ import annotations

from . import (
    account,
    bookmarks,
    comments,
    feeds,
    follow,
    illust,
    notifications,
    novel,
    novel_marks,
    posting,
    search,
    search_novels,
    series,
    shapes,
    user,
    user_shapes,
)

__all__ = [
    "account", "bookmarks", "comments", "feeds", "follow", "illust", "notifications", "novel",
    "novel_marks", "posting", "search", "search_novels", "series", "shapes", "user",
    "user_shapes",
]  # fmt: skip
