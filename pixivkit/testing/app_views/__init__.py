"""
What the fake pixiv answers on the App API.

Importing this package registers the views of its endpoints and the shapes of its models.
"""

from __future__ import annotations

from . import (
    bookmarks,
    comments,
    feeds,
    illust,
    novel,
    novel_marks,
    posting,
    search,
    search_novels,
    series,
    shapes,
    user,
)

__all__ = [
    "bookmarks", "comments", "feeds", "illust", "novel", "novel_marks", "posting", "search",
    "search_novels", "series", "shapes", "user",
]  # fmt: skip
