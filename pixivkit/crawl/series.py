"""Crawls of series, in the order in which they are read."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any, Literal, overload

from .._core.calls.call import Page, Pages
from .._core.calls.closing_iterator import ClosingIterator, closing_iterator
from .._core.calls.request import Sender
from ..app import AppApi
from ..models.app import Illust, IllustSeries, Novel, NovelSeries
from ..models.web import IllustDetail
from ..pixiv_url import SeriesRef
from ..recorder import JournalOrPath, through
from .base import Crawls, Kind, looked_up, refuse_fallback_for_novels
from .named import NovelSeriesLike, WorkSeriesLike, series_named

__all__ = ["SeriesCrawls"]


class SeriesCrawls(Crawls):
    """Crawls of series."""

    @overload
    def series(
        self,
        series: int | WorkSeriesLike,
        kind: Literal["illust"] | None = ...,
        *,
        web_fallback: Literal[False] = ...,
        journal: JournalOrPath = ...,
        patience: float | None = ...,
    ) -> ClosingIterator[Illust]: ...
    @overload
    def series(
        self,
        series: int | WorkSeriesLike,
        kind: Literal["illust"] | None = ...,
        *,
        web_fallback: bool,
        journal: JournalOrPath = ...,
        patience: float | None = ...,
    ) -> ClosingIterator[Illust | IllustDetail]: ...
    @overload
    def series(
        self,
        series: str | SeriesRef,
        kind: Literal["illust"],
        *,
        web_fallback: Literal[False] = ...,
        journal: JournalOrPath = ...,
        patience: float | None = ...,
    ) -> ClosingIterator[Illust]: ...
    @overload
    def series(
        self,
        series: str | SeriesRef,
        kind: Literal["illust"],
        *,
        web_fallback: bool,
        journal: JournalOrPath = ...,
        patience: float | None = ...,
    ) -> ClosingIterator[Illust | IllustDetail]: ...
    @overload
    def series(
        self,
        series: NovelSeriesLike,
        kind: Literal["novel"] | None = ...,
        *,
        journal: JournalOrPath = ...,
        patience: float | None = ...,
    ) -> ClosingIterator[Novel]: ...
    @overload
    def series(
        self,
        series: int | str | SeriesRef,
        kind: Literal["novel"],
        *,
        journal: JournalOrPath = ...,
        patience: float | None = ...,
    ) -> ClosingIterator[Novel]: ...
    @overload
    def series(
        self,
        series: str | SeriesRef,
        kind: None = ...,
        *,
        web_fallback: Literal[False] = ...,
        journal: JournalOrPath = ...,
        patience: float | None = ...,
    ) -> ClosingIterator[Illust | Novel]: ...
    @overload
    def series(
        self,
        series: str | SeriesRef,
        kind: None = ...,
        *,
        web_fallback: bool,
        journal: JournalOrPath = ...,
        patience: float | None = ...,
    ) -> ClosingIterator[Illust | Novel | IllustDetail]: ...
    def series(
        self,
        series: int | str | SeriesRef | WorkSeriesLike | NovelSeriesLike,
        kind: Kind | None = None,
        *,
        web_fallback: bool = False,
        journal: JournalOrPath = None,
        patience: float | None = None,
    ) -> ClosingIterator[Any]:
        """
        A series in the order in which it is read, the first work first, through the App API.

        Pixiv lists a series of works from its end: all its pages are fetched before the first
        work comes. Novels come as their pages do. What stands beside a single work tell
        ``px.app.illust_series.illust``, and ``px.app.novel.text`` for a novel.

        Args:
            series: Its id, its URL, a `SeriesRef`, or a work or novel in it, in any form that
                pixiv has.
            kind: ``illust`` for a series of illustrations and manga, ``novel`` for one of novels;
                by default what *series* says, and an id alone is one of works.
            web_fallback: Whether works that the App API hides are looked up on the web; see
                `bookmarks`. Novels cannot be.
            journal: Records every reply in a `Journal` or the file of that name, and answers from
                it what is recorded.
            patience: How many seconds anything may hold a request; without end by default.

        Returns:
            Works or novels, each once. Those that the account may not see are left out where
            pixiv leaves them out.

        Raises:
            InvalidArgument: *series* is no series and in none, or is not of that *kind*.
        """
        found, series_id = series_named(series, kind)
        refuse_fallback_for_novels(web_fallback, found)
        return _series(self._run(patience), found, series_id, web_fallback, journal)


@closing_iterator
async def _series(
    run: Sender, kind: Kind, series_id: int, web_fallback: bool, journal: JournalOrPath
) -> AsyncGenerator[Any]:
    with through(journal, run) as sender:
        app = AppApi(sender)
        if kind == "novel":
            async for novel in _in_order(app.novel.series(series_id)):
                yield novel
        else:
            works = _in_order(app.illust.series(series_id))
            async for work in looked_up(works, sender if web_fallback else None):
                yield work


@closing_iterator
async def _in_order(pages: Pages[Any, Any]) -> AsyncGenerator[Any]:
    """The works of *pages*, the first of the series first."""
    ids: set[int] = set()
    kept: list[Any] = []
    last_first: bool | None = None
    async for page in pages.pages():
        if last_first is None and page.items:
            last_first = _begins_at_the_end(page)
        for work in page.items:
            # What is added meanwhile pushes the others on to the next page.
            if work.id in ids:
                continue
            ids.add(work.id)
            if last_first:
                kept.append(work)
            else:
                yield work
    while kept:
        yield kept.pop()


def _begins_at_the_end(page: Page[IllustSeries | NovelSeries, Illust | Novel]) -> bool:
    """
    Whether a first page has the last work of its series first.

    Every reply seen has works so, and novels in their order; what pixiv calls the first work of
    the series goes before that.
    """
    body, begin = page.body, page.items[0].id
    if isinstance(body, NovelSeries):
        first, last = body.novel_series_first_novel, body.novel_series_latest_novel
        is_first = first is not None and first.id == begin
        return not is_first and last is not None and last.id == begin
    first_work = body.illust_series_first_illust
    return first_work is None or first_work.id != begin
