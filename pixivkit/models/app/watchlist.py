"""The watchlists of the account."""

from __future__ import annotations

import datetime as dt

import attrs

from ..base import Model
from .user import User, nobody

__all__ = ["WatchedSeries", "WatchedSeriesList"]


@attrs.define(kw_only=True)
class WatchedSeries(Model):
    """
    A series on a watchlist, of manga or of novels.

    Attributes:
        id: Its id.
        title: Its title.
        user: The author.
        mask_text: Why the account may not see it; None where it may.
        url: Its cover.
        published_content_count: How many works it has.
        latest_content_id: Id of the newest work.
        last_published_content_datetime: When that was posted.
    """

    id: int
    title: str = ""
    user: User = attrs.field(factory=nobody)
    mask_text: str | None = None
    url: str | None = None
    published_content_count: int | None = None
    latest_content_id: int | None = None
    last_published_content_datetime: dt.datetime | None = None


@attrs.define(kw_only=True)
class WatchedSeriesList(Model):
    """
    A page of a watchlist.

    Attributes:
        series: The series.
        next_url: Where the next page is; None at the end.
    """

    series: list[WatchedSeries] = attrs.field(factory=list[WatchedSeries])
    next_url: str | None = None
