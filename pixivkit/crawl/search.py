"""Crawls of searches past their end."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal, overload

from .._core.basics.japan_time import pixiv_date
from ..errors import InvalidArgument
from ..models.app import Illust, Novel
from ..models.web import IllustDetail
from ..recorder import JournalOrPath
from .base import Crawls, Kind, refuse_fallback_for_novels
from .tag import NovelSearchTarget, SearchTarget, TagCrawl

__all__ = ["SearchCrawls"]


class SearchCrawls(Crawls):
    """Crawls of searches."""

    @overload
    def tag(
        self,
        word: str,
        *,
        kind: Literal["illust"] = ...,
        search_target: SearchTarget = ...,
        newest: dt.date | None = ...,
        oldest: dt.date | None = ...,
        web_fallback: Literal[False] = ...,
        journal: JournalOrPath = ...,
        patience: float | None = ...,
    ) -> TagCrawl[Illust]: ...
    @overload
    def tag(
        self,
        word: str,
        *,
        kind: Literal["illust"] = ...,
        search_target: SearchTarget = ...,
        newest: dt.date | None = ...,
        oldest: dt.date | None = ...,
        web_fallback: bool,
        journal: JournalOrPath = ...,
        patience: float | None = ...,
    ) -> TagCrawl[Illust | IllustDetail]: ...
    @overload
    def tag(
        self,
        word: str,
        *,
        kind: Literal["novel"],
        search_target: NovelSearchTarget = ...,
        newest: dt.date | None = ...,
        oldest: dt.date | None = ...,
        journal: JournalOrPath = ...,
        patience: float | None = ...,
    ) -> TagCrawl[Novel]: ...
    def tag(
        self,
        word: str,
        *,
        kind: Kind = "illust",
        search_target: SearchTarget | NovelSearchTarget = "exact_match_for_tags",
        newest: dt.date | None = None,
        oldest: dt.date | None = None,
        web_fallback: bool = False,
        journal: JournalOrPath = None,
        patience: float | None = None,
    ) -> TagCrawl[Any]:
        """
        All works or novels of a tag, past the 5,000 results at which a search ends.

        It searches back in time, span of dates by span of dates (days are pixiv's, UTC+9). A day
        that one search cannot show whole is searched from its beginning as well, and then part
        by part: by the size of the first page, or by the length of the text.

        Args:
            word: The tag, or several words.
            kind: ``illust`` for illustrations, manga and ugoira, ``novel`` for novels.
            search_target: What to look in: ``title_and_caption`` of works only, ``text`` and
                ``keyword`` (tags, titles and captions) of novels only.
            newest: The last day to include; by default there is no end.
            oldest: The first day to include; by default there is no beginning.
            web_fallback: Whether works that the App API hides are looked up on the web; see
                `bookmarks`. Then the web is asked as well how many works a day has of which some
                could not be reached. Novels cannot be looked up.
            journal: Records every reply in a `Journal` or the file of that name, and answers from
                it what is recorded.
            patience: How many seconds anything may hold a request; without end by default.

        Returns:
            Works or novels, each once, newest first (but for days that one search cannot show
            whole); its `coverage` tells what could not be reached.

        Raises:
            InvalidArgument: *newest* is before *oldest*, or an argument is not for this *kind*.
        """
        end = None if newest is None else pixiv_date(newest)
        start = None if oldest is None else pixiv_date(oldest)
        if start is not None and end is not None and end < start:
            msg = f"newest: {end} is before oldest, {start}"
            raise InvalidArgument(msg)
        refuse_fallback_for_novels(web_fallback, kind)
        return TagCrawl(
            self._run(patience), word, search_target, end, start, journal, kind, web_fallback
        )
