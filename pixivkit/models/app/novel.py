"""Novels, and drafts of them."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import attrs

from ..base import Model
from .availability import Availability, availability_of
from .images import ImageUrls
from .privacy_policy import PrivacyPolicy
from .user import User, nobody
from .work import Request, SeriesRef, Tag

__all__ = [
    "MarkedNovel",
    "Novel",
    "NovelDraft",
    "NovelDraftPreview",
    "NovelDraftPreviewList",
    "NovelList",
    "NovelMarker",
    "NovelMarkerList",
    "NovelSearchList",
    "NovelSeries",
    "NovelSeriesDetail",
    "NovelTextV1",
    "RecommendedNovelList",
    "UserNovelList",
]


@attrs.define(kw_only=True)
class Novel(Model):
    """
    A novel, without its text.

    Attributes:
        id: Its id.
        title: Its title; empty in a stub.
        caption: What the author says about it, in HTML.
        restrict: 0 public, 1 for mypixiv, 2 private.
        x_restrict: 0 all ages, 1 R-18, 2 R-18G; None where pixiv does not say.
        is_original: Whether the author says it is no fan work; None where pixiv does not say.
        image_urls: Its cover.
        create_date: When it was posted.
        tags: Its tags, in the author's order.
        page_count: How many pages it has.
        text_length: How many characters it has.
        user: The author.
        series: The series it is part of.
        is_bookmarked: Whether the account bookmarked it.
        total_bookmarks: How often it was bookmarked.
        total_view: How often it was seen.
        visible: False in a stub; see `availability`.
        total_comments: How many comments it has; None where it is not said.
        is_muted: Whether the account mutes its author or one of its tags.
        is_mypixiv_only: Whether only the author's mypixiv may read it.
        is_x_restricted: Whether its rating keeps the account from it.
        novel_ai_type: 0 not said, 1 not made by AI, 2 made by AI.
        comment_access_control: Who may comment, 0 for everybody; None in lists.
        algorithm: Why it was recommended; only among related novels.
        request: The request it was made for.
    """

    distinguishing_keys: ClassVar[tuple[str, ...]] = ("text_length",)

    id: int
    title: str = ""
    caption: str = ""
    restrict: int | None = None
    x_restrict: int | None = None
    is_original: bool | None = None
    image_urls: ImageUrls = attrs.field(factory=ImageUrls)
    create_date: dt.datetime | None = None
    tags: list[Tag] = attrs.field(factory=list[Tag])
    page_count: int = 0
    text_length: int | None = None
    user: User = attrs.field(factory=nobody)
    series: SeriesRef | None = None
    is_bookmarked: bool | None = None
    total_bookmarks: int | None = None
    total_view: int | None = None
    visible: bool | None = None
    total_comments: int | None = None
    is_muted: bool | None = None
    is_mypixiv_only: bool | None = None
    is_x_restricted: bool | None = None
    novel_ai_type: int | None = None
    comment_access_control: int | None = None
    algorithm: str | None = None
    request: Request | None = None

    @property
    def availability(self) -> Availability:
        """Whether the account can read the novel, and if not, why."""
        urls = self.image_urls
        return availability_of(
            (urls.square_medium, urls.medium, urls.large),
            visible=self.visible,
            user_id=None if "user" in self.misfits else self.user.id,
        )


@attrs.define(kw_only=True)
class NovelList(Model):
    """
    A page of novels.

    Attributes:
        novels: The novels, in the order of the list.
        next_url: Where the next page is; None at the end.
    """

    novels: list[Novel] = attrs.field(factory=list[Novel])
    next_url: str | None = None


@attrs.define(kw_only=True)
class NovelSearchList(Model):
    """
    A page of a search.

    Attributes:
        novels: The novels, in the order asked for.
        next_url: Where the next page is; None at the end, and in a preview.
        search_span_limit: 31536000 in every reply seen, the seconds of a year.
        show_ai: Whether novels made by AI are among them.
    """

    novels: list[Novel] = attrs.field(factory=list[Novel])
    next_url: str | None = None
    search_span_limit: int | None = None
    show_ai: bool | None = None


@attrs.define(kw_only=True)
class RecommendedNovelList(Model):
    """
    A page of recommendations.

    Attributes:
        novels: The novels.
        ranking_novels: Some of the ranking of the day; only where it was asked for.
        privacy_policy: The privacy policy; only where it was asked for.
        next_url: Where the next page is; None at the end.
    """

    novels: list[Novel] = attrs.field(factory=list[Novel])
    ranking_novels: list[Novel] = attrs.field(factory=list[Novel])
    privacy_policy: PrivacyPolicy | None = None
    next_url: str | None = None


@attrs.define(kw_only=True)
class NovelSeriesDetail(Model):
    """
    A series of novels.

    Attributes:
        id: Its id.
        title: Its title.
        caption: What the author says about it.
        is_original: Whether it is no fan work.
        is_concluded: Whether the author says it is complete.
        content_count: How many novels it has.
        total_character_count: How many characters all of them have.
        user: The author.
        display_text: What the apps show about it; the caption in every reply seen.
        novel_ai_type: 0 not said, 1 not made by AI, 2 made by AI.
        watchlist_added: Whether it is on the account's watchlist.
    """

    id: int
    title: str = ""
    caption: str = ""
    is_original: bool | None = None
    is_concluded: bool | None = None
    content_count: int | None = None
    total_character_count: int | None = None
    user: User = attrs.field(factory=nobody)
    display_text: str = ""
    novel_ai_type: int | None = None
    watchlist_added: bool | None = None


@attrs.define(kw_only=True)
class NovelSeries(Model):
    """
    A page of a series of novels.

    Attributes:
        novel_series_detail: The series.
        novel_series_first_novel: The first novel of it.
        novel_series_latest_novel: The last novel of it.
        novels: The novels, in the order of the series.
        next_url: Where the next page is; None at the end.
    """

    novel_series_detail: NovelSeriesDetail | None = None
    novel_series_first_novel: Novel | None = None
    novel_series_latest_novel: Novel | None = None
    novels: list[Novel] = attrs.field(factory=list[Novel])
    next_url: str | None = None


@attrs.define(kw_only=True)
class NovelMarker(Model):
    """
    Where the account has put its marker in a novel.

    Attributes:
        page: The page, from 1.
    """

    page: int | None = None


@attrs.define(kw_only=True)
class NovelTextV1(Model):
    """
    The text of a novel, as pixiv sent it until 2024; `NovelText` is what it sends now.

    Attributes:
        novel_marker: Where the account's marker is; None where there is none.
        novel_text: The text, in pixiv's markup.
        series_prev: The novel before it in its series; None for the first.
        series_next: The novel after it in its series; None for the last.
    """

    novel_marker: NovelMarker | None = None
    novel_text: str = ""
    series_prev: Novel | None = None
    series_next: Novel | None = None


@attrs.define(kw_only=True)
class MarkedNovel(Model):
    """
    A novel with the account's marker in it.

    Attributes:
        novel: The novel.
        novel_marker: Where the marker is.
    """

    novel: Novel | None = None
    novel_marker: NovelMarker | None = None


@attrs.define(kw_only=True)
class NovelMarkerList(Model):
    """
    A page of the novels that the account has put a marker in.

    No reply of it has been recorded: what is here are the keys that clients read.

    Attributes:
        marked_novels: The novels and the markers.
        next_url: Where the next page is; None at the end.
    """

    marked_novels: list[MarkedNovel] = attrs.field(factory=list[MarkedNovel])
    next_url: str | None = None


@attrs.define(kw_only=True)
class NovelDraft(Model):
    """
    A draft of a novel, with its text.

    Attributes:
        novel_draft_id: Its id.
        title: Its title, maybe empty.
        caption: What the author says about it.
        text: The text, in pixiv's markup.
        restrict: ``public``, ``mypixiv`` or ``private``.
        x_restrict: ``none``, ``r18`` or ``r18g``.
        cover_id: Which of pixiv's covers it has, 0 to 11.
        is_original: 1 if it is no fan work, else 0.
        tags: Its tags.
        update_date: When it was last saved.
        custom_cover_image_url: A cover of the author's own.
    """

    novel_draft_id: int
    title: str = ""
    caption: str = ""
    text: str = ""
    restrict: str = ""
    x_restrict: str = ""
    cover_id: int | None = None
    is_original: int | None = None
    tags: list[str] = attrs.field(factory=list[str])
    update_date: dt.datetime | None = None
    custom_cover_image_url: str | None = None


@attrs.define(kw_only=True)
class NovelDraftPreview(Model):
    """
    A draft of a novel in a list.

    Attributes:
        novel_draft_id: Its id.
        title: Its title, maybe empty.
        shortened_text: The beginning of the text.
        update_date: When it was last saved.
    """

    novel_draft_id: int
    title: str = ""
    shortened_text: str = ""
    update_date: dt.datetime | None = None


@attrs.define(kw_only=True)
class NovelDraftPreviewList(Model):
    """
    A page of the account's drafts.

    Attributes:
        novel_draft_previews: The drafts.
        next_url: Where the next page is; None at the end.
    """

    novel_draft_previews: list[NovelDraftPreview] = attrs.field(factory=list[NovelDraftPreview])
    next_url: str | None = None


@attrs.define(kw_only=True)
class UserNovelList(Model):
    """
    A page of the novels of one user.

    Attributes:
        user: The user; None in older replies.
        novels: The novels, newest first.
        next_url: Where the next page is; None at the end.
    """

    user: User | None = None
    novels: list[Novel] = attrs.field(factory=list[Novel])
    next_url: str | None = None
