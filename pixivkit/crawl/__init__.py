"""
Whole things: all works of a user, a tag to its end, a ranking over a span of days.

Each is an asynchronous iterator that fetches as it is consumed, at the client's pace, behind the
calls that somebody waits for. With a journal, what an earlier crawl has fetched is not asked for
again: lists, days and batches that are recorded stay as they were then. A journal that cannot be
read or written raises `JournalError`, after the works of the last reply. Crawls that run at the
same time share an open `Journal`; by its name, one at a time has the file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, cast

from .._core.basics.japan_time import pixiv_date
from .._core.calls.call import Page
from .._core.calls.closing_iterator import closing_iterator
from .._core.calls.request import Sender
from ..app import AppApi
from ..errors import InvalidArgument
from ..models.app import Illust
from ..models.web import IllustThumb
from ..recorder import JournalOrPath, through
from ..web import WebApi
from .tag import Coverage, SearchTarget, TagCrawl

if TYPE_CHECKING:
    from ..app.illust import RankingMode

__all__ = ["Coverage", "Crawl", "TagCrawl"]

T = TypeVar("T")

BATCH: Final = 100
"""Ids that one request for thumbnails takes (api reports: about a hundred)."""


class Crawl:
    """Crawls of a client: ``px.crawl``."""

    def __init__(self, run: Callable[[float | None], Sender]) -> None:
        """
        Args:
            run: What sends the calls of a run of that patience.
        """
        self._run = run

    @closing_iterator
    async def user_works(
        self,
        user_id: int,
        *,
        batch: int = BATCH,
        journal: JournalOrPath = None,
        patience: float | None = None,
    ) -> AsyncGenerator[IllustThumb]:
        """
        All illustrations, manga and ugoira of a user, through the web API.

        One request lists the ids of all works; then each request brings *batch* of them.

        Args:
            user_id: Whose works.
            batch: Works a request, from 1 to 100.
            journal: Records every reply in a `Journal` or the file of that name, and answers from
                it what is recorded.
            patience: How many seconds anything may hold a request; without end by default.

        Returns:
            Thumbnails, newest first. A work that vanished in between is left out.
        """
        _check_batch(batch)
        with through(journal, self._run(patience)) as sender:
            web = WebApi(sender)
            everything = await web.user.profile_all(user_id).response()
            ids = sorted({*everything.value.illusts, *everything.value.manga}, reverse=True)
            async for work in _works_by_id(web, user_id, ids, batch):
                yield work

    @closing_iterator
    async def works_by_id(
        self,
        user_id: int,
        ids: Iterable[int],
        *,
        batch: int = BATCH,
        journal: JournalOrPath = None,
        patience: float | None = None,
    ) -> AsyncGenerator[IllustThumb]:
        """
        Works of one user by their ids, *batch* of them a request, through the web API.

        Args:
            user_id: The user whose works they are.
            ids: Ids of works; taken as they are needed.
            batch: Works a request, from 1 to 100.
            journal: Records every reply in a `Journal` or the file of that name, and answers from
                it what is recorded.
            patience: How many seconds anything may hold a request; without end by default.

        Returns:
            Thumbnails, in the order of *ids*. Works that do not exist are left out.
        """
        _check_batch(batch)
        with through(journal, self._run(patience)) as sender:
            async for work in _works_by_id(WebApi(sender), user_id, ids, batch):
                yield work

    @closing_iterator
    async def bookmarks(
        self,
        user_id: int,
        *,
        restrict: Literal["public", "private"] = "public",
        journal: JournalOrPath = None,
        patience: float | None = None,
    ) -> AsyncGenerator[Illust]:
        """
        All bookmarked works of a user, through the App API.

        Args:
            user_id: Whose bookmarks.
            restrict: ``public``, or ``private`` for the account's own private ones.
            journal: Records every reply in a `Journal` or the file of that name, and answers from
                it what is recorded.
            patience: How many seconds anything may hold a request; without end by default.

        Returns:
            Works, the one bookmarked last first.
        """
        with through(journal, self._run(patience)) as sender:
            pages = AppApi(sender).user.bookmarks_illust(user_id, restrict=restrict)
            async for page in pages.pages():
                for work in page.items:
                    yield work

    @closing_iterator
    async def rankings(
        self,
        mode: RankingMode,
        first: dt.date,
        last: dt.date,
        *,
        journal: JournalOrPath = None,
        patience: float | None = None,
    ) -> AsyncGenerator[tuple[dt.date, int, Illust]]:
        """
        A ranking over a span of days, through the App API.

        Args:
            mode: The ranking, such as ``day``.
            first: The first day.
            last: The last day, included; before *first* to go backwards.
            journal: Records every reply in a `Journal` or the file of that name, and answers from
                it what is recorded.
            patience: How many seconds anything may hold a request; without end by default.

        Returns:
            The day, the rank from 1, and the work; day by day, by rank.
        """
        day, last = pixiv_date(first), pixiv_date(last)
        step = dt.timedelta(days=1 if last >= day else -1)
        with through(journal, self._run(patience)) as sender:
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

    def tag(
        self,
        word: str,
        *,
        search_target: SearchTarget = "exact_match_for_tags",
        newest: dt.date | None = None,
        oldest: dt.date | None = None,
        journal: JournalOrPath = None,
        patience: float | None = None,
    ) -> TagCrawl:
        """
        All works of a tag, past the 5,000 results at which a search ends.

        It searches back in time, span of dates by span of dates (days are pixiv's, UTC+9).

        Args:
            word: The tag, or several words.
            search_target: What to look in.
            newest: The last day to include; by default there is no end.
            oldest: The first day to include; by default there is no beginning.
            journal: Records every reply in a `Journal` or the file of that name, and answers from
                it what is recorded.
            patience: How many seconds anything may hold a request; without end by default.

        Returns:
            Works, each once, newest first (but for days that one search cannot show whole); its
            `coverage` tells what could not be reached.

        Raises:
            InvalidArgument: *newest* is before *oldest*.
        """
        end = None if newest is None else pixiv_date(newest)
        start = None if oldest is None else pixiv_date(oldest)
        if start is not None and end is not None and end < start:
            msg = f"newest: {end} is before oldest, {start}"
            raise InvalidArgument(msg)
        return TagCrawl(self._run(patience), word, search_target, end, start, journal)


@closing_iterator
async def _works_by_id(
    web: WebApi, user_id: int, ids: Iterable[int], batch: int
) -> AsyncGenerator[IllustThumb]:
    for first, some in enumerate(_batches(ids, batch)):
        call = web.user.profile_illusts(user_id, ids=some, is_first_page=not first)
        found = (await call.response()).value.works
        for illust_id in some:
            if (work := found.get(illust_id)) is not None:
                yield work


def _positions(page: Page[Any, Illust]) -> Iterator[tuple[int, Illust]]:
    """The works of a page with their places on it, from 1; what is broken has a place too."""
    broken = {id(one.raw) for one in page.broken}
    body = cast("dict[str, list[object]]", page.reply.json)
    places = (n for n, raw in enumerate(body["illusts"], 1) if id(raw) not in broken)
    return zip(places, page.items, strict=False)


def _check_batch(batch: int) -> None:
    if not 1 <= batch <= BATCH:
        msg = f"batch: must be from 1 to {BATCH}, not {batch}"
        raise InvalidArgument(msg)


def _batches(items: Iterable[T], size: int) -> Iterator[Sequence[T]]:
    iterator = iter(items)
    while some := tuple(islice(iterator, size)):
        yield some
