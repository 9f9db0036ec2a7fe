"""
What the fake pixiv answers on the App API.

Importing this package registers the views of its endpoints and the shapes of its models.
"""

from __future__ import annotations

from . import account, comments, follow, illust, posting, search, shapes, user, user_shapes

__all__ = [
    "account",
    "comments",
    "follow",
    "illust",
    "posting",
    "search",
    "shapes",
    "user",
    "user_shapes",
]
