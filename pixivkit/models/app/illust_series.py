"""Series of illustrations and manga."""

from __future__ import annotations

import datetime as dt

import attrs

from ..base import Model
from .illust import Illust
from .images import ImageUrls
from .user import User, nobody

__all__ = ["IllustSeries", "IllustSeriesContext", "IllustSeriesDetail", "PlaceInIllustSeries"]


@attrs.define(kw_only=True)
class IllustSeriesDetail(Model):
    """
    A series, without its works.

    Attributes:
        id: Its id.
        title: Its title.
        caption: What the author says about it.
        cover_image_urls: Its cover, in one size: ``medium``.
        series_work_count: How many works it has.
        create_date: When it was begun.
        width: Of the cover, in pixels.
        height: Of the cover, in pixels.
        user: The author.
        watchlist_added: Whether the account watches it; None where it is not said.
    """

    id: int
    title: str = ""
    caption: str = ""
    cover_image_urls: ImageUrls = attrs.field(factory=ImageUrls)
    series_work_count: int | None = None
    create_date: dt.datetime | None = None
    width: int = 0
    height: int = 0
    user: User = attrs.field(factory=nobody)
    watchlist_added: bool | None = None


@attrs.define(kw_only=True)
class IllustSeries(Model):
    """
    A series, with a page of its works.

    Attributes:
        illust_series_detail: The series.
        illust_series_first_illust: Its first work.
        illusts: The works, the last one first.
        next_url: Where the next page is; None at the end.
    """

    illust_series_detail: IllustSeriesDetail | None = None
    illust_series_first_illust: Illust | None = None
    illusts: list[Illust] = attrs.field(factory=list[Illust])
    next_url: str | None = None


@attrs.define(kw_only=True)
class IllustSeriesContext(Model):
    """
    What stands beside a work in its series.

    Attributes:
        content_order: Which work of the series it is, from 1.
        prev: The work before it; None for the first.
        next: The work after it; None for the last.
    """

    content_order: int | None = None
    prev: Illust | None = None
    next: Illust | None = None


@attrs.define(kw_only=True)
class PlaceInIllustSeries(Model):
    """
    The series of a work, and the work's place in it.

    Attributes:
        illust_series_detail: The series; None where the work is in none.
        illust_series_context: The works beside it; None where the work is in no series.
    """

    illust_series_detail: IllustSeriesDetail | None = None
    illust_series_context: IllustSeriesContext | None = None

    @property
    def prev(self) -> Illust | None:
        """The work before it in its series; None for the first, or where it is in no series."""
        context = self.illust_series_context
        return None if context is None else context.prev

    @property
    def next(self) -> Illust | None:
        """The work after it in its series; None for the last, or where it is in no series."""
        context = self.illust_series_context
        return None if context is None else context.next
