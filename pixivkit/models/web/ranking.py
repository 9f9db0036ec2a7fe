"""The ranking of illustrations and manga: ranking.php, whose keys are in snake_case."""

from __future__ import annotations

import datetime as dt

import attrs

from ..base import Model

__all__ = ["RankedIllust", "Ranking", "RankingContentType", "RankingSeries"]


@attrs.define(kw_only=True)
class RankingContentType(Model):
    """
    Flags for the content of a ranked work.

    Attributes:
        sexual: 0 none, higher where there is some.
    """

    sexual: int | None = None
    lo: bool | None = None
    grotesque: bool | None = None
    violent: bool | None = None
    homosexual: bool | None = None
    drug: bool | None = None
    thoughts: bool | None = None
    antisocial: bool | None = None
    religion: bool | None = None
    original: bool | None = None
    furry: bool | None = None
    bl: bool | None = None
    yuri: bool | None = None


@attrs.define(kw_only=True)
class RankingSeries(Model):
    """
    The series a ranked work belongs to.

    Attributes:
        illust_series_content_count: How many works the series has.
        illust_series_content_illust_id: Id of the ranked work.
        illust_series_content_order: Its number in the series, from 1.
        page_url: Path of the page of the series.
    """

    illust_series_id: int
    illust_series_user_id: int | None = None
    illust_series_title: str = ""
    illust_series_caption: str = ""
    illust_series_content_count: int | None = None
    illust_series_create_datetime: dt.datetime | None = None
    illust_series_content_illust_id: int | None = None
    illust_series_content_order: int = 0
    page_url: str = ""


@attrs.define(kw_only=True)
class RankedIllust(Model):
    """
    A work and its rank.

    Attributes:
        illust_id: Id of the work.
        date: When it was posted, in Japanese: ``2024年06月01日 00:00``; `illust_upload_timestamp`
            is the same as a number.
        url: A thumbnail, at most 240 by 480 pixels.
        illust_type: 0 illustration, 1 manga, 2 ugoira.
        illust_series: The series it belongs to, None without one.
        width: Width of the first page, in pixels.
        height: Height of the first page, in pixels.
        rank: Its place, from 1.
        yes_rank: Its place the day before; 0 where it had none.
        rating_count: How often it was liked.
        illust_upload_timestamp: When it was posted, in seconds since 1970.
        attr: Words such as ``original``, separated by blanks.
        is_masked: Whether this account may not see it, None where pixiv does not say.
        is_bookmarked: Whether this account bookmarked it, None where pixiv does not say.
        bookmarkable: Whether this account may, None where pixiv does not say.
    """

    illust_id: int
    title: str = ""
    date: str = ""
    tags: list[str] = attrs.field(factory=list[str])
    url: str = ""
    illust_type: int | None = None
    illust_book_style: int | None = None
    illust_page_count: int = 0
    user_id: int | None = None
    user_name: str = ""
    profile_img: str = ""
    illust_content_type: RankingContentType = attrs.field(factory=RankingContentType)
    illust_series: RankingSeries | None = None
    width: int = 0
    height: int = 0
    rank: int = 0
    yes_rank: int | None = None
    rating_count: int | None = None
    view_count: int | None = None
    illust_upload_timestamp: int | None = None
    attr: str = ""
    is_masked: bool | None = None
    is_bookmarked: bool | None = None
    bookmarkable: bool | None = None


@attrs.define(kw_only=True)
class Ranking(Model):
    """
    One page of a ranking: up to 50 works, the first place first.

    Attributes:
        content: The kind of works, as pixiv names it.
        page: Number of this page, from 1.
        prev: Number of the page before, None on the first.
        next: Number of the page after, None on the last.
        date: The day of the ranking, ``YYYYMMDD``.
        prev_date: The day before it that has a ranking, None where there is none.
        next_date: The day after it that has one, None where there is none yet.
        rank_total: How many works the whole ranking has.
    """

    contents: list[RankedIllust] = attrs.field(factory=list[RankedIllust])
    mode: str = ""
    content: str = ""
    page: int = 0
    prev: int | None = None
    next: int | None = None
    date: str = ""
    prev_date: str | None = None
    next_date: str | None = None
    rank_total: int | None = None
