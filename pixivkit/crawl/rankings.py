"""Crawls of rankings over many days."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncGenerator, Iterator
from typing import TYPE_CHECKING, Any, Literal, cast, overload

from .._core.basics.japan_time import pixiv_date
from .._core.calls.call import Page
from .._core.calls.closing_iterator import ClosingIterator, closing_iterator
from .._core.calls.request import Sender
from ..app import AppApi
from ..models.app import Illust
from ..models.web import IllustDetail
from ..recorder import JournalOrPath, through
from ..web_fallback import WebLookup
from .base import Crawls

if TYPE_CHECKING:
    from ..app.illust import RankingMode

__all__ = ["RankingCrawls"]


class RankingCrawls(Crawls):
    """Crawls of rankings."""

    @overload
    def rankings(
        self,
        mode: RankingMode,
        first: dt.date,
        last: dt.date,
        *,
        web_fallback: Literal[False] = ...,
        journal: JournalOrPath = ...,
        patience: float | None = ...,
    ) -> ClosingIterator[tuple[dt.date, int, Illust]]: ...
    @overload
    def rankings(
        self,
        mode: RankingMode,
        first: dt.date,
        last: dt.date,
        *,
        web_fallback: bool,
        journal: JournalOrPath = ...,
        patience: float | None = ...,
    ) -> ClosingIterator[tuple[dt.date, int, Illust | IllustDetail]]: ...
    @closing_iterator
    async def rankings(
        self,
        mode: RankingMode,
        first: dt.date,
        last: dt.date,
        *,
        web_fallback: bool = False,
        journal: JournalOrPath = None,
        patience: float | None = None,
    ) -> AsyncGenerator[tuple[dt.date, int, Any]]:
        """
        A ranking over a span of days, through the App API.

        Args:
            mode: The ranking, such as ``day``.
            first: The first day.
            last: The last day, included; before *first* to go backwards.
            web_fallback: Whether works that the App API hides are looked up on the web; see
                `bookmarks`.
            journal: Records every reply in a `Journal` or the file of that name, and answers from
                it what is recorded.
            patience: How many seconds anything may hold a request; without end by default.

        Returns:
            The day, the rank from 1, and the work; day by day, by rank.
        """
        with through(journal, self._run(patience)) as sender:
            lookup = WebLookup(sender) if web_fallback else None
            async for day, rank, work in _rankings(sender, mode, first, last):
                found = None if lookup is None else await lookup.found(work)
                yield day, rank, work if found is None else found
            if lookup is not None:
                lookup.check()


@closing_iterator
async def _rankings(
    sender: Sender, mode: RankingMode, first: dt.date, last: dt.date
) -> AsyncGenerator[tuple[dt.date, int, Illust]]:
    day, last = pixiv_date(first), pixiv_date(last)
    step = dt.timedelta(days=1 if last >= day else -1)
    app = AppApi(sender)
    while True:
        above = 0
        pages = app.illust.ranking(mode=mode, date=day)
        async for page in pages.pages():
            for place, work in _positions(page):
                yield day, above + place, work
            above += len(page.items) + len(page.broken)
        if day == last:
            return
        day += step


def _positions(page: Page[Any, Illust]) -> Iterator[tuple[int, Illust]]:
    """The works of a page with their places on it, from 1; what is broken has a place too."""
    broken = {id(one.raw) for one in page.broken}
    body = cast("dict[str, list[object]]", page.reply.json)
    places = (n for n, raw in enumerate(body["illusts"], 1) if id(raw) not in broken)
    return zip(places, page.items, strict=False)
