"""What a measurement comes to: spreads of ratios, tables, and bars that are met or not."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence

import attrs


@attrs.frozen
class Spread:
    """The median of some numbers, and their least and most."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Spread:
        """Of *values*, one for each round."""
        known = list(values)
        return cls(statistics.median(known), min(known), max(known))

    @classmethod
    def ratio(cls, ours: Sequence[float], theirs: Sequence[float]) -> Spread:
        """Of *ours* divided by *theirs*, round by round: what slows both slows none."""
        return cls.of(our / their for our, their in zip(ours, theirs, strict=True))

    def __str__(self) -> str:
        return f"{_short(self.median)} ({_short(self.least)}–{_short(self.most)})"


def _short(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.2f}"


@attrs.frozen
class Bar:
    """
    What is wanted of a measurement, and what came.

    Attributes:
        what: What was measured.
        wanted: The bar, such as ``>= 2.5``.
        measured: What came; its median counts.
    """

    what: str
    wanted: str
    measured: Spread

    @property
    def met(self) -> bool:
        """Whether the median is on the right side of the bar."""
        sign, _, number = self.wanted.partition(" ")
        if sign == ">=":
            return self.measured.median >= float(number)
        return self.measured.median <= float(number)


@attrs.frozen
class Table:
    """Numbers in rows and columns; the first column says what a row is of."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@attrs.frozen
class Section:
    """All that one of the benchmarks has to say."""

    title: str
    words: str
    tables: Sequence[Table] = ()
    bars: Sequence[Bar] = ()
