"""The iterator: asks for each list when it is due, and remembers what was handed out."""

from __future__ import annotations

import collections
import datetime as dt
import math
import os
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Final, Generic, Self, TypeVar

import anyio
import attrs

from .._core.calls.call import Pages
from .._core.running.serial_thread import SerialThread
from ..errors import InvalidArgument, PixivError
from .look import Look, look_at, look_at_ranking
from .page_reader import PageReader
from .ranking_day import newest_ranking_day
from .remembered import Key, Remembered
from .state_file import StateFile
from .watched_list import WatchedList

__all__ = ["Found", "Watch"]

T_co = TypeVar("T_co", covariant=True)

_THOROUGH_EVERY: Final = 24 * 3600.0
"""How many seconds after a thorough look the next one is due."""


@attrs.frozen(kw_only=True)
class Found(Generic[T_co]):
    """
    Where an item was found.

    Attributes:
        pages: The list, as it was given.
        day: The day of the ranking; None in other lists.
        rank: Its place in the ranking, from 1; None in other lists.
    """

    pages: Pages[Any, T_co]
    day: dt.date | None = None
    rank: int | None = None


@attrs.define(eq=False)
class _Watched:
    """A list, when it is due on the clock, and when it was looked at most closely."""

    list: WatchedList
    due: float
    was_thorough_at: float = -math.inf


@attrs.frozen(eq=False)
class _Handed:
    """An item that is handed out, and what is remembered of its list when it was."""

    item: Any
    found: Found[Any]
    remember: Callable[[Remembered], None]
    watched: _Watched


class Watch(Generic[T_co]):
    """
    What appears in lists from now on: an asynchronous iterator without an end.

    It asks while somebody waits for the next item, and does nothing in the background. That an
    item was handed out is remembered when the next is asked for, or when its ``async with`` is
    left without an exception: what was in hand at a crash comes once more.

    After an exception it may be iterated over again; it goes on where it was.
    """

    def __init__(
        self,
        lists: Sequence[WatchedList],
        reader: PageReader,
        *,
        every: float,
        state: str | os.PathLike[str] | None,
        backlog: bool,
        max_pages: int,
    ) -> None:
        if max_pages < 1:
            msg = f"max_pages: must be at least 1, not {max_pages}"
            raise InvalidArgument(msg)
        if not lists:
            msg = "pages: there is no list to watch"
            raise InvalidArgument(msg)
        if len({one.name for one in lists}) < len(lists):
            msg = "pages: a list is given twice"
            raise InvalidArgument(msg)
        self._reader = reader
        self._every = every
        self._backlog = backlog
        self._max_pages = max_pages
        self._watched = [_Watched(one, reader.clock.monotonic()) for one in lists]
        self._remembered: dict[str, Remembered] = {}
        self._file = None if state is None else StateFile(state)
        self._worker = SerialThread()
        self._pending: collections.deque[_Handed] = collections.deque()
        self._in_hand: _Handed | None = None
        self._is_busy = False
        self._is_loaded = False

    @property
    def found(self) -> Found[T_co] | None:
        """Where the item in hand was found; None while there is none."""
        return None if self._in_hand is None else self._in_hand.found

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T_co:
        if self._is_busy:
            msg = "a watch is for one task: another is waiting for its next item"
            raise PixivError(msg)
        self._is_busy = True
        try:
            await self._open()
            await self._remember_item_in_hand()
            while not self._pending:
                watched = min(self._watched, key=lambda one: one.due)
                await self._wait_until(watched.due)
                await self._poll(watched)
        except Exception:
            # Whoever begins again, with this watch or another one, must find the file free.
            self._close()
            raise
        finally:
            self._is_busy = False
        self._in_hand = self._pending.popleft()
        item: T_co = self._in_hand.item
        return item

    async def aclose(self) -> None:
        """
        Let go of the state file. The item in hand counts as not handed out.

        Iterating again opens it anew.
        """
        self._close()
        self._in_hand = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        try:
            if exc_type is None and self._in_hand is not None:
                await self._open()
                await self._remember_item_in_hand()
        finally:
            await self.aclose()

    def __del__(self) -> None:
        if getattr(self, "_file", None) is not None:
            self._close()

    async def _open(self) -> None:
        file = self._file
        if file is None or self._is_loaded:
            return

        def work() -> None:
            # A thread that asyncio's own cancellation left behind may have opened it.
            if not file.is_open:
                self._remembered = file.open()

        await self._in_thread(work)
        self._is_loaded = True

    def _close(self) -> None:
        """Let go of the file, and of what it is to hold: that is looked for again."""
        if self._file is None:
            return
        self._is_loaded = False
        self._file.close()
        for handed in self._pending:
            handed.watched.due = self._reader.clock.monotonic()
        self._pending.clear()

    async def _wait_until(self, due: float) -> None:
        seconds = due - self._reader.clock.monotonic()
        if seconds > 0:
            await self._reader.clock.sleep(seconds)

    async def _remember_item_in_hand(self) -> None:
        handed = self._in_hand
        if handed is None:
            return
        remembered = self._remembered.get(handed.watched.list.name)
        if remembered is not None:
            handed.remember(remembered)
            await self._write()
        self._in_hand = None

    async def _poll(self, watched: _Watched) -> None:
        """Look at a list, and put what is new there."""
        started = self._reader.clock.monotonic()
        known = self._remembered.get(watched.list.name)
        if known is None and self._backlog:
            known = Remembered()
        try:
            if watched.list.order == "ranking":
                await self._poll_ranking(watched, known)
            else:
                await self._poll_list(watched, known, started)
            # Before anything is handed out: a file that cannot be written is found out here.
            await self._write()
        finally:
            watched.due = started + self._every

    async def _poll_list(
        self, watched: _Watched, known: Remembered | None, started: float
    ) -> None:
        is_thorough = started - watched.was_thorough_at >= _THOROUGH_EVERY
        look = await look_at(
            watched.list, known, self._reader, self._max_pages, is_thorough=is_thorough
        )
        if is_thorough:
            watched.was_thorough_at = started
        keys = list(look.places)
        if watched.list.order == "oldest first":
            keys.reverse()
        if known is None:
            known = Remembered.of(keys, goes_on=bool(look.goes_on))
        else:
            self._put_new(watched, known, look, keys)
        self._remembered[watched.list.name] = known

    def _put_new(self, watched: _Watched, known: Remembered, look: Look, keys: list[Key]) -> None:
        """Put the new items, the oldest first; the list is as it was found after the last."""

        def settle(remembered: Remembered) -> None:
            remembered.settle(keys, goes_on=look.goes_on)

        new = known.new_among(keys)
        found = Found[Any](pages=watched.list.pages)
        for key in reversed(new):
            self._put(watched, key, look.items[key], found)
        self._remember_after_all(known, settle)

    async def _poll_ranking(self, watched: _Watched, known: Remembered | None) -> None:
        """Put the ranking of a new day, the first place first."""
        name = watched.list.name
        look = await look_at_ranking(watched.list, known, self._reader, self._max_pages)
        if known is None:
            due = newest_ranking_day(self._reader.clock.time())
            known = self._remembered[name] = Remembered()
            known.finish(due - dt.timedelta(days=1) if look is None else look.day or due)
        elif look is not None and look.day is not None:
            day = look.day
            self._remembered[name] = known
            if known.day != day:
                known.begin(day)
            for key, item in look.items.items():
                found = Found[Any](pages=watched.list.pages, day=day, rank=look.places[key])
                self._put(watched, key, item, found)

            def finish(remembered: Remembered) -> None:
                remembered.finish(day)

            self._remember_after_all(known, finish)

    def _remember_after_all(
        self, known: Remembered, remember: Callable[[Remembered], None]
    ) -> None:
        """Remember something after the last item that was put; at once where there is none."""
        if self._pending:
            self._pending[-1] = attrs.evolve(self._pending[-1], remember=remember)
        else:
            remember(known)

    def _put(self, watched: _Watched, key: Key, item: Any, found: Found[Any]) -> None:
        handed = _Handed(item, found, lambda remembered: remembered.add(key), watched)
        self._pending.append(handed)

    async def _write(self) -> None:
        file = self._file
        if file is None:
            return
        requests = {one.list.name: repr(one.list.request) for one in self._watched}
        lists = self._remembered
        await self._in_thread(lambda: file.write(lists, requests))

    async def _in_thread(self, function: Callable[[], None]) -> None:
        # What is written must be known to be: waiting for the disk takes no time to speak of.
        with anyio.CancelScope(shield=True):
            await self._worker.run(function)
