"""
What the fake pixiv answers on the App API.

Importing this package registers the views of its endpoints and the shapes of its models.
"""

from __future__ import annotations

from . import (
    comments,
    illust,
    novel,
    novel_marks,
    posting,
    search,
    search_novels,
    shapes,
    user,
)

__all__ = [
    "comments", "illust", "novel", "novel_marks", "posting", "search", "search_novels", "shapes",
    "user",
]  # fmt: skip
