"""The works of a user, the works they bookmarked, and the users around them."""

from __future__ import annotations

from typing import ClassVar, TypeAlias

import attrs

from ..base import WebModel
from .fanbox import FanboxPromotion
from .novel_series import NovelSeries
from .profile import UserCommission
from .request import RequestPlan
from .site_reply import ExtraData, IllustSeries, ZoneConfig
from .work import CollectionThumb, IllustThumb, NovelThumb

__all__ = [
    "BookmarkCount",
    "BookmarkCounts",
    "BookmarkedIllusts",
    "ExternalSiteWorksStatus",
    "FollowUser",
    "FollowUsers",
    "LatestWorks",
    "Picked",
    "PickedMangaSeries",
    "PickedNovel",
    "PickedNovelSeries",
    "Pickup",
    "ProfileAll",
    "ProfileIllusts",
    "ProfileRequest",
    "RequestPostWorks",
]


@attrs.define(kw_only=True)
class Pickup(FanboxPromotion):
    """
    Something other than a work that a user shows first, such as their FANBOX.

    Attributes:
        type: What it is, such as ``fanbox``.
        deletable: Whether this account may take it away.
        draggable: Whether this account may move it.
    """

    type: str = ""
    deletable: bool | None = None
    draggable: bool | None = None


@attrs.define(kw_only=True)
class PickedNovel(NovelThumb):
    """
    A novel that a user shows first.

    Attributes:
        type: ``novel``.
        deletable: Whether this account may take it away.
        draggable: Whether this account may move it.
        content_url: The address of its page.
    """

    distinguishing_keys: ClassVar[tuple[str, ...]] = ("textCount",)

    type: str = ""
    deletable: bool | None = None
    draggable: bool | None = None
    content_url: str | None = None


@attrs.define(kw_only=True)
class PickedNovelSeries(NovelSeries):
    """
    A series of novels that a user shows first; no reply with one was seen.

    Attributes:
        type: What it is.
        deletable: Whether this account may take it away.
        draggable: Whether this account may move it.
        content_url: The address of its page.
    """

    distinguishing_keys: ClassVar[tuple[str, ...]] = ("publishedContentCount",)

    type: str = ""
    deletable: bool | None = None
    draggable: bool | None = None
    content_url: str | None = None


@attrs.define(kw_only=True)
class PickedMangaSeries(IllustSeries):
    """
    A manga series that a user shows first; no reply with one was seen.

    Attributes:
        type: What it is.
        deletable: Whether this account may take it away.
        draggable: Whether this account may move it.
        content_url: The address of its page.
    """

    distinguishing_keys: ClassVar[tuple[str, ...]] = ("firstIllustId",)

    type: str = ""
    deletable: bool | None = None
    draggable: bool | None = None
    content_url: str | None = None


Picked: TypeAlias = PickedNovel | PickedNovelSeries | PickedMangaSeries | IllustThumb | Pickup
"""What a user shows first: a work, a series, or something else such as their FANBOX."""


@attrs.define(kw_only=True)
class BookmarkCounts(WebModel):
    """The number of bookmarked works of each kind."""

    illust: int | None = None
    novel: int | None = None
    collection: int | None = None


@attrs.define(kw_only=True)
class BookmarkCount(WebModel):
    """The number of works a user bookmarked; only the own account sees the private ones."""

    public: BookmarkCounts = attrs.field(factory=BookmarkCounts)
    private: BookmarkCounts = attrs.field(factory=BookmarkCounts)


@attrs.define(kw_only=True)
class ExternalSiteWorksStatus(WebModel):
    """Whether a user has works on pixiv's other sites."""

    booth: bool | None = None
    sketch: bool | None = None
    vroid_hub: bool | None = None


@attrs.define(kw_only=True)
class RequestPostWorks(WebModel):
    """The works a user made for requests."""

    artworks: list[object] = attrs.field(factory=list[object])
    novels: list[object] = attrs.field(factory=list[object])


@attrs.define(kw_only=True)
class ProfileRequest(WebModel):
    """The requests that a profile shows."""

    show_request_tab: bool | None = None
    show_request_sent_tab: bool | None = None
    post_works: RequestPostWorks = attrs.field(factory=RequestPostWorks)


@attrs.define(kw_only=True)
class ProfileAll(WebModel):
    """
    Ids of all works of a user.

    Attributes:
        illusts: Illustrations and ugoira by id, the newest first; the values are None.
        manga: Manga, likewise.
        novels: Novels, likewise.
        collections: Collections by id, which is a string for its length; since 2026.
        collection_ids: Ids of the collections in the order of the profile.
        pickup: What the user shows first: works, series, and other things such as their FANBOX.
        should_show_sensitive_notice: Whether sensitive works are hidden from this account.
    """

    illusts: dict[int, IllustThumb | None] = attrs.field(factory=dict[int, "IllustThumb | None"])
    manga: dict[int, IllustThumb | None] = attrs.field(factory=dict[int, "IllustThumb | None"])
    novels: dict[int, NovelThumb | None] = attrs.field(factory=dict[int, "NovelThumb | None"])
    collections: dict[str, CollectionThumb | None] = attrs.field(
        factory=dict[str, "CollectionThumb | None"]
    )
    collection_ids: list[str] = attrs.field(factory=list[str])
    manga_series: list[IllustSeries] = attrs.field(factory=list[IllustSeries])
    novel_series: list[NovelSeries] = attrs.field(factory=list[NovelSeries])
    pickup: list[Picked] = attrs.field(factory=list[Picked])
    bookmark_count: BookmarkCount = attrs.field(factory=BookmarkCount)
    external_site_works_status: ExternalSiteWorksStatus = attrs.field(
        factory=ExternalSiteWorksStatus
    )
    request: ProfileRequest = attrs.field(factory=ProfileRequest)
    request_post_works: RequestPostWorks | None = None
    request_plans: list[RequestPlan] = attrs.field(factory=list[RequestPlan])
    zone_config: ZoneConfig = attrs.field(factory=ZoneConfig)
    extra_data: ExtraData | None = None
    should_show_sensitive_notice: bool | None = None


@attrs.define(kw_only=True)
class LatestWorks(WebModel):
    """
    The latest works of a user, the newest first.

    Attributes:
        illusts: Illustrations, manga and ugoira by id; None where one is not shown.
        novels: Novels by id, likewise.
    """

    illusts: dict[int, IllustThumb | None] = attrs.field(factory=dict[int, "IllustThumb | None"])
    novels: dict[int, NovelThumb | None] = attrs.field(factory=dict[int, "NovelThumb | None"])


@attrs.define(kw_only=True)
class ProfileIllusts(WebModel):
    """
    Works of a user, asked for by id.

    Attributes:
        works: The works by id.
    """

    works: dict[int, IllustThumb] = attrs.field(factory=dict[int, IllustThumb])
    zone_config: ZoneConfig = attrs.field(factory=ZoneConfig)
    extra_data: ExtraData | None = None


@attrs.define(kw_only=True)
class BookmarkedIllusts(WebModel):
    """
    One page of bookmarked works, the newest bookmark first.

    Attributes:
        works: Works that were deleted, or that this account may not see, are masked.
        total: How many works are bookmarked.
        bookmark_tags: The tags of each bookmark, by the id of the bookmark.
    """

    works: list[IllustThumb] = attrs.field(factory=list[IllustThumb])
    total: int | None = None
    bookmark_tags: dict[int, list[str]] = attrs.field(factory=dict[int, list[str]])
    zone_config: ZoneConfig = attrs.field(factory=ZoneConfig)
    extra_data: ExtraData | None = None


@attrs.define(kw_only=True)
class FollowUser(WebModel):
    """
    A user in a list of followed users or followers, with some of their latest works.

    Attributes:
        following: Whether this account follows them.
        followed: Whether they follow this account.
        commission: None where they never offered to draw on request; sent since 2025.
        accept_request: Whether they take requests; `commission` replaced it.
    """

    user_id: int
    user_name: str = ""
    profile_image_url: str = ""
    profile_image_small_url: str | None = None
    user_comment: str = ""
    premium: bool | None = None
    following: bool | None = None
    followed: bool | None = None
    is_blocking: bool | None = None
    is_mypixiv: bool | None = None
    illusts: list[IllustThumb] = attrs.field(factory=list[IllustThumb])
    novels: list[NovelThumb] = attrs.field(factory=list[NovelThumb])
    accept_request: bool | None = None
    commission: UserCommission | None = None


@attrs.define(kw_only=True)
class FollowUsers(WebModel):
    """
    One page of followed users or followers of a user.

    Attributes:
        total: How many there are.
        follow_user_tags: The tags this account sorts them by.
    """

    users: list[FollowUser] = attrs.field(factory=list[FollowUser])
    total: int | None = None
    follow_user_tags: list[str] = attrs.field(factory=list[str])
    zone_config: ZoneConfig = attrs.field(factory=ZoneConfig)
    extra_data: ExtraData | None = None
