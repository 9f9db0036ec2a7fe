"""Novels, their series, and drafts of them."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Collection, Iterable
from typing import Literal

import attrs

from ..records import Draft, Novel, NovelPicture, NovelSeries, User
from .choosing import matching, ranked
from .works import Works


@attrs.define(eq=False)
class Novels(Works):
    """Novels, their series and markers, lists of them, and drafts."""

    def add_novel(self, user_id: int, title: str, text: str, *, tags: Iterable[str] = ()) -> Novel:
        """Publish a novel of a user; its other attributes may be changed afterwards."""
        novel = Novel(
            id=self.new_id("novel", 22_000_001),
            user_id=user_id,
            title=title,
            text=text,
            tags=list(tags),
            date=self.tick(),
        )
        self.novels[novel.id] = novel
        return novel

    def add_novel_picture(self, novel: Novel, *, extension: str = "png") -> NovelPicture:
        """Upload a picture with a novel; its text names it as ``[uploadedimage:...]``."""
        picture = NovelPicture(
            id=self.new_id("novel picture", 8_100_001),
            novel_id=novel.id,
            date=novel.date,
            extension=extension,
        )
        novel.pictures.append(picture)
        return picture

    def delete_novel(self, novel_id: int) -> None:
        """Delete a novel with its comments, markers and its place in a series; bookmarks stay."""
        novel = self.novels.pop(novel_id)
        self._delete_comments("novel", novel_id)
        for marked in self.markers.values():
            marked.pop(novel_id, None)
        if novel.series_id is not None:
            self.novel_series[novel.series_id].novel_ids.remove(novel_id)

    def add_novel_series(self, user_id: int, title: str, novels: Iterable[Novel]) -> NovelSeries:
        """Make a series of *novels* of a user, in their order."""
        series = NovelSeries(
            id=self.new_id("novel series", 15_000_001), user_id=user_id, title=title
        )
        self.novel_series[series.id] = series
        for novel in novels:
            novel.series_id = series.id
            series.novel_ids.append(novel.id)
        return series

    def mark_novel(self, user_id: int, novel_id: int, page: int) -> None:
        """Put a user's marker at a page of a novel."""
        mine = self.markers.setdefault(user_id, {})
        mine.pop(novel_id, None)
        mine[novel_id] = page

    def newest_novels(
        self, viewer: User | None = None, *, authors: Collection[int] | None = None
    ) -> list[Novel]:
        """The novels that *viewer* may see, newest first."""
        return [
            novel
            for novel in reversed(self.novels.values())
            if (authors is None or novel.user_id in authors) and self.visible_to(viewer, novel)
        ]

    def novels_of(self, user_id: int, viewer: User | None = None) -> list[Novel]:
        """The novels of a user that *viewer* may see, newest first."""
        return self.newest_novels(viewer, authors=(user_id,))

    def search_novels(
        self,
        word: str,
        viewer: User | None = None,
        *,
        match: Literal["partial", "exact", "text", "keyword"] = "partial",
    ) -> list[Novel]:
        """The novels that match *word* as in `search`, ``text`` in their text; newest first."""
        return matching(self.newest_novels(viewer), word, match)

    def novel_ranking(
        self, viewer: User | None = None, *, mode: str = "day", date: dt.date | None = None
    ) -> list[Novel]:
        """At most 500 novels, as `ranking` has works."""
        count = functools.partial(self.bookmark_count, target="novel")
        return ranked(self.newest_novels(viewer), count, mode, date)

    def add_draft(self, user_id: int, title: str, text: str) -> Draft:
        """Save a draft of a user; its other attributes may be changed afterwards."""
        draft_id = self.new_id("draft", 7_400_001)
        draft = Draft(id=draft_id, user_id=user_id, title=title, text=text, date=self.tick())
        self.drafts[draft_id] = draft
        return draft

    def drafts_of(self, user_id: int) -> list[Draft]:
        """The drafts of a user, the last saved first."""
        return [draft for draft in reversed(self.drafts.values()) if draft.user_id == user_id]
