"""Searches on the web API."""

from __future__ import annotations

from typing import Annotated, Literal

from .._core.calls.call import Call, Pages
from .._core.calls.declare import get
from .._core.declaration.arguments import NotEmpty, Spelling
from .._core.declaration.paging import PageNumber
from ..models.web.search import SearchArtworks, SearchIllustrations, SearchManga, SearchTop
from ..models.web.tag import TagInfo
from ..models.web.work import IllustThumb
from ..parameters import (
    BookmarkedSince,
    BookmarkedUntil,
    FewestBookmarks,
    FirstPage,
    ForWhichAges,
    GreatestHeight,
    GreatestWidth,
    GroupedByAuthor,
    LeastHeight,
    LeastWidth,
    MadeWith,
    MostBookmarks,
    PostedSince,
    PostedUntil,
    Proportions,
    SearchOrder,
    SearchWords,
    TagName,
    TranslationLanguage,
    UndocumentedNumber,
    UndocumentedSwitch,
    WhatHasToMatch,
    WithoutAI,
)
from .resource import WebResource

AJAX_DOCS = (
    "daydreamer-json/pixiv-ajax-api-docs, Search; later parameters: Magelon-png/PixivApi, "
    "DowneyRem/PixivSource, FreeNowOrg/PixivNow, ppixiv, PixivBatchDownloader"
)


class SearchApi(WebResource, resource="search", source=AJAX_DOCS):
    """
    Searches for works, and for what pixiv knows about a tag.

    A search shows 60 works a page and at most 1000 pages; what lies behind them is found by
    narrowing `start_date` and `end_date`.
    """

    @get("/ajax/search/tags/{tag}")
    def tag(self, tag: TagName) -> Call[TagInfo]:
        """
        What pixiv knows about a tag: its article, its relatives, its translations.

        Returns:
            The tag; without an article where nobody wrote one.
        """
        ...

    @get("/ajax/search/top/{word}")
    def top(
        self, word: Annotated[str, NotEmpty()], *, lang: TranslationLanguage | None = None
    ) -> Call[SearchTop]:
        """
        The first works of every kind that a word finds.

        Args:
            word: What to search for.

        Returns:
            Works by kind, the newest first, and a few popular ones.
        """
        ...

    @get(
        "/ajax/search/artworks/{word}",
        paging=PageNumber(items="illustManga.data", last="illustManga.lastPage"),
    )
    def artworks(
        self,
        word: SearchWords,
        *,
        order: SearchOrder = "date_d",
        mode: ForWhichAges = "all",
        match: WhatHasToMatch = "s_tag_full",
        type: Literal["all"] = "all",
        min_width: Annotated[LeastWidth | None, Spelling("wlt")] = None,
        max_width: Annotated[GreatestWidth | None, Spelling("wgt")] = None,
        min_height: Annotated[LeastHeight | None, Spelling("hlt")] = None,
        max_height: Annotated[GreatestHeight | None, Spelling("hgt")] = None,
        ratio: Proportions | None = None,
        tool: MadeWith | None = None,
        start_date: Annotated[PostedSince | None, Spelling("scd")] = None,
        end_date: Annotated[PostedUntil | None, Spelling("ecd")] = None,
        min_bookmarks: FewestBookmarks | None = None,
        max_bookmarks: MostBookmarks | None = None,
        p: FirstPage = 1,
        ai_type: WithoutAI | None = None,
        group_by_author: GroupedByAuthor | None = None,
        dgw: UndocumentedSwitch | None = None,
        wib: UndocumentedNumber | None = None,
        sbd: BookmarkedSince | None = None,
        ebd: BookmarkedUntil | None = None,
        lang: TranslationLanguage | None = None,
    ) -> Pages[SearchArtworks, IllustThumb]:
        """
        Illustrations, manga and ugoira that a word finds.

        Args:
            type: The kind of works; only ``all``.

        Returns:
            Pages of works in the order asked for; advertisements are left out of the items.
        """
        ...

    @get(
        "/ajax/search/illustrations/{word}",
        paging=PageNumber(items="illust.data", last="illust.lastPage"),
    )
    def illustrations(
        self,
        word: SearchWords,
        *,
        order: SearchOrder = "date_d",
        mode: ForWhichAges = "all",
        match: WhatHasToMatch = "s_tag_full",
        type: Literal["illust_and_ugoira", "illust", "ugoira"] = "illust_and_ugoira",
        min_width: Annotated[LeastWidth | None, Spelling("wlt")] = None,
        max_width: Annotated[GreatestWidth | None, Spelling("wgt")] = None,
        min_height: Annotated[LeastHeight | None, Spelling("hlt")] = None,
        max_height: Annotated[GreatestHeight | None, Spelling("hgt")] = None,
        ratio: Proportions | None = None,
        tool: MadeWith | None = None,
        start_date: Annotated[PostedSince | None, Spelling("scd")] = None,
        end_date: Annotated[PostedUntil | None, Spelling("ecd")] = None,
        min_bookmarks: FewestBookmarks | None = None,
        max_bookmarks: MostBookmarks | None = None,
        p: FirstPage = 1,
        ai_type: WithoutAI | None = None,
        group_by_author: GroupedByAuthor | None = None,
        dgw: UndocumentedSwitch | None = None,
        wib: UndocumentedNumber | None = None,
        sbd: BookmarkedSince | None = None,
        ebd: BookmarkedUntil | None = None,
        lang: TranslationLanguage | None = None,
    ) -> Pages[SearchIllustrations, IllustThumb]:
        """
        Illustrations and ugoira that a word finds.

        Args:
            type: The kind of works: ``illust_and_ugoira`` for both, ``illust`` or
                ``ugoira`` for one of them.

        Returns:
            Pages of works in the order asked for; advertisements are left out of the items.
        """
        ...

    @get(
        "/ajax/search/manga/{word}",
        paging=PageNumber(items="manga.data", last="manga.lastPage"),
    )
    def manga(
        self,
        word: SearchWords,
        *,
        order: SearchOrder = "date_d",
        mode: ForWhichAges = "all",
        match: WhatHasToMatch = "s_tag_full",
        type: Literal["manga"] = "manga",
        work_lang: str | None = None,
        min_width: Annotated[LeastWidth | None, Spelling("wlt")] = None,
        max_width: Annotated[GreatestWidth | None, Spelling("wgt")] = None,
        min_height: Annotated[LeastHeight | None, Spelling("hlt")] = None,
        max_height: Annotated[GreatestHeight | None, Spelling("hgt")] = None,
        ratio: Proportions | None = None,
        tool: MadeWith | None = None,
        start_date: Annotated[PostedSince | None, Spelling("scd")] = None,
        end_date: Annotated[PostedUntil | None, Spelling("ecd")] = None,
        min_bookmarks: FewestBookmarks | None = None,
        max_bookmarks: MostBookmarks | None = None,
        p: FirstPage = 1,
        ai_type: WithoutAI | None = None,
        group_by_author: GroupedByAuthor | None = None,
        dgw: UndocumentedSwitch | None = None,
        wib: UndocumentedNumber | None = None,
        sbd: BookmarkedSince | None = None,
        ebd: BookmarkedUntil | None = None,
        lang: TranslationLanguage | None = None,
    ) -> Pages[SearchManga, IllustThumb]:
        """
        Manga that a word finds.

        Args:
            type: The kind of works; only ``manga``.
            work_lang: Only works in this language, two letters such as ``ja``.

        Returns:
            Pages of manga in the order asked for; advertisements are left out of the items.
        """
        ...
