"""The watchlist of manga series."""

from __future__ import annotations

import attrs

from ..base import WebModel
from .site_reply import ExtraData, SiteReply, ZoneConfig

__all__ = ["WatchedManga", "WatchedMangaContent"]


@attrs.define(kw_only=True)
class WatchedMangaContent(WebModel):
    """
    Ids on a page of the watchlist.

    Attributes:
        total: How many series are on the list.
        max_page: Number of the last page.
        watched_series_ids: The series of the page; they are in `SiteReply.illust_series`.
    """

    total: int | None = None
    max_page: int | None = None
    watched_series_ids: list[int] = attrs.field(factory=list[int])


@attrs.define(kw_only=True)
class WatchedManga(SiteReply):
    """One page of the watchlist of manga series."""

    page: WatchedMangaContent = attrs.field(factory=WatchedMangaContent)
    zone_config: ZoneConfig = attrs.field(factory=ZoneConfig)
    extra_data: ExtraData = attrs.field(factory=ExtraData)
