"""Illustrations, manga and ugoira."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Sequence
from typing import Literal

import attrs

from ..records import Kind, Novel, Series, Upload, User, Work, WorkPage
from .choosing import matching, ranked
from .comments import Comments


@attrs.define(eq=False)
class Works(Comments):
    """Works, who may see them, and lists of them."""

    def add_illust(
        self,
        user_id: int,
        title: str,
        *,
        kind: Kind = "illust",
        pages: Sequence[WorkPage] = (),
        tags: Iterable[str] = (),
        caption: str = "",
        date: dt.datetime | None = None,
    ) -> Work:
        """Publish a work of a user; its other attributes may be changed afterwards."""
        count = 3 if kind == "ugoira" else 1
        shown = list(pages) or [WorkPage(width=1200, height=900) for _ in range(count)]
        work = Work(
            id=0,
            user_id=user_id,
            title=title,
            kind=kind,
            caption=caption,
            tags=list(tags),
            date=date or self.tick(),
            pages=shown,
            delays=[70 + 37 * frame for frame in range(len(shown))] if kind == "ugoira" else [],
        )
        return self.publish(work)

    def publish(self, work: Work) -> Work:
        """Give *work* its id, and show it."""
        work.id = self.new_id("work", 140_000_001)
        self.works[work.id] = work
        return work

    def add_series(self, user_id: int, title: str, works: Iterable[Work]) -> Series:
        """Make a series of *works* of a user, in their order."""
        parts = list(works)
        series = Series(
            id=self.new_id("series", 310_001),
            user_id=user_id,
            title=title,
            work_ids=[work.id for work in parts],
            date=parts[0].date if parts else self.now,
        )
        self.series[series.id] = series
        for work in parts:
            work.series_id = series.id
        return series

    def delete_illust(self, work_id: int) -> None:
        """Delete a work with its comments, likes and its place in a series; bookmarks stay."""
        work = self.works.pop(work_id)
        self.likes.pop(work_id, None)
        self._delete_comments("illust", work_id)
        if work.series_id is not None:
            self.series[work.series_id].work_ids.remove(work_id)

    def begin_upload(self, work: Work, *, polls: int = 1) -> Upload:
        """Take in *work*, which has no id yet, to be published after so many *polls*."""
        number = self.new_id("upload", 1)
        key = hashlib.sha256(f"upload {number}".encode()).hexdigest()[:32]
        upload = Upload(key=key, work=work, polls_left=polls)
        self.uploads[key] = upload
        return upload

    def poll_upload(self, key: str) -> Upload:
        """Bring an upload one step on; it is published when no polls are left."""
        upload = self.uploads[key]
        if upload.polls_left > 0:
            upload.polls_left -= 1
        elif not upload.published:
            upload.published = True
            self.publish(upload.work)
        return upload

    def visible_to(self, viewer: User | None, work: Work | Novel) -> bool:
        """Whether *viewer*, None for nobody logged in, may see a work."""
        if viewer is not None and viewer.id == work.user_id:
            return True
        if work.restrict == 2:
            return False
        if work.restrict == 1:
            return viewer is not None and viewer.id in self.mypixiv.get(work.user_id, ())
        return not work.x_restrict or (viewer is not None and viewer.shows_r18)

    def newest(
        self,
        viewer: User | None = None,
        *,
        kinds: Collection[Kind] = (),
        authors: Collection[int] | None = None,
    ) -> list[Work]:
        """The works that *viewer* may see, newest first; *kinds* empty for all."""
        return [
            work
            for work in reversed(self.works.values())
            if (not kinds or work.kind in kinds)
            and (authors is None or work.user_id in authors)
            and self.visible_to(viewer, work)
        ]

    def works_of(
        self, user_id: int, viewer: User | None = None, *, kinds: Collection[Kind] = ()
    ) -> list[Work]:
        """The works of a user that *viewer* may see, newest first."""
        return self.newest(viewer, kinds=kinds, authors=(user_id,))

    def followed_works(self, viewer: User) -> list[Work]:
        """The works of the users that *viewer* follows, newest first."""
        return self.newest(viewer, authors=set(self.follows.get(viewer.id, {})))

    def mypixiv_works(self, viewer: User) -> list[Work]:
        """The works of *viewer*'s mypixiv, newest first."""
        return self.newest(viewer, authors=self.mypixiv.get(viewer.id, set()))

    def search(
        self,
        word: str,
        viewer: User | None = None,
        *,
        match: Literal["partial", "exact", "text", "keyword"] = "partial",
        kinds: Collection[Kind] = (),
    ) -> list[Work]:
        """
        The works that match *word*, newest first.

        Args:
            word: Words; all must match, ``OR`` stands between alternatives, ``-`` before what
                must not match.
            viewer: Who searches.
            match: In parts of tags, in whole tags, in title and caption, or in all of that.
            kinds: Only works of these kinds; empty for all.
        """
        return matching(self.newest(viewer, kinds=kinds), word, match)

    def ranking(
        self,
        viewer: User | None = None,
        *,
        mode: str = "daily",
        date: dt.date | None = None,
        kinds: Collection[Kind] = (),
    ) -> list[Work]:
        """At most 500 works, best first; each *mode* and *date* has an order of its own."""
        works = self.newest(viewer, kinds=kinds)
        return ranked(works, self.bookmark_count, mode, date)
