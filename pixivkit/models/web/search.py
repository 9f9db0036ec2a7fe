"""Search results."""

from __future__ import annotations

import attrs

from ..base import WebModel
from .site_reply import ExtraData, TagTranslation, ZoneConfig
from .work import AdContainer, IllustThumb, NovelThumb

__all__ = [
    "BookmarkRange",
    "FoundIllusts",
    "FoundNovels",
    "PopularIllusts",
    "Search",
    "SearchArtworks",
    "SearchIllustrations",
    "SearchManga",
    "SearchTop",
]


@attrs.define(kw_only=True)
class BookmarkRange(WebModel):
    """A range of bookmark counts to search in; None where an end is open."""

    min: int | None = None
    max: int | None = None


@attrs.define(kw_only=True)
class FoundIllusts(WebModel):
    """
    The works on one page of a search.

    Attributes:
        data: Up to 60 works in the order asked for, with places for advertisements among them.
        total: How many works the whole search finds.
        last_page: Number of the last page; None in replies older than 2024.
        bookmark_ranges: Ranges that the search can be narrowed to.
    """

    data: list[IllustThumb | AdContainer] = attrs.field(factory=list["IllustThumb | AdContainer"])
    total: int | None = None
    last_page: int | None = None
    bookmark_ranges: list[BookmarkRange] = attrs.field(factory=list[BookmarkRange])


@attrs.define(kw_only=True)
class FoundNovels(WebModel):
    """
    The novels on one page of a search.

    Attributes:
        data: The novels, the newest first, with places for advertisements among them.
        total: How many novels the whole search finds.
        last_page: Number of the last page; None where pixiv does not say.
        bookmark_ranges: Ranges that the search can be narrowed to.
    """

    data: list[NovelThumb | AdContainer] = attrs.field(factory=list["NovelThumb | AdContainer"])
    total: int | None = None
    last_page: int | None = None
    bookmark_ranges: list[BookmarkRange] = attrs.field(factory=list[BookmarkRange])


@attrs.define(kw_only=True)
class PopularIllusts(WebModel):
    """
    A few popular works that a search finds.

    Attributes:
        recent: Popular of late.
        permanent: Popular ever since.
    """

    recent: list[IllustThumb] = attrs.field(factory=list[IllustThumb])
    permanent: list[IllustThumb] = attrs.field(factory=list[IllustThumb])


@attrs.define(kw_only=True)
class Search(WebModel):
    """
    Tags and popular works that the reply to any search holds.

    Attributes:
        related_tags: Tags that go with the word, the closest first.
        tag_translation: Translations of the tags, by tag.
    """

    popular: PopularIllusts = attrs.field(factory=PopularIllusts)
    related_tags: list[str] = attrs.field(factory=list[str])
    tag_translation: dict[str, TagTranslation] = attrs.field(factory=dict[str, TagTranslation])
    zone_config: ZoneConfig = attrs.field(factory=ZoneConfig)
    extra_data: ExtraData = attrs.field(factory=ExtraData)


@attrs.define(kw_only=True)
class SearchTop(Search):
    """The first works of every kind that a search finds."""

    illust_manga: FoundIllusts | None = None
    illust: FoundIllusts | None = None
    manga: FoundIllusts | None = None
    novel: FoundNovels | None = None


@attrs.define(kw_only=True)
class SearchArtworks(Search):
    """
    One page of illustrations, manga and ugoira.

    Attributes:
        illust: Only in some replies, which are parted by kind instead.
        manga: As `illust`.
        novel: As `illust`.
    """

    illust_manga: FoundIllusts = attrs.field(factory=FoundIllusts)
    illust: FoundIllusts | None = None
    manga: FoundIllusts | None = None
    novel: FoundNovels | None = None


@attrs.define(kw_only=True)
class SearchIllustrations(Search):
    """One page of illustrations and ugoira."""

    illust: FoundIllusts = attrs.field(factory=FoundIllusts)


@attrs.define(kw_only=True)
class SearchManga(Search):
    """One page of manga."""

    manga: FoundIllusts = attrs.field(factory=FoundIllusts)
