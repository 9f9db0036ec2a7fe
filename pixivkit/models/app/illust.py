"""Illustrations, manga and ugoira."""

from __future__ import annotations

import datetime as dt

import attrs

from ..base import Model
from .availability import Availability, availability_of
from .images import ImageUrls
from .privacy_policy import PrivacyPolicy
from .user import User, nobody
from .work import Request, SeriesRef, Tag

__all__ = [
    "EventBanner",
    "Illust",
    "IllustList",
    "IllustSearchList",
    "MetaPage",
    "MetaSinglePage",
    "RankingLabelIllust",
    "RecommendedIllustList",
    "SeasonalEffectAnimationUrls",
    "UserIllustList",
]


@attrs.define(kw_only=True)
class MetaSinglePage(Model):
    """
    The only page of a work.

    Attributes:
        original_image_url: The file as it was uploaded, the first frame of an ugoira; None where
            the work has several pages.
    """

    original_image_url: str | None = None


@attrs.define(kw_only=True)
class MetaPage(Model):
    """One of the pages of a work."""

    image_urls: ImageUrls = attrs.field(factory=ImageUrls)


@attrs.define(kw_only=True)
class SeasonalEffectAnimationUrls(Model):
    """An animation that the apps show over a work in a season, in two formats."""

    apng: str | None = None
    webp: str | None = None


@attrs.define(kw_only=True)
class EventBanner(Model):
    """
    A banner of an event that a work takes part in.

    Attributes:
        icon_url: Its picture.
        title: Its text.
        tap_url: Where it leads; may be for the apps, such as ``pixiv://illusts/...``.
    """

    icon_url: str | None = None
    title: str = ""
    tap_url: str | None = None


@attrs.define(kw_only=True)
class Illust(Model):
    """
    An illustration, a manga or an ugoira.

    Attributes:
        id: Its id.
        title: Its title; empty in a stub.
        type: ``illust``, ``manga`` or ``ugoira``.
        image_urls: Its first page, in sizes made for lists.
        caption: What the author says about it, in HTML.
        restrict: 0 public, 1 for mypixiv, 2 private.
        user: The author.
        tags: Its tags, in the author's order.
        tools: What it was made with, such as ``Photoshop``.
        create_date: When it was posted.
        page_count: How many pages it has.
        width: Of the first page, in pixels.
        height: Of the first page, in pixels.
        sanity_level: 0 not rated yet, 2 harmless, 4 sensitive, 6 R-18.
        x_restrict: 0 all ages, 1 R-18, 2 R-18G; None where pixiv does not say.
        series: The series it is part of.
        meta_single_page: The original of a work of one page.
        meta_pages: The pages of a work of several; empty for a work of one.
        total_view: How often it was seen.
        total_bookmarks: How often it was bookmarked.
        is_bookmarked: Whether the account bookmarked it.
        visible: False in a stub; see `availability`.
        is_muted: Whether the account mutes its author or one of its tags.
        total_comments: How many comments it has; None in most lists.
        illust_ai_type: 0 not said, 1 not made by AI, 2 made by AI.
        illust_book_style: How a manga is to be read, 0 to 3.
        comment_access_control: Who may comment, 0 for everybody; None in lists.
        restriction_attributes: Such as ``restricted_mode``.
        request: The request it was made for.
        event_banners: Banners of events it takes part in.
        seasonal_effect_animation_urls: An animation that the apps show over it.
    """

    id: int
    title: str = ""
    type: str = ""
    image_urls: ImageUrls = attrs.field(factory=ImageUrls)
    caption: str = ""
    restrict: int | None = None
    user: User = attrs.field(factory=nobody)
    tags: list[Tag] = attrs.field(factory=list[Tag])
    tools: list[str] = attrs.field(factory=list[str])
    create_date: dt.datetime | None = None
    page_count: int = 0
    width: int = 0
    height: int = 0
    sanity_level: int | None = None
    x_restrict: int | None = None
    series: SeriesRef | None = None
    meta_single_page: MetaSinglePage = attrs.field(factory=MetaSinglePage)
    meta_pages: list[MetaPage] = attrs.field(factory=list[MetaPage])
    total_view: int | None = None
    total_bookmarks: int | None = None
    is_bookmarked: bool | None = None
    visible: bool | None = None
    is_muted: bool | None = None
    total_comments: int | None = None
    illust_ai_type: int | None = None
    illust_book_style: int | None = None
    comment_access_control: int | None = None
    restriction_attributes: list[str] = attrs.field(factory=list[str])
    request: Request | None = None
    event_banners: list[EventBanner] = attrs.field(factory=list[EventBanner])
    seasonal_effect_animation_urls: SeasonalEffectAnimationUrls | None = None

    @property
    def availability(self) -> Availability:
        """Whether the account can see the work, and if not, why."""
        urls = self.image_urls
        return availability_of(
            (urls.square_medium, urls.medium, urls.large, *self._originals),
            visible=self.visible,
            user_id=None if "user" in self.misfits else self.user.id,
        )

    @property
    def original_urls(self) -> list[str]:
        """
        The pages as they were uploaded, in order; none unless the work is available.

        For an ugoira it is the first frame; the animation is in its `UgoiraMetadata`.
        """
        return self._originals if self.availability == "available" else []

    @property
    def _originals(self) -> list[str]:
        single = self.meta_single_page.original_image_url
        urls = [page.image_urls.original for page in self.meta_pages] or [single]
        return [url for url in urls if url]


@attrs.define(kw_only=True)
class IllustList(Model):
    """
    A page of works.

    Attributes:
        illusts: The works, in the order of the list.
        next_url: Where the next page is; None at the end.
    """

    illusts: list[Illust] = attrs.field(factory=list[Illust])
    next_url: str | None = None


@attrs.define(kw_only=True)
class RankingLabelIllust(Model):
    """
    The work whose picture stood for the ranking.

    Attributes:
        title: Its title.
        user_name: The name of its author.
        width: Of the work, in pixels.
        height: Of the work, in pixels.
        image_urls: Its picture.
    """

    title: str = ""
    user_name: str = ""
    width: int = 0
    height: int = 0
    image_urls: ImageUrls = attrs.field(factory=ImageUrls)


@attrs.define(kw_only=True)
class RecommendedIllustList(Model):
    """
    A page of recommendations.

    Attributes:
        illusts: The works.
        ranking_illusts: Some of the ranking of the day; only where it was asked for.
        ranking_label_illust: The work that stands for the ranking; only in replies of 2016.
        contest_exists: Whether there is a contest; None among manga.
        privacy_policy: The privacy policy; only where it was asked for.
        next_url: Where the next page is; None at the end.
    """

    illusts: list[Illust] = attrs.field(factory=list[Illust])
    ranking_illusts: list[Illust] = attrs.field(factory=list[Illust])
    ranking_label_illust: RankingLabelIllust | None = None
    contest_exists: bool | None = None
    privacy_policy: PrivacyPolicy | None = None
    next_url: str | None = None


@attrs.define(kw_only=True)
class UserIllustList(Model):
    """
    A page of the works of one user.

    Attributes:
        user: The user; None in older replies.
        illusts: The works, newest first.
        next_url: Where the next page is; None at the end.
    """

    user: User | None = None
    illusts: list[Illust] = attrs.field(factory=list[Illust])
    next_url: str | None = None


@attrs.define(kw_only=True)
class IllustSearchList(Model):
    """
    A page of a search.

    Attributes:
        illusts: The works, in the order asked for.
        next_url: Where the next page is; None at the end.
        search_span_limit: 31536000 in every reply seen, the seconds of a year.
        show_ai: Whether works made by AI are among them.
    """

    illusts: list[Illust] = attrs.field(factory=list[Illust])
    next_url: str | None = None
    search_span_limit: int | None = None
    show_ai: bool | None = None
