"""What a watch remembers of a list, and what of the list is new therefore."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

import attrs

__all__ = ["MOST_KEYS", "Key", "Remembered"]

Key: TypeAlias = int | str
"""What tells the items of a list apart, such as an id."""

MOST_KEYS: Final = 1000
"""How many keys of a list are remembered, the newest."""


@attrs.define
class Remembered:
    """
    What is remembered of one list.

    Attributes:
        known: The keys that are not new, the newest last: what was there at the beginning, and
            what was handed out.
        goes_on: Whether the list has, below what is known, items that were there as well.
        day: Of a ranking, the day that was handed out last, or is just now.
        whole: Whether that day was handed out to its end; *known* is empty then.
    """

    known: dict[Key, None] = attrs.field(factory=dict[Key, None])
    goes_on: bool = False
    day: dt.date | None = None
    whole: bool = False

    @classmethod
    def of(cls, keys: Iterable[Key], *, goes_on: bool) -> Remembered:
        """What is remembered of a list with those *keys*, the newest first."""
        remembered = cls()
        remembered.settle(list(keys), goes_on=goes_on)
        return remembered

    def add(self, key: Key) -> None:
        """Remember that the item with that *key* was handed out."""
        self.known[key] = None
        # Of a ranking, which ends, everything is kept: its best were handed out first.
        if self.day is None:
            self._forget_oldest()

    def settle(self, keys: Sequence[Key], *, goes_on: bool | None) -> None:
        """
        Remember the list as it was found, after all that is new was handed out.

        Args:
            keys: What was looked at, the newest first.
            goes_on: Whether the list goes on below that; None where it does with what is known.
        """
        for key in reversed(keys):
            self.known.pop(key, None)
            self.known[key] = None
        if goes_on is not None:
            self.goes_on = goes_on
        self._forget_oldest()

    def begin(self, day: dt.date) -> None:
        """Remember that the ranking of *day* is handed out from now on."""
        self.day, self.whole = day, False
        self.known.clear()

    def finish(self, day: dt.date) -> None:
        """Remember that the ranking of *day* was handed out to its end."""
        self.day, self.whole = day, True
        self.known.clear()

    def has_had(self, day: dt.date) -> bool:
        """Whether the ranking of *day* is over: that one, or a later one, was handed out."""
        return self.day is not None and (day < self.day or (day == self.day and self.whole))

    def new_among(self, keys: Sequence[Key]) -> list[Key]:
        """
        Return those of *keys*, the newest first, that are new.

        What stands above something known appeared since then. What stands below all of it was
        there before, if the list went on there: it has moved up, because others were deleted.
        """
        unknown = [key for key in keys if key not in self.known]
        if not self.goes_on:
            return unknown
        places = [place for place, key in enumerate(keys) if key in self.known]
        if places:
            return [key for key in keys[: places[-1]] if key not in self.known]
        # All that was remembered is gone. Where the ids of the list rise with time, they tell.
        numbers = [key for key in self.known if isinstance(key, int)]
        if len(numbers) == len(self.known) and all(a < b for a, b in pairwise(numbers)):
            newest = max(numbers, default=0)
            return [key for key in unknown if not isinstance(key, int) or key > newest]
        return unknown

    def _forget_oldest(self) -> None:
        while len(self.known) > MOST_KEYS:
            del self.known[next(iter(self.known))]
            self.goes_on = True
