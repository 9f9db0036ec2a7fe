"""
The state of the fake pixiv: one world, which the views of both APIs read and change.

Nothing in it knows HTTP. Its time stands still but for one second with each thing that is made.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final, Literal, TypeVar

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
    Target,
    Upload,
    User,
    Work,
    WorkPage,
)
from .sample_texts import TAGS
from .stable_random import stable_random

__all__ = [
    "JST", "Bookmark", "Comment", "Draft", "Follow", "Kind", "Mutes", "Novel", "NovelSeries",
    "Series", "Upload", "User", "Work", "WorkPage", "World",
]  # fmt: skip

W = TypeVar("W", Work, Novel)

_BOOKMARK_IDS: Final[Mapping[Target, tuple[str, int]]] = {
    "illust": ("bookmark", 38_110_000_001),
    "novel": ("novel bookmark", 1_310_000_001),
}

BEGINNING = dt.datetime(2026, 6, 20, 12, 0, 0, tzinfo=JST)


@attrs.define(eq=False)
class World:
    """
    One pixiv.

    Attributes:
        account_id: The user that the fake's own credentials log in as.
        now: Its time.
        users: By id.
        works: Illustrations, manga and ugoira by id, oldest first.
        novels: By id, oldest first.
        novel_series: By id.
        novel_bookmarks: By user and novel, oldest first.
        markers: Pages of novels by user and novel, the latest last.
        comments: By id, oldest first.
        drafts: By id.
        uploads: By convert key.
        series: By id.
        bookmarks: By user and work, oldest first.
        likes: Users who like a work, by work.
        follows: By user and the user followed, oldest first.
        mypixiv: By user, both ways.
        watch_list: Ids of series by user.
        novel_watch_list: Ids of series of novels by user.
        mutes: What a user mutes, by user.
        seen_works: Ids of works by the user who saw them, the last seen last.
        seen_novels: Ids of novels by the user who saw them, the last seen last.
    """

    account_id: int = 0
    now: dt.datetime = BEGINNING
    users: dict[int, User] = attrs.field(factory=dict[int, User])
    works: dict[int, Work] = attrs.field(factory=dict[int, Work])
    novels: dict[int, Novel] = attrs.field(factory=dict[int, Novel])
    novel_series: dict[int, NovelSeries] = attrs.field(factory=dict[int, NovelSeries])
    novel_bookmarks: dict[int, dict[int, Bookmark]] = attrs.field(
        factory=dict[int, dict[int, Bookmark]]
    )
    markers: dict[int, dict[int, int]] = attrs.field(factory=dict[int, dict[int, int]])
    comments: dict[int, Comment] = attrs.field(factory=dict[int, Comment])
    drafts: dict[int, Draft] = attrs.field(factory=dict[int, Draft])
    uploads: dict[str, Upload] = attrs.field(factory=dict[str, Upload])
    series: dict[int, Series] = attrs.field(factory=dict[int, Series])
    bookmarks: dict[int, dict[int, Bookmark]] = attrs.field(factory=dict[int, dict[int, Bookmark]])
    likes: dict[int, set[int]] = attrs.field(factory=dict[int, set[int]])
    follows: dict[int, dict[int, Follow]] = attrs.field(factory=dict[int, dict[int, Follow]])
    mypixiv: dict[int, set[int]] = attrs.field(factory=dict[int, set[int]])
    watch_list: dict[int, list[int]] = attrs.field(factory=dict[int, list[int]])
    novel_watch_list: dict[int, list[int]] = attrs.field(factory=dict[int, list[int]])
    mutes: dict[int, Mutes] = attrs.field(factory=dict[int, Mutes])
    seen_works: dict[int, list[int]] = attrs.field(factory=dict[int, list[int]])
    seen_novels: dict[int, list[int]] = attrs.field(factory=dict[int, list[int]])
    _next_ids: dict[str, int] = attrs.field(factory=dict[str, int], repr=False)

    @property
    def account(self) -> User:
        """The user that the fake's own credentials log in as."""
        return self.users[self.account_id]

    def new_id(self, kind: str, first: int) -> int:
        """The next id of a *kind* of things, whose first is *first*."""
        made = self._next_ids.get(kind, first)
        self._next_ids[kind] = made + 1
        return made

    def tick(self) -> dt.datetime:
        """Let a second pass, and return the time."""
        self.now += dt.timedelta(seconds=1)
        return self.now

    # Works

    def add_user(self, name: str, account: str, *, joined: dt.datetime | None = None) -> User:
        """Add a user; its other attributes may be changed afterwards."""
        user_id = self.new_id("user", 11_000_001)
        user = User(id=user_id, name=name, account=account, joined=joined or self.tick())
        self.users[user_id] = user
        return user

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
        work = Work(
            id=0,
            user_id=user_id,
            title=title,
            kind=kind,
            caption=caption,
            tags=list(tags),
            date=date or self.tick(),
            pages=list(pages) or [WorkPage(width=1200, height=900)],
            delays=[100, 100, 200] if kind == "ugoira" else [],
        )
        return self.publish(work)

    def publish(self, work: Work) -> Work:
        """Give *work* its id, and show it."""
        work.id = self.new_id("work", 140_000_001)
        self.works[work.id] = work
        return work

    def delete_illust(self, work_id: int) -> None:
        """Delete a work with its comments, likes and its place in a series; bookmarks stay."""
        work = self.works.pop(work_id)
        self.likes.pop(work_id, None)
        self._delete_comments("illust", work_id)
        if work.series_id is not None:
            self.series[work.series_id].work_ids.remove(work_id)

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
        return _matching(self.newest(viewer, kinds=kinds), word, match)

    def search_novels(
        self,
        word: str,
        viewer: User | None = None,
        *,
        match: Literal["partial", "exact", "text", "keyword"] = "partial",
    ) -> list[Novel]:
        """The novels that match *word* as in `search`, ``text`` in their text; newest first."""
        return _matching(self.newest_novels(viewer), word, match)

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
        return _ranked(works, self.bookmark_count, mode, date)

    def novel_ranking(
        self, viewer: User | None = None, *, mode: str = "day", date: dt.date | None = None
    ) -> list[Novel]:
        """At most 500 novels, as `ranking` has works."""
        count = functools.partial(self.bookmark_count, target="novel")
        return _ranked(self.newest_novels(viewer), count, mode, date)

    # Novels and drafts

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

    def delete_novel(self, novel_id: int) -> None:
        """Delete a novel with its comments, markers and its place in a series; bookmarks stay."""
        novel = self.novels.pop(novel_id)
        self._delete_comments("novel", novel_id)
        for marked in self.markers.values():
            marked.pop(novel_id, None)
        if novel.series_id is not None:
            self.novel_series[novel.series_id].novel_ids.remove(novel_id)

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

    def add_draft(self, user_id: int, title: str, text: str) -> Draft:
        """Save a draft of a user; its other attributes may be changed afterwards."""
        draft_id = self.new_id("draft", 7_400_001)
        draft = Draft(id=draft_id, user_id=user_id, title=title, text=text, date=self.tick())
        self.drafts[draft_id] = draft
        return draft

    def drafts_of(self, user_id: int) -> list[Draft]:
        """The drafts of a user, the last saved first."""
        return [draft for draft in reversed(self.drafts.values()) if draft.user_id == user_id]

    # Uploads

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

    # Comments

    def comment(
        self,
        user_id: int,
        work_id: int,
        text: str,
        *,
        target: Target = "illust",
        parent_id: int | None = None,
        stamp_id: int | None = None,
    ) -> Comment:
        """Comment on a work, or reply to a comment on it."""
        comment = Comment(
            id=self.new_id("comment", 210_000_001),
            target=target,
            work_id=work_id,
            user_id=user_id,
            text=text,
            date=self.tick(),
            parent_id=parent_id,
            stamp_id=stamp_id,
        )
        self.comments[comment.id] = comment
        return comment

    def comments_on(self, work_id: int, *, target: Target = "illust") -> list[Comment]:
        """All comments on a work, replies too, newest first."""
        return [
            comment
            for comment in reversed(self.comments.values())
            if comment.target == target and comment.work_id == work_id
        ]

    def root_comments(self, work_id: int, *, target: Target = "illust") -> list[Comment]:
        """The comments on a work that reply to none, newest first."""
        return [c for c in self.comments_on(work_id, target=target) if c.parent_id is None]

    def replies_to(self, comment_id: int) -> list[Comment]:
        """The replies to a comment, oldest first."""
        return [c for c in self.comments.values() if c.parent_id == comment_id]

    def delete_comment(self, comment_id: int) -> None:
        """Delete a comment with the replies to it."""
        for reply in self.replies_to(comment_id):
            del self.comments[reply.id]
        del self.comments[comment_id]

    def _delete_comments(self, target: Target, work_id: int) -> None:
        for comment in self.comments_on(work_id, target=target):
            del self.comments[comment.id]

    # Bookmarks, likes, follows

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

    def follow(self, user_id: int, target_id: int, *, restrict: int = 0) -> None:
        """Follow a user, or change whether others see it."""
        mine = self.follows.setdefault(user_id, {})
        date = mine[target_id].date if target_id in mine else self.tick()
        made = Follow(user_id=user_id, target_id=target_id, restrict=restrict, date=date)
        mine[target_id] = made

    def unfollow(self, user_id: int, target_id: int) -> bool:
        """Follow a user no more; return whether it was followed."""
        return self.follows.get(user_id, {}).pop(target_id, None) is not None

    def follows_of(self, user_id: int, *, restrict: int = 0) -> list[Follow]:
        """Whom a user follows publicly (*restrict* 0) or privately (1), the latest first."""
        mine = self.follows.get(user_id, {})
        return [follow for follow in reversed(mine.values()) if follow.restrict == restrict]

    def followers_of(self, user_id: int) -> list[int]:
        """The users that follow a user publicly."""
        return [
            follower
            for follower, mine in self.follows.items()
            if user_id in mine and not mine[user_id].restrict
        ]

    def is_followed(self, viewer: User | None, user_id: int) -> bool:
        """Whether *viewer* follows a user."""
        return viewer is not None and user_id in self.follows.get(viewer.id, {})

    def followed_works(self, viewer: User) -> list[Work]:
        """The works of the users that *viewer* follows, newest first."""
        return self.newest(viewer, authors=set(self.follows.get(viewer.id, {})))

    def mypixiv_works(self, viewer: User) -> list[Work]:
        """The works of *viewer*'s mypixiv, newest first."""
        return self.newest(viewer, authors=self.mypixiv.get(viewer.id, set()))

    def is_muted(self, viewer: User | None, user_id: int, tags: Iterable[str] = ()) -> bool:
        """Whether *viewer* mutes a user, or one of the *tags* of a work."""
        mine = None if viewer is None else self.mutes.get(viewer.id)
        return mine is not None and (
            user_id in mine.user_ids or any(tag in mine.tags for tag in tags)
        )

    def befriend(self, user_id: int, other_id: int) -> None:
        """Make two users mypixiv of each other."""
        self.mypixiv.setdefault(user_id, set()).add(other_id)
        self.mypixiv.setdefault(other_id, set()).add(user_id)


def _matching(works: Iterable[W], word: str, match: str) -> list[W]:
    alternatives = [part.split() for part in word.casefold().split(" or ")]
    return [
        work
        for work in works
        if any(all(_matches(work, one, match) for one in words) for words in alternatives)
    ]


def _ranked(
    works: Iterable[W], count: Callable[[int], int], mode: str, date: dt.date | None
) -> list[W]:
    adult = "r18" in mode
    salt = f"{mode} {date or ''}"
    ranked = [work for work in works if bool(work.x_restrict) is adult]
    ranked.sort(key=lambda work: stable_random(salt, work.id) * (1 + count(work.id)))
    return ranked[::-1][:500]


def _matches(work: Work | Novel, word: str, match: str) -> bool:
    if len(word) > 1 and word.startswith("-"):
        return not _matches(work, word[1:], match)
    tags = [tag.casefold() for tag in work.tags]
    tags += [known.english for tag in work.tags if (known := TAGS.get(tag)) and known.english]
    if match == "exact":
        return word in tags
    in_text = word in work.title.casefold() or word in work.caption.casefold()
    in_tags = any(word in tag for tag in tags)
    if isinstance(work, Novel) and match == "text":
        return word in work.text.casefold()
    return {"partial": in_tags, "text": in_text}.get(match, in_tags or in_text)
