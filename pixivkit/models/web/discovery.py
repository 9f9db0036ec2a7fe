"""The discovery pages: works and users that pixiv recommends."""

from __future__ import annotations

import attrs

from ..base import WebModel
from .profile import PartialUser
from .request import CommissionRequest
from .site_reply import IllustSeries, Meta, SiteReply, TagTranslation, ZoneConfig
from .work import AdContainer, CollectionThumb, IllustThumb, NovelThumb

__all__ = [
    "DiscoveryArtworks",
    "DiscoveryMeta",
    "DiscoveryThumbnails",
    "DiscoveryUsers",
    "RecommendedIllust",
    "RecommendedUser",
]


@attrs.define(kw_only=True)
class RecommendedIllust(WebModel):
    """
    A recommended work and the reason for it.

    Attributes:
        recommend_methods: Names of pixiv's ways to find it.
        recommend_score: How well it fits, in pixiv's own measure.
        recommend_seed_illust_ids: Works that led to it.
    """

    illust_id: int
    recommend_methods: list[str] = attrs.field(factory=list[str])
    recommend_score: float | None = None
    recommend_seed_illust_ids: list[int] = attrs.field(factory=list[int])


@attrs.define(kw_only=True)
class RecommendedUser(WebModel):
    """
    A recommended user.

    Attributes:
        recent_illust_ids: The newest works, which are in `SiteReply.thumbnails`.
        recent_novel_ids: The newest novels, which are in `SiteReply.thumbnails`.
    """

    user_id: int
    recent_illust_ids: list[int] = attrs.field(factory=list[int])
    recent_novel_ids: list[int] = attrs.field(factory=list[int])


@attrs.define(kw_only=True)
class DiscoveryThumbnails(WebModel):
    """`Thumbnails` with places for advertisements among the illustrations."""

    illust: list[IllustThumb | AdContainer] = attrs.field(factory=list[IllustThumb | AdContainer])
    novel: list[NovelThumb] = attrs.field(factory=list[NovelThumb])
    novel_series: list[object] = attrs.field(factory=list[object])
    novel_draft: list[object] = attrs.field(factory=list[object])
    collection: list[CollectionThumb] = attrs.field(factory=list[CollectionThumb])


@attrs.define(kw_only=True)
class DiscoveryArtworks(WebModel):
    """
    Recommended works.

    Attributes:
        recommended_illusts: Which, and why; they are in `thumbnails`.
    """

    recommended_illusts: list[RecommendedIllust] = attrs.field(factory=list[RecommendedIllust])
    tag_translation: dict[str, TagTranslation] = attrs.field(factory=dict[str, TagTranslation])
    thumbnails: DiscoveryThumbnails = attrs.field(factory=DiscoveryThumbnails)
    illust_series: list[IllustSeries] = attrs.field(factory=list[IllustSeries])
    requests: list[CommissionRequest] = attrs.field(factory=list[CommissionRequest])
    users: list[PartialUser] = attrs.field(factory=list[PartialUser])


@attrs.define(kw_only=True)
class DiscoveryUsers(SiteReply):
    """
    Recommended users.

    Attributes:
        recommended_users: Which, and their newest works; they are in `users`.
    """

    recommended_users: list[RecommendedUser] = attrs.field(factory=list[RecommendedUser])


@attrs.define(kw_only=True)
class DiscoveryMeta(WebModel):
    """Metadata of a discovery page."""

    zone_config: ZoneConfig = attrs.field(factory=ZoneConfig)
    meta: Meta = attrs.field(factory=Meta)
