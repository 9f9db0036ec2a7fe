"""The text of a novel, with all that its page shows."""

from __future__ import annotations

import attrs

from ..base import WebModel, alias
from .novel import NovelMarker

__all__ = [
    "NovelGlossaryItem",
    "NovelIllust",
    "NovelIllustImages",
    "NovelIllustTag",
    "NovelIllustUser",
    "NovelIllustWork",
    "NovelImage",
    "NovelImageUrls",
    "NovelNeighbour",
    "NovelRating",
    "NovelSeriesNavigation",
    "NovelText",
]


@attrs.define(kw_only=True)
class NovelRating(WebModel):
    """
    How readers have taken a novel.

    Attributes:
        like: How many like it.
        bookmark: How many have bookmarked it.
        view: How often it was seen.
    """

    like: int | None = None
    bookmark: int | None = None
    view: int | None = None


@attrs.define(kw_only=True)
class NovelIllustTag(WebModel):
    """
    A tag of a work in a novel.

    Attributes:
        tag: The tag.
        user_id: Who added it.
    """

    tag: str = ""
    user_id: int | None = None


@attrs.define(kw_only=True)
class NovelIllustImages(WebModel):
    """
    A page of a work, in several sizes.

    Attributes:
        small: Small.
        medium: At most 1200 pixels wide and high.
        original: The file as it was uploaded; None in the reply seen.
    """

    small: str | None = None
    medium: str | None = None
    original: str | None = None


@attrs.define(kw_only=True)
class NovelIllustWork(WebModel):
    """
    A work in a novel.

    Attributes:
        title: Its title.
        description: What its author says about it.
        restrict: 0 public, 1 for mypixiv, 2 private.
        x_restrict: 0 all ages, 1 R-18, 2 R-18G.
        sl: How sensitive it is: 2 harmless, 4 sensitive, 6 R-18.
        tags: Its tags.
        images: The page that is shown.
    """

    title: str = ""
    description: str = ""
    restrict: int | None = None
    x_restrict: int | None = None
    sl: int | None = None
    tags: list[NovelIllustTag] = attrs.field(factory=list[NovelIllustTag])
    images: NovelIllustImages = attrs.field(factory=NovelIllustImages)


@attrs.define(kw_only=True)
class NovelIllustUser(WebModel):
    """
    The author of a work in a novel.

    Attributes:
        id: Id of the user.
        name: The name shown to people.
        image: The picture.
    """

    id: int | None = None
    name: str = ""
    image: str | None = None


@attrs.define(kw_only=True)
class NovelIllust(WebModel):
    """
    A work of pixiv that a novel shows, as ``[pixivimage:...]`` in its text.

    Attributes:
        visible: Whether the account may see it.
        available_message: Why not.
        illust: The work.
        user: Its author.
        id: Id of the work.
        page: Which page of it, from 1.
    """

    visible: bool | None = None
    available_message: str | None = None
    illust: NovelIllustWork | None = None
    user: NovelIllustUser | None = None
    id: int | None = None
    page: int | None = None


@attrs.define(kw_only=True)
class NovelImageUrls(WebModel):
    """
    A picture in several sizes.

    Attributes:
        original: The file as it was uploaded.
        size_240mw: 240 pixels wide.
        size_480mw: 480 pixels wide.
        size_1200x1200: At most 1200 pixels wide and high.
        size_128x128: Cut to a square of 128 pixels.
    """

    original: str | None = None
    size_240mw: str | None = alias("240mw", default=None)
    size_480mw: str | None = alias("480mw", default=None)
    size_1200x1200: str | None = alias("1200x1200", default=None)
    size_128x128: str | None = alias("128x128", default=None)


@attrs.define(kw_only=True)
class NovelImage(WebModel):
    """
    A picture that the author uploaded with the novel, ``[uploadedimage:...]`` in its text.

    Attributes:
        novel_image_id: Id of the picture.
        sl: How sensitive it is.
        urls: The picture.
    """

    novel_image_id: int | None = None
    sl: int | None = None
    urls: NovelImageUrls = attrs.field(factory=NovelImageUrls)


@attrs.define(kw_only=True)
class NovelNeighbour(WebModel):
    """
    The novel before or after one in its series; its keys are those that clients read.

    Attributes:
        id: Id of the novel.
        title: Its title.
        viewable: Whether the account may read it.
        viewable_message: Why not.
        content_order: Its number in the series.
        cover_url: Its cover.
    """

    id: int | None = None
    title: str = ""
    viewable: bool | None = None
    viewable_message: str | None = None
    content_order: int | None = None
    cover_url: str | None = None


@attrs.define(kw_only=True)
class NovelSeriesNavigation(WebModel):
    """
    What comes before and after a novel in its series.

    Attributes:
        prev_novel: The one before; None for the first.
        next_novel: The one after; None for the last.
    """

    prev_novel: NovelNeighbour | None = None
    next_novel: NovelNeighbour | None = None


@attrs.define(kw_only=True)
class NovelGlossaryItem(WebModel):
    """
    An entry of the glossary of a series, shaped as the web API has it; in pages none was seen.

    Attributes:
        id: Its id.
        series_id: The series.
        category_id: The part of the glossary.
        name: The word.
        overview: What it means, in short.
        detail: What it means.
        cover_image: A picture.
    """

    id: int | None = None
    series_id: int | None = None
    category_id: int | None = None
    name: str = ""
    overview: str = ""
    detail: str | None = None
    cover_image: NovelImage | None = None


@attrs.define(kw_only=True)
class NovelText(WebModel):
    """
    A novel with its text.

    Attributes:
        id: Its id.
        title: Its title.
        series_id: The series it is part of.
        series_title: Title of the series.
        series_is_watched: Whether the series is on the account's watchlist.
        user_id: The author.
        cover_url: Its cover.
        tags: Its tags, in the author's order.
        caption: What the author says about it, in HTML.
        cdate: The day it was posted, such as ``2024-03-01``.
        rating: How readers have taken it.
        text: The text, in pixiv's markup (``[newpage]``, ``[chapter:...]``).
        marker: Where the account has put its marker.
        illusts: Works of pixiv in the text, by what stands in ``[pixivimage:...]``.
        images: Pictures of its own in the text, by what stands in ``[uploadedimage:...]``.
        series_navigation: What comes before and after it in its series.
        glossary_items: Words of its series that are explained.
        replaceable_item_ids: Ids of the words that readers may replace by their own.
        ai_type: 0 not said, 1 not made by AI, 2 made by AI.
        is_original: Whether the author says it is no fan work.
    """

    id: int
    title: str = ""
    series_id: int | None = None
    series_title: str = ""
    series_is_watched: bool | None = None
    user_id: int | None = None
    cover_url: str | None = None
    tags: list[str] = attrs.field(factory=list[str])
    caption: str = ""
    cdate: str = ""
    rating: NovelRating = attrs.field(factory=NovelRating)
    text: str = ""
    marker: NovelMarker | None = None
    illusts: dict[str, NovelIllust] = attrs.field(factory=dict[str, NovelIllust])
    images: dict[str, NovelImage] = attrs.field(factory=dict[str, NovelImage])
    series_navigation: NovelSeriesNavigation | None = None
    glossary_items: list[NovelGlossaryItem] = attrs.field(factory=list[NovelGlossaryItem])
    replaceable_item_ids: list[int] = attrs.field(factory=list[int])
    ai_type: int | None = None
    is_original: bool | None = None

    @property
    def prev_novel(self) -> NovelNeighbour | None:
        """The novel before it in its series; None for the first, or where it is in no series."""
        navigation = self.series_navigation
        return None if navigation is None else navigation.prev_novel

    @property
    def next_novel(self) -> NovelNeighbour | None:
        """The novel after it in its series; None for the last, or where it is in no series."""
        navigation = self.series_navigation
        return None if navigation is None else navigation.next_novel
