"""A tag to its end, past what one search shows: span of dates by span of dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncGenerator
from typing import Any, Final, Literal, TypeAlias

import attrs

from .._core.basics.japan_time import JST
from .._core.calls.call import Pages
from .._core.calls.closing_iterator import closing_iterator
from .._core.calls.request import Sender
from ..app import AppApi
from ..errors import OffsetLimit
from ..models.app import Illust
from ..recorder import JournalOrPath, through

__all__ = ["Coverage", "SearchTarget", "TagCrawl"]

OFFSETS: Final = 5000
"""How far into a list the App API goes."""

RECENT: Final = 300
"""How many ids are kept beside those of a day: as many works as may be posted during a request."""

SearchTarget: TypeAlias = Literal[
    "partial_match_for_tags", "exact_match_for_tags", "title_and_caption"
]


@attrs.define
class Coverage:
    """
    What a crawl of a tag has seen.

    Attributes:
        works: How many different works it yielded.
        windows: How many spans of dates it searched, each up to pixiv's limit of results.
        truncated: Days that hold more works than a search can reach from either end; some of
            their works are missing.
    """

    works: int = 0
    windows: int = 0
    truncated: list[dt.date] = attrs.field(factory=list[dt.date])


class TagCrawl:
    """
    A tag to its end: an asynchronous iterator of works, newest first, each once.

    Attributes:
        coverage: What was seen so far; complete when the iteration is. Iterating again begins
            another.
    """

    def __init__(
        self,
        sender: Sender,
        word: str,
        search_target: SearchTarget,
        newest: dt.date | None,
        oldest: dt.date | None,
        journal: JournalOrPath,
    ) -> None:
        self.coverage: Coverage = Coverage()
        self._sender = sender
        self._journal = journal
        self._word = word
        self._target: SearchTarget = search_target
        self._newest = newest
        self._oldest = oldest

    @closing_iterator
    async def __aiter__(self) -> AsyncGenerator[Illust]:
        self.coverage = Coverage()
        with through(self._journal, self._sender) as sender:
            async for work in self._works(AppApi(sender), self.coverage):
                yield work

    @closing_iterator
    async def _works(self, app: AppApi, coverage: Coverage) -> AsyncGenerator[Illust]:
        known = _KnownIds()
        end = self._newest
        while True:
            window = _SearchWindow(self._search(app, "date_desc", self._oldest, end), known)
            coverage.windows += 1
            async for work in window.works():
                coverage.works += 1
                yield work
            if window.limit is None:
                return
            day = window.last
            if day is None or (end is not None and day > end):
                # Nothing to tell where to go on, or pixiv pays no heed to the dates.
                raise window.limit
            if day not in (end, window.first):
                # The day may be cut in the middle: search again from its end.
                end = day
                continue
            # A single day has more works than a search shows: come from its beginning as well.
            window = _SearchWindow(self._search(app, "date_asc", day, day), known)
            coverage.windows += 1
            async for work in window.works(until_known=True):
                coverage.works += 1
                yield work
            if window.limit is not None and not window.met:
                coverage.truncated.append(day)
            end = day - dt.timedelta(days=1)
            if self._oldest is not None and end < self._oldest:
                return

    def _search(
        self,
        app: AppApi,
        sort: Literal["date_desc", "date_asc"],
        start: dt.date | None,
        end: dt.date | None,
    ) -> Pages[Any, Illust]:
        return app.search.illust(
            self._word, search_target=self._target, sort=sort, start_date=start, end_date=end
        )


@attrs.define
class _KnownIds:
    """The ids that may come once more: those of the day that is being read, and a few before."""

    _ids: dict[int, None] = attrs.field(factory=dict[int, None])
    _day: dt.date | None = None
    _of_day: int = 0

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, work: Illust) -> bool:
        """Return whether *work* is new, and know it from now on."""
        if work.id in self._ids:
            return False
        self._ids[work.id] = None
        day = _day_of(work)
        if day is not None and (self._day is None or day < self._day):
            self._day, self._of_day = day, 0
        self._of_day += 1
        while len(self._ids) > self._of_day + RECENT:
            del self._ids[next(iter(self._ids))]
        return True


@attrs.define
class _SearchWindow:
    """
    One search, to its end or to pixiv's limit.

    Attributes:
        first: The day of the first work.
        last: The day of the last work.
        met: Whether a work came that was known before.
        limit: What pixiv said to the first page past the limit; None where the end was reached.
    """

    _pages: Pages[Any, Illust]
    _known: _KnownIds
    first: dt.date | None = None
    last: dt.date | None = None
    met: bool = False
    limit: OffsetLimit | None = None

    @closing_iterator
    async def works(self, *, until_known: bool = False) -> AsyncGenerator[Illust]:
        """The works that are new; *until_known* ends with a page that has none."""
        shown = 0
        try:
            async for page in self._pages.pages():
                shown += len(page.items) + len(page.broken)
                new = 0
                for work in page.items:
                    self.last = _day_of(work) or self.last
                    self.first = self.first or self.last
                    if self._known.add(work):
                        new += 1
                        yield work
                    else:
                        self.met = True
                if until_known and page.items and not new:
                    return
        except OffsetLimit as exc:
            self.limit = exc
        else:
            if shown >= OFFSETS:
                # The list may have ended here because pixiv shows no more.
                self.limit = OffsetLimit(f"the search ended after {shown} works")


def _day_of(work: Illust) -> dt.date | None:
    return None if work.create_date is None else work.create_date.astimezone(JST).date()
