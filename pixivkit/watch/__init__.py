"""
What appears in lists from now on, each item once: the followed feed, a user, a search, a ranking.

    async for work in px.watch(px.app.illust.follow(), every=300, state="feed.json"):
        ...
"""

from __future__ import annotations

from .remembered import Key
from .watch import Found, Watch

__all__ = ["Found", "Key", "Watch"]
