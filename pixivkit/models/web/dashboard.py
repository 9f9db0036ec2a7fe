"""The dashboard of an account: statistics of its own works."""

from __future__ import annotations

import datetime as dt

import attrs

from ..base import WebModel
from .site_reply import SiteReply, ZoneConfig

__all__ = [
    "DailyCount",
    "DashboardContest",
    "DashboardHome",
    "DashboardHomeData",
    "DashboardSettings",
    "HotWorks",
    "RequestStrategy",
    "RequestStrategyData",
    "TodayAnniversary",
    "UserCountSummary",
    "YearBestWork",
]


@attrs.define(kw_only=True)
class DailyCount(WebModel):
    """
    Views, likes and bookmarks that the works of the account received on one day.

    Attributes:
        rating_count: Likes.
        reported_at: When it was counted.
    """

    view_count: int | None = None
    rating_count: int | None = None
    bookmark_count: int | None = None
    comment_count: int | None = None
    reported_at: dt.datetime | None = None


@attrs.define(kw_only=True)
class UserCountSummary(WebModel):
    """Views, likes and bookmarks that the works of the account received lately."""

    today: DailyCount | None = None
    yesterday: DailyCount | None = None


@attrs.define(kw_only=True)
class DashboardContest(WebModel):
    """
    A contest that accepts works.

    Attributes:
        deadline_date: Until when.
        work_count: How many works take part.
    """

    id: int
    icon: str = ""
    title: str = ""
    url: str = ""
    deadline_date: dt.datetime | None = None
    work_count: int | None = None
    cover_image: str = ""


@attrs.define(kw_only=True)
class TodayAnniversary(WebModel):
    """
    The anniversary that is celebrated today.

    Attributes:
        tag: The tag for it.
        illust_ids: Works with the tag; they are in `SiteReply.thumbnails`.
        is_muted: Whether the account mutes the tag.
    """

    tag: str = ""
    illust_ids: list[int] = attrs.field(factory=list[int])
    is_muted: bool | None = None


@attrs.define(kw_only=True)
class HotWorks(WebModel):
    """Works of the account that are liked a lot; raw, since no reply with any was seen."""

    today: object = None


@attrs.define(kw_only=True)
class YearBestWork(WebModel):
    """The work of the account that was liked most in a year; raw, since none was seen."""

    work: object = None


@attrs.define(kw_only=True)
class DashboardHomeData(WebModel):
    """
    The front page of the dashboard.

    Attributes:
        recent_upload_works: Raw; no reply with any was seen.
        achievement: Raw; no reply with one was seen.
        mangaday_info: Raw; no reply with any was seen.
    """

    recent_upload_works: list[object] | dict[str, object] = attrs.field(factory=list[object])
    hot_works: HotWorks | None = None
    year_best_work: YearBestWork | None = None
    achievement: object = None
    user_count_summary: UserCountSummary | None = None
    contests: list[DashboardContest] = attrs.field(factory=list[DashboardContest])
    today_anniversary: TodayAnniversary | None = None
    mangaday_info: list[object] | dict[str, object] = attrs.field(factory=list[object])


@attrs.define(kw_only=True)
class DashboardHome(SiteReply):
    """The front page of the dashboard."""

    data: DashboardHomeData = attrs.field(factory=DashboardHomeData)
    zone_config: ZoneConfig = attrs.field(factory=ZoneConfig)


@attrs.define(kw_only=True)
class DashboardSettings(WebModel):
    """
    The account's settings of its dashboard.

    Attributes:
        view: Raw; None where nothing was set up.
    """

    view: object = None


@attrs.define(kw_only=True)
class RequestStrategyData(WebModel):
    """The works of the account on its dashboard; raw, since no reply with any was seen."""

    works: list[object] | dict[str, object] = attrs.field(factory=list[object])
    series: list[object] | dict[str, object] = attrs.field(factory=list[object])
    drafts: list[object] | dict[str, object] = attrs.field(factory=list[object])
    reserved_works: list[object] | dict[str, object] = attrs.field(factory=list[object])
    fetch_ranges: list[object] | dict[str, object] = attrs.field(factory=list[object])


@attrs.define(kw_only=True)
class RequestStrategy(SiteReply):
    """The page of the account's illustrations on its dashboard."""

    data: RequestStrategyData = attrs.field(factory=RequestStrategyData)
