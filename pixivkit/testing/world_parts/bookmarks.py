"""Bookmarks and likes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from ..records import Bookmark, Target
from .users import Users

_BOOKMARK_IDS: Final[Mapping[Target, tuple[str, int]]] = {
    "illust": ("bookmark", 38_110_000_001),
    "novel": ("novel bookmark", 1_310_000_001),
}


@attrs.define(eq=False)
class Bookmarks(Users):
    """Bookmarks of works and novels, and likes of works."""

    def bookmark(
        self,
        user_id: int,
        work_id: int,
        *,
        target: Target = "illust",
        restrict: int = 0,
        tags: Iterable[str] = (),
        comment: str = "",
    ) -> Bookmark:
        """Bookmark a work, or change the bookmark; its id stays the same then."""
        mine = self.bookmarks_on(target).setdefault(user_id, {})
        known = mine.get(work_id)
        made = Bookmark(
            id=known.id if known else self.new_id(*_BOOKMARK_IDS[target]),
            user_id=user_id,
            work_id=work_id,
            restrict=restrict,
            tags=list(tags),
            comment=comment,
            date=known.date if known else self.tick(),
        )
        mine[work_id] = made
        return made

    def bookmarks_on(self, target: Target) -> dict[int, dict[int, Bookmark]]:
        """The bookmarks of works, or of novels, by user and work."""
        return self.bookmarks if target == "illust" else self.novel_bookmarks

    def unbookmark(self, user_id: int, work_id: int, *, target: Target = "illust") -> bool:
        """Take a bookmark away; return whether there was one."""
        return self.bookmarks_on(target).get(user_id, {}).pop(work_id, None) is not None

    def bookmark_of(
        self, user_id: int | None, work_id: int, *, target: Target = "illust"
    ) -> Bookmark | None:
        """A user's bookmark of a work."""
        if user_id is None:
            return None
        return self.bookmarks_on(target).get(user_id, {}).get(work_id)

    def bookmarks_of(
        self,
        user_id: int,
        *,
        target: Target = "illust",
        restrict: int = 0,
        tag: str | None = None,
    ) -> list[Bookmark]:
        """A user's public (*restrict* 0) or private (1) bookmarks, newest first."""
        return [
            bookmark
            for bookmark in reversed(self.bookmarks_on(target).get(user_id, {}).values())
            if bookmark.restrict == restrict and (not tag or tag in bookmark.tags)
        ]

    def bookmark_count(self, work_id: int, *, target: Target = "illust") -> int:
        """How often a work is bookmarked."""
        here = sum(work_id in mine for mine in self.bookmarks_on(target).values())
        work = self.works[work_id] if target == "illust" else self.novels[work_id]
        return work.old_bookmarks + here

    def like(self, user_id: int, work_id: int) -> bool:
        """Like a work, for good; return whether the user liked it before."""
        likers = self.likes.setdefault(work_id, set())
        before = user_id in likers
        likers.add(user_id)
        return before

    def like_count(self, work_id: int) -> int:
        """How many like a work."""
        return self.works[work_id].old_likes + len(self.likes.get(work_id, ()))
