"""
The state of the fake pixiv: one world, which the views of both APIs read and change.

Nothing in it knows HTTP. Its time stands still but for one second with each thing that is made,
unless it has a clock.
"""

from __future__ import annotations

import attrs

from .records import (
    JST,
    Bookmark,
    Comment,
    Draft,
    Follow,
    Kind,
    Mutes,
    Novel,
    NovelSeries,
    Series,
    Upload,
    User,
    Work,
    WorkPage,
)
from .world_parts.novels import Novels

__all__ = [
    "JST", "Bookmark", "Comment", "Draft", "Follow", "Kind", "Mutes", "Novel", "NovelSeries",
    "Series", "Upload", "User", "Work", "WorkPage", "World",
]  # fmt: skip


@attrs.define(eq=False)
class World(Novels):
    """One pixiv: what it holds is in `State`, what can be done with it in the classes between."""
