"""Look at a list: read as much of it as may hold something new."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator, Sequence
from typing import Any, Final, cast

import attrs

from .._core.calls.call import Page
from .._core.calls.request import Request
from .._core.declaration.envelope import payload
from .._core.declaration.paging import dig
from ..errors import ApiError, NotFound, OffsetLimit, PagingError
from .page_reader import PageReader
from .ranking_day import newest_ranking_day
from .remembered import Key, Remembered
from .watched_list import WatchedList

__all__ = ["Look", "look_at", "look_at_ranking"]

_log = logging.getLogger("pixivkit")
_DAY: Final = dt.timedelta(days=1)


@attrs.frozen
class Look:
    """
    What was found.

    Attributes:
        places: The place of each item that was looked at, from 1, by its key, in pixiv's order.
        items: Those of the items that were not known, by key.
        goes_on: Whether the list goes on below that; None where it does with what is known.
        day: Of a ranking, its day.
    """

    places: dict[Key, int] = attrs.field(factory=dict[Key, int])
    items: dict[Key, Any] = attrs.field(factory=dict[Key, Any])
    goes_on: bool | None = None
    day: dt.date | None = None


async def look_at(
    watched: WatchedList,
    remembered: Remembered | None,
    reader: PageReader,
    max_pages: int,
    *,
    is_thorough: bool,
) -> Look:
    """
    Look at a list that is in order of time.

    It is read until a page has only what is known, or is all below it. Where nothing is remembered
    yet, the first page tells what is there.

    A thorough look goes on until all that is known was met: a work that was private, or was made
    ready before, appears among older ones.

    Args:
        watched: The list.
        remembered: What is remembered of it; None for nothing yet.
        reader: Fetches pages.
        max_pages: How many pages are read at most.
        is_thorough: Whether all is looked for.

    Raises:
        PixivError: Pixiv says no.
    """
    from_top = watched.order == "newest first"
    only_first = remembered is None and from_top
    known = remembered or Remembered()
    most = 1 if only_first else max_pages
    look = await _read(
        watched,
        watched.request,
        known,
        reader,
        most=most,
        to_the_end=not from_top,
        is_thorough=is_thorough,
    )
    if look.goes_on and not only_first:
        _log.warning("%r was not read to its end: what is new there is missed", watched.request)
    return look


async def look_at_ranking(
    watched: WatchedList, remembered: Remembered | None, reader: PageReader, max_pages: int
) -> Look | None:
    """
    Look at the newest ranking that is published, unless it was handed out before.

    Where nothing is remembered yet, the first page tells that there is one. Likewise `look_at`.

    Returns:
        What was found; None where there is nothing that was not handed out.
    """
    due = newest_ranking_day(reader.clock.time())
    known = remembered or Remembered()
    for day in (due, due - _DAY):
        if known.has_had(day):
            return None
        in_hand = known if known.day == day else Remembered()
        try:
            look = await _read(
                watched,
                watched.of_day(day),
                in_hand,
                reader,
                most=1 if remembered is None else max_pages,
                to_the_end=True,
            )
        except ApiError as exc:
            if day == due and (isinstance(exc, NotFound) or exc.status in (400, 404)):
                continue  # It is not published yet.
            raise
        if look.places:
            return attrs.evolve(look, day=day)
    return None


async def _read(
    watched: WatchedList,
    first: Request,
    remembered: Remembered,
    reader: PageReader,
    *,
    most: int,
    to_the_end: bool,
    is_thorough: bool = False,
) -> Look:
    look = Look()
    met = False
    seen: set[int] = set()
    request: Request | None = first
    above = 0
    while request is not None:
        if hash(request) in seen:
            msg = "the next page is one that was already fetched"
            raise PagingError(msg, endpoint=request.endpoint.name)
        if len(seen) == most:
            return attrs.evolve(look, goes_on=True)
        seen.add(hash(request))
        try:
            page, request = await reader.page(request)
        except OffsetLimit:
            if len(seen) == 1:
                raise
            # That is as far as pixiv shows a list.
            return attrs.evolve(look, goes_on=True)
        fresh = 0
        for place, item in zip(_places(page), page.items, strict=False):
            key = watched.key(item)
            look.places.setdefault(key, above + place)
            if key not in remembered.known:
                look.items[key] = item
                fresh += 1
        above += len(page.items) + len(page.broken)
        if to_the_end or not page.items:
            continue
        has_known = fresh < len(page.items)
        known = remembered.known.keys()
        is_enough = known and known <= look.places.keys() if is_thorough else not fresh
        if is_enough or (remembered.goes_on and met and not has_known):
            return attrs.evolve(look, goes_on=None if request else False)
        met = met or has_known
    return attrs.evolve(look, goes_on=False)


def _places(page: Page[Any, Any]) -> Iterator[int]:
    """The places of the items of a page, from 1; what is broken has a place too."""
    endpoint = page.request.endpoint
    assert endpoint.paging is not None
    listed = dig(payload(endpoint, page.reply.json), endpoint.paging.items)
    broken = {id(one.raw) for one in page.broken}
    everything = cast("Sequence[object]", listed) if isinstance(listed, list) else page.items
    return (place for place, raw in enumerate(everything, 1) if id(raw) not in broken)
