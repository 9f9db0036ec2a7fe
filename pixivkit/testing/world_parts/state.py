"""What the world holds, and its time."""

from __future__ import annotations

import datetime as dt

import attrs

from ..._core.basics.clock import Clock
from ..records import (
    JST,
    Bookmark,
    Comment,
    Draft,
    Follow,
    Mutes,
    Novel,
    NovelSeries,
    Series,
    Upload,
    User,
    Work,
)

BEGINNING = dt.datetime(2026, 6, 20, 12, 0, 0, tzinfo=JST)


@attrs.define(eq=False)
class State:
    """
    What there is in one pixiv, and its time.

    Attributes:
        account_id: The user that the fake's own credentials log in as.
        now: Its time when the last thing was made.
        clock: Lets its time pass, once it is past *now*; None for one that stands still.
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
    clock: Clock | None = None
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

    @property
    def time(self) -> dt.datetime:
        """Its time."""
        if self.clock is None:
            return self.now
        passed = dt.datetime.fromtimestamp(int(self.clock.time()), JST)
        return max(self.now, passed)

    def tick(self) -> dt.datetime:
        """Let a second pass, and return the time."""
        self.now = self.time + dt.timedelta(seconds=1)
        return self.now

    @property
    def ranking_day(self) -> dt.date:
        """The day of the newest ranking: yesterday's, with a clock from noon on."""
        noon = dt.timedelta(hours=0 if self.clock is None else 12)
        return (self.time.astimezone(JST) - noon).date() - dt.timedelta(days=1)
