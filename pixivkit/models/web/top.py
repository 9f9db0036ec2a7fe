"""The front page of illustrations."""

from __future__ import annotations

import attrs

from ..base import WebModel
from .illust import RecommendDetail
from .site_reply import SiteReply, ZoneConfig
from .sketch import SketchLive

__all__ = [
    "BoothItem",
    "EditorRecommend",
    "OngoingContest",
    "PixivisionArticle",
    "TopIllust",
    "TopIllustContent",
    "TopRanking",
    "TopRankingItem",
    "TopRecommend",
    "TopRecommendByTag",
    "TopRecommendUser",
    "TopTag",
    "TopTrendingTag",
]


@attrs.define(kw_only=True)
class TopTag(WebModel):
    """
    A tag and works that have it.

    Attributes:
        ids: Works in `SiteReply.thumbnails`.
    """

    tag: str = ""
    ids: list[int] = attrs.field(factory=list[int])


@attrs.define(kw_only=True)
class TopTrendingTag(WebModel):
    """
    A tag that is used more, or less, than before.

    Attributes:
        trending_rate: How much more; negative for less.
        ids: Works in `SiteReply.thumbnails`.
    """

    tag: str = ""
    trending_rate: int | None = None
    ids: list[int] = attrs.field(factory=list[int])


@attrs.define(kw_only=True)
class TopRecommend(WebModel):
    """
    Recommended works.

    Attributes:
        ids: Works in `SiteReply.thumbnails`, in pixiv's order.
        details: Why each is recommended, by its id.
    """

    ids: list[int] = attrs.field(factory=list[int])
    details: dict[int, RecommendDetail] = attrs.field(factory=dict[int, RecommendDetail])


@attrs.define(kw_only=True)
class TopRecommendByTag(TopRecommend):
    """Recommended works with one tag."""

    tag: str = ""


@attrs.define(kw_only=True)
class TopRankingItem(WebModel):
    """
    A work's rank in a ranking.

    Attributes:
        rank: From 1.
        id: The work, which is in `SiteReply.thumbnails`.
    """

    rank: int
    id: int


@attrs.define(kw_only=True)
class TopRanking(WebModel):
    """
    The ranking of one day.

    Attributes:
        date: The day, as ``YYYYMMDD``.
    """

    items: list[TopRankingItem] = attrs.field(factory=list[TopRankingItem])
    date: str = ""


@attrs.define(kw_only=True)
class PixivisionArticle(WebModel):
    """An article of pixivision."""

    id: int
    title: str = ""
    thumbnail_url: str = ""
    url: str = ""


@attrs.define(kw_only=True)
class TopRecommendUser(WebModel):
    """
    A recommended user, who is in `SiteReply.users`.

    Attributes:
        illust_ids: Works of theirs in `SiteReply.thumbnails`.
        novel_ids: Novels of theirs in `SiteReply.thumbnails`.
    """

    id: int
    illust_ids: list[int] = attrs.field(factory=list[int])
    novel_ids: list[int] = attrs.field(factory=list[int])


@attrs.define(kw_only=True)
class OngoingContest(WebModel):
    """
    A contest that accepts works.

    Attributes:
        slug: Its name in addresses.
        type: ``illust`` or ``novel``.
        work_ids: Works that take part, in `SiteReply.thumbnails`.
        is_new: Whether it began lately.
    """

    slug: str = ""
    type: str = ""
    name: str = ""
    url: str = ""
    icon_url: str = ""
    work_ids: list[int] = attrs.field(factory=list[int])
    is_new: bool | None = None


@attrs.define(kw_only=True)
class EditorRecommend(WebModel):
    """
    A work that pixiv's editors picked.

    Attributes:
        illust_id: The work, which is in `SiteReply.thumbnails`.
        comment: Why.
    """

    illust_id: int
    comment: str = ""


@attrs.define(kw_only=True)
class BoothItem(WebModel):
    """
    Something for sale on BOOTH.

    Attributes:
        user_id: The pixiv user who sells it.
        adult: Whether it is for adults.
    """

    id: int
    user_id: int | None = None
    title: str = ""
    url: str = ""
    image_url: str = ""
    adult: bool | None = None


@attrs.define(kw_only=True)
class TopIllustContent(WebModel):
    """
    The sections of the front page, most of them ids of works in `SiteReply.thumbnails`.

    Attributes:
        tags: Popular tags.
        follow: New works of users that the account follows.
        mypixiv: New works of the account's mypixiv.
        contest_result: Raw; no reply with any was seen.
        my_favorite_tags: The account's favourite tags.
        new_post: The newest works of everybody.
        booth_follow_item_ids: Items of followed users, in `TopIllust.booth_items`.
        sketch_live_follow_ids: Streams of followed users, in `TopIllust.sketch_lives`.
        sketch_live_popular_ids: Popular streams, in `TopIllust.sketch_lives`.
        complete_request_ids: Completed requests, in `SiteReply.requests`.
        user_event_ids: Works of user events.
    """

    tags: list[TopTag] = attrs.field(factory=list[TopTag])
    follow: list[int] = attrs.field(factory=list[int])
    mypixiv: list[int] = attrs.field(factory=list[int])
    recommend: TopRecommend | None = None
    recommend_by_tag: list[TopRecommendByTag] = attrs.field(factory=list[TopRecommendByTag])
    ranking: TopRanking | None = None
    pixivision: list[PixivisionArticle] = attrs.field(factory=list[PixivisionArticle])
    recommend_user: list[TopRecommendUser] = attrs.field(factory=list[TopRecommendUser])
    contest_ongoing: list[OngoingContest] = attrs.field(factory=list[OngoingContest])
    contest_result: list[object] = attrs.field(factory=list[object])
    editor_recommend: list[EditorRecommend] = attrs.field(factory=list[EditorRecommend])
    booth_follow_item_ids: list[int] = attrs.field(factory=list[int])
    sketch_live_follow_ids: list[int] = attrs.field(factory=list[int])
    sketch_live_popular_ids: list[int] = attrs.field(factory=list[int])
    my_favorite_tags: list[str] = attrs.field(factory=list[str])
    new_post: list[int] = attrs.field(factory=list[int])
    trending_tags: list[TopTrendingTag] = attrs.field(factory=list[TopTrendingTag])
    complete_request_ids: list[int] = attrs.field(factory=list[int])
    user_event_ids: list[int] = attrs.field(factory=list[int])


@attrs.define(kw_only=True)
class TopIllust(SiteReply):
    """The front page of illustrations."""

    page: TopIllustContent = attrs.field(factory=TopIllustContent)
    booth_items: list[BoothItem] = attrs.field(factory=list[BoothItem])
    sketch_lives: list[SketchLive] = attrs.field(factory=list[SketchLive])
    zone_config: ZoneConfig = attrs.field(factory=ZoneConfig)
