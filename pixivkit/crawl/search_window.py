"""One search of a crawl, and how it is told from the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncGenerator, Callable, Container
from typing import Any, Final, Generic, TypeVar

import attrs

from .._core.basics.japan_time import JST
from .._core.calls.call import Pages
from .._core.calls.closing_iterator import closing_iterator
from ..errors import OffsetLimit
from ..models.app import Illust, Novel
from .coverage import Coverage
from .search_part import Part

__all__ = ["KnownIds", "SearchWindow", "day_of"]

OFFSETS: Final = 5000
"""How far into a list the App API goes."""

RECENT: Final = 300
"""How many ids are kept beside those of a day: as many works as may be posted during a request."""

W = TypeVar("W", Illust, Novel)


@attrs.define
class KnownIds:
    """
    The ids that may come once more: those of the day that is being read, and a few before.

    Attributes:
        of_day: How many of them are of that day.
    """

    _ids: dict[int, None] = attrs.field(factory=dict[int, None])
    _day: dt.date | None = None
    of_day: int = 0

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Any:
        return iter(self._ids)

    def add(self, work: Illust | Novel) -> bool:
        """Return whether *work* is new, and know it from now on."""
        if work.id in self._ids:
            return False
        self._ids[work.id] = None
        day = day_of(work)
        if day is not None and (self._day is None or day < self._day):
            self._day, self.of_day = day, 0
        self.of_day += 1
        while len(self._ids) > self.of_day + RECENT:
            del self._ids[next(iter(self._ids))]
        return True


@attrs.define
class SearchWindow(Generic[W]):
    """
    One search, to its end or to pixiv's limit.

    Attributes:
        part: What the sizes of its works are between.
        first: The day of the first work.
        last: The day of the last work.
        ids: The ids of all works it has shown.
        sizes: The sizes of those that can be seen.
        met: Whether a work came that the other end has shown.
        heeded: False where a work came that is not in the part.
        limit: What pixiv said to the first page past the limit; None where the end was reached.
    """

    _search: Callable[[Part], Pages[Any, W]]
    _known: KnownIds
    _coverage: Coverage
    part: Part = attrs.field(factory=Part)
    first: dt.date | None = None
    last: dt.date | None = None
    ids: set[int] = attrs.field(factory=set[int])
    sizes: list[tuple[int, ...]] = attrs.field(factory=list[tuple[int, ...]])
    met: bool = False
    heeded: bool = True
    limit: OffsetLimit | None = None

    @closing_iterator
    async def works(self, other_end: Container[int] | None = None) -> AsyncGenerator[W]:
        """
        The works that are new.

        Args:
            other_end: Ids that a search from the other end has shown: it ends with a page of
                nothing else.
        """
        shown = 0
        self._coverage.windows += 1
        try:
            async for page in self._search(self.part).pages():
                shown += len(page.items) + len(page.broken)
                self._coverage.broken += len(page.broken)
                unmet = 0
                for work in page.items:
                    self.last = day_of(work) or self.last
                    self.first = self.first or self.last
                    self._note(work)
                    if other_end is None or work.id not in other_end:
                        unmet += 1
                    else:
                        self.met = True
                    if self._known.add(work):
                        yield work
                if page.items and not unmet:
                    return
        except OffsetLimit as exc:
            self.limit = exc
        else:
            if shown >= OFFSETS:
                # The list may have ended here because pixiv shows no more.
                self.limit = OffsetLimit(f"the search ended after {shown} works")

    def _note(self, work: W) -> None:
        self.ids.add(work.id)
        if work.availability != "available":
            return
        size = self.part.size_of(work)
        if size is not None:
            self.sizes.append(size)
            self.heeded = self.heeded and self.part.holds(size)


def day_of(work: Illust | Novel) -> dt.date | None:
    """The day of *work* in pixiv's time; None where pixiv does not say."""
    return None if work.create_date is None else work.create_date.astimezone(JST).date()
