"""
What the fake pixiv answers on the web API.

Importing this package registers the views of all its endpoints.
"""

from __future__ import annotations

from . import account, commission, feeds, illust, ranking, search, top, user

__all__ = ["account", "commission", "feeds", "illust", "ranking", "search", "top", "user"]
