"""Series of illustrations and manga."""

from __future__ import annotations

import datetime as dt

import attrs

from ..base import Model
from .images import ImageUrls
from .user import User, nobody

__all__ = ["IllustSeriesDetail"]


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
