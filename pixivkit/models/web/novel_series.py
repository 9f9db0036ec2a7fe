"""Series of novels."""

from __future__ import annotations

import datetime as dt

import attrs

from ..base import WebModel
from .site_reply import ExtraData, ZoneConfig
from .work import ThumbUrls

__all__ = ["NovelCover", "NovelSeries", "NovelSeriesEpisode"]


@attrs.define(kw_only=True)
class NovelCover(WebModel):
    """The cover of a novel series in its sizes."""

    urls: ThumbUrls = attrs.field(factory=ThumbUrls)


@attrs.define(kw_only=True)
class NovelSeriesEpisode(WebModel):
    """The first part of a novel series, by its cover."""

    url: str = ""


@attrs.define(kw_only=True)
class NovelSeries(WebModel):
    """
    A series of novels.

    Attributes:
        x_restrict: 0 all ages, 1 R-18, 2 R-18G; None where pixiv does not say.
        genre_id: Number of the genre; 0 for none.
        caption: What its author says about it.
        published_content_count: How many parts are published; likewise the other counts.
        published_total_character_count: Characters in them.
        published_total_word_count: Words in them.
        published_reading_time: Seconds to read them.
        last_published_content_timestamp: Of the newest part, in seconds since 1970; likewise
            `created_timestamp` and `updated_timestamp` of the series.
        total: How many parts it has.
        is_watched: Whether it is on the watchlist of the account.
        is_notifying: Whether the account is told of new parts.
        ai_type: 0 not said, 1 not made by AI, 2 made by AI.
    """

    id: int
    user_id: int | None = None
    user_name: str = ""
    profile_image_url: str | None = None
    x_restrict: int | None = None
    is_original: bool | None = None
    is_concluded: bool | None = None
    genre_id: int | None = None
    title: str = ""
    caption: str = ""
    language: str | None = None
    tags: list[str] = attrs.field(factory=list[str])
    published_content_count: int | None = None
    published_total_character_count: int | None = None
    published_total_word_count: int | None = None
    published_reading_time: int | None = None
    use_word_count: bool | None = None
    last_published_content_timestamp: int | None = None
    created_timestamp: int | None = None
    updated_timestamp: int | None = None
    create_date: dt.datetime | None = None
    update_date: dt.datetime | None = None
    first_novel_id: int | None = None
    latest_novel_id: int | None = None
    display_series_content_count: int | None = None
    share_text: str = ""
    total: int | None = None
    first_episode: NovelSeriesEpisode | None = None
    watch_count: int | None = None
    max_x_restrict: int | None = None
    is_watched: bool | None = None
    is_notifying: bool | None = None
    has_glossary: bool | None = None
    cover: NovelCover | None = None
    cover_setting_data: object = None
    ai_type: int | None = None
    extra_data: ExtraData | None = None
    zone_config: ZoneConfig = attrs.field(factory=ZoneConfig)
