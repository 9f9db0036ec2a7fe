"""A tag to its end, past what one search shows: span of dates by span of dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncGenerator
from typing import Any, Generic, Literal, TypeAlias, TypeVar

import attrs

from .._core.calls.call import Pages
from .._core.calls.closing_iterator import closing_iterator
from .._core.calls.request import Sender
from ..app import AppApi
from ..errors import JournalError, PixivError
from ..models.app import Illust, Novel
from ..models.web import IllustDetail
from ..recorder import JournalOrPath, through
from ..web import WebApi
from .base import Kind, looked_up
from .coverage import Coverage, DayCoverage
from .search_part import Part
from .search_window import KnownIds, SearchWindow

__all__ = ["NovelSearchTarget", "SearchTarget", "TagCrawl"]

W = TypeVar("W", Illust, Novel, Illust | IllustDetail)

SearchTarget: TypeAlias = Literal[
    "partial_match_for_tags", "exact_match_for_tags", "title_and_caption"
]

NovelSearchTarget: TypeAlias = Literal[
    "partial_match_for_tags", "exact_match_for_tags", "text", "keyword"
]


@attrs.frozen
class _TagSearch:
    """What a crawl of a tag looks for; see `Crawl.tag`."""

    word: str
    kind: Kind
    search_target: Any
    newest: dt.date | None
    oldest: dt.date | None

    def pages(
        self,
        app: AppApi,
        sort: Literal["date_desc", "date_asc"],
        start: dt.date | None,
        end: dt.date | None,
        part: Part,
    ) -> Pages[Any, Any]:
        """The works from *start* to *end* that are in *part*."""
        if self.kind == "novel":
            sizes: dict[str, Any] = {**part.arguments(Novel)}
            return app.search.novel(
                self.word, search_target=self.search_target, sort=sort,
                start_date=start, end_date=end, **sizes,
            )  # fmt: skip
        sizes = {**part.arguments(Illust)}
        return app.search.illust(
            self.word, search_target=self.search_target, sort=sort,
            start_date=start, end_date=end, **sizes,
        )  # fmt: skip


class TagCrawl(Generic[W]):
    """
    A tag to its end: an asynchronous iterator of works or novels, newest first, each once.

    Attributes:
        coverage: What was seen so far; complete when the iteration is. Iterating again begins
            another.
    """

    def __init__(
        self,
        sender: Sender,
        word: str,
        search_target: SearchTarget | NovelSearchTarget,
        newest: dt.date | None,
        oldest: dt.date | None,
        journal: JournalOrPath,
        kind: Kind,
        web_fallback: bool,
    ) -> None:
        self.coverage: Coverage = Coverage()
        self._sender = sender
        self._search = _TagSearch(word, kind, search_target, newest, oldest)
        self._journal = journal
        self._web_fallback = web_fallback

    @closing_iterator
    async def __aiter__(self) -> AsyncGenerator[W]:
        coverage = self.coverage = Coverage()
        with through(self._journal, self._sender) as sender:
            web = sender if self._web_fallback else None
            works: Any = _TagWalk(sender, web, self._search, coverage).works()
            async for work in looked_up(works, web):
                shown: Any = work
                coverage.works += 1
                coverage.hidden += shown.availability != "available"
                yield shown


class _TagWalk:
    """The searches of one iteration, one after the other."""

    def __init__(
        self, sender: Sender, web: Sender | None, search: _TagSearch, coverage: Coverage
    ) -> None:
        self._app = AppApi(sender)
        self._web = None if web is None else WebApi(web)
        self._search = search
        self._coverage = coverage
        self._known = KnownIds()

    @closing_iterator
    async def works(self) -> AsyncGenerator[Any]:
        end, oldest = self._search.newest, self._search.oldest
        while True:
            window = self._window("date_desc", oldest, end)
            async for work in window.works():
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
            async for work in self._whole_day(day, window):
                yield work
            end = day - dt.timedelta(days=1)
            if oldest is not None and end < oldest:
                return

    @closing_iterator
    async def _whole_day(self, day: dt.date, newest: SearchWindow[Any]) -> AsyncGenerator[Any]:
        """
        What *newest* did not show of a day: come from its beginning, then part by part.

        Parts are works of some sizes, which every search can be narrowed to: what is too much
        for two searches is halved, until each half is small enough or holds a single size.
        """
        seen = DayCoverage(day)
        self._coverage.days.append(seen)
        before = self._coverage.windows - 1
        whole = True
        window: SearchWindow[Any] = newest
        other_end = {*self._known}
        waiting: list[tuple[Part, bool]] = []
        while True:
            if window.limit is not None:
                opposite = self._window("date_asc", day, day, window.part)
                async for work in opposite.works(other_end):
                    yield work
                if opposite.limit is not None and not opposite.met:
                    sizes = [*window.sizes, *opposite.sizes]
                    parts, complete = window.part.split(sizes)
                    whole = whole and complete
                    waiting += [(one, any(map(one.holds, sizes))) for one in parts[::-1]]
            if not waiting:
                break
            part, holds_some = waiting.pop()
            window = self._window("date_desc", day, day, part)
            async for work in window.works():
                yield work
            other_end = window.ids
            if not window.heeded or (holds_some and not window.ids):
                # Pixiv does not search by sizes as it should: no part tells anything.
                whole = False
                break
        seen.windows = self._coverage.windows - before
        seen.works = self._known.of_day
        if not whole:
            self._coverage.truncated.append(day)
            seen.total = await self._total(day)

    def _window(
        self,
        sort: Literal["date_desc", "date_asc"],
        start: dt.date | None,
        end: dt.date | None,
        part: Part = Part(),  # noqa: B008
    ) -> SearchWindow[Any]:
        def search(part: Part) -> Pages[Any, Any]:
            return self._search.pages(self._app, sort, start, end, part)

        return SearchWindow(search, self._known, self._coverage, part)

    async def _total(self, day: dt.date) -> int | None:
        """How many works of a day a search on the web counts; None where it may not be asked."""
        if self._web is None:
            return None
        pages = self._web.search.artworks(
            self._search.word,
            start_date=day,
            end_date=day,
            match=_WEB_MATCH[self._search.search_target],
        )
        try:
            page = await pages.first()
        except JournalError:
            raise
        except PixivError:
            return None
        return page.body.illust_manga.total


_WEB_MATCH: dict[str, Any] = {
    "partial_match_for_tags": "s_tag",
    "exact_match_for_tags": "s_tag_full",
    "title_and_caption": "s_tc",
}
