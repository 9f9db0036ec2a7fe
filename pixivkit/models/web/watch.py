"""The watchlist of manga series."""

from __future__ import annotations

import attrs

from ..base import WebModel
from .site_reply import ExtraData, SiteReply, ZoneConfig

__all__ = ["WatchedManga", "WatchedMangaPage"]


@attrs.define(kw_only=True)
class WatchedMangaPage(WebModel):
    """
    What a page of the watchlist is about.

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

    page: WatchedMangaPage = attrs.field(factory=WatchedMangaPage)
    zone_config: ZoneConfig = attrs.field(factory=ZoneConfig)
    extra_data: ExtraData = attrs.field(factory=ExtraData)
