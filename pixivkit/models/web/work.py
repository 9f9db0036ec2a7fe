"""Works as lists show them: in short, in the same form in almost every reply of the web API."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import attrs

from ..app.availability import Availability
from ..base import WebModel, alias
from .availability import thumb_availability

__all__ = [
    "AdContainer",
    "BookmarkData",
    "CollectionThumb",
    "IllustThumb",
    "NovelThumb",
    "ThumbUrls",
    "TitleCaptionTranslation",
]


@attrs.define(kw_only=True)
class BookmarkData(WebModel):
    """
    The account's own bookmark of a work.

    Attributes:
        id: Id of the bookmark, which is not that of the work.
        private: Whether only the account sees it.
    """

    id: int
    private: bool | None = None


@attrs.define(kw_only=True)
class TitleCaptionTranslation(WebModel):
    """
    Title and caption in the language of the reply.

    Attributes:
        work_title: None, or empty text, where there is no translation.
        work_caption: None, or empty text, where there is no translation; else HTML.
    """

    work_title: str | None = None
    work_caption: str | None = None


@attrs.define(kw_only=True)
class ThumbUrls(WebModel):
    """
    One picture in several sizes; replies hold some of them.

    Attributes:
        size_240mw: At most 240 pixels wide; likewise `size_480mw`.
        original: As it was uploaded.
    """

    size_128x128: str | None = alias("128x128", default=None)
    size_250x250: str | None = alias("250x250", default=None)
    size_360x360: str | None = alias("360x360", default=None)
    size_540x540: str | None = alias("540x540", default=None)
    size_1200x1200: str | None = alias("1200x1200", default=None)
    size_240mw: str | None = alias("240mw", default=None)
    size_480mw: str | None = alias("480mw", default=None)
    original: str | None = None


@attrs.define(kw_only=True)
class AdContainer(WebModel):
    """A place for an advertisement among the works of a list; it has no id."""

    distinguishing_keys: ClassVar[tuple[str, ...]] = ("isAdContainer",)

    is_ad_container: bool | None = None


@attrs.define(kw_only=True)
class IllustThumb(WebModel):
    """
    An illustration, manga or ugoira as lists show it.

    Bookmark lists keep the place of a work that was deleted or may not be seen: there
    `is_masked` is true, `title` is ``-----``, `user_id` is 0 and the dates are of 1970; see
    `availability`.

    Attributes:
        illust_type: 0 illustration, 1 manga, 2 ugoira.
        x_restrict: 0 all ages, 1 R-18, 2 R-18G; None where pixiv does not say.
        restrict: 0 public, 1 for mypixiv, 2 private.
        sl: How sensitive it is, from 0 (not checked) and 2 to 6.
        url: Square preview.
        tags: In the order of the artist.
        bookmark_data: The account's own bookmark; None where it has none.
        urls: The square preview in more sizes.
        ai_type: 0 not said, 1 not made by AI, 2 made by AI.
        visibility_scope: 0 for everyone; 1 is seen too, what it means is not known.
        mask_reason: Why it is masked, such as ``r18`` or ``unknown``.
        deletable: Among the picked works of a profile: whether it can be taken out.
        draggable: Among the picked works of a profile: whether it can be moved.
        content_url: Among the picked works of a profile: the address of its page.
        illust_id: The id again, in replies of 2020.
        illust_title: The title again, in replies of 2020.
    """

    id: int
    title: str = ""
    illust_type: int | None = None
    x_restrict: int | None = None
    restrict: int | None = None
    sl: int | None = None
    url: str = ""
    description: str = ""
    tags: list[str] = attrs.field(factory=list[str])
    user_id: int | None = None
    user_name: str = ""
    profile_image_url: str | None = None
    width: int = 0
    height: int = 0
    page_count: int = 0
    is_bookmarkable: bool | None = None
    bookmark_data: BookmarkData | None = None
    alt: str = ""
    title_caption_translation: TitleCaptionTranslation | None = None
    create_date: dt.datetime | None = None
    update_date: dt.datetime | None = None
    is_unlisted: bool | None = None
    is_masked: bool | None = None
    mask_reason: str | None = None
    urls: ThumbUrls | None = None
    series_id: int | None = None
    series_title: str | None = None
    ai_type: int | None = None
    visibility_scope: int | None = None
    type: str | None = None
    image_response_count: int | None = None
    bookmark_count: int | None = None
    deletable: bool | None = None
    draggable: bool | None = None
    content_url: str | None = None
    illust_id: int | None = None
    illust_title: str | None = None
    is_ad_container: bool | None = None

    @property
    def availability(self) -> Availability:
        """Whether who asked can see the work, and if not, why."""
        return thumb_availability(
            self.url,
            masked=self.is_masked,
            reason=self.mask_reason,
            user_id=self.user_id,
        )


@attrs.define(kw_only=True)
class NovelThumb(WebModel):
    """
    A novel as lists show it.

    Attributes:
        x_restrict: 0 all ages, 1 R-18, 2 R-18G; None where pixiv does not say.
        restrict: 0 public, 1 for mypixiv, 2 private.
        url: Cover.
        text_count: Characters.
        word_count: Words.
        reading_time: Seconds.
        use_word_count: Whether its length is given in words.
        description: Caption, HTML.
        bookmark_data: The account's own bookmark; None where it has none.
        bookmark_count: None where the reply does not count.
        genre: Number of the genre; 0 for none.
        ai_type: 0 not said, 1 not made by AI, 2 made by AI.
        visibility_scope: 0 for everyone; 1 is seen too, what it means is not known.
        language: Of the text, such as ``ja`` or ``zh-cn``.
        series_content_order: Which part of its series it is, from 1.
        mask_reason: Why it is masked.
    """

    id: int
    title: str = ""
    genre: int | None = None
    x_restrict: int | None = None
    restrict: int | None = None
    url: str = ""
    tags: list[str] = attrs.field(factory=list[str])
    user_id: int | None = None
    user_name: str = ""
    profile_image_url: str | None = None
    text_count: int | None = None
    word_count: int | None = None
    reading_time: int | None = None
    use_word_count: bool | None = None
    description: str = ""
    is_bookmarkable: bool | None = None
    bookmark_data: BookmarkData | None = None
    bookmark_count: int | None = None
    is_original: bool | None = None
    marker: object = None
    title_caption_translation: TitleCaptionTranslation | None = None
    create_date: dt.datetime | None = None
    update_date: dt.datetime | None = None
    is_masked: bool | None = None
    mask_reason: str | None = None
    is_unlisted: bool | None = None
    series_id: int | None = None
    series_title: str | None = None
    series_content_order: int | None = None
    ai_type: int | None = None
    visibility_scope: int | None = None
    language: str | None = None
    image_response_count: int | None = None

    @property
    def availability(self) -> Availability:
        """Whether who asked can read the novel, and if not, why."""
        return thumb_availability(
            self.url,
            masked=self.is_masked,
            reason=self.mask_reason,
            user_id=self.user_id,
        )


@attrs.define(kw_only=True)
class CollectionThumb(WebModel):
    """
    A collection of works as lists show it.

    Attributes:
        id: Digits, more than fit into 64 bits.
        caption: What its author says about it.
        language: Of the words in it, such as ``ja`` or ``zh-cn``.
        visibility_scope: 0 for everyone; 1 is seen too, what it means is not known.
        x_restrict: 0 all ages, 1 R-18, 2 R-18G; None where pixiv does not say.
        sl: How sensitive it is, from 0 (not checked) and 2 to 6.
        comment_off: Whether nobody may comment on it.
        bookmark_data: The account's own bookmark; None where it has none.
        status: Such as ``public``.
    """

    id: str
    user_id: int | None = None
    user_name: str = ""
    profile_image_url: str | None = None
    title: str = ""
    tags: list[str] = attrs.field(factory=list[str])
    caption: str = ""
    language: str | None = None
    visibility_scope: int | None = None
    x_restrict: int | None = None
    sl: int | None = None
    comment_off: bool | None = None
    is_spoiler: bool | None = None
    is_bookmarkable: bool | None = None
    bookmark_data: BookmarkData | None = None
    bookmark_count: int | None = None
    view_count: int | None = None
    cited_data_hash: str = ""
    thumbnail_image_url: str | None = None
    status: str = ""
    published_date_time: dt.datetime | None = None
