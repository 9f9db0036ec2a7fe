"""
Crawl whole collections: all works of a user, a tag to its end, a ranking over days.

Each is an asynchronous iterator that fetches as it is consumed, at the client's pace, behind the
calls that somebody waits for. With a journal, what an earlier crawl has fetched is not asked for
again: lists, days and batches that are recorded stay as they were then. A journal that cannot be
read or written raises `JournalError`, after the works of the last reply. Crawls that run at the
same time share an open `Journal`; by its name, one at a time has the file.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, TypeVar, cast

import attrs

from ._core.basics.japan_time import JST, pixiv_date
from ._core.calls.call import Page, Pages
from ._core.calls.closing_iterator import closing_iterator
from ._core.calls.request import Sender
from .app import AppApi
from .errors import InvalidArgument, OffsetLimit
from .models.app import Illust
from .models.web import IllustThumb
from .recorder import Recorder, as_journal
from .web import WebApi

if TYPE_CHECKING:
    from .app.illust import RankingMode
    from .journal import Journal

__all__ = ["Coverage", "Crawl", "TagCrawl"]

T = TypeVar("T")

BATCH: Final = 100
"""Ids that one request for thumbnails takes (api reports: about a hundred)."""

OFFSETS: Final = 5000
"""How far into a list the App API goes."""

RECENT: Final = 300
"""How many ids are kept beside those of a day: as many works as may be posted during a request."""

JournalOrPath: TypeAlias = "Journal | Path | str | None"
SearchTarget = Literal["partial_match_for_tags", "exact_match_for_tags", "title_and_caption"]


@attrs.define
class Coverage:
    """
    The progress of a crawl of a tag.

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

    def __init__(self, run: Callable[[float | None], Sender]) -> None:
        """
        Args:
            run: Returns the sender of a run with that patience.
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
        Iterate over all illustrations, manga and ugoira of a user, through the web API.

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
        with _through(journal, self._run(patience)) as sender:
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
        with _through(journal, self._run(patience)) as sender:
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
        Iterate over all bookmarked works of a user, through the App API.

        Args:
            user_id: Whose bookmarks.
            restrict: ``public``, or ``private`` for the account's own private ones.
            journal: Records every reply in a `Journal` or the file of that name, and answers from
                it what is recorded.
            patience: How many seconds anything may hold a request; without end by default.

        Returns:
            Works, the one bookmarked last first.
        """
        with _through(journal, self._run(patience)) as sender:
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
        Iterate over a ranking of several days, through the App API.

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
        with _through(journal, self._run(patience)) as sender:
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
        Iterate over all works of a tag, past the 5,000 results at which a search ends.

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


@contextlib.contextmanager
def _through(journal: JournalOrPath, sender: Sender) -> Generator[Sender]:
    """
    Yield the sender of a crawl; on leaving, check that everything was recorded.

    It holds nothing that would have to be closed: a crawl may be left at any time.
    """
    if journal is None:
        yield sender
        return
    recorder = Recorder(sender, as_journal(journal))
    yield recorder
    recorder.check()


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
        with _through(self._journal, self._sender) as sender:
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
    """The ids that may come again: those of the current day, and of a few before."""

    _ids: dict[int, None] = attrs.field(factory=dict[int, None])
    _day: dt.date | None = None
    _of_day: int = 0

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, work: Illust) -> bool:
        """Add *work*; return whether it is new."""
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
    One search, read to its end or to pixiv's limit.

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
        """Yield the works that are new; *until_known* ends with a page that has none."""
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


def _positions(page: Page[Any, Illust]) -> Iterator[tuple[int, Illust]]:
    """Yield the works of a page with their positions, from 1; broken items count."""
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
