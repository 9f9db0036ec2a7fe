"""The position of a work in its series."""

from __future__ import annotations

import attrs

from ..base import WebModel

__all__ = ["SeriesNavData", "SeriesNeighbour"]


@attrs.define(kw_only=True)
class SeriesNeighbour(WebModel):
    """The work before or after one in its series."""

    id: int
    title: str = ""
    order: int = 0


@attrs.define(kw_only=True)
class SeriesNavData(WebModel):
    """
    The position of a work in its series.

    Attributes:
        order: Its number in the series, from 1.
        is_watched: Whether the series is on the watch list of this account.
        is_notifying: Whether this account is told of new works in it.
        next: The work after it, None for the last.
        prev: The work before it, None for the first.
    """

    series_id: int
    series_type: str = ""
    title: str = ""
    order: int = 0
    is_concluded: bool | None = None
    is_replaceable: bool | None = None
    is_watched: bool | None = None
    is_notifying: bool | None = None
    next: SeriesNeighbour | None = None
    prev: SeriesNeighbour | None = None
