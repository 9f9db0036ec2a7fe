"""
Whole things: all works of a user, a tag to its end, a ranking over a span of days.

Each is an asynchronous iterator that fetches as it is consumed, at the client's pace, behind the
calls that somebody waits for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal, TypeVar

import attrs

from ._core.converter import JST
from ._core.walk import walks
from .errors import InvalidArgument, OffsetLimit
from .models.app import Illust
from .models.web import IllustThumb

if TYPE_CHECKING:
    from .app import AppApi
    from .app.illust import RankingMode
    from .web import WebApi

__all__ = ["Coverage", "Crawl", "TagCrawl"]

T = TypeVar("T")

BATCH: Final = 100
"""Ids that one request for thumbnails takes (api reports: about a hundred)."""

OFFSETS: Final = 5000
"""How far into a list the App API goes."""

SearchTarget = Literal["partial_match_for_tags", "exact_match_for_tags", "title_and_caption"]


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


class Crawl:
    """Crawls of a client: ``px.crawl``."""

    def __init__(self, app: AppApi, web: WebApi) -> None:
        self._app = app
        self._web = web

    @walks
    async def user_works(self, user_id: int, *, batch: int = BATCH) -> AsyncGenerator[IllustThumb]:
        """
        All illustrations, manga and ugoira of a user, through the web API.

        One request lists the ids of all works; then each request brings *batch* of them.

        Args:
            user_id: Whose works.
            batch: Works a request, from 1 to 100.

        Returns:
            Thumbnails, newest first. A work that vanished in between is left out.
        """
        if not 1 <= batch <= BATCH:
            msg = f"batch: must be from 1 to {BATCH}, not {batch}"
            raise InvalidArgument(msg)
        everything = await self._web.user.profile_all(user_id)
        ids = sorted({*everything.illusts, *everything.manga}, reverse=True)
        async for work in self.works_by_id(user_id, ids, batch=batch):
            yield work

    @walks
    async def works_by_id(
        self, user_id: int, ids: Iterable[int], *, batch: int = BATCH
    ) -> AsyncGenerator[IllustThumb]:
        """
        Works of one user by their ids, *batch* of them a request, through the web API.

        Args:
            user_id: The user whose works they are.
            ids: Ids of works; taken as they are needed.
            batch: Works a request, from 1 to 100.

        Returns:
            Thumbnails, in the order of *ids*. Works that do not exist are left out.
        """
        for first, some in enumerate(_batches(ids, batch)):
            call = self._web.user.profile_illusts(user_id, ids=some, is_first_page=not first)
            found = (await call.response(interactive=False)).value.works
            for illust_id in some:
                if (work := found.get(illust_id)) is not None:
                    yield work

    @walks
    async def bookmarks(
        self, user_id: int, *, restrict: Literal["public", "private"] = "public"
    ) -> AsyncGenerator[Illust]:
        """
        All bookmarked works of a user, through the App API.

        Args:
            user_id: Whose bookmarks.
            restrict: ``public``, or ``private`` for the account's own private ones.

        Returns:
            Works, the one bookmarked last first.
        """
        pages = self._app.user.bookmarks_illust(user_id, restrict=restrict)
        async for page in pages.pages(interactive=False):
            for work in page.items:
                yield work

    @walks
    async def rankings(
        self, mode: RankingMode, first: dt.date, last: dt.date
    ) -> AsyncGenerator[tuple[dt.date, int, Illust]]:
        """
        A ranking over a span of days, through the App API.

        Args:
            mode: The ranking, such as ``day``.
            first: The first day.
            last: The last day, included; before *first* to go backwards.

        Returns:
            The day, the rank from 1, and the work; day by day, by rank.
        """
        step = dt.timedelta(days=1 if last >= first else -1)
        day = first
        while True:
            rank = 0
            pages = self._app.illust.ranking(mode=mode, date=day)
            async for page in pages.pages(interactive=False):
                for work in page.items:
                    rank += 1
                    yield day, rank, work
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
    ) -> TagCrawl:
        """
        All works of a tag, past the 5,000 results at which a search ends.

        It searches back in time, span of dates by span of dates (days are pixiv's, UTC+9).

        Args:
            word: The tag, or several words.
            search_target: What to look in.
            newest: The last day to include; by default there is no end.
            oldest: The first day to include; by default there is no beginning.

        Returns:
            Works, each once, newest first (but for days that one search cannot show whole); its
            `coverage` tells what could not be reached.
        """
        return TagCrawl(self._app, word, search_target, newest, oldest)


class TagCrawl:
    """
    A tag to its end: an asynchronous iterator of works, newest first, each once.

    Attributes:
        coverage: What was seen so far; complete when the iteration is.
    """

    def __init__(
        self,
        app: AppApi,
        word: str,
        search_target: SearchTarget,
        newest: dt.date | None,
        oldest: dt.date | None,
    ) -> None:
        self.coverage: Coverage = Coverage()
        self._app = app
        self._word = word
        self._target: SearchTarget = search_target
        self._newest = newest
        self._oldest = oldest
        self._seen: set[int] = set()
        self._day: dt.date | None = None

    @walks
    async def __aiter__(self) -> AsyncGenerator[Illust]:
        end = self._newest
        while True:
            self.coverage.windows += 1
            complete = True
            try:
                async for work in self._search("date_desc", self._oldest, end):
                    yield work
            except OffsetLimit:
                complete = False
            if complete or self._day is None:
                return
            if self._day != end:
                # The day is cut in the middle: search again from its end.
                end = self._day
                continue
            async for work in self._other_end(self._day):
                yield work
            end = self._day - dt.timedelta(days=1)
            if self._oldest is not None and end < self._oldest:
                return

    @walks
    async def _other_end(self, day: dt.date) -> AsyncGenerator[Illust]:
        """A single day has more works than a search shows: come from its beginning as well."""
        self.coverage.windows += 1
        before = self.coverage.works
        try:
            async for work in self._search("date_asc", day, day):
                yield work
        except OffsetLimit:
            # All of them were new: the two searches have not met in the middle.
            if self.coverage.works - before >= OFFSETS:
                self.coverage.truncated.append(day)

    @walks
    async def _search(
        self,
        sort: Literal["date_desc", "date_asc"],
        start: dt.date | None,
        end: dt.date | None,
    ) -> AsyncGenerator[Illust]:
        pages = self._app.search.illust(
            self._word, search_target=self._target, sort=sort, start_date=start, end_date=end
        )
        async for page in pages.pages(interactive=False):
            for work in page.items:
                if self._is_new(work):
                    yield work

    def _is_new(self, work: Illust) -> bool:
        """Windows overlap by a day, so only the ids of the day that is being read matter."""
        day = None if work.create_date is None else work.create_date.astimezone(JST).date()
        if day is not None and day != self._day:
            if self._day is not None and day < self._day:
                self._seen.clear()
                self._day = day
            elif self._day is None:
                self._day = day
        if work.id in self._seen:
            return False
        self._seen.add(work.id)
        self.coverage.works += 1
        return True


def _batches(items: Iterable[T], size: int) -> Iterator[Sequence[T]]:
    iterator = iter(items)
    while some := tuple(islice(iterator, size)):
        yield some
